//! Each case shows one rule: two small documents, and exactly the finding that comes of them.
//!
//! A case is a folder `tests/cases/diff/<code>` with `old.yaml` and `new.yaml`. Comments at the head
//! of the new one say what is expected beside the code: `# Wire: breaks`, `# Rust: major`, and
//! `# Today: 2026-11-22` where the date matters. What follows a `+` in the name of a folder tells two
//! cases of one code apart.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tenon::diff::{RULES, Report, Settings, diff};

use common::version;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/diff")
}

/// A case as it is written.
struct Case {
    code: String,
    old: String,
    new: String,
}

impl Case {
    fn value(&self, word: &str) -> Option<&str> {
        let comments = self.new.lines().take_while(|line| line.starts_with('#'));
        let mut values = comments.filter_map(|line| line.strip_prefix("# ")?.strip_prefix(word));
        values.next().map(|value| value.trim_start_matches(':').trim())
    }

    fn compare(&self) -> Report {
        let today = self.value("Today").map(str::to_owned);
        let settings = Settings { today, ..Settings::default() };
        diff(version("old.yaml", &self.old), version("new.yaml", &self.new), &settings)
    }
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let read = |name: &str| fs::read_to_string(path.join(name)).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            let code = name.split('+').next().unwrap().to_owned();
            cases.push(Case { code, old: read("old.yaml"), new: read("new.yaml") });
        }
    }
    cases.sort_by(|a, b| a.code.cmp(&b.code));
    cases
}

#[test]
fn each_case_gives_the_finding_that_it_shows_and_no_other() {
    let mut wrong = Vec::new();
    for case in cases() {
        let report = case.compare();
        let found: Vec<String> = report
            .findings
            .iter()
            .map(|it| format!("{} {} {}", it.code, it.wire.name(), it.rust.name()))
            .collect();
        let wire = case.value("Wire").unwrap_or("?");
        let rust = case.value("Rust").unwrap_or("?");
        let expected = vec![format!("{} {wire} {rust}", case.code)];
        if found != expected || !report.moves.is_empty() {
            let moves: Vec<&String> = report.moves.iter().map(|it| &it.message).collect();
            wrong.push(format!(
                "{}\n  expected {expected:?}\n  found    {found:?} {moves:?}",
                case.code
            ));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_document_compared_with_itself_gives_nothing() {
    for case in cases() {
        for text in [&case.old, &case.new] {
            let settings = Settings::default();
            let report = diff(version("a.yaml", text), version("b.yaml", text), &settings);
            assert!(report.findings.is_empty(), "{}: {:?}", case.code, report.findings);
            assert!(report.moves.is_empty(), "{}: {:?}", case.code, report.moves);
        }
    }
}

/// Codes that a rule has: in each direction that its verdict tells apart.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for rule in RULES {
        let same = |wire: &Option<tenon::diff::Verdict>| {
            wire.is_some_and(|(_, why)| why == "The bytes on the wire are the same.")
        };
        match (rule.request, rule.reply) {
            (None, None) => drop(codes.insert(rule.name.to_owned())),
            (request, reply) => {
                // What is only ever part of one direction has no case of the other.
                let only = same(&request) != same(&reply);
                if !(only && same(&request)) {
                    codes.insert(format!("request-{}", rule.name));
                }
                if !(only && same(&reply)) {
                    codes.insert(format!("reply-{}", rule.name));
                }
            }
        }
    }
    codes
}

/// A row of `rules.tsv`.
struct Row {
    code: String,
    level: String,
    direction: String,
    wire: String,
    rust: String,
    example: String,
}

/// The rows of rules; those without a code say why a rule of oasdiff has none here.
fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diff/rules.tsv");
    let text = fs::read_to_string(path).unwrap();
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let [code, level, direction, wire, rust, example, ..] = fields.as_slice() else {
            panic!("a row of eight fields: {line}")
        };
        assert_eq!(fields.len(), 8, "{line}");
        let [code, level, direction, wire, rust, example] =
            [code, level, direction, wire, rust, example].map(String::clone);
        if code != "-" {
            rows.push(Row { code, level, direction, wire, rust, example });
        }
    }
    rows
}

#[test]
fn each_row_of_the_table_is_what_its_example_gives() {
    for row in rows() {
        let name = row.example.strip_prefix("tests/cases/diff/").unwrap();
        let read = |file: &str| fs::read_to_string(folder().join(name).join(file)).unwrap();
        let case = Case { code: row.code.clone(), old: read("old.yaml"), new: read("new.yaml") };
        let report = case.compare();
        let finding = &report.findings[0];
        let found = [
            finding.code.as_str(),
            finding.level.name(),
            finding.direction.name(),
            finding.wire.name(),
            finding.rust.name(),
        ];
        assert_eq!(
            found,
            [&row.code, &row.level, &row.direction, &row.wire, &row.rust].map(String::as_str)
        );
    }
}

#[test]
fn each_rule_has_a_row_and_each_case_belongs_to_one() {
    let listed: BTreeSet<String> = rows().into_iter().map(|row| row.code).collect();
    let without: Vec<String> = codes().difference(&listed).cloned().collect();
    assert!(without.is_empty(), "codes without a row in rules.tsv: {without:?}");
    let shown: BTreeSet<String> = cases().into_iter().map(|case| case.code).collect();
    assert_eq!(shown.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new());
}
