//! Input that can't be generated from: told where and why, soon, and without a trace in the code.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests: names say what they show"
)]

mod common;

use std::fs::File;
use std::time::{Duration, Instant};

use common::{Project, document, text};

/// What a document with a mistake is told, in the short form.
fn refused(bytes: &[u8]) -> String {
    let project = Project::generated();
    project.write("specs/pets/openapi.yaml", bytes);
    refused_by(&project)
}

fn refused_by(project: &Project) -> String {
    let before = project.files("generated");
    let start = Instant::now();
    let run = project.xtask(&["generate", "--message-format", "short"]);
    assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
    assert_eq!(run.status.code(), Some(1), "{} {}", text(&run.stdout), text(&run.stderr));
    assert_eq!(project.files("generated"), before, "the generated code changed");
    assert!(text(&run.stdout).contains("pets   refused: "), "{}", text(&run.stdout));
    text(&run.stderr)
}

/// Asserts that the first error stands at a line, and says something.
fn assert_at(told: &str, line: usize, part: &str) {
    let place = format!("specs/pets/openapi.yaml:{line}:");
    assert!(told.lines().any(|told| told.starts_with(&place) && told.contains(part)), "{told}");
}

/// The pets document with a replacement, and the line on which it stands.
fn with(from: &str, to: &str) -> (String, usize) {
    let right = document("Pets");
    let at = right.find(from).expect("the text to replace is there");
    let line = right[..at].lines().count().max(1);
    (right.replacen(from, to, 1), line)
}

#[test]
fn a_wrong_indent() {
    let (document, line) =
        with("    get:\n      operationId", "    get:\n      operationId: x\n     operationId");
    let told = refused(document.as_bytes());
    assert!(told.contains("specs/pets/openapi.yaml:"), "{told}");
    let near = (line..line + 4).any(|line| told.contains(&format!("openapi.yaml:{line}:")));
    assert!(near, "not near line {line}: {told}");
}

#[test]
fn an_unknown_reference() {
    let (document, line) = with("'#/components/schemas/Thing'", "'#/components/schemas/Thin'");
    assert_at(&refused(document.as_bytes()), line, "Thin");
}

#[test]
fn a_duplicate_operation_id() {
    let (document, line) = with(
        "components:\n",
        "  /others:\n    get:\n      operationId: getThing\n      responses:\n        '200':\n          description: Fine.\ncomponents:\n",
    );
    assert_at(&refused(document.as_bytes()), line + 3, "getThing");
}

#[test]
fn a_duplicate_key() {
    let (document, line) = with(
        "      summary: Reads a thing\n",
        "      summary: Reads a thing\n      summary: Again\n",
    );
    assert_at(&refused(document.as_bytes()), line + 2, "summary");
}

#[test]
fn a_path_parameter_without_a_declaration() {
    let (document, line) = with("/things/{id}", "/things/{id}/{part}");
    assert_at(&refused(document.as_bytes()), line + 1, "part");
}

#[test]
fn an_empty_file() {
    let told = refused(b"");
    assert!(told.starts_with("specs/pets/openapi.yaml:"), "{told}");
    assert!(told.contains("empty"), "{told}");
}

#[test]
fn a_file_that_is_not_utf_8() {
    let mut bytes = document("Pets").into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'P').expect("the title is there");
    bytes[at] = 0xff;
    assert_at(&refused(&bytes), 3, "UTF-8");
}

#[test]
fn a_file_of_more_than_100_mb() {
    let project = Project::generated();
    let file = File::options().append(true).open(project.path("specs/pets/openapi.yaml")).unwrap();
    file.set_len(101 * 1024 * 1024).unwrap();
    let told = refused_by(&project);
    assert!(told.contains("specs/pets/openapi.yaml") && told.contains("MB"), "{told}");
}

#[test]
fn nesting_ten_thousand_deep() {
    let deep =
        format!("{}x-deep: {}{}\n", document("Pets"), "[".repeat(10_000), "]".repeat(10_000));
    assert!(refused(deep.as_bytes()).contains("specs/pets/openapi.yaml:"));
    let schema = format!(
        "{{\"openapi\":\"3.0.3\",\"x\":{}1{}}}",
        "{\"a\":".repeat(10_000),
        "}".repeat(10_000)
    );
    assert!(refused(schema.as_bytes()).contains("specs/pets/openapi.yaml:"));
}

#[test]
fn an_alias_bomb() {
    let mut bomb = format!(
        "{}x-a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n",
        document("Pets")
    );
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &format!("x-a{level}: &a{level} [{aliases}]\n");
    }
    assert!(refused(bomb.as_bytes()).contains("specs/pets/openapi.yaml:"));
}

#[test]
fn a_document_that_only_a_lenient_reader_takes() {
    let (document, _) = with("          required: true\n", "          required: 'true'\n");
    assert!(refused(document.as_bytes()).contains("specs/pets/openapi.yaml:"));
}

#[test]
fn every_mistake_of_every_document_is_told_at_once() {
    let project = Project::generated();
    for name in ["pets", "tools"] {
        let (text, _) = with("'#/components/schemas/Thing'", "'#/components/schemas/Thin'");
        project.write(
            &format!("specs/{name}/openapi.yaml"),
            text.replace("/things/{id}", "/things/{id}/{part}"),
        );
    }
    let told = refused_by(&project);
    for name in ["pets", "tools"] {
        let count = told
            .lines()
            .filter(|line| line.starts_with(&format!("specs/{name}/")) && line.contains("error"))
            .count();
        assert!(count >= 2, "{told}");
    }
}

#[test]
fn a_missing_folder_is_told() {
    let project = Project::new();
    let run = project.xtask(&["explain", "no/such.yaml"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("no/such.yaml"), "{}", text(&run.stderr));
}
