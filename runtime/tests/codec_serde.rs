//! The bridge to serde: models inside a user's own types.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod codec_support;

use codec_support::{Device, Mode, Page, Status};
use serde::{Deserialize, Serialize};
use tenon_runtime::{Base64, Date, DateTime, Secret, Uuid};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Report {
    title: String,
    device: Device,
    pages: Vec<Page>,
    mode: Mode,
    status: Option<Status>,
    at: DateTime,
    day: Date,
    id: Uuid,
    bytes: Base64,
    pin: Secret,
    #[serde(flatten)]
    more: std::collections::BTreeMap<String, serde_json::Value>,
}

const TEXT: &str = r#"{"title":"t","device":{"id":9223372036854775807,"owner":null,"note":null},"pages":[{"next":"n","a":1}],"mode":"WIPE","status":7,"at":"2024-01-01T00:00:00.000Z","day":"2024-01-01","id":"67E55044-10B1-426F-9247-BB680E5FE0C8","bytes":"Zg","pin":"123456","extra":[1]}"#;

#[test]
fn models_can_be_embedded_in_a_users_type() {
    let report: Report = serde_json::from_str(TEXT).unwrap();
    assert_eq!(report.device.id, i64::MAX);
    assert_eq!(report.device.note, Some(None));
    assert_eq!(report.status, Some(Status::Other(7)));
    assert_eq!(report.pages[0].additional_properties["a"], 1);
    let again: serde_json::Value =
        serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    assert_eq!(again, serde_json::from_str::<serde_json::Value>(TEXT).unwrap());
}

#[test]
fn a_fault_reaches_serde_with_its_path() {
    let error =
        serde_json::from_str::<Report>(&TEXT.replace("9223372036854775807", "\"x\"")).unwrap_err();
    assert!(
        error.to_string().starts_with("at $.id: expected integer, found string \"x\""),
        "{error}"
    );
    let error = serde_json::from_str::<Report>(&TEXT.replace("2024-01-01T", "x")).unwrap_err();
    assert!(error.to_string().starts_with("not a date-time (RFC 3339)"), "{error}");
}

#[test]
fn models_go_to_and_from_serde_json_values() {
    let device = Device::new(4);
    let value = serde_json::to_value(&device).unwrap();
    assert_eq!(value, tenon_runtime::json!({"id": 4, "owner": null}));
    assert_eq!(serde_json::from_value::<Device>(value).unwrap(), device);
}
