//! `cargo xtask lint`: what is told, what fails, what is allowed, and what is mended.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests: names say what they show"
)]

mod common;

use std::fs;
use std::process::Output;

use common::{Project, text};

const SHORT: [&str; 2] = ["--message-format", "short"];

fn lint(project: &Project, arguments: &[&str]) -> Output {
    project.xtask(&[&["lint"], arguments, &SHORT].concat())
}

/// A project file with these lines on lints, and for the first API these on what is allowed.
fn settings(project: &Project, lints: &str, allow: &str) {
    let file = format!(
        "crate: example-clients\noutput: ../generated\n{lints}apis:\n  - name: pets\n    \
         spec: pets/openapi.yaml\n{allow}"
    );
    project.write("specs/tenon.yaml", file);
}

/// The pets document with a replacement.
fn with(project: &Project, from: &str, to: &str) {
    let right = common::document("Pets");
    assert!(right.contains(from), "{from}");
    project.write("specs/pets/openapi.yaml", right.replacen(from, to, 1));
}

#[test]
fn warnings_are_told_by_position_and_fail_when_they_are_denied() {
    let project = Project::new();
    settings(&project, "", "");
    let run = lint(&project, &["--no-examples"]);
    assert_eq!(run.status.code(), Some(0));
    let told = text(&run.stderr);
    let places: Vec<usize> =
        told.lines().map(|line| line.split(':').nth(1).unwrap().parse().unwrap()).collect();
    assert!(places.is_sorted() && places.len() > 2, "{told}");
    assert!(told.contains("specs/pets/openapi.yaml:6:10: warning[T0323]: "), "{told}");
    let line = text(&run.stdout);
    assert!(line.starts_with("specs/pets/openapi.yaml: 3 warnings, "), "{line}");
    assert_eq!(lint(&project, &["--no-examples", "--deny", "warnings"]).status.code(), Some(1));
}

#[test]
fn a_level_of_the_project_makes_an_error_or_nothing_of_a_rule() {
    let project = Project::new();
    settings(&project, "lints: {server-placeholder: error, security: off}\n", "");
    let run = lint(&project, &["--no-examples"]);
    assert_eq!(run.status.code(), Some(1));
    let told = text(&run.stderr);
    assert!(told.contains("error[T0323]") && !told.contains("T0315"), "{told}");
}

#[test]
fn what_generation_reports_has_a_level_by_its_code() {
    let project = Project::new();
    with(
        &project,
        "    Thing:\n      type: object\n",
        "    Thing:\n      type: object\n      required: [lost]\n",
    );
    settings(&project, "", "");
    assert!(text(&lint(&project, &["--no-examples"]).stderr).contains("warning[T0403]"));
    settings(&project, "lints: {T0403: off}\n", "");
    assert!(!text(&lint(&project, &["--no-examples"]).stderr).contains("T0403"));
}

#[test]
fn a_rule_that_there_is_not_is_an_error_with_what_was_meant() {
    let project = Project::new();
    settings(&project, "lints: {operation-idd: error}\n", "");
    let run = project.xtask(&["lint", "--no-examples"]);
    assert_eq!(run.status.code(), Some(1));
    let told = text(&run.stderr);
    assert!(told.contains("there is no rule `operation-idd`"), "{told}");
    assert!(told.contains("did you mean `operation-id`?"), "{told}");
    assert!(told.contains("specs/tenon.yaml:3"), "{told}");
}

#[test]
fn what_is_allowed_is_not_told_and_an_entry_that_allows_nothing_is_an_error() {
    let project = Project::new();
    let allow = "    allow:\n      - rule: reply-error\n        operation: getThing\n        \
                 reason: The page documents none.\n";
    settings(&project, "", allow);
    let run = lint(&project, &["--no-examples"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(!text(&run.stderr).contains("T0310"));
    assert!(text(&run.stdout).contains("1 allowed"), "{}", text(&run.stdout));
    settings(&project, "", &allow.replace("getThing", "getThings"));
    let run = lint(&project, &["--no-examples"]);
    assert_eq!(run.status.code(), Some(1));
    let told = text(&run.stderr);
    assert!(told.contains("T0310"), "{told}");
    assert!(
        told.contains("specs/tenon.yaml:7:9: error[T0501]: `reply-error` finds nothing"),
        "{told}"
    );
}

#[test]
fn an_entry_without_a_reason_or_of_no_place_is_an_error() {
    let project = Project::new();
    let allow =
        "    allow:\n      - rule: reply-error\n        at: paths/get\n        reason: ' '\n";
    settings(&project, "", allow);
    let run = lint(&project, &["--no-examples"]);
    assert_eq!(run.status.code(), Some(1));
    let told = text(&run.stderr);
    assert!(told.contains("the reason is empty"), "{told}");
    assert!(told.contains("this isn't a JSON pointer"), "{told}");
}

#[test]
fn an_example_that_its_schema_refuses_is_told_of_where_it_is_wrong() {
    let project = Project::new();
    settings(&project, "", "");
    let wrong = "#/components/schemas/Thing'\n              example:\n                name: longer than ten\n";
    with(&project, "#/components/schemas/Thing'\n", wrong);
    let told = text(&lint(&project, &[]).stderr);
    assert!(told.contains("openapi.yaml:27:23: warning[T0361]: "), "{told}");
    with(&project, "#/components/schemas/Thing'\n", &wrong.replace("longer than ten", "short"));
    assert!(!text(&lint(&project, &[]).stderr).contains("T0361"));
}

#[test]
fn what_travels_one_way_may_be_missing_from_an_example() {
    let project = Project::new();
    settings(&project, "", "");
    let schema = "          maxLength: 10\n";
    let more = "        secret:\n          type: string\n          writeOnly: true\n      required: [secret]\n      example: {name: a}\n";
    with(&project, schema, &format!("{schema}{more}"));
    let told = text(&lint(&project, &[]).stderr);
    assert!(!told.contains("T0361"), "{told}");
}

#[test]
fn mending_changes_what_it_says_and_nothing_else_once() {
    let project = Project::new();
    settings(&project, "", "");
    let path = "specs/pets/openapi.yaml";
    let right = common::document("Pets").replace('\n', "\r\n");
    let wrong = right.replace("https://example.com", "https://acme.test/ # the cloud");
    project.write(path, format!("\u{feff}{wrong}"));
    let run = lint(&project, &["--no-examples", "--fix"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let told = text(&run.stdout);
    assert!(
        told.contains("openapi.yaml: remove the slash at the end of `https://acme.test/`"),
        "{told}"
    );
    assert!(told.contains("openapi.yaml: declare the tag `Things`"), "{told}");
    assert!(told.contains(": 2 mended, "), "{told}");
    let mended = fs::read_to_string(project.path(path)).unwrap();
    let expected = wrong
        .replace("https://acme.test/ #", "https://acme.test #")
        .replace("paths:\r\n", "tags:\r\n  - name: Things\r\n\r\npaths:\r\n");
    assert_eq!(mended, format!("\u{feff}{expected}"));
    let run = lint(&project, &["--no-examples", "--fix"]);
    assert!(!text(&run.stdout).contains("mended"), "{}", text(&run.stdout));
    assert_eq!(fs::read_to_string(project.path(path)).unwrap(), mended);
}

#[test]
fn a_document_of_others_is_linted_with_the_rules_own_levels() {
    let project = Project::new();
    settings(&project, "lints: {security: error}\n", "");
    project.write("other.yaml", common::document("Other"));
    let run = lint(&project, &["--no-examples", "other.yaml"]);
    assert_eq!(run.status.code(), Some(0));
    assert!(text(&run.stderr).contains("warning[T0315]"), "{}", text(&run.stderr));
}

#[test]
fn the_rules_are_listed() {
    let run = Project::new().xtask(&["lint", "--rules"]);
    insta::assert_snapshot!(text(&run.stdout));
}
