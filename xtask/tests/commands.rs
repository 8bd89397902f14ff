//! Help, exit codes, and the commands that only look.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests: names say what they show"
)]

mod common;

use common::{Project, text};

fn help(arguments: &[&str]) -> String {
    let run = Project::new().xtask(arguments);
    assert_eq!(run.status.code(), Some(0));
    text(&run.stdout)
}

#[test]
fn help_of_the_program() {
    insta::assert_snapshot!(help(&["--help"]));
}

#[test]
fn help_of_generate() {
    insta::assert_snapshot!(help(&["help", "generate"]));
}

#[test]
fn help_of_explain() {
    insta::assert_snapshot!(help(&["help", "explain"]));
}

#[test]
fn help_of_lint() {
    insta::assert_snapshot!(help(&["help", "lint"]));
}

#[test]
fn help_of_coverage() {
    insta::assert_snapshot!(help(&["help", "coverage"]));
}

#[test]
fn help_of_corpus() {
    insta::assert_snapshot!(help(&["help", "corpus"]));
}

#[test]
fn help_of_exercise() {
    insta::assert_snapshot!(help(&["help", "exercise"]));
}

#[test]
fn a_wrong_command_line_is_exit_code_2() {
    let project = Project::new();
    for wrong in [
        &["nonsense"][..],
        &["generate", "--nonsense"],
        &["generate", "--spec", "x.yaml"],
        &["explain"],
        &[],
    ] {
        let run = project.xtask(wrong);
        assert_eq!(run.status.code(), Some(2), "{wrong:?}");
        assert!(text(&run.stderr).contains("Usage: cargo xtask"), "{wrong:?}");
    }
}

#[test]
fn explain_shows_operations_and_models() {
    let project = Project::new();
    let run = project.xtask(&["explain", "specs/pets/openapi.yaml"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    insta::assert_snapshot!(text(&run.stdout));
}

#[test]
fn explain_can_be_limited_to_a_pointer() {
    let project = Project::new();
    let run = project.xtask(&[
        "explain",
        "specs/pets/openapi.yaml",
        "--at",
        "#/components/schemas/Thing",
    ]);
    let out = text(&run.stdout);
    assert!(out.starts_with("struct Thing\n"), "{out}");
    assert!(out.contains("name: Option<String>  \"name\"  length <= 10"), "{out}");
    let none = project.xtask(&[
        "explain",
        "specs/pets/openapi.yaml",
        "--at",
        "/components/schemas/Nothing",
    ]);
    assert_eq!(none.status.code(), Some(1));
    assert!(text(&none.stderr).contains("/components/schemas/Nothing"));
}

const LIST: &str = "\
- seed: pets.txt
  api: pets
  operations:
    - heading: Get a thing
      operation: getThing
";

const TEST: &str = "\
#[tokio::test]
async fn a_thing_is_read() {
    let reply = client().things().get_thing(\"1\").await.unwrap();
}
";

#[test]
fn coverage_is_complete_when_each_operation_is_in_every_place() {
    let project = Project::generated();
    project.write("specs/coverage.yaml", LIST);
    project.write("tests/tests/wire_pets.rs", TEST);
    let run = project.xtask(&["coverage"]);
    assert_eq!(run.status.code(), Some(0), "{} {}", text(&run.stdout), text(&run.stderr));
    let out = text(&run.stdout);
    assert!(out.contains("pets.txt  Get a thing  getThing   yes      yes        yes\n"), "{out}");
    assert!(
        out.ends_with("1 operation on 1 page: all in the specs, generated and wire-tested\n"),
        "{out}"
    );
}

#[test]
fn coverage_fails_when_an_operation_is_missing_somewhere() {
    let complete = || {
        let project = Project::generated();
        project.write("specs/coverage.yaml", LIST);
        project.write("tests/tests/wire_pets.rs", TEST);
        project
    };
    let untested = complete();
    untested.write("tests/tests/wire_pets.rs", TEST.replace("#[tokio::test]\n", ""));
    let undocumented = complete();
    undocumented.write("specs/coverage.yaml", LIST.replace("getThing", "eraseThing"));
    let stale = complete();
    stale.write("specs/coverage.yaml", LIST.replace("getThing", "readThing"));
    stale.write(
        "specs/pets/openapi.yaml",
        common::document("Pets").replace("getThing", "readThing"),
    );
    for (project, row) in [
        (untested, "getThing   yes      yes        MISSING"),
        (undocumented, "eraseThing  MISSING  MISSING    MISSING"),
        (stale, "readThing  yes      MISSING    MISSING"),
    ] {
        let run = project.xtask(&["coverage"]);
        assert_eq!(run.status.code(), Some(1));
        assert!(text(&run.stdout).contains(row), "{}", text(&run.stdout));
    }
}

#[test]
fn corpus_runs_every_document_of_a_folder() {
    let project = Project::new();
    project.write("corpus/good.yaml", GOOD);
    project.write("corpus/bad.json", "{\"openapi\": \"3.0.3\",");
    project.write("corpus/list.tsv", "bad.json\tT0107\tcut off\n");
    let run = project.xtask(&["corpus", "corpus", "--json", "corpus/run.out"]);
    let out = text(&run.stdout);
    assert_eq!(run.status.code(), Some(0), "{out}{}", text(&run.stderr));
    assert!(out.contains("passed   good.yaml  emitted, operations 1/1, schemas 1/1"), "{out}");
    assert!(out.contains("refused  bad.json"), "{out}");
    assert!(out.ends_with("\n2 passed, 0 failed\n"), "{out}");
    let listed = |list| project.xtask(&["corpus", "corpus", "--invalid", list]).status.code();
    assert_eq!(listed("corpus/list.tsv"), Some(0));
    for wrong in [
        "",
        "bad.json\tT0201\tcut off\n",
        "bad.json\tT0107\tx\ngood.yaml\tT0107\tx\n",
        "gone.json\tT0107\tx\nbad.json\tT0107\tx\n",
    ] {
        project.write("corpus/wrong.tsv", wrong);
        assert_eq!(listed("corpus/wrong.tsv"), Some(1), "{wrong}");
    }
}

const GOOD: &str = "\
openapi: 3.0.3
info: {title: Good, version: '1'}
paths:
  /a:
    get:
      responses: {'200': {description: ok}}
components:
  schemas:
    A: {type: object, properties: {a: {type: string}}}
";
