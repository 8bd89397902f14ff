//! The program as others run it.
#![allow(clippy::expect_used, reason = "an expectation that fails is a test that fails")]

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

fn verdicts(input: &Value) -> Value {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tenon-validate"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(input.to_string().as_bytes()).expect("written");
    drop(stdin);
    let output = child.wait_with_output().expect("its output");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn input(draft: &str, formats: bool) -> Value {
    json!({
        "draft": draft,
        "formats": formats,
        "document": {"$defs": {
            "over": {"minimum": 1, "exclusiveMinimum": true},
            "day": {"type": "string", "format": "date"},
            "list": {"type": "array", "items": {"$ref": "#/$defs/day"}},
            "lost": {"$ref": "#/$defs/missing"},
        }},
        "checks": [
            {"schema": "#/$defs/list", "value": ["2024-05-01"]},
            {"schema": "#/$defs/list", "value": [1]},
            {"schema": "#/$defs/day", "value": "1 May"},
            {"schema": "#/$defs/lost", "value": 1},
            {"schema": "#/$defs/over", "value": 1},
        ],
    })
}

#[test]
fn values_are_judged_by_their_schemas() {
    let verdicts = verdicts(&input("4", false));
    assert_eq!(verdicts[0], true);
    assert!(verdicts[1].as_str().is_some_and(|text| text.starts_with("/0: ")), "{verdicts}");
    assert_eq!(verdicts[2], true, "formats aren't asserted");
    assert_eq!(verdicts[3], Value::Null, "the schema can't be used");
    assert!(verdicts[4].is_string(), "a boolean bound is one of draft 4");
}

#[test]
fn formats_are_asserted_on_demand() {
    let verdicts = verdicts(&input("2020-12", true));
    assert!(verdicts[2].is_string(), "{verdicts}");
    assert_eq!(verdicts[4], Value::Null, "draft 2020-12 has no boolean bounds");
}
