//! Each operation of Applivery, as it goes over the wire.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use mdm_clients::applivery::apple_commands::CreateBulkCommandsError;
use mdm_clients::applivery::models::{
    DeviceAction, EnrollmentTokenState, ErrorCode, ErrorResponse, ExecuteActionRequest, JoiBoolean,
    JoiChildren, JoiDescription, JoiFlags, JoiNumber, JoiPattern, JoiPresence, JoiRule,
    JoiRuleName, JoiString, JoiStringArray, JoiType, WinPolicyApplicationAction,
    WinPolicyAssetScope, WinPolicyScriptType,
};
use mdm_clients::applivery::windows_devices::ExecuteActionError;
use mdm_clients::applivery::windows_enrollment_tokens::CreateWinEnrollmentTokenError;
use tenon_runtime::{StatusCode, json};
use tenon_tests::applivery::{JSON, ORGANIZATION, client, documented, install, lock, sent, token};
use tenon_tests::document::{Document, Example};
use tenon_tests::wire::{Server, json_reply};

const DEVICE: &str = "507f1f77bcf86cd799439014";
const ENTITY: &str = "507f1f77bcf86cd799439088";

/// Every documented error of an operation, by status and code, with the example of its body.
fn errors(operation: &str) -> Vec<(u16, Example)> {
    let operation = Document::of("applivery").operation(operation);
    let replies = operation.replies.into_iter().filter(|reply| reply.status >= 400);
    let examples = replies.flat_map(|reply| {
        let content = reply.content.unwrap();
        content.examples.into_iter().map(move |example| (reply.status, example))
    });
    let mut examples: Vec<_> = examples.collect();
    examples.sort_by_key(|(status, example)| (*status, example.value["error"]["code"].as_i64()));
    examples
}

/// The code of a documented error, and that the rest of its body was decoded.
fn code(body: &ErrorResponse, example: &Example) -> ErrorCode {
    assert_eq!(body.status, Some(false));
    let detail = body.error.as_ref().unwrap();
    assert_eq!(detail.message.as_deref(), example.value["error"]["message"].as_str());
    detail.code.unwrap()
}

#[tokio::test]
async fn execute_action_sends_the_documented_body_and_decodes_the_reply() {
    let server = documented("executeAction").await;
    let call = client(&server).windows_devices().execute_action(ORGANIZATION, DEVICE, install());
    let reply = call.await.unwrap();
    assert_eq!((reply.status(), reply.status), (StatusCode::OK, Some(true)));
    assert_eq!(reply.data.as_ref().unwrap().status.as_deref(), Some("queued"));

    let line = format!(
        "POST /v1/organizations/{ORGANIZATION}/mdm/windows/enterprise/devices/{DEVICE}/action"
    );
    let request = sent(&server, &line);
    let body = r#"{"action":"install","entity":"application","id":"507f1f77bcf86cd799439088"}"#;
    request.assert_json(JSON, body);
}

#[tokio::test]
async fn execute_action_takes_slugs_and_serial_numbers() {
    let server = documented("executeAction").await;
    let body = ExecuteActionRequest::new(DeviceAction::Uninstall, ENTITY);
    client(&server)
        .windows_devices()
        .execute_action("acme-corp", "5CG1234XYZ", body)
        .await
        .unwrap();
    let line = "POST /v1/organizations/acme-corp/mdm/windows/enterprise/devices/5CG1234XYZ/action";
    let request = sent(&server, line);
    assert!(request.text().starts_with(r#"{"action":"uninstall","#));
}

#[tokio::test]
async fn execute_action_tells_its_documented_errors_apart() {
    let mut codes = Vec::new();
    for (status, example) in errors("executeAction") {
        let server = Server::replying(json_reply(status, JSON, &example.value)).await;
        let call =
            client(&server).windows_devices().execute_action(ORGANIZATION, DEVICE, install());
        let error = call.await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        codes.push(match error.documented() {
            Some(ExecuteActionError::Unauthorized(body)) => (401, code(body, &example)),
            Some(ExecuteActionError::NotFound(body)) => (404, code(body, &example)),
            other => panic!("{other:?}"),
        });
    }
    let expected = [
        (401, ErrorCode::NoAuthToken),
        (401, ErrorCode::NotSupported),
        (404, ErrorCode::EntityNotFound),
    ];
    assert_eq!(codes, expected);
}

#[tokio::test]
async fn create_bulk_commands_sends_a_free_command_and_decodes_the_record() {
    let server = documented("createBulkCommands").await;
    let reply = client(&server)
        .apple_commands()
        .create_bulk_commands(ORGANIZATION, "device", lock())
        .await
        .unwrap();

    let line =
        format!("POST /v1/organizations/{ORGANIZATION}/mdm/apple/enterprise/commands/device");
    let request = sent(&server, &line);
    // The command is free-form; its keys go out in the order of their names.
    let body = concat!(
        r#"{"command":{"Message":"Device locked for security","RequestType":"DeviceLock"},"#,
        r#""targetIds":["507f1f77bcf86cd799439016","507f1f77bcf86cd799439017"]}"#,
    );
    request.assert_json(JSON, body);

    assert_eq!(reply.status, Some(true));
    let commands = reply.data.as_ref().unwrap();
    assert_eq!(commands.len(), 1);
    let command = &commands[0];
    assert_eq!(command.id.as_deref(), Some("507f1f77bcf86cd799439011"));
    assert_eq!(command.organization.as_deref(), Some("507f1f77bcf86cd799439012"));
    assert_eq!(command.adm_enterprise.as_deref(), Some("507f1f77bcf86cd799439013"));
    assert_eq!(command.target_type.as_deref(), Some("device"));
    assert_eq!(command.target_id.as_deref(), Some("507f1f77bcf86cd799439014"));
    assert_eq!(command.mdm_user.as_deref(), Some("507f1f77bcf86cd799439015"));
    assert_eq!(command.uuid.as_deref(), Some("550e8400-e29b-41d4-a716-446655440000"));
    assert_eq!(command.status.as_deref(), Some("Pending"));
    assert_eq!(command.command.as_ref().unwrap()["Queries"], json!(["DeviceName", "OSVersion"]));
    assert_eq!(command.from.as_deref(), Some("configurationChanged"));
    assert_eq!(command.data.as_ref().unwrap()["DeviceName"], "iPhone 13 Pro");
    let times = [&command.sent_at, &command.received_at, &command.tried_at, &command.canceled_at];
    let times = times.map(|time| time.as_ref().unwrap().to_string());
    assert_eq!(
        times,
        [
            "2026-02-10T12:01:00Z",
            "2026-02-10T12:01:15Z",
            "2026-02-10T12:01:30Z",
            "2026-02-10T12:02:00Z"
        ]
    );
    assert_eq!(
        (command.num_tries, command.group_name.as_deref()),
        (Some(3), Some("DeviceInformation"))
    );
    assert_eq!(command.info.as_ref().unwrap().build, Some(json!("string")));
    assert_eq!(command.updated_at.as_ref().unwrap().to_string(), "2026-02-10T14:30:00Z");
}

#[tokio::test]
async fn create_bulk_commands_tells_its_documented_errors_apart() {
    let mut codes = Vec::new();
    for (status, example) in errors("createBulkCommands") {
        let server = Server::replying(json_reply(status, JSON, &example.value)).await;
        let call =
            client(&server).apple_commands().create_bulk_commands(ORGANIZATION, "device", lock());
        let error = call.await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        codes.push(match error.documented() {
            Some(CreateBulkCommandsError::BadRequest(body)) => (400, code(body, &example)),
            Some(CreateBulkCommandsError::Unauthorized(body)) => (401, code(body, &example)),
            Some(CreateBulkCommandsError::NotFound(body)) => (404, code(body, &example)),
            other => panic!("{other:?}"),
        });
    }
    let expected = [
        (400, ErrorCode::InvalidData),
        (401, ErrorCode::NoAuthToken),
        (404, ErrorCode::EntityNotFound),
    ];
    assert_eq!(codes, expected);
}

#[tokio::test]
async fn create_win_enrollment_token_takes_the_plain_request() {
    let server = documented("createWinEnrollmentToken").await;
    let call = client(&server)
        .windows_enrollment_tokens()
        .create_win_enrollment_token(ORGANIZATION, token());
    call.await.unwrap();
    // The slash at the end is documented.
    let line =
        format!("POST /v1/organizations/{ORGANIZATION}/mdm/windows/enterprise/enrollment-tokens/");
    let request = sent(&server, &line);
    let body = concat!(
        r#"{"sendEmail":true,"displayName":"Reception desk","tags":["reception","ground-floor"],"duration":86400,"#,
        r#""language":"es","emailText":"Follow the link to enroll your computer.","#,
        r#""winPolicyId":"507f1f77bcf86cd799439011","#,
        r#""winPolicyAssignments":[{"winPolicyId":"507f1f77bcf86cd799439012","priority":1}],"#,
        r#""mdmUserId":"507f1f77bcf86cd799439013"}"#,
    );
    request.assert_json(JSON, body);
}

#[tokio::test]
async fn create_win_enrollment_token_takes_the_description() {
    let server = documented("createWinEnrollmentToken").await;
    let required = JoiFlags::new().insensitive(true).presence(JoiPresence::Required);
    let most = JoiRule::new().name(JoiRuleName::Max).arg(128.0);
    let pattern = JoiPattern::new().pattern("^[a-fA-F0-9]{24}$");
    let name = JoiString::new().r#type(JoiType::String).valids("").rules(most);
    let children = JoiChildren::new()
        .send_email(
            JoiBoolean::new().r#type(JoiType::Boolean).flags(required).truthy(true).falsy(true),
        )
        .display_name(name.clone())
        .tags(JoiStringArray::new().flags(JoiFlags::new().sparse(true)).items(name))
        .duration(JoiNumber::new().invalids_null().rules(JoiRule::new().name(JoiRuleName::Integer)))
        .win_policy_id(
            JoiString::new().rules(JoiRule::new().name(JoiRuleName::Regex).arg(pattern)),
        );
    let body = JoiDescription::new(JoiType::Object, children, "507f1f77bcf86cd799439011");
    let call =
        client(&server).windows_enrollment_tokens().create_win_enrollment_token(ORGANIZATION, body);
    call.await.unwrap();
    let body = concat!(
        r#"{"type":"object","children":{"#,
        r#""sendEmail":{"type":"boolean","flags":{"presence":"required","insensitive":true},"truthy":true,"#,
        r#""falsy":true},"#,
        r#""displayName":{"type":"string","valids":"","rules":{"name":"max","arg":128.0}},"#,
        r#""tags":{"flags":{"sparse":true},"items":{"type":"string","valids":"","#,
        r#""rules":{"name":"max","arg":128.0}}},"#,
        r#""duration":{"invalids":null,"rules":{"name":"integer"}},"#,
        r#""winPolicyId":{"rules":{"name":"regex","arg":{"pattern":"^[a-fA-F0-9]{24}$"}}}},"#,
        r#""mdmUserId":"507f1f77bcf86cd799439011"}"#,
    );
    server.request().assert_json(JSON, body);
}

#[tokio::test]
async fn create_win_enrollment_token_decodes_the_whole_policy_tree() {
    let server = documented("createWinEnrollmentToken").await;
    let call = client(&server)
        .windows_enrollment_tokens()
        .create_win_enrollment_token(ORGANIZATION, token());
    let reply = call.await.unwrap();
    assert_eq!(reply.status, Some(true));
    let token = reply.into_inner().data.unwrap();
    let id = Some("507f1f77bcf86cd799439011");
    assert_eq!((token.id.as_deref(), token.win_enterprise_id.as_deref()), (id, id));
    assert_eq!(token.mdm_user.unwrap().email.as_deref(), Some("string"));
    assert_eq!(token.state, Some(EnrollmentTokenState::Pending));
    assert_eq!(token.config.unwrap().len(), 0);
    assert_eq!(token.expire_at.unwrap().to_string(), "2024-01-01T00:00:00Z");
    assert_eq!(
        token.summary.unwrap().expiration_timestamp.unwrap().to_string(),
        "2024-01-01T00:00:00Z"
    );
    assert_eq!((token.send_email, token.enroll_code.as_deref()), (Some(true), Some("string")));
    let assignment = token.win_policy_assignments.unwrap().remove(0);
    assert_eq!((assignment.win_policy_id.as_deref(), assignment.priority), (id, Some(0)));
    let policy = assignment.win_policy.unwrap();
    assert_eq!((policy.id.as_deref(), policy.version), (id, Some(0)));
    let application = policy.applications.unwrap().remove(0);
    assert_eq!(application.win_application_id.as_deref(), id);
    assert_eq!(application.action, Some(WinPolicyApplicationAction::ForceInstall));
    let script = policy.scripts.unwrap().remove(0);
    assert_eq!((script.r#type, script.loop_time), (Some(WinPolicyScriptType::Once), Some(0)));
    assert_eq!(script.arguments_processed.as_deref(), Some("string"));
    assert_eq!(policy.admx_configs.unwrap()[0].win_admx_config_id.as_deref(), id);
    assert_eq!(policy.admx_configs_info.unwrap()[0].setting_type.as_deref(), Some("string"));
    let agent = policy.agent_configuration.unwrap();
    assert_eq!((agent.enabled, agent.allow_package_transfer), (Some(true), Some(true)));
    let asset = policy.assets.unwrap().remove(0);
    assert_eq!((asset.mdm_asset_id.as_deref(), asset.scope), (id, Some(WinPolicyAssetScope::User)));
    assert_eq!(policy.applications_info.unwrap().len(), 1);
}

#[tokio::test]
async fn create_win_enrollment_token_tells_its_documented_errors_apart() {
    let mut codes = Vec::new();
    for (status, example) in errors("createWinEnrollmentToken") {
        let server = Server::replying(json_reply(status, JSON, &example.value)).await;
        let call = client(&server)
            .windows_enrollment_tokens()
            .create_win_enrollment_token(ORGANIZATION, token());
        let error = call.await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        codes.push(match error.documented() {
            Some(CreateWinEnrollmentTokenError::BadRequest(body)) => (400, code(body, &example)),
            Some(CreateWinEnrollmentTokenError::Unauthorized(body)) => (401, code(body, &example)),
            Some(CreateWinEnrollmentTokenError::NotFound(body)) => (404, code(body, &example)),
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(
        codes,
        [
            (400, ErrorCode::FeatureNotAllowed),
            (400, ErrorCode::EnrollmentTokenNotCreated),
            (401, ErrorCode::NoAuthToken),
            (401, ErrorCode::InvalidToken),
            (404, ErrorCode::EntityNotFound),
        ]
    );
}
