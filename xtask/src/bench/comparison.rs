//! What it costs to compare two documents once their texts are read.
//!
//! Each document is compared with itself after many changes, made in memory. Comparing is one stage of
//! one process, so it is timed here and not from outside, as commands are.

use std::path::{Path, PathBuf};

use tenon::diff::{Parsed, Settings, between};

use super::measure::{median, within};
use crate::choice::{PaginationIn, RepeatedIn, UnknownIn};
use crate::diff::mutate::mutated;
use crate::diff::rewrite;
use crate::input;
use crate::progress::Progress;
use crate::project::Job;
use crate::report::Look;
use crate::store::Store;

/// How often each kind of change is made.
const CHANGES: usize = 20;

/// What was measured of a document: medians, in seconds.
struct Row {
    name: String,
    bytes: usize,
    /// Of processors, to read both texts.
    parse: f64,
    /// Of processors, to compare.
    compare: f64,
    /// On the clock, to compare.
    clock: f64,
    findings: usize,
}

/// Measures each document and shows the table.
pub(super) fn run(documents: &[PathBuf], runs: u32, look: &Look) -> anyhow::Result<()> {
    let progress = Progress::new(documents.len());
    let mut rows = Vec::new();
    for path in documents {
        progress.begin(&path.display().to_string());
        rows.push(measure(path, runs)?);
        progress.advance();
    }
    drop(progress);
    look.line(&format!(
        "{:<26} {:>8} {:>9} {:>10} {:>9} {:>9}",
        "document", "MB", "parse s", "compare s", "elapsed s", "findings"
    ));
    for Row { name, bytes, parse, compare, clock, findings } in rows {
        // Documents have some megabytes: far below where a float loses digits.
        let megabytes = bytes as f64 / 1e6;
        look.line(&format!(
            "{name:<26} {megabytes:>8.1} {parse:>9.2} {compare:>10.2} {clock:>9.2} {findings:>9}"
        ));
    }
    Ok(())
}

fn measure(path: &Path, runs: u32) -> anyhow::Result<Row> {
    let text = input::read(path)?;
    let name = path.display().to_string();
    let value = rewrite::read(&text, &name);
    let value = value.ok_or_else(|| anyhow::anyhow!("{name} isn't of OpenAPI 3"))?;
    let new = rewrite::json(&mutated(&value, &name, CHANGES));
    let job =
        Job::of_document(path)?.treating(UnknownIn::Keep, RepeatedIn::Apart, PaginationIn::Stated);
    let parse = |text: &[u8]| -> anyhow::Result<Parsed> {
        job.with_version(&Store::Disk, |mut version| {
            version.input.text = text.to_vec();
            Ok(version.parse())
        })
    };
    let (mut parses, mut compares, mut clocks, mut findings) = (vec![], vec![], vec![], 0);
    for _ in 0..runs {
        let (read, spent) = within(|| anyhow::Ok((parse(&text)?, parse(&new)?)));
        let (before, after) = read?;
        parses.push(spent.user);
        let (report, spent) = within(|| between(before, after, &Settings::default()));
        compares.push(spent.user);
        clocks.push(spent.clock);
        findings = report.findings.len();
    }
    Ok(Row {
        name: super::document::named(path),
        bytes: text.len(),
        parse: median(parses),
        compare: median(compares),
        clock: median(clocks),
        findings,
    })
}
