//! The page that sets the lints beside other linters' names rules that exist, and all of them.

use std::collections::BTreeSet;

use tenon::lint::{RULES, named};

const PAGE: &str = include_str!("../src/lint/comparison.md");

/// The rows of the tables of other linters' rules, without their heads, by cell.
fn rows() -> Vec<Vec<&'static str>> {
    let (theirs, _) = PAGE.split_once("# What neither has").unwrap_or_default();
    let lines = theirs.lines().filter(|line| line.starts_with("| `"));
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_rule_of_ours_that_the_page_names_exists() {
    let rows = rows();
    assert!(rows.len() > 80, "{}", rows.len());
    for row in rows {
        assert_eq!(row.len(), 7, "{row:?}");
        for rule in quoted(row[3]) {
            assert!(named(rule).is_ok(), "`{rule}`, for {}, is no rule", row[0]);
        }
        // What nothing answers has a reason.
        assert!(row[3] != "–" || row[6] != "–", "{row:?}");
    }
}

#[test]
fn every_rule_of_ours_is_on_the_page() {
    let words: BTreeSet<&str> = quoted(PAGE).collect();
    let missing: Vec<&str> =
        RULES.iter().map(|rule| rule.name).filter(|name| !words.contains(name)).collect();
    assert!(missing.is_empty(), "not on the page: {missing:?}");
}
