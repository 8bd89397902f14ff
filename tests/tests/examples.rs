//! Every example in the documents decodes by the type of its place, and encodes back to equal JSON.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "an expectation that fails is a test that fails"
)]

use std::collections::BTreeSet;

use mdm_clients::{applivery, kandji, manageengine};
use serde_json::{Value, json};
use tenon_runtime::codec::{self, Decode, Encode};
use tenon_runtime::{Body, Fault, Violation};
use tenon_tests::document::{Document, entries, same};

/// Decodes, encodes, and checks a JSON text as a type.
type Turn = fn(&[u8]) -> Result<(Vec<u8>, Vec<Violation>), Fault>;

/// The types of a document: a name of the place that an example stands in, and the type there.
type Types = &'static [(&'static str, Turn)];

const APPLIVERY: Types = {
    use applivery::models::*;
    &[
        ("createBulkCommands 200", turn::<CreateBulkCommandsResponse>),
        ("createBulkCommands 400", turn::<ErrorResponse>),
        ("createBulkCommands 401", turn::<ErrorResponse>),
        ("createBulkCommands request", turn::<CreateBulkCommandsRequest>),
        ("createWinEnrollmentToken 200", turn::<CreateWinEnrollmentTokenResponse>),
        ("createWinEnrollmentToken 400", turn::<ErrorResponse>),
        ("createWinEnrollmentToken 401", turn::<ErrorResponse>),
        ("createWinEnrollmentToken request", turn::<CreateWinEnrollmentTokenBody>),
        ("executeAction 200", turn::<ExecuteActionResponse>),
        ("executeAction 401", turn::<ErrorResponse>),
        ("executeAction request", turn::<ExecuteActionRequest>),
        ("parameters OrganizationId", turn::<String>),
        ("parameters TargetType", turn::<String>),
        ("parameters WinDeviceId", turn::<String>),
        ("responses NotFound", turn::<ErrorResponse>),
        ("schemas EntityId", turn::<EntityId>),
    ]
};

const KANDJI: Types = {
    use kandji::models::*;
    &[
        ("deleteUser request", turn::<DeleteUserRequest>),
        ("eraseDevice request", turn::<EraseDeviceRequest>),
        ("getDeviceCommands 200", turn::<GetDeviceCommandsResponse>),
        ("lockDevice 200", turn::<LockDeviceResponse>),
        ("lockDevice request", turn::<LockDeviceRequest>),
        ("parameters DeviceId", turn::<String>),
        ("parameters Limit", turn::<i64>),
        ("parameters Offset", turn::<i64>),
        ("remoteDesktop request", turn::<RemoteDesktopRequest>),
        ("restartDevice request", turn::<RestartDeviceRequest>),
        ("setName request", turn::<SetNameRequest>),
        ("unlockAccount request", turn::<UnlockAccountRequest>),
    ]
};

const MANAGEENGINE: Types = {
    use manageengine::models::*;
    &[
        ("addApp request", turn::<AddAppRequest>),
        ("addGroupMembers 200", turn::<GroupMembers>),
        ("addGroupMembers request", turn::<AddGroupMembersRequest>),
        ("addOrUpdateApp 200", turn::<App>),
        // The operation is called by the names of its overloads; either of their types takes both examples.
        ("addOrUpdateApp request", |json| {
            turn::<AddAppRequest>(json).and(turn::<UpdateAppRequest>(json))
        }),
        ("associateAppWithDevices 200", turn::<AssociatedDevices>),
        ("associateAppWithDevices request", turn::<AssociateAppWithDevicesRequest>),
        ("associateAppWithGroups 200", turn::<AssociatedGroups>),
        ("associateAppWithGroups request", turn::<AssociateAppWithGroupsRequest>),
        ("createGroup 200", turn::<Group>),
        ("createGroup request", turn::<CreateGroupRequest>),
        ("getApp 200", turn::<App>),
        ("getDevice 200", turn::<DeviceDetails>),
        ("getGroup 200", turn::<Group>),
        ("listApps 200", turn::<AppList>),
        ("listDeviceApps 200", turn::<DeviceAppList>),
        ("listDeviceLocations 200", turn::<DeviceLocationList>),
        ("listDeviceProfiles 200", turn::<DeviceProfileList>),
        ("listDevices 200", turn::<DeviceList>),
        ("listGroupMembers 200", turn::<GroupMembers>),
        ("listGroups 200", turn::<GroupList>),
        ("parameters AppId", turn::<ResourceId>),
        ("parameters ContentDisposition", turn::<String>),
        ("parameters DeviceId", turn::<ResourceId>),
        ("parameters GroupId", turn::<ResourceId>),
        ("parameters MemberId", turn::<ResourceId>),
        ("requestBodies AssociateAppBody", turn::<AssociateAppRequest>),
        ("responses BadRequest", turn::<Error>),
        ("responses Conflict", turn::<Error>),
        ("responses Forbidden", turn::<Error>),
        ("responses InternalServerError", turn::<Error>),
        ("responses MethodNotAllowed", turn::<Error>),
        ("responses NotAcceptable", turn::<Error>),
        ("responses NotFound", turn::<Error>),
        ("responses PreconditionFailed", turn::<Error>),
        ("responses TooManyRequests", turn::<Error>),
        ("responses Unauthorized", turn::<Error>),
        ("responses UnprocessableEntity", turn::<Error>),
        ("schemas BooleanText", turn::<BooleanText>),
        ("schemas EpochMillis", turn::<EpochMillis>),
        ("schemas NumberText", turn::<NumberText>),
        ("schemas NumericErrorCode", turn::<NumericErrorCode>),
        ("schemas ResourceId", turn::<ResourceId>),
        ("schemas TextOrUnknown", turn::<TextOrUnknown>),
        ("updateApp request", turn::<UpdateAppRequest>),
        ("uploadFile 200", turn::<UploadedFile>),
        ("uploadFile request", turn_bytes),
    ]
};

fn turn<T: Decode + Encode>(json: &[u8]) -> Result<(Vec<u8>, Vec<Violation>), Fault> {
    let value: T = codec::from_slice(json)?;
    Ok((codec::to_vec(&value), codec::check(&value)))
}

/// The text stands for the bytes of a body.
fn turn_bytes(json: &[u8]) -> Result<(Vec<u8>, Vec<Violation>), Fault> {
    let text: String = codec::from_slice(json)?;
    let body = Body::from(text.into_bytes());
    let sent = std::str::from_utf8(body.as_bytes().unwrap()).unwrap();
    Ok((codec::to_vec(&sent), Vec::new()))
}

/// What stands at a place of a document: an object with examples.
struct Owner<'a> {
    place: String,
    value: &'a Value,
}

/// Every object with examples, wherever it stands, by the name of its place.
fn owners<'a>(
    document: &'a Document,
    at: &mut Vec<&'a str>,
    value: &'a Value,
    out: &mut Vec<Owner<'a>>,
) {
    // The components among the examples count where something refers to them.
    let has_examples = value.get("example").is_some() || value.get("examples").is_some();
    if has_examples && at.as_slice() != ["components"] {
        out.push(Owner { place: place(document, at), value });
    }
    for (key, inner) in
        entries(value).filter(|(key, _)| !["example", "examples", "x-overloads"].contains(key))
    {
        at.push(key);
        owners(document, at, inner, out);
        at.pop();
    }
    for overload in value.get("x-overloads").and_then(Value::as_array).into_iter().flatten() {
        let id = overload["operationId"].as_str().unwrap();
        owners(document, &mut vec!["overload", id, "requestBody"], &overload["requestBody"], out);
    }
}

/// The name of a place: an operation with `request` or a status, or a component.
fn place(document: &Document, at: &[&str]) -> String {
    match at {
        ["components", kind, name, ..] => format!("{kind} {name}"),
        ["overload", id, "requestBody", ..] => format!("{id} request"),
        ["paths", path, method, rest @ ..] => {
            let operations = document.at("/paths").get(path).and_then(|item| item.get(method));
            let id = operations.and_then(|operation| operation["operationId"].as_str()).unwrap();
            match rest {
                ["requestBody", ..] => format!("{id} request"),
                ["responses", status, ..] => format!("{id} {status}"),
                _ => panic!("{at:?}"),
            }
        }
        _ => panic!("{at:?}"),
    }
}

/// Turns every example of a document.
fn turn_all(api: &str, types: Types) {
    let document = Document::of(api);
    let mut found = Vec::new();
    owners(&document, &mut Vec::new(), document.at(""), &mut found);
    let (mut places, mut components) = (BTreeSet::new(), BTreeSet::new());
    for owner in &found {
        let place = owner.place.as_str();
        let Some((_, turn)) = types.iter().find(|(known, _)| *known == place) else {
            panic!("{api}: no type for the examples of `{place}`");
        };
        places.insert(place);
        for example in document.examples(owner.value) {
            let json = example.value.to_string();
            let (back, violations) =
                turn(json.as_bytes()).unwrap_or_else(|fault| panic!("{api}: {place}: {fault}"));
            let back: Value = serde_json::from_slice(&back).unwrap();
            assert!(same(&back, &example.value), "{api}: {place}: {json} came back as {back}");
            assert_eq!(violations, [], "{api}: {place}: {json}");
            components.extend(example.component);
        }
    }
    let idle: Vec<_> = types.iter().filter(|(place, _)| !places.contains(place)).collect();
    assert!(idle.is_empty(), "{api}: no example stands at {idle:?}");
    let known = document.at("/components").get("examples").map(entries).into_iter().flatten();
    let unused: Vec<&str> =
        known.map(|(name, _)| name).filter(|name| !components.contains(*name)).collect();
    assert!(unused.is_empty(), "{api}: nothing refers to the examples {unused:?}");
}

#[test]
fn every_example_of_applivery_survives() {
    turn_all("applivery", APPLIVERY);
}

#[test]
fn every_example_of_kandji_survives() {
    turn_all("kandji", KANDJI);
}

#[test]
fn every_example_of_manageengine_survives() {
    turn_all("manageengine", MANAGEENGINE);
}

/// An enum of a document: its component, its documented values, and the type.
type Enum = (&'static str, fn() -> Value, Turn);

/// The entry of an enum, whose type has the name of its component.
macro_rules! listed {
    ($($name:ident),+) => { &[$((stringify!($name), || json!($name::VALUES), turn::<$name>)),+] };
}

const ENUMS: &[(&str, &[Enum])] = &[
    ("applivery", {
        use applivery::models::*;
        listed!(
            DeviceAction,
            DeviceActionEntity,
            EnrollmentLanguage,
            EnrollmentTokenState,
            ErrorCode,
            JoiPresence,
            JoiRuleName,
            JoiType,
            WinPolicyApplicationAction,
            WinPolicyAssetScope,
            WinPolicyScriptType
        )
    }),
    ("kandji", {
        use kandji::models::*;
        listed!(CommandStatus, EraseMode)
    }),
    ("manageengine", {
        use manageengine::models::*;
        listed!(BooleanText, ErrorCode)
    }),
];

#[test]
fn every_enum_knows_its_documented_values_and_keeps_any_other() {
    for (api, enums) in ENUMS {
        let document = Document::of(api);
        let schemas = entries(document.at("/components/schemas"));
        let documented: Vec<(&str, &Value)> =
            schemas.filter_map(|(name, schema)| Some((name, schema.get("enum")?))).collect();
        let names: Vec<&str> = enums.iter().map(|(name, _, _)| *name).collect();
        let mut expected: Vec<&str> = documented.iter().map(|(name, _)| *name).collect();
        expected.sort_unstable();
        assert_eq!(names, expected, "{api}");
        for (name, values, turn) in *enums {
            let (_, documented) = documented.iter().find(|(known, _)| known == name).unwrap();
            assert_eq!(&values(), *documented, "{api}: {name}");
            for value in documented.as_array().unwrap() {
                let (back, violations) = turn(value.to_string().as_bytes()).unwrap();
                assert_eq!(
                    (back, violations),
                    (value.to_string().into_bytes(), Vec::new()),
                    "{api}: {name}"
                );
            }
            let unknown = if documented[0].is_string() {
                r#""Nobody Documented This™""#
            } else {
                "-987654321"
            };
            let (back, violations) = turn(unknown.as_bytes()).unwrap();
            assert_eq!((back, violations.len()), (unknown.as_bytes().to_vec(), 1), "{api}: {name}");
        }
    }
}

#[test]
fn unknown_values_survive_inside_of_a_reply() {
    let text = concat!(
        r#"{"data":{"state":"PAUSED","winPolicyAssignments":[{"winPolicy":{"scripts":[{"type":"twice"}],"#,
        r#""assets":[{"scope":"guests"}]}}]}}"#,
    );
    let (back, violations) =
        turn::<applivery::models::CreateWinEnrollmentTokenResponse>(text.as_bytes()).unwrap();
    assert_eq!(std::str::from_utf8(&back).unwrap(), text);
    assert_eq!(violations.len(), 3);
}
