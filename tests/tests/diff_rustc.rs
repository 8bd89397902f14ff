//! The Rust verdicts of `diff`, checked by the compiler.
//!
//! For each case of `tests/cases/diff`, a module is written that uses everything which the old
//! document's client offers: each field by its type, each constructor, setter, variant, trait and
//! call. All of them compile beside the old clients. Beside the new ones, those of minor and patch
//! compile, and those of major don't. The cases are modules of two crates; those that don't compile
//! are taken out until the rest does, as the compiler stops at the first kind of error.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod usage;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tenon::{Config, File, Input, Outcome};

/// A case, generated.
struct Case {
    name: String,
    is_major: bool,
    old: Vec<File>,
    new: Vec<File>,
    user: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn generate(text: String) -> Outcome {
    let config = Config {
        name: "api".to_owned(),
        module_path: "api".to_owned(),
        source: "case".to_owned(),
        ..Config::default()
    };
    let input = Input {
        path: "case.yaml".to_owned(),
        text: text.into_bytes(),
        overlays: Vec::new(),
        loader: None,
    };
    tenon::generate(input, &config)
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(root().join("tests/cases/diff")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
        let (old, new) = (read("old.yaml"), read("new.yaml"));
        let is_major = new.lines().any(|line| line == "# Rust: major");
        let (old, new) = (generate(old), generate(new));
        let user = usage::of(old.api.as_ref().unwrap_or_else(|| panic!("{name}: {old:?}")));
        let (old, new) = (old.files.unwrap(), new.files.unwrap_or_else(|| panic!("{name}")));
        cases.push(Case { name, is_major, old, new, user });
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// A crate with a module for each case.
struct Crate {
    folder: PathBuf,
}

impl Crate {
    fn write(name: &str, cases: &[Case], files: fn(&Case) -> &[File]) -> Crate {
        let target = std::env::current_exe().unwrap();
        let target = target.ancestors().nth(3).unwrap().join("diff-rustc");
        let folder = target.join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).unwrap();
        let runtime = root().join("runtime");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\ntenon-runtime = {{ path = {runtime:?} }}\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        for (index, case) in cases.iter().enumerate() {
            for File { path, text } in files(case) {
                let path = folder
                    .join("src")
                    .join(format!("c{index}"))
                    .join(path.strip_prefix("src/").unwrap());
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            fs::write(folder.join(format!("src/c{index}/user.rs")), &case.user).unwrap();
        }
        Crate { folder }
    }

    /// The cases whose users don't compile, and errors in anything else.
    fn check(&self, cases: &[Case]) -> (BTreeSet<String>, Vec<String>) {
        let mut failing = BTreeSet::new();
        for _ in 0..12 {
            self.root(cases, &failing);
            let (found, others) = self.errors(cases);
            if !others.is_empty() || found.is_empty() {
                return (failing, others);
            }
            failing.extend(found);
        }
        panic!("there is no end of errors");
    }

    fn root(&self, cases: &[Case], without: &BTreeSet<String>) {
        let mut text = String::from("#![allow(warnings)]\n#![recursion_limit = \"512\"]\n");
        for (index, case) in cases.iter().enumerate() {
            let user = if without.contains(&case.name) { "" } else { "pub mod user;" };
            text.push_str(&format!("pub mod c{index} {{ pub mod api; {user} }}\n"));
        }
        fs::write(self.folder.join("src/lib.rs"), text).unwrap();
    }

    fn errors(&self, cases: &[Case]) -> (BTreeSet<String>, Vec<String>) {
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["check", "--offline", "--quiet", "--message-format=json"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.parent().unwrap().join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("CARGO_MANIFEST_DIR")
            .output()
            .unwrap();
        let (mut found, mut others) = (BTreeSet::new(), Vec::new());
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let message: serde_json::Value = serde_json::from_str(line).unwrap();
            let message = &message["message"];
            if message["level"] != "error" {
                continue;
            }
            let spans = message["spans"].as_array().cloned().unwrap_or_default();
            let index = spans.iter().find_map(|span| {
                let file = span["file_name"].as_str()?;
                let index = file.strip_prefix("src/c")?.strip_suffix("/user.rs")?;
                index.parse::<usize>().ok()
            });
            match index {
                Some(index) => drop(found.insert(cases[index].name.clone())),
                None if spans.is_empty() => {}
                None => others.push(message["rendered"].to_string()),
            }
        }
        if found.is_empty() && others.is_empty() && !output.status.success() {
            others.push(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        (found, others)
    }
}

#[test]
fn code_that_uses_the_old_client_compiles_with_the_new_one_unless_the_verdict_is_major() {
    let cases = cases();
    let before = Crate::write("before", &cases, |case| &case.old);
    let (failing, others) = before.check(&cases);
    assert_eq!(others, Vec::<String>::new());
    assert_eq!(failing, BTreeSet::new(), "the old clients are used wrongly");
    let after = Crate::write("after", &cases, |case| &case.new);
    let (failing, others) = after.check(&cases);
    assert_eq!(others, Vec::<String>::new());
    let major: BTreeSet<String> =
        cases.iter().filter(|case| case.is_major).map(|case| case.name.clone()).collect();
    let unexpected: Vec<&String> = failing.difference(&major).collect();
    let compiling: Vec<&String> = major.difference(&failing).collect();
    assert!(unexpected.is_empty(), "not major, and users' code breaks: {unexpected:?}");
    assert!(compiling.is_empty(), "major, and users' code compiles: {compiling:?}");
}
