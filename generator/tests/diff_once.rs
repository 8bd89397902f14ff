//! One change in a schema is one finding, whatever includes the schema.

mod common;

use tenon::diff::{Report, Settings, diff};

use common::version;

/// People: what may be sent, what comes back, and what they're found by.
const PEOPLE: &str = r##"
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /people:
    patch:
      operationId: patchPerson
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/Draft"}}}
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/Person"}}}
    put:
      operationId: findPeople
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/Filter"}}}
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/Card"}}}
components:
  schemas:
    Draft:
      type: object
      properties:
        nickname: {type: string}
        age: {type: integer}
    Person:
      allOf:
        - $ref: "#/components/schemas/Draft"
        - required: [nickname]
    Card:
      allOf:
        - $ref: "#/components/schemas/Draft"
        - type: object
          properties:
            nickname: {type: string}
            colour: {type: string}
    Filter:
      type: object
      properties:
        operands: {type: array, items: {$ref: "#/components/schemas/Filter"}}
        path: {type: string}
"##;

/// Compares the document with itself after the first occurrence of a text is replaced.
fn changed(old: &str, with: &str) -> Report {
    assert!(PEOPLE.contains(old), "{old}");
    let new = PEOPLE.replacen(old, with, 1);
    diff(version("a.yaml", PEOPLE), version("a.yaml", &new), &Settings::default())
}

/// Rules of the findings, each with the operations that it reaches.
fn told(report: &Report) -> Vec<(&str, Vec<&str>)> {
    let ids = report.findings.iter().map(|it| {
        let mut ids: Vec<&str> =
            it.operations.iter().filter_map(|name| name.id.as_deref()).collect();
        ids.sort_unstable();
        (it.rule, ids)
    });
    ids.collect()
}

const OF_DRAFT: &str = "nickname: {type: string}\n        age";

/// What `findPeople` gives has the property anyway.
#[test]
fn a_property_that_goes_is_told_once_although_others_require_it() {
    let report = changed(OF_DRAFT, "age");
    assert_eq!(told(&report), [("property-removed", vec!["patchPerson"])]);
    let lines = &report.findings[0].rust_changes;
    let before: Vec<&str> = lines.iter().filter_map(|line| line.before.as_deref()).collect();
    assert!(before.contains(&"Person.nickname: String"), "{before:?}");
}

#[test]
fn a_property_that_comes_is_told_once_although_others_require_it() {
    let new = PEOPLE.replacen(OF_DRAFT, "age", 1);
    let report = diff(version("a.yaml", &new), version("a.yaml", PEOPLE), &Settings::default());
    assert_eq!(told(&report), [("optional-property-added", vec!["patchPerson"])]);
}

#[test]
fn a_name_is_told_once_although_others_have_the_old_one_too() {
    let report = changed("nickname: {type: string}", "nick_name: {type: string}");
    assert_eq!(told(&report), [("property-renamed", vec!["findPeople", "patchPerson"])]);
}

#[test]
fn a_type_is_told_once_although_others_give_another_one_to_it() {
    let report = changed("nickname: {type: string}", "nickname: {type: boolean}");
    assert_eq!(told(&report), [("type-changed", vec!["findPeople", "patchPerson"])]);
}

#[test]
fn a_property_of_what_holds_itself_is_renamed() {
    let report = changed("operands: {", "operands_of: {");
    assert_eq!(told(&report), [("property-renamed", vec!["findPeople"])]);
}

#[test]
fn what_a_schema_changes_by_itself_is_told_beside() {
    let new =
        PEOPLE.replacen(OF_DRAFT, "age", 1).replace("required: [nickname]", "required: [age]");
    let report = diff(version("a.yaml", PEOPLE), version("a.yaml", &new), &Settings::default());
    let mut rules: Vec<&str> = report.findings.iter().map(|it| it.rule).collect();
    rules.sort_unstable();
    assert_eq!(
        rules,
        ["property-became-required", "property-removed", "required-property-removed"]
    );
}

/// Of a document that says some things twice, or by way of a reference.
const TWICE: &str = r##"
openapi: 3.1.0
info: {title: T, version: "1"}
tags: [{name: a, description: One}, {name: a, description: Another}]
paths: {}
components:
  schemas:
    Any: {}
    Bag: {type: object, additionalProperties: {$ref: "#/components/schemas/Any"}}
"##;

#[test]
fn what_is_said_twice_or_elsewhere_is_no_change() {
    let direct = TWICE.replacen(r##"{$ref: "#/components/schemas/Any"}"##, "{}", 1);
    for new in [TWICE, direct.as_str()] {
        let report = diff(version("a.yaml", TWICE), version("a.yaml", new), &Settings::default());
        assert_eq!(told(&report), []);
    }
    let typed = TWICE.replacen("Any: {}", "Any: {type: string}", 1);
    let report = diff(version("a.yaml", TWICE), version("a.yaml", &typed), &Settings::default());
    assert_eq!(told(&report), [("type-narrowed", vec![])]);
}

#[test]
fn what_another_media_type_of_json_holds_is_compared() {
    let card = r##"application/json: {schema: {$ref: "#/components/schemas/Card"}}"##;
    let new = PEOPLE.replace(card, &card.replace("/json", "/hal+json"));
    let new = new.replace("colour: {type: string}", "colour: {type: integer}");
    let report = diff(version("a.yaml", PEOPLE), version("a.yaml", &new), &Settings::default());
    let mut told = told(&report);
    told.sort_unstable();
    let rules = ["media-type-added", "media-type-removed", "type-changed"];
    assert_eq!(told, rules.map(|rule| (rule, vec!["findPeople"])));
}
