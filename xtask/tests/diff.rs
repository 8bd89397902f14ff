//! `diff` on a project in git: revisions, formats, levels, accepted findings, exit codes.

#![allow(
    missing_docs,
    clippy::expect_fun_call,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests: names say what they show"
)]

mod common;

use std::fs;
use std::process::{Command, Output};

use common::{Project, text};

/// A project that is committed, and in which `maxLength: 10` became `maxLength: 5` since.
fn changed() -> Project {
    let project = Project::new();
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    commit(&project, "first");
    edit(&project, "specs/pets/openapi.yaml", "maxLength: 10", "maxLength: 5");
    project
}

fn git(project: &Project, arguments: &[&str]) {
    let run = Command::new("git")
        .arg("-C")
        .arg(project.path(""))
        .args(["-c", "user.name=t", "-c", "user.email=t@example.com"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", text(&run.stderr));
}

fn commit(project: &Project, message: &str) {
    git(project, &["add", "--all"]);
    git(project, &["commit", "--quiet", "--message", message]);
}

fn edit(project: &Project, path: &str, from: &str, to: &str) {
    let file = project.path(path);
    let before = fs::read_to_string(&file).unwrap();
    assert!(before.contains(from));
    fs::write(file, before.replace(from, to)).unwrap();
}

fn diff(project: &Project, arguments: &[&str]) -> Output {
    let file = project.path("specs/tenon.yaml");
    let mut all = vec!["diff", "--project", file.to_str().unwrap()];
    all.extend(arguments);
    project.xtask(&all)
}

fn json(run: &Output) -> serde_json::Value {
    serde_json::from_slice(&run.stdout).expect(&text(&run.stderr))
}

#[test]
fn without_revisions_the_files_are_compared_with_where_the_branch_left_main() {
    let project = changed();
    let run = diff(&project, &["--format", "json"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let report = json(&run);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1);
    let finding = &findings[0];
    assert_eq!(finding["code"], "reply-constraint-tightened");
    assert_eq!((&finding["api"], &finding["rust"]), (&"pets".into(), &"patch".into()));
    assert_eq!(finding["old"]["file"], "specs/pets/openapi.yaml");
    assert_eq!((&finding["old"]["line"], &finding["new"]["line"]), (&33.into(), &33.into()));
    assert_eq!(finding["operations"][0]["id"], "getThing");
}

#[test]
fn two_revisions_are_compared_whatever_the_files_are() {
    let project = changed();
    commit(&project, "second");
    edit(&project, "specs/pets/openapi.yaml", "getThing", "readThing");
    let run = diff(&project, &["HEAD~1", "HEAD", "--format", "json"]);
    let codes: Vec<_> =
        json(&run)["findings"].as_array().unwrap().iter().map(|it| it["code"].clone()).collect();
    assert_eq!(codes, ["reply-constraint-tightened"]);
    let run = diff(&project, &["no-such-revision"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("`no-such-revision` is no revision"));
}

#[test]
fn files_that_a_document_refers_to_are_read_of_the_revision() {
    let project = Project::new();
    let reference = "$ref: 'parts.yaml#/Thing'";
    edit(&project, "specs/pets/openapi.yaml", "$ref: '#/components/schemas/Thing'", reference);
    project.write(
        "specs/pets/parts.yaml",
        "Thing: {type: object, properties: {name: {type: string}}}\n",
    );
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    commit(&project, "first");
    edit(&project, "specs/pets/parts.yaml", "{type: string}", "{type: integer}");
    let run = diff(&project, &["--format", "json"]);
    let finding = &json(&run)["findings"][0];
    assert_eq!(finding["code"], "reply-type-changed");
    assert_eq!(finding["old"]["file"], "specs/pets/parts.yaml");
}

#[test]
fn what_fails_is_chosen() {
    let project = changed();
    edit(&project, "specs/pets/openapi.yaml", "getThing", "readThing");
    for (what, code) in
        [("none", 0), ("wire", 0), ("major", 1), ("minor", 1), ("error", 0), ("any", 1)]
    {
        let run = diff(&project, &["--fail-on", what]);
        assert_eq!(run.status.code(), Some(code), "{what}: {}", text(&run.stdout));
    }
}

#[test]
fn levels_are_set_by_rule_and_an_unknown_rule_is_an_error() {
    let project = changed();
    let with = |levels: &str| {
        let path = project.path("specs/tenon.yaml");
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("diff:").next().unwrap().to_owned();
        fs::write(path, format!("{text}diff:\n  levels: {levels}\n")).unwrap();
    };
    with("{constraint-tightened: error}");
    let run = diff(&project, &["--format", "json", "--fail-on", "error"]);
    assert_eq!(json(&run)["findings"][0]["level"], "error");
    assert_eq!(run.status.code(), Some(1));
    with("{constraint-tightened: error, reply-constraint-tightened: off}");
    assert_eq!(json(&diff(&project, &["--format", "json"]))["findings"], serde_json::json!([]));
    with("{no-such-rule: error}");
    let run = diff(&project, &[]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("there is no rule `no-such-rule`"), "{}", text(&run.stderr));
}

#[test]
fn accepted_findings_pass_and_an_entry_that_matches_nothing_is_an_error() {
    let project = changed();
    edit(&project, "specs/pets/openapi.yaml", "getThing", "readThing");
    let report = json(&diff(&project, &["--format", "json"]));
    let prints: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["fingerprint"].as_str().unwrap().to_owned())
        .collect();
    let entries: String = prints
        .iter()
        .map(|print| format!("- fingerprint: {print}\n  reason: agreed with the users\n"))
        .collect();
    project.write("specs/diff-accepted.yaml", &entries);
    // Lines move, and the fingerprints stay.
    edit(
        &project,
        "specs/pets/openapi.yaml",
        "openapi: 3.0.3\n",
        "# A comment\n\nopenapi: 3.0.3\n",
    );
    let run = diff(&project, &["--fail-on", "any,major"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stdout));
    assert!(text(&run.stdout).contains("(accepted)"));
    project.write(
        "specs/diff-accepted.yaml",
        format!("{entries}- fingerprint: '0123456789abcdef'\n  reason: x\n"),
    );
    let run = diff(&project, &[]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("0123456789abcdef"), "{}", text(&run.stderr));
}

#[test]
fn documents_of_different_versions_are_compared() {
    let project = Project::new();
    let two = r#"{"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get":
        {"operationId": "getA", "parameters": [{"name": "q", "in": "query", "type": "string"}],
         "responses": {"200": {"description": "ok", "schema": {"type": "object",
         "properties": {"id": {"type": "string"}}}}}, "produces": ["application/json"]}}}}"#;
    let three = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: getA\n      \
        parameters: [{name: q, in: query, schema: {type: string}}]\n      responses:\n        '200':\n          \
        description: ok\n          content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}}}}}\n";
    project.write("two.json", two);
    project.write("three.yaml", three);
    let run = project.xtask(&["diff", "--spec", "two.json", "three.yaml", "--format", "json"]);
    let report = json(&run);
    let codes: Vec<_> =
        report["findings"].as_array().unwrap().iter().map(|it| it["code"].clone()).collect();
    assert_eq!(codes, ["reply-property-became-required"], "{report:#}");
}

#[test]
fn each_format_tells_the_finding() {
    let project = changed();
    let shown = |format: &str| text(&diff(&project, &["--format", format]).stdout);
    assert!(
        shown("text")
            .contains("info[reply-constraint-tightened]: `Thing.name` had maxLength `10`, has `5`")
    );
    assert!(
        shown("markdown").contains(
            "- **`Thing.name` had maxLength `10`, has `5`** `reply-constraint-tightened`"
        )
    );
    let page = shown("html");
    assert!(page.contains("<code>Thing.name</code> had maxLength <code>10</code>, has <code>5"));
    assert!(page.contains("<code>specs/pets/openapi.yaml:33:11</code>"));
    assert!(page.contains("maxLength: <mark>10</mark></del>"));
    assert!(shown("github").starts_with("::notice file=specs/pets/openapi.yaml,line=33,title=reply-constraint-tightened (Rust%3A patch)::"));
    let sarif: serde_json::Value = serde_json::from_str(&shown("sarif")).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "reply-constraint-tightened");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 33);
}

#[test]
fn help_of_diff() {
    let run = Project::new().xtask(&["help", "diff"]);
    insta::assert_snapshot!(text(&run.stdout));
}

#[test]
fn what_can_not_be_read_is_no_document_without_changes() {
    let project = Project::new();
    fs::write(project.path("notes.txt"), "Nothing that describes an API.\n").unwrap();
    let [notes, pets] = [project.path("notes.txt"), project.path("specs/pets/openapi.yaml")];
    let paths = [notes.to_str().unwrap(), pets.to_str().unwrap()];
    let run = diff(&project, &["--spec", paths[0], paths[1]]);
    assert_eq!((run.status.code(), text(&run.stdout)), (Some(1), String::new()));
    assert!(text(&run.stderr).contains("error[T0201]"), "{}", text(&run.stderr));
}

#[test]
fn what_a_reference_does_not_find_is_told() {
    let project = changed();
    edit(&project, "specs/pets/openapi.yaml", "#/components/schemas/Thing", "things.yaml#/Thing");
    let run = diff(&project, &[]);
    assert_eq!(run.status.code(), Some(0));
    let stderr = text(&run.stderr);
    assert!(stderr.contains("[T0115]") && stderr.contains("things.yaml"), "{stderr}");
    commit(&project, "second");
    let run = diff(&project, &["HEAD", "HEAD"]);
    assert_eq!(text(&run.stderr).matches("[T0115]").count(), 1, "{}", text(&run.stderr));
}
