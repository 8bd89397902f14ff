//! Each changed line of the public API is told with the change that brings it, and no other.

#![allow(clippy::panic, reason = "a helper of a test may fail it")]

use tenon::diff::{Report, Rust, Settings, Version, diff};
use tenon::{Config, Input};

const ADMINS: &str = r##"
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /admins/{admin_id}:
    get:
      operationId: getAdmin
      tags: [admins]
      parameters: [{name: admin_id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Reply"}}}}
components:
  schemas:
    Reply:
      title: A reply
      type: object
      properties:
        name: {type: string}
"##;

fn version(text: &str) -> Version<'static> {
    let input = Input {
        path: "a.yaml".to_owned(),
        text: text.as_bytes().to_vec(),
        overlays: Vec::new(),
        loader: None,
    };
    Version { input, config: Config { name: "a".to_owned(), ..Config::default() } }
}

/// Compares the document with itself after replacements.
fn changed(replacements: &[(&str, &str)]) -> Report {
    let mut new = ADMINS.to_owned();
    for (old, with) in replacements {
        assert!(new.contains(old), "{old}");
        new = new.replace(old, with);
    }
    diff(version(ADMINS), version(&new), &Settings::default())
}

/// The Rust verdict of the one finding of a rule, and its changed lines.
fn told(report: &Report, rule: &str) -> (Rust, Vec<String>) {
    let mut found = report.findings.iter().filter(|it| it.rule == rule);
    let (Some(finding), None) = (found.next(), found.next()) else {
        panic!("{rule}: {:?}", report.findings)
    };
    let lines = finding.rust_changes.iter().filter_map(|line| line.after.clone());
    (finding.rust, lines.collect())
}

const RENAMED: [(&str, &str); 3] = [
    ("{admin_id}", "{id}"),
    ("name: admin_id", "name: id"),
    ("required: true, schema: {type: string}", "required: true, schema: {type: integer}"),
];

#[test]
fn a_name_that_is_no_part_of_the_api_is_not_blamed_for_another_type() {
    let report = changed(&RENAMED);
    assert_eq!(told(&report, "path-parameter-renamed"), (Rust::Patch, Vec::new()));
    let (rust, lines) = told(&report, "type-narrowed");
    assert_eq!((rust, lines.as_slice()), (Rust::Major, &["get_admin(id: i64)".to_owned()][..]));
}

#[test]
fn what_is_sent_is_not_blamed_for_what_comes() {
    let nullable = ("title: A reply\n      type: object", "type: [object, 'null']");
    let report = changed(&[RENAMED.as_slice(), &[nullable]].concat());
    let (_, lines) = told(&report, "type-narrowed");
    assert_eq!(lines, ["get_admin(id: i64)"]);
    let (_, lines) = told(&report, "became-nullable");
    assert_eq!(lines, ["get_admin(…) -> success Option<Reply>"]);
}

#[test]
fn a_title_is_not_blamed_for_a_property() {
    let report = changed(&[
        ("title: A reply", "title: The reply"),
        ("name: {type: string}", "name: {type: string}\n      required: [name]"),
    ]);
    assert_eq!(told(&report, "title-changed").0, Rust::Patch);
    let (rust, lines) = told(&report, "property-became-required");
    assert!(rust == Rust::Major && lines.contains(&"Reply.name: String".to_owned()), "{lines:?}");
}

#[test]
fn the_only_alternative_beside_null_is_the_property_itself() {
    let report =
        changed(&[("name: {type: string}", "name: {anyOf: [{type: string}, {type: 'null'}]}")]);
    let messages: Vec<&str> = report.findings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, ["`Reply.name` may be null"]);
}
