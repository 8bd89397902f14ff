//! The comparison in the guide is complete, and the tests that it names exist.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "an expectation that fails is a test that fails"
)]

use std::fs;
use std::path::PathBuf;

const PAGE: &str = include_str!("../../runtime/src/guide/comparison.md");

/// The rows of the tables, without their heads, by cell.
fn rows() -> Vec<Vec<&'static str>> {
    let cells =
        |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    let rows = PAGE.lines().filter(|line| line.starts_with('|')).map(cells);
    rows.filter(|row| !row[0].is_empty() && !row[0].starts_with("---")).collect()
}

/// What stands in backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn read(path: &str) -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Whether the file has this function, and it is a test.
fn is_test(text: &str, name: &str) -> bool {
    let mut lines = text.lines().map(str::trim).collect::<Vec<_>>().into_iter().rev();
    let mut found = lines.by_ref().skip_while(|line| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        !line.strip_prefix("fn ").is_some_and(|rest| rest.starts_with(&format!("{name}(")))
    });
    found.next().is_some()
        && found
            .take_while(|line| line.starts_with("#["))
            .any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
}

#[test]
fn every_row_has_a_word_for_each_client_and_a_test() {
    let rows = rows();
    assert!(rows.len() > 40, "{}", rows.len());
    for row in rows {
        assert_eq!(row.len(), 8, "{row:?}");
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        assert!(quoted(row[7]).next().is_some(), "{row:?}");
    }
}

#[test]
fn every_test_that_is_named_exists() {
    for row in rows() {
        for named in quoted(row[7]) {
            match named.split_once("::") {
                Some((path, name)) => assert!(is_test(&read(path), name), "{named} is no test"),
                None => {
                    assert!(named.starts_with("tests/cases/") && !read(named).is_empty(), "{named}")
                }
            }
        }
    }
}
