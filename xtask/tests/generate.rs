//! `cargo xtask generate` as its users run it.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests: names say what they show"
)]

mod common;

use std::fs;

use common::{Project, document, text};

#[test]
fn a_line_per_api_tells_counts_and_time() {
    let project = Project::new();
    let run = project.xtask(&["generate"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let out = text(&run.stdout);
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(lines[0].starts_with("pets   1 operation, 1 model, "), "{out}");
    assert!(lines[0].contains(" ms, ") && lines[0].ends_with(" files changed"), "{out}");
    assert!(lines[1].starts_with("tools  1 operation, "), "{out}");
    let files = project.files("generated");
    for path in ["Cargo.toml", "src/lib.rs", "src/pets/mod.rs", "src/tools/mod.rs"] {
        assert!(files.contains_key(path), "{path} is missing");
    }
    assert!(files["src/lib.rs"].contains("pub mod pets;"));
}

#[test]
fn a_second_run_changes_nothing() {
    let project = Project::generated();
    let time = |path: &str| project.path(path).metadata().unwrap().modified().unwrap();
    let before: Vec<_> =
        project.files("generated").keys().map(|path| time(&format!("generated/{path}"))).collect();
    let run = project.xtask(&["generate"]);
    assert!(
        text(&run.stdout).lines().all(|line| line.ends_with("unchanged")),
        "{}",
        text(&run.stdout)
    );
    let after: Vec<_> =
        project.files("generated").keys().map(|path| time(&format!("generated/{path}"))).collect();
    assert_eq!(before, after);
}

#[test]
fn the_folder_that_the_command_is_run_in_makes_no_difference() {
    let project = Project::generated();
    let before = project.files("generated");
    let mut command = project.command(&["generate"]);
    assert!(command.current_dir(project.path("specs/pets")).status().unwrap().success());
    assert_eq!(project.files("generated"), before);
}

#[test]
fn check_shows_a_diff_and_writes_nothing() {
    let project = Project::generated();
    assert_eq!(project.xtask(&["generate", "--check"]).status.code(), Some(0));
    let before = project.files("generated");
    project.write(
        "specs/pets/openapi.yaml",
        document("Pets").replace("maxLength: 10", "maxLength: 11"),
    );
    let run = project.xtask(&["generate", "--check"]);
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(project.files("generated"), before);
    let out = text(&run.stdout);
    assert!(out.contains("\n@@ ") && out.contains("+++ b/generated/src/pets/"), "{out}");
    assert!(out.lines().any(|line| line.starts_with('-') && line.contains("10")), "{out}");
    assert!(out.lines().any(|line| line.starts_with('+') && line.contains("11")), "{out}");
    assert!(out.contains("stale; run `cargo xtask generate`"), "{out}");
    assert!(!out.contains('\x1b'), "colours without a terminal");

    let colored = text(&project.xtask(&["generate", "--check", "--color", "always"]).stdout);
    assert!(colored.contains("\x1b[31m-"), "{colored}");
    let github =
        text(&project.xtask(&["generate", "--check", "--message-format", "github"]).stdout);
    assert!(github.contains("::error file=generated/src/pets/"), "{github}");
    let json = project.xtask(&["generate", "--check", "--message-format", "json"]);
    for line in text(&json.stdout).lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["file"].as_str().unwrap().starts_with("generated/src/pets/"), "{line}");
    }
    assert!(text(&json.stderr).contains("stale"));
}

#[test]
fn the_diff_of_a_check_makes_git_do_what_generate_would() {
    let project = Project::generated();
    project.write("specs/pets/openapi.yaml", document("Pets").replace("getThing", "readThing"));
    let out = text(&project.xtask(&["generate", "--check"]).stdout);
    let patch: String = out
        .lines()
        .filter(|line| !line.starts_with("pets ") && !line.starts_with("tools "))
        .map(|line| format!("{line}\n"))
        .collect();
    let patch = patch.rsplit_once("generated: ").unwrap().0.to_owned();
    project.write("patch", patch);
    let mut git = std::process::Command::new("git");
    let applied = git.args(["apply", "patch"]).current_dir(project.path("")).status().unwrap();
    assert!(applied.success());
    assert_eq!(project.xtask(&["generate", "--check"]).status.code(), Some(0));
}

#[test]
fn a_refused_document_leaves_its_folder_and_does_not_stop_the_others() {
    let project = Project::generated();
    let before = project.files("generated");
    project.write(
        "specs/pets/openapi.yaml",
        document("Pets").replace("schemas/Thing", "schemas/Thin"),
    );
    project.write(
        "specs/tools/openapi.yaml",
        document("Tools").replace("maxLength: 10", "maxLength: 11"),
    );
    let run = project.xtask(&["generate"]);
    assert_eq!(run.status.code(), Some(1));
    let out = text(&run.stdout);
    assert!(out.contains("pets   refused: 1 error; its code stays as it was"), "{out}");
    assert!(out.contains("1 file changed"), "{out}");
    let after = project.files("generated");
    let changed: Vec<_> = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(text))
        .map(|(path, _)| path)
        .collect();
    assert!(changed.len() == 1 && changed[0].starts_with("src/tools/"), "{changed:?}");
    assert_eq!(before.len(), after.len());
}

#[test]
fn one_api_can_be_generated_by_itself() {
    let project = Project::generated();
    for name in ["pets", "tools"] {
        project.write(
            &format!("specs/{name}/openapi.yaml"),
            document(name).replace("getThing", "readThing"),
        );
    }
    let before = project.files("generated/src/tools");
    let run = project.xtask(&["generate", "--api", "pets"]);
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(text(&run.stdout).lines().count(), 1);
    assert_eq!(project.files("generated/src/tools"), before);
    assert!(project.files("generated/src/pets").values().any(|text| text.contains("readThing")));

    let unknown = project.xtask(&["generate", "--api", "birds"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(text(&unknown.stderr).contains("there are pets, tools"), "{}", text(&unknown.stderr));
}

#[test]
fn an_api_that_is_gone_from_the_project_is_removed() {
    let project = Project::generated();
    let file = fs::read_to_string(project.path("specs/tenon.yaml")).unwrap();
    project.write("specs/tenon.yaml", file.split("  - name: tools").next().unwrap());
    assert_eq!(project.xtask(&["generate"]).status.code(), Some(0));
    assert!(!project.path("generated/src/tools").exists());
    let files = project.files("generated");
    assert!(!files["src/lib.rs"].contains("tools") && !files["Cargo.toml"].contains("tools"));
}

#[test]
fn generated_sources_that_were_deleted_come_back() {
    let project = Project::generated();
    let before = project.files("generated");
    fs::remove_dir_all(project.path("generated/src")).unwrap();
    assert_eq!(project.xtask(&["generate"]).status.code(), Some(0));
    assert_eq!(project.files("generated"), before);
}

#[test]
fn a_mistake_in_the_project_file_is_shown_where_it_stands() {
    let wrong: [(&str, &str, &str); 7] = [
        ("spec: pets", "sepc: pets", "sepc"),
        ("name: tools", "name: pets", "two APIs are named `pets`"),
        ("name: tools", "name: fn", "can't be the name of a module"),
        ("pets/openapi.yaml", "pets/missing.yaml", "there is no file `pets/missing.yaml`"),
        (
            "spec: pets/openapi.yaml",
            "spec: pets/openapi.yaml\n    overlays: [pets/o.yaml]",
            "there is no file `pets/o.yaml`",
        ),
        ("crate: example-clients", "crate: Example Clients", "can't be the name of a crate"),
        ("output: ../generated", "output: [", "tenon.yaml"),
    ];
    let project = Project::generated();
    let before = project.files("generated");
    let right = fs::read_to_string(project.path("specs/tenon.yaml")).unwrap();
    for (from, to, told) in wrong {
        project.write("specs/tenon.yaml", right.replacen(from, to, 1));
        let run = project.xtask(&["generate", "--message-format", "short"]);
        assert_eq!(run.status.code(), Some(1), "{to}");
        let errors = text(&run.stderr);
        assert!(errors.starts_with("specs/tenon.yaml:"), "{to}: {errors}");
        assert!(errors.contains(told), "{to}: {errors}");
        assert_eq!(project.files("generated"), before, "{to}");
    }
}

#[test]
fn a_crate_of_its_own_is_made_from_any_document() {
    let project = Project::new();
    let run = project.xtask(&["generate", "--spec", "specs/pets/openapi.yaml", "--out", "client"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(text(&run.stdout).starts_with("pets-api  1 operation, "), "{}", text(&run.stdout));
    let files = project.files("client");
    assert!(files.contains_key("src/lib.rs"));
    assert!(files["Cargo.toml"].contains("name = \"pets-api\""));
    let check = ["generate", "--spec", "specs/pets/openapi.yaml", "--out", "client", "--check"];
    assert_eq!(project.xtask(&check).status.code(), Some(0));
    assert_eq!(project.xtask(&[&check[..], &["--name", "other"]].concat()).status.code(), Some(1));
}

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Longer names, version: '1'}
actions:
  - target: $.components.schemas.Thing.properties.name
    update: {maxLength: 77}
";

#[test]
fn overlays_of_the_project_are_applied_in_their_order() {
    let project = Project::new();
    let file = fs::read_to_string(project.path("specs/tenon.yaml")).unwrap();
    let named = "pets/openapi.yaml\n    overlays: [pets/a.yaml, pets/b.yaml]";
    project.write("specs/tenon.yaml", file.replace("pets/openapi.yaml", named));
    project.write("specs/pets/a.yaml", OVERLAY);
    project.write("specs/pets/b.yaml", OVERLAY.replace("77", "78"));
    let run = project.xtask(&["generate"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let holds =
        |folder: &str, word: &str| project.files(folder).values().any(|text| text.contains(word));
    assert!(holds("generated/src/pets", "78") && !holds("generated/src/pets", "77"));
    assert!(!holds("generated/src/tools", "78"));

    project.write("specs/pets/b.yaml", OVERLAY.replace(".name", ".nam"));
    let run = project.xtask(&["generate", "--message-format", "short"]);
    assert_eq!(run.status.code(), Some(1));
    let errors = text(&run.stderr);
    assert!(errors.starts_with("specs/pets/b.yaml:4:13: error[T0513]: "), "{errors}");
}

#[test]
fn overlays_of_the_command_line_are_applied_to_a_crate_of_its_own() {
    let project = Project::new();
    project.write("o.yaml", OVERLAY);
    let arguments = ["generate", "--spec", "specs/pets/openapi.yaml", "--out", "client"];
    let run = project.xtask(&[&arguments[..], &["--overlay", "o.yaml"]].concat());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(project.files("client").values().any(|text| text.contains("77")));
    let run = project.xtask(&[&arguments[..], &["--overlay", "missing.yaml"]].concat());
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("cannot read `missing.yaml`"), "{}", text(&run.stderr));
}

#[test]
fn operations_are_selected_by_the_project_and_by_the_command_line() {
    let project = Project::new();
    let extra = "  /other:\n    get:\n      operationId: getOther\n      responses:\n        \
                 '204': {description: Done.}\ncomponents:";
    project.write("specs/pets/openapi.yaml", document("Pets").replace("components:", extra));
    let file = fs::read_to_string(project.path("specs/tenon.yaml")).unwrap();
    let select = |words: &str| {
        let named = format!("pets/openapi.yaml\n    {words}");
        project.write("specs/tenon.yaml", file.replace("pets/openapi.yaml", &named));
        project.xtask(&["generate"])
    };
    let out = text(&select("include: [getOther]").stdout);
    assert!(out.starts_with("pets   1 operation, 0 models, "), "{out}");
    let out = text(&select("exclude: ['path:/oth*']").stdout);
    assert!(out.starts_with("pets   1 operation, 1 model, "), "{out}");
    let run = select("include: [getOthr]");
    assert_eq!(run.status.code(), Some(1));
    let errors = text(&run.stderr);
    assert!(errors.contains("T0521") && errors.contains("there is `getOther`"), "{errors}");

    let arguments = ["generate", "--spec", "specs/pets/openapi.yaml", "--out", "client"];
    let run = |more: &[&str]| project.xtask(&[&arguments[..], more].concat());
    let out = text(&run(&["--exclude", "tag:Things"]).stdout);
    assert!(out.starts_with("pets-api  1 operation, 0 models, "), "{out}");
    assert_eq!(run(&["--include", "tag:Thing"]).status.code(), Some(1));
}

#[test]
fn references_leave_the_folder_of_the_document_only_where_that_is_allowed() {
    let project = Project::new();
    let elsewhere = document("Pets").replace("'#/components/schemas/Thing'", "../../shared/t.yaml");
    project.write("specs/pets/openapi.yaml", elsewhere);
    project.write("shared/t.yaml", "type: object\nproperties: {far: {type: string}}\n");
    let arguments = ["generate", "--spec", "specs/pets/openapi.yaml", "--out", "client"];
    let run = |more: &[&str]| project.xtask(&[&arguments[..], more].concat());
    // A document of others is read on from what can't be loaded, which then is any value.
    let refused = run(&["--allow-path", "specs"]);
    assert_eq!(refused.status.code(), Some(0));
    let warnings = text(&refused.stderr);
    assert!(
        warnings.contains("warning[T0115]") && warnings.contains("outside of the folders"),
        "{warnings}"
    );
    assert!(!project.files("client").values().any(|text| text.contains("pub far: ")));
    let allowed = run(&["--allow-path", "specs/tools", "--allow-path", "shared"]);
    assert_eq!(allowed.status.code(), Some(0), "{}", text(&allowed.stderr));
    assert!(project.files("client").values().any(|text| text.contains("pub far: ")));
    let missing = text(&run(&["--allow-path", "nowhere"]).stderr);
    assert!(missing.contains("cannot allow `nowhere`"), "{missing}");
}

#[test]
fn a_file_of_the_users_is_never_overwritten() {
    let project = Project::new();
    project.write("generated/src/lib.rs", "//! Mine.\n");
    let run = project.xtask(&["generate"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("was not generated"), "{}", text(&run.stderr));
    assert_eq!(project.files("generated").len(), 1);
}
