//! `cargo xtask coverage`: the operations that the vendors document, against what there is.
//!
//! In: `specs/coverage.yaml`, the documents, the generated crate, the wire tests. Out: a line per
//! documented operation. It doesn't read the vendors' pages: the list is what was found there.

mod code;
mod wire;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::Deserialize;
use tenon_ir::Api;

use crate::input;
use crate::project::{self, Project};
use crate::report::{Look, counted};

/// Compares the documented operations with the specs, the code and the wire tests.
///
/// Prints a line for each operation that the vendors document, and fails when one is missing from
/// the specs, from the generated code or from the wire tests.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    project: project::Location,
    /// The list of documented operations [default: coverage.yaml beside the project file]
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Folder of the wire tests: `wire_<api>*.rs` [default: tests/tests beside the folder of the project file]
    #[arg(long, value_name = "DIR")]
    tests: Option<PathBuf>,
}

/// A page of vendor documentation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    /// Its file name.
    seed: String,
    /// The API it documents.
    api: String,
    /// The operations on it.
    operations: Vec<Documented>,
}

/// An operation that a page documents.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Documented {
    /// Its heading on the page.
    heading: String,
    /// Its `operationId` in our document.
    operation: String,
}

/// A line of the table.
#[derive(Debug)]
struct Row<'a> {
    seed: &'a str,
    heading: &'a str,
    operation: &'a str,
    found: Found,
}

/// Where an operation was found.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    spec: bool,
    generated: bool,
    tested: bool,
}

impl Found {
    fn everywhere(self) -> bool {
        self.spec && self.generated && self.tested
    }
}

/// What there is of one API.
struct Present {
    api: Option<Api>,
    code: code::Module,
    calls: wire::Calls,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    let Some(project) = arguments.project.load(look)? else { return Ok(false) };
    let list = arguments.list.clone().unwrap_or_else(|| project.folder.join("coverage.yaml"));
    let text = input::read(&list)?;
    let pages: Vec<Page> = serde_yaml::from_slice(&text)
        .with_context(|| format!("cannot use `{}`", list.display()))?;
    let tests = arguments.tests.clone().unwrap_or_else(|| project.folder.join("../tests/tests"));
    let mut present = BTreeMap::new();
    for page in &pages {
        if !present.contains_key(page.api.as_str()) {
            present.insert(page.api.as_str(), look_at(&project, &page.api, &tests, look)?);
        }
    }
    let rows: Vec<_> =
        pages.iter().flat_map(|page| rows(page, present.get(page.api.as_str()))).collect();
    look.result(&table(&rows));
    let unlisted = unlisted(&pages, &present);
    unlisted.iter().for_each(|line| look.line(line));
    look.line(&summary(&rows, pages.len()));
    Ok(unlisted.is_empty() && rows.iter().all(|row| row.found.everywhere()))
}

/// Everything there is of an API.
fn look_at(project: &Project, name: &str, tests: &Path, look: &Look) -> anyhow::Result<Present> {
    let job = project.job(name)?;
    let outcome = job.decide()?;
    if outcome.api.is_none() {
        look.diagnostics(&outcome.diagnostics, &outcome.tree);
    }
    Ok(Present {
        api: outcome.api,
        code: code::Module::read(&project.output.join("src").join(name))?,
        calls: wire::Calls::read(tests, name)?,
    })
}

fn rows<'a>(page: &'a Page, present: Option<&Present>) -> impl Iterator<Item = Row<'a>> {
    page.operations.iter().map(move |documented| Row {
        seed: &page.seed,
        heading: &documented.heading,
        operation: &documented.operation,
        found: present.map(|present| find(present, &documented.operation)).unwrap_or_default(),
    })
}

fn find(present: &Present, id: &str) -> Found {
    let groups = present.api.iter().flat_map(|api| &api.groups);
    let operation = groups
        .flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
        .find(|(_, operation)| operation.id == id);
    let Some((group, operation)) = operation else { return Found::default() };
    Found {
        spec: true,
        generated: present.code.has(id, operation.name.as_str(), operation.type_name.as_str()),
        tested: present.calls.contain(group.name.as_str(), operation.name.as_str()),
    }
}

/// Operations of the documents that the list leaves out: it would not notice if they went away.
fn unlisted(pages: &[Page], present: &BTreeMap<&str, Present>) -> Vec<String> {
    let listed = |api: &str, id: &str| {
        let of_api = pages.iter().filter(|page| page.api == api);
        of_api.flat_map(|page| &page.operations).any(|documented| documented.operation == id)
    };
    let operations = present.iter().flat_map(|(name, present)| {
        present
            .api
            .iter()
            .flat_map(Api::operations)
            .map(move |operation| (*name, operation.id.as_str()))
    });
    operations
        .filter(|(api, id)| !listed(api, id))
        .map(|(api, id)| {
            format!("{api}: operation `{id}` is not in the list of documented operations")
        })
        .collect()
}

/// The rows under their headings, in columns.
fn table(rows: &[Row<'_>]) -> String {
    let mark = |holds: bool| if holds { "yes" } else { "MISSING" }.to_owned();
    let head =
        ["seed", "heading", "operation", "in spec", "generated", "wire-tested"].map(str::to_owned);
    let lines: Vec<[String; 6]> = std::iter::once(head)
        .chain(rows.iter().map(|row| {
            let Found { spec, generated, tested } = row.found;
            [
                row.seed.to_owned(),
                row.heading.to_owned(),
                row.operation.to_owned(),
                mark(spec),
                mark(generated),
                mark(tested),
            ]
        }))
        .collect();
    let widths: [usize; 6] = std::array::from_fn(|column| {
        lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0)
    });
    lines.iter().map(|line| columns(line, &widths)).collect()
}

fn columns(line: &[String; 6], widths: &[usize; 6]) -> String {
    let cells = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
}

fn summary(rows: &[Row<'_>], pages: usize) -> String {
    let missing = rows.iter().filter(|row| !row.found.everywhere()).count();
    let [operations, pages] = [counted(rows.len(), "operation"), counted(pages, "page")];
    match missing {
        0 => format!("{operations} on {pages}: all in the specs, generated and wire-tested"),
        _ => format!("{operations} on {pages}: {missing} missing somewhere"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_what_is_missing_stands_out() {
        let found = Found { spec: true, generated: true, tested: false };
        let row = Row { seed: "page.txt", heading: "Löschen", operation: "erase", found };
        assert_eq!(
            table(&[row]),
            "seed      heading  operation  in spec  generated  wire-tested\n\
             page.txt  Löschen  erase      yes      yes        MISSING\n"
        );
    }
}
