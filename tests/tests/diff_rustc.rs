//! The Rust verdicts of `diff`, checked by the compiler.
//!
//! For each case of `tests/cases/diff`, a module is written that uses everything which the old
//! document's client offers: each field by its type, each constructor, setter, variant, trait and
//! call. All of them compile beside the old clients. Beside the new ones, those of minor and patch
//! compile, and those of major don't. The cases are modules of two crates; those that don't compile
//! are taken out until the rest does, as the compiler stops at the first kind of error.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod pairs;
mod usage;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use pairs::Case;
use tenon::File;

/// A crate with a module for each case.
struct Crate {
    folder: PathBuf,
}

impl Crate {
    fn write(name: &str, cases: &[Case], files: fn(&Case) -> &[File]) -> Crate {
        let folder = pairs::folder(&format!("diff-rustc/{name}"));
        pairs::write(&folder, name, cases, files);
        for (index, case) in cases.iter().enumerate() {
            fs::write(
                folder.join(format!("src/c{index}/user.rs")),
                usage::of(case.old.api.as_ref().unwrap()),
            )
            .unwrap();
        }
        Crate { folder }
    }

    /// The cases whose users don't compile, and errors in anything else.
    fn check(&self, cases: &[Case]) -> (BTreeSet<String>, Vec<String>) {
        let mut failing = BTreeSet::new();
        for _ in 0..12 {
            pairs::write_root(&self.folder, cases, |case| {
                if failing.contains(&case.name) { "" } else { "pub mod user;" }
            });
            let (found, others) = self.errors(cases);
            if !others.is_empty() || found.is_empty() {
                return (failing, others);
            }
            failing.extend(found);
        }
        panic!("there is no end of errors");
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
    let cases = pairs::cases();
    let before = Crate::write("before", &cases, Case::old_files);
    let (failing, others) = before.check(&cases);
    assert_eq!(others, Vec::<String>::new());
    assert_eq!(failing, BTreeSet::new(), "the old clients are used wrongly");
    let after = Crate::write("after", &cases, Case::new_files);
    let (failing, others) = after.check(&cases);
    assert_eq!(others, Vec::<String>::new());
    let major: BTreeSet<String> =
        cases.iter().filter(|case| case.rust == "major").map(|case| case.name.clone()).collect();
    let unexpected: Vec<&String> = failing.difference(&major).collect();
    let compiling: Vec<&String> = major.difference(&failing).collect();
    assert!(unexpected.is_empty(), "not major, and users' code breaks: {unexpected:?}");
    assert!(compiling.is_empty(), "major, and users' code compiles: {compiling:?}");
}
