//! Proof that `diff` finds what there is and nothing else, on documents of others.
//!
//! In: a folder of documents. Each is compared with itself: as it is, as JSON, with its keys in another
//! order, and with its references resolved; nothing may be found. Then one thing at a time is changed
//! at places that a seeded choice picks, and exactly the finding that the change calls for has to come.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tenon::diff::{Report, Settings, diff};

use super::{mutate, rewrite};
use crate::choice::{PaginationIn, RepeatedIn, UnknownIn};
use crate::corpus;
use crate::input;
use crate::project::Job;
use crate::report::{Look, counted};
use crate::store::Store;

/// Changes that are tried in a document, for each kind of change.
const TRIES: usize = 2;

/// What became of the documents.
#[derive(Debug, Default)]
struct Tally {
    documents: usize,
    comparisons: usize,
    mutations: usize,
    exact: usize,
    panics: usize,
    complaints: Vec<String>,
    missed: BTreeMap<&'static str, usize>,
    slowest: Duration,
}

/// Runs over every document of a folder that is no larger than so many bytes.
///
/// `known` lists documents that are known to give more than is called for, each with a reason, by tabs;
/// one that doesn't is an error.
pub(super) fn run(
    folder: &Path,
    largest: u64,
    known: Option<&Path>,
    look: &Look,
) -> anyhow::Result<bool> {
    let mut known = known.map(list).transpose()?.unwrap_or_default();
    let mut tally = Tally::default();
    for path in corpus::documents(folder)? {
        let document = folder.join(&path);
        if std::fs::metadata(&document)?.len() > largest {
            continue;
        }
        let tried = catch_unwind(AssertUnwindSafe(|| one(&document, &path, folder, &mut tally)));
        match tried {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tally.complaints.push(format!("{path}: {error:#}")),
            Err(_) => {
                tally.panics += 1;
                tally.complaints.push(format!("{path}: panicked"));
            }
        }
    }
    let fired: BTreeSet<String> = tally.complaints.iter().map(|it| document_of(it)).collect();
    tally.complaints.retain(|complaint| !known.contains(&document_of(complaint)));
    known.retain(|path| !fired.contains(path));
    tally.complaints.extend(known.iter().map(|path| format!("{path}: is listed, and all is well")));
    tally.complaints.iter().for_each(|complaint| look.line(complaint));
    let missed: Vec<String> =
        tally.missed.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    look.line(&format!(
        "{}, {} with nothing found, {}, {} exact, {} panics, the slowest comparison {:?}; not exact: {}",
        counted(tally.documents, "document"),
        counted(tally.comparisons, "comparison"),
        counted(tally.mutations, "mutation"),
        tally.exact,
        tally.panics,
        tally.slowest,
        if missed.is_empty() { "none".to_owned() } else { missed.join(", ") }
    ));
    Ok(tally.complaints.is_empty())
}

/// The documents that a list names.
fn list(path: &Path) -> anyhow::Result<BTreeSet<String>> {
    let text = String::from_utf8(input::read(path)?)?;
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    Ok(lines.filter_map(|line| Some(line.split_once('\t')?.0.to_owned())).collect())
}

/// The document that a complaint is about.
fn document_of(complaint: &str) -> String {
    complaint.split_once(": ").map_or(complaint, |(path, _)| path).to_owned()
}

fn one(document: &Path, path: &str, folder: &Path, tally: &mut Tally) -> anyhow::Result<()> {
    let text = input::read(document)?;
    let job = Job::of_document(document)?.allowing(&[PathBuf::from(folder)]).treating(
        UnknownIn::Keep,
        RepeatedIn::Apart,
        PaginationIn::Stated,
    );
    let Some(value) = rewrite::read(&text, path) else { return Ok(()) };
    tally.documents += 1;
    let json = rewrite::json(&value);
    let variants = [
        ("itself", text.clone()),
        ("JSON", json.clone()),
        ("another order", rewrite::json(&rewrite::reordered(&value))),
    ];
    let inlined =
        rewrite::inlined(&value).map(|value| ("references resolved", rewrite::json(&value)));
    for (what, other) in variants.into_iter().chain(inlined) {
        let report = compare(&job, &text, &other, tally)?;
        tally.comparisons += 1;
        if !report.findings.is_empty() {
            let first: Vec<String> = report
                .findings
                .iter()
                .take(3)
                .map(|it| format!("{}: {}", it.code, it.message))
                .collect();
            tally.comparisons -= 1;
            tally.complaints.push(format!(
                "{path}: {} as {what}: {}",
                counted(report.findings.len(), "finding"),
                first.join("; ")
            ));
        }
    }
    for mutation in mutate::mutations(&value, path, TRIES) {
        let report = compare(&job, &json, &rewrite::json(&mutation.value), tally)?;
        tally.mutations += 1;
        let found: Vec<&str> = report.findings.iter().map(|it| it.rule).collect();
        let is_exact = found.len() == 1 && mutation.expected.contains(&found[0]);
        if is_exact {
            tally.exact += 1;
        } else {
            *tally.missed.entry(mutation.kind).or_default() += 1;
            tally.complaints.push(format!(
                "{path}: {} at {}: {} {:?}",
                mutation.kind,
                mutation.at,
                found.len(),
                found.iter().take(4).collect::<Vec<_>>()
            ));
        }
    }
    Ok(())
}

fn compare(job: &Job, old: &[u8], new: &[u8], tally: &mut Tally) -> anyhow::Result<Report> {
    let report = job.with_version(&Store::Disk, |mut before| {
        job.with_version(&Store::Disk, |mut after| {
            before.input.text = old.to_vec();
            after.input.text = new.to_vec();
            let start = Instant::now();
            let report = diff(before, after, &Settings::default());
            tally.slowest = tally.slowest.max(start.elapsed());
            Ok(report)
        })
    })?;
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::workspace;

    #[test]
    fn our_own_documents_give_exactly_what_is_changed_in_them() -> anyhow::Result<()> {
        let specs = workspace().join("specs");
        let mut tally = Tally::default();
        for name in ["applivery", "kandji", "manageengine"] {
            let document = specs.join(name).join("openapi.yaml");
            one(&document, name, &specs, &mut tally)?;
        }
        assert_eq!(tally.complaints, Vec::<String>::new());
        assert!(tally.mutations > 50, "{}", tally.mutations);
        Ok(())
    }
}
