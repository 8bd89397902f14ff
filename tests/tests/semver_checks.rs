//! The Rust verdicts of `diff` beside those of cargo-semver-checks.
//!
//! For each case of `tests/cases/diff`, the old and the new client are modules of two versions of one
//! crate, which the tool compares. `generator/src/diff/semver-checks.tsv` has what it says of each,
//! and why, where that isn't our verdict. The tool has to be installed
//! (`cargo install cargo-semver-checks`); `.ci/run` skips the test where it isn't.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod pairs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use pairs::Case;
use tenon::File;

/// Compares both versions, and returns what the tool prints.
fn compare(cases: &[Case]) -> String {
    let old = described("old", cases, Case::old_files);
    let new = described("new", cases, Case::new_files);
    let output = Command::new("cargo-semver-checks")
        .args(["semver-checks", "--release-type", "patch", "--color", "never"])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .expect("cargo-semver-checks is installed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("--- failure "), "{text}\n{log}");
    text
}

/// Writes a version of the crate, and has rustdoc describe it. Both have one target folder, so that
/// what they depend on is built once.
fn described(version: &str, cases: &[Case], files: fn(&Case) -> &[File]) -> PathBuf {
    let folder = pairs::folder(&format!("diff-semver/{version}"));
    pairs::write(&folder, "pair", cases, files);
    pairs::write_root(&folder, cases, |_| "");
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["rustdoc", "--offline", "--lib", "--", "-Zunstable-options"])
        .args(["--output-format", "json", "--cap-lints", "allow"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", target().join("target"))
        .env("CARGO_INCREMENTAL", "0")
        // The tool asks a stable rustdoc for this form in the same way.
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let described = target().join(format!("{version}.json"));
    fs::copy(target().join("target/doc/pair.json"), &described).unwrap();
    described
}

/// Where both versions are, and what they are compiled to.
fn target() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("diff-semver")
}

/// The tool's lints that fail for each case, by its number, with the release that each asks for.
fn lints(output: &str) -> BTreeMap<usize, BTreeSet<String>> {
    let mut found: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut lint = "";
    for line in output.lines() {
        let named = line.strip_prefix("--- failure ").or_else(|| line.strip_prefix("--- warning "));
        if let Some(rest) = named {
            lint = rest.split(':').next().unwrap();
        }
        if let Some(case) = number(line) {
            found.entry(case).or_default().insert(lint.to_owned());
        }
    }
    found
}

/// The case that a line is about: the number in `src/c12/`.
fn number(line: &str) -> Option<usize> {
    let digits = line.split_once("src/c")?.1.split_once('/')?.0;
    digits.parse().ok()
}

/// Rows of the table as the tool has them now: case, our verdict, the tool's lints.
fn rows(cases: &[Case], found: &BTreeMap<usize, BTreeSet<String>>) -> Vec<String> {
    let row = |(index, case): (usize, &Case)| {
        let lints = found.get(&index).cloned().unwrap_or_default();
        // What is marked as deprecated asks for a minor release, any other lint of these for a major one.
        let verdict = match lints.iter().all(|lint| lint.ends_with("_marked_deprecated")) {
            _ if lints.is_empty() => "-",
            true => "minor",
            false => "major",
        };
        let lints: Vec<String> = lints.into_iter().collect();
        let lints = if lints.is_empty() { "-".to_owned() } else { lints.join(",") };
        format!("{}\t{}\t{verdict}\t{lints}", case.name, case.rust)
    };
    cases.iter().enumerate().map(row).collect()
}

#[test]
fn the_table_says_what_cargo_semver_checks_says() {
    let cases = pairs::cases();
    let output = compare(&cases);
    let rows = rows(&cases, &lints(&output));
    let table = pairs::root().join("generator/src/diff/semver-checks.tsv");
    let table = fs::read_to_string(table).unwrap();
    let stated: Vec<&str> =
        table.lines().skip(1).map(|line| line.rsplit_once('\t').unwrap().0).collect();
    let now = target().join("found.tsv");
    fs::write(&now, rows.join("\n") + "\n").unwrap();
    assert!(stated == rows, "the table isn't what the tool says now: see {}", now.display());
}
