//! What is shown of a run: a line for each document, sums, and how many passed.

use std::collections::BTreeMap;

use super::Result;
use super::one::{Found, Share};
use crate::report::{Look, counted};

/// Shows the sums; entries of the list without a document count as failures. Tells whether there
/// are none.
pub(super) fn results(results: &[Result], stale: &[String], look: &Look) -> bool {
    for path in stale {
        look.line(&format!(
            "FAILED   {path}\n         is listed as invalid, but there is no such file"
        ));
    }
    look.line("");
    sums(results, look);
    let failed = results.iter().filter(|result| result.failure.is_some()).count() + stale.len();
    let passed = results.len() + stale.len() - failed;
    look.line(&format!("{passed} passed, {failed} failed"));
    failed == 0
}

/// What became of a document.
pub(super) fn line(result: &Result) -> String {
    let verdict = match (&result.failure, &result.found) {
        (Some(_), _) => "FAILED",
        (None, Some(found)) if !found.emitted => "refused",
        _ => "passed",
    };
    let mut text = format!("{verdict:7}  {}", result.path);
    if let Some(found) = &result.found {
        text.push_str(&format!("  {}", told(found)));
    }
    if let Some(compiled) = &result.compiled {
        text.push_str(if compiled.passed { ", compiled" } else { ", not compiled" });
        if compiled.warnings > 0 {
            text.push_str(&format!(" ({})", counted(compiled.warnings, "warning")));
        }
    }
    if let Some(tried) = &result.examples {
        text.push_str(&format!(", examples {}/{}", tried.equal, tried.valid));
    }
    let refusals = result.found.iter().flat_map(|found| &found.errors);
    let refusals = refusals.map(|error| &error.text).filter(|_| result.failure.is_none());
    let warning = result.compiled.iter().filter_map(|compiled| compiled.first_warning.as_ref());
    let examples = result.examples.iter().flat_map(|tried| &tried.failures).take(SHOWN);
    for more in result.failure.iter().chain(refusals).chain(warning).chain(examples) {
        text.push_str(&format!("\n         {more}"));
    }
    text
}

/// How many examples are shown that don't come back.
const SHOWN: usize = 10;

fn told(found: &Found) -> String {
    let stage = match (found.read, found.lowered, found.emitted) {
        (_, _, true) => "emitted",
        (_, true, _) => "lowered",
        (true, ..) => "read",
        _ => "not read",
    };
    let codes: Vec<String> =
        found.diagnostics.iter().map(|(code, count)| format!("{count} {code}")).collect();
    let mut parts = vec![
        stage.to_owned(),
        format!("operations {}", share(found.operations)),
        format!("schemas {}", share(found.schemas)),
        format!("{} degraded", found.degraded),
        format!("{} ms", found.milliseconds),
    ];
    parts.extend(found.peak_kib.map(|peak| format!("{} MiB", peak.div_ceil(1024))));
    parts.push(counted(found.lines, "line"));
    if !codes.is_empty() {
        parts.push(codes.join(" "));
    }
    parts.join(", ")
}

fn share(share: Share) -> String {
    format!("{}/{}", share.present, share.stated)
}

fn sums(results: &[Result], look: &Look) {
    let found = || results.iter().filter_map(|result| result.found.as_ref());
    let mut codes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (code, count) in found().flat_map(|found| &found.diagnostics) {
        let sum = codes.entry(code).or_default();
        *sum = (sum.0 + count, sum.1 + 1);
    }
    for (code, (count, documents)) in codes {
        look.line(&format!("{code:15} {count:7} in {}", counted(documents, "document")));
    }
    let sum = |of: fn(&Found) -> Share| {
        found().filter(|found| found.emitted).map(of).fold(Share::default(), |sum, one| Share {
            present: sum.present + one.present,
            stated: sum.stated + one.stated,
        })
    };
    let tried = || results.iter().filter_map(|result| result.examples.as_ref());
    if tried().next().is_some() {
        let (equal, valid): (usize, usize) =
            (tried().map(|it| it.equal).sum(), tried().map(|it| it.valid).sum());
        let stated: usize = tried().map(|it| it.stated).sum();
        look.line(&format!(
            "examples: {equal} of {valid} valid ones come back equal ({stated} in all)"
        ));
    }
    let degraded: usize = found().map(|found| found.degraded).sum();
    let lines: usize = found().map(|found| found.lines).sum();
    look.line(&format!(
        "{} emitted: operations {}, schemas {}, {degraded} degraded, {}",
        counted(found().filter(|found| found.emitted).count(), "document"),
        share(sum(|found| found.operations)),
        share(sum(|found| found.schemas)),
        counted(lines, "line"),
    ));
}
