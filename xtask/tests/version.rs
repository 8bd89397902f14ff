//! `version` on projects in git: which version is next, and what the changelog says.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests: names say what they show"
)]

mod common;

use std::fs;
use std::process::{Command, Output};

use common::{Project, document, text};

const DATE: &str = "2026-02-03";

/// A project of this version, generated and committed.
fn at(version: &str) -> Project {
    let project = Project::new();
    edit(&project, "specs/tenon.yaml", "output:", &format!("version: {version} # ours\noutput:"));
    // Models of requests, so that fields are added to what is sent.
    let operation = "\x20   post:\n      operationId: eraseDevice\n      tags: [Things]\n      \
        parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      \
        requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Erase'}}}}\n      \
        responses: {'204': {description: Gone.}}\ncomponents:\n  schemas:\n    \
        Erase: {type: object, properties: {pin: {type: string}}}\n    Thing:";
    let pets = "specs/pets/openapi.yaml";
    edit(&project, pets, "components:\n  schemas:\n    Thing:", operation);
    assert!(project.xtask(&["generate"]).status.success());
    git(&project, &["init", "--quiet", "--initial-branch=main"]);
    commit(&project);
    project
}

/// The same, released.
fn released(version: &str) -> Project {
    let project = at(version);
    assert!(version_of(&project, &["--write"]).status.success());
    release(&project, version);
    project
}

fn release(project: &Project, version: &str) {
    commit(project);
    git(project, &["tag", &format!("example-clients-v{version}")]);
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

fn commit(project: &Project) {
    git(project, &["add", "--all"]);
    git(project, &["commit", "--quiet", "--allow-empty", "--message", "a change"]);
}

fn edit(project: &Project, path: &str, from: &str, to: &str) {
    let file = project.path(path);
    let before = fs::read_to_string(&file).unwrap();
    assert!(before.contains(from), "{from}");
    fs::write(file, before.replacen(from, to, 1)).unwrap();
}

fn version_of(project: &Project, arguments: &[&str]) -> Output {
    let file = project.path("specs/tenon.yaml");
    let mut all = vec!["version", "--project", file.to_str().unwrap(), "--date", DATE];
    all.extend(arguments);
    project.xtask(&all)
}

fn shown(project: &Project) -> String {
    let run = version_of(project, &[]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    text(&run.stdout)
}

fn changelog(project: &Project) -> String {
    fs::read_to_string(project.path("generated/CHANGELOG.md")).unwrap()
}

fn gains_a_field(project: &Project) {
    let (from, to) =
        ("{pin: {type: string}}", "{pin: {type: string}, erase_flags: {type: string}}");
    edit(project, "specs/pets/openapi.yaml", from, to);
}

#[test]
fn the_first_version_stands() {
    let project = at("0.4.0");
    let run = version_of(&project, &["--write"]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert!(
        text(&run.stdout).starts_with("example-clients 0.4.0: nothing was released before\n"),
        "{}",
        text(&run.stdout)
    );
    let file = changelog(&project);
    assert!(file.starts_with("# Changelog\n"));
    assert!(
        file.ends_with(
            "\n## [0.4.0] - 2026-02-03\n\n### Added\n\n#### pets\n\n\
             - The API `pets` with 2 calls, behind the feature `pets`.\n\n#### tools\n\n\
             - The API `tools` with 1 call, behind the feature `tools`.\n"
        ),
        "{file}"
    );
    let manifest = fs::read_to_string(project.path("generated/Cargo.toml")).unwrap();
    assert!(manifest.contains("\nversion = \"0.4.0\"\nedition.workspace = true\n"), "{manifest}");
}

#[test]
fn without_a_change_nothing_is_written() {
    let project = released("0.4.0");
    let before = project.files("generated");
    let run = version_of(&project, &["--write"]);
    let said = "example-clients 0.4.0: nothing changed since example-clients-v0.4.0\n";
    assert_eq!(text(&run.stdout), said);
    assert_eq!(project.files("generated"), before);
}

#[test]
fn documentation_is_a_patch() {
    let project = released("1.2.3");
    edit(&project, "specs/pets/openapi.yaml", "Reads a thing", "Reads one thing");
    let said = shown(&project);
    assert_eq!(
        said,
        "example-clients 1.2.4: the API is as in example-clients-v1.2.3, and something in it changed\n\n\
         ## [1.2.4] - 2026-02-03\n\n### Documentation\n\n#### pets\n\n- `get_thing` has another summary.\n"
    );
}

#[test]
fn a_field_more_is_minor_and_below_one_the_third_number() {
    for (from, to) in [("1.2.3", "1.3.0"), ("0.2.3", "0.2.4")] {
        let project = released(from);
        gains_a_field(&project);
        let said = shown(&project);
        let start = format!("example-clients {to}: the API grew since example-clients-v{from}\n");
        assert!(said.starts_with(&start), "{said}");
        let line = "### Added\n\n#### pets\n\n- `erase_device` gained an optional field \
            `erase_flags`, `Erase.erase_flags: Option<String>`.\n";
        assert!(said.ends_with(line), "{said}");
    }
}

#[test]
fn a_rename_is_major_and_below_one_the_second_number() {
    for (from, to) in [("1.2.3", "2.0.0"), ("0.2.3", "0.3.0")] {
        let project = released(from);
        edit(&project, "specs/pets/openapi.yaml", "getThing", "readThing");
        gains_a_field(&project);
        let said = shown(&project);
        assert!(said.starts_with(&format!("example-clients {to}: what changed ")), "{said}");
        let breaking = said.find("### Breaking\n\n#### pets\n\n- `client.things().get_thing");
        let added = said.find("### Added\n\n#### pets\n\n- `erase_device` gained");
        assert!(breaking.is_some() && breaking < added, "{said}");
        assert!(
            said.contains(
                "`client.things().get_thing(id: String)` is now `client.things().read_thing(id: String)`"
            ),
            "{said}"
        );
    }
}

#[test]
fn what_is_accepted_by_reviewers_breaks_users_all_the_same() {
    let project = released("0.2.3");
    edit(&project, "specs/pets/openapi.yaml", "getThing", "readThing");
    edit(
        &project,
        "specs/tenon.yaml",
        "output:",
        "diff: {levels: {operation-id-changed: off}}\noutput:",
    );
    assert!(shown(&project).starts_with("example-clients 0.3.0: "), "{}", shown(&project));
}

#[test]
fn an_api_more_and_an_api_less() {
    let project = released("1.0.0");
    project.write("specs/toys/openapi.yaml", document("Toys"));
    edit(
        &project,
        "specs/tenon.yaml",
        "apis:\n",
        "apis:\n  - {name: toys, spec: toys/openapi.yaml}\n",
    );
    let said = shown(&project);
    assert!(said.starts_with("example-clients 1.1.0: "), "{said}");
    let line = "#### toys\n\n- The API `toys` is new, with 1 call, behind the feature `toys`.\n";
    assert!(said.ends_with(line), "{said}");

    let tools = "  - name: tools\n    spec: tools/openapi.yaml\n";
    edit(&project, "specs/tenon.yaml", tools, "");
    let said = shown(&project);
    assert!(said.starts_with("example-clients 2.0.0: "), "{said}");
    let line =
        "### Breaking\n\n#### tools\n\n- The API `tools` and its feature are gone.\n\n### Added";
    assert!(said.contains(line), "{said}");
}

#[test]
fn sections_of_releases_stay_and_an_unreleased_one_is_replaced() {
    let project = released("0.1.0");
    edit(&project, "generated/CHANGELOG.md", "with 2 calls", "of the first hour");
    release(&project, "0.1.0-by-hand");
    let first = changelog(&project);
    gains_a_field(&project);
    assert!(version_of(&project, &["--write"]).status.success());
    let second = changelog(&project);
    let released = &first[first.find("## [0.1.0]").unwrap()..];
    assert!(second.contains("\n## [0.1.1] - 2026-02-03\n"), "{second}");
    assert!(second.ends_with(&format!("\n\n{released}")), "{second}");
    let file = fs::read_to_string(project.path("specs/tenon.yaml")).unwrap();
    assert!(file.contains("\nversion: 0.1.1 # ours\n"), "{file}");
    // Again: the same bytes.
    assert!(version_of(&project, &["--write"]).status.success());
    assert_eq!(changelog(&project), second);
    // It turns out to break before it was released.
    edit(&project, "specs/pets/openapi.yaml", "getThing", "readThing");
    assert!(version_of(&project, &["--write"]).status.success());
    let third = changelog(&project);
    assert!(third.contains("## [0.2.0]") && !third.contains("## [0.1.1]"), "{third}");
    assert!(third.ends_with(&format!("\n\n{released}")), "{third}");
    // Released, and another.
    release(&project, "0.2.0");
    edit(&project, "specs/pets/openapi.yaml", "Reads a thing", "Reads one thing");
    assert!(version_of(&project, &["--write"]).status.success());
    let fourth = changelog(&project);
    assert!(fourth.ends_with(&third[third.find("## [0.2.0]").unwrap()..]), "{fourth}");
    let check = project.xtask(&["generate", "--check"]);
    assert!(check.status.success(), "{}", text(&check.stdout));
}

#[test]
fn another_generator_makes_a_patch() {
    let project = released("0.1.0");
    let lib = fs::read_to_string(project.path("generated/src/lib.rs")).unwrap();
    project.write("generated/src/lib.rs", format!("{lib}\n"));
    let said = shown(&project);
    assert!(said.starts_with("example-clients 0.1.1: the generated code changed since "), "{said}");
}

#[test]
fn a_revision_and_a_version_by_hand() {
    let project = released("0.1.0");
    gains_a_field(&project);
    commit(&project);
    edit(&project, "specs/pets/openapi.yaml", "Reads a thing", "Reads one thing");
    let run = version_of(&project, &["--since", "HEAD"]);
    let said = text(&run.stdout);
    assert!(said.contains("summary") && !said.contains("erase_flags"), "{said}");
    edit(&project, "specs/tenon.yaml", "version: 0.1.0", "version: 1.0.0");
    let said = shown(&project);
    assert!(said.starts_with("example-clients 1.0.0: the API grew since "), "{said}");
    assert!(said.contains("; the version of the project file stands\n"), "{said}");
    edit(&project, "specs/tenon.yaml", "version: 1.0.0", "version: next");
    let run = version_of(&project, &[]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("`next` is no version"), "{}", text(&run.stderr));
}

#[test]
fn a_document_that_is_refused_is_not_released() {
    let project = released("0.1.0");
    edit(&project, "specs/pets/openapi.yaml", "in: path", "in: nowhere");
    let before = project.files("generated");
    let run = version_of(&project, &["--write"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(
        text(&run.stderr).contains("the document of `pets` is refused"),
        "{}",
        text(&run.stderr)
    );
    assert_eq!(project.files("generated"), before);
}

#[test]
fn what_fails_on_the_wire_is_said_in_a_sentence() {
    let project = released("0.1.0");
    let pets = "specs/pets/openapi.yaml";
    edit(&project, pets, "{pin: {type: string}}", "{pin: {type: string, maxLength: 4}}");
    let said = shown(&project);
    let line = "### Changed\n\n#### pets\n\n- `Erase.pin` got maxLength `4`. \
        Values that callers send so far may be refused";
    assert!(said.contains(line), "{said}");
}

#[test]
fn a_clone_without_its_history_is_told_to_fetch_it() {
    let project = released("0.1.0");
    gains_a_field(&project);
    commit(&project);
    let (from, to) = (format!("file://{}", project.path("").display()), project.path("clone"));
    git(&project, &["clone", "--quiet", "--depth=1", "--no-tags", &from, to.to_str().unwrap()]);
    let file = to.join("specs/tenon.yaml");
    let run = project.xtask(&["version", "--project", file.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("the history is cut off"), "{}", text(&run.stderr));
}

#[test]
fn help_of_version() {
    let run = Project::new().xtask(&["help", "version"]);
    insta::assert_snapshot!(text(&run.stdout));
}
