//! Each tag behind a Cargo feature: what is generated compiles with any of them, all, or none.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Project, text};

const TAGS: [&str; 4] = ["books", "loans", "reading-rooms", "webhooks"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn document() -> String {
    fs::read_to_string(root().join("tests/cases/features/tags.yaml")).unwrap()
}

/// Runs cargo on a crate of the project, which must have nothing to complain of.
fn cargo(project: &Project, folder: &str, arguments: &[&str]) {
    // What other tests compile generated code with is compiled already.
    let target = std::env::current_exe().unwrap();
    let target = target.ancestors().nth(3).unwrap().join("diff-rustc/target");
    let run = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .args(["--offline", "--quiet"])
        .current_dir(project.path(folder))
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .unwrap();
    assert!(run.status.success(), "{arguments:?}: {}", text(&run.stderr));
    assert_eq!(text(&run.stderr), "", "{arguments:?}");
}

/// The document as a crate of its own, in `client`.
fn standalone() -> Project {
    let project = Project::new();
    project.write("library.yaml", document());
    let run = project.xtask(&[
        "generate",
        "--spec",
        "library.yaml",
        "--out",
        "client",
        "--name",
        "library",
        "--features",
        "tags",
        "--mock",
    ]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    fs::copy(root().join("Cargo.lock"), project.path("client/Cargo.lock")).unwrap();
    project
}

/// The document as an API among others, in `generated`, which is a member of a workspace.
fn among_others() -> Project {
    let project = Project::new();
    let apis = "crate: example-clients\nversion: 0.1.0\noutput: ../generated\napis:\n  \
                - {name: library, spec: library.yaml, features: tags}\n  \
                - {name: pets, spec: pets/openapi.yaml}\n";
    project.write("specs/tenon.yaml", apis);
    let document: String = document().replace("openapi: 3.1.0", "openapi: 3.0.3");
    let (before, webhooks) = document.split_once("webhooks:\n").unwrap();
    let (_, after) = webhooks.split_once("components:\n").unwrap();
    project.write("specs/library.yaml", format!("{before}components:\n{after}"));
    let run = project.xtask(&["generate"]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let runtime = root().join("runtime");
    let manifest = format!(
        "[workspace]\nmembers = [\"generated\"]\nresolver = \"3\"\n\n\
         [workspace.package]\nedition = \"2024\"\nrust-version = \"1.89\"\nlicense = \"MIT\"\n\
         publish = false\n\n[workspace.lints.rust]\nmissing_docs = \"warn\"\n\n\
         [workspace.dependencies]\ntenon-runtime = {{ path = {runtime:?} }}\n"
    );
    project.write("Cargo.toml", manifest);
    fs::copy(root().join("Cargo.lock"), project.path("Cargo.lock")).unwrap();
    project
}

#[test]
fn each_tag_compiles_alone_and_so_do_all_and_none() {
    let project = standalone();
    for more in [&["--features", "mock"][..], &[]] {
        cargo(&project, "client", &[&["check"], more].concat());
        let alone = ["check", "--no-default-features"];
        cargo(&project, "client", &[&alone, more].concat());
        for tag in TAGS {
            cargo(&project, "client", &[&alone, more, &["--features", tag]].concat());
        }
    }
    for (tag, other) in [("books", "loans"), ("loans", "reading-rooms")] {
        let both = format!("{tag},{other},mock");
        cargo(&project, "client", &["check", "--no-default-features", "--features", &both]);
    }
}

#[test]
fn the_documentation_has_no_link_to_what_is_not_compiled() {
    let project = standalone();
    cargo(&project, "client", &["doc", "--no-deps", "--features", "mock"]);
    for tag in TAGS {
        let alone = ["doc", "--no-deps", "--no-default-features", "--features", tag];
        cargo(&project, "client", &alone);
    }
}

#[test]
fn a_crate_of_several_apis_names_the_api_before_the_tag() {
    let project = among_others();
    let files = project.files("generated");
    let manifest = &files["Cargo.toml"];
    let features = "default = [\"library\", \"pets\"]\n\
                    library = [\"library-books\", \"library-loans\", \"library-reading-rooms\"]\n\
                    library-books = []\nlibrary-loans = []\nlibrary-reading-rooms = []\npets = []\n";
    assert!(manifest.contains(features), "{manifest}");
    let root: String = files["src/lib.rs"].split_whitespace().collect();
    let gate = "#[cfg(any(feature=\"library\",feature=\"library-books\",\
                feature=\"library-loans\",feature=\"library-reading-rooms\"))]pubmodlibrary;";
    assert!(root.contains(gate), "{}", files["src/lib.rs"]);
    cargo(&project, "generated", &["check"]);
    cargo(&project, "generated", &["check", "--no-default-features"]);
    for tag in ["library-books", "library-loans", "library-reading-rooms"] {
        cargo(&project, "generated", &["check", "--no-default-features", "--features", tag]);
    }
}

/// The features of a client whose document has these tags.
fn features(tags: &[String]) -> Vec<String> {
    let project = Project::new();
    let path = |tag: &String| {
        format!(
            "  /{tag}:\n    get: {{tags: [{tag}], responses: {{'204': {{description: Done.}}}}}}\n"
        )
    };
    let paths: String = tags.iter().map(path).collect();
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nsecurity: [{{oauth: []}}]\npaths:\n{paths}\
         components:\n  securitySchemes:\n    oauth:\n      type: oauth2\n      flows:\n        \
         clientCredentials: {{tokenUrl: 'https://a.example/token', scopes: {{}}}}\n"
    );
    project.write("api.yaml", document);
    let run = project.xtask(&[
        "generate",
        "--spec",
        "api.yaml",
        "--out",
        "client",
        "--features",
        "tags",
        "--mock",
    ]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let manifest = &project.files("client")["Cargo.toml"];
    let table = manifest.split("[features]\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let keys = table.lines().filter_map(|line| line.split_once(" = ["));
    keys.map(|(key, _)| key.to_owned()).collect()
}

#[test]
fn a_tag_called_like_a_feature_of_the_crate_gives_way() {
    let mut own = features(&["devices".to_owned()]);
    own.retain(|key| key != "devices");
    assert!(
        ["default", "full", "mock", "oauth2", "gzip"]
            .iter()
            .all(|key| own.iter().any(|it| it == key))
    );
    let all: BTreeSet<String> = features(&own).into_iter().collect();
    assert_eq!(all.len(), 2 * own.len(), "{all:?}");
    assert!(own.iter().all(|key| all.contains(key)), "{all:?}");
}

#[test]
fn a_crate_without_the_option_has_no_features_of_tags() {
    let project = Project::new();
    project.write("library.yaml", document());
    let arguments = ["generate", "--spec", "library.yaml", "--out", "client", "--name", "library"];
    assert!(project.xtask(&arguments).status.success());
    let files = project.files("client");
    assert!(!files["Cargo.toml"].contains("books"), "{}", files["Cargo.toml"]);
    assert!(files.values().all(|text| !text.contains("cfg(")));
}

#[test]
fn a_choice_that_there_is_not_is_told_where_it_stands() {
    let project = Project::new();
    let file = "crate: example-clients\noutput: ../generated\napis:\n  - name: pets\n    \
                spec: pets/openapi.yaml\n    features: paths\n";
    project.write("specs/tenon.yaml", file);
    let run = project.xtask(&["generate"]);
    assert!(!run.status.success());
    let told = text(&run.stderr);
    assert!(told.contains("unknown variant `paths`, expected `api` or `tags`"), "{told}");
    assert!(told.contains("specs/tenon.yaml:6:15"), "{told}");
}
