//! Accepted findings: a committed file of fingerprints, each with a reason.
//!
//! ```yaml
//! - fingerprint: 1f0c5a9e2b7d4410
//!   reason: the vendor never honoured the property
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use tenon::diff::render::Compared;

use crate::input;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: String,
    reason: String,
}

/// Reads the file: reasons by fingerprint.
pub(super) fn read(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let shown = path.display();
    let text = input::read(path)?;
    let entries: Option<Vec<Entry>> =
        serde_yaml::from_slice(&text).with_context(|| format!("cannot read `{shown}`"))?;
    let mut accepted = BTreeMap::new();
    for Entry { fingerprint, reason } in entries.unwrap_or_default() {
        anyhow::ensure!(
            !reason.trim().is_empty(),
            "`{shown}`: {fingerprint} is accepted without a reason"
        );
        let known = accepted.insert(fingerprint.clone(), reason);
        anyhow::ensure!(known.is_none(), "`{shown}`: {fingerprint} is listed twice");
    }
    Ok(accepted)
}

/// An entry that matches a finding of one API has no need to match one of the others; returns those
/// that match none at all.
pub(super) fn across(mut all: Vec<Compared>) -> (Vec<Compared>, Vec<String>) {
    let matched = |print: &String| {
        all.iter().any(|it| it.report.findings.iter().any(|found| found.fingerprint == *print))
    };
    let mut unmatched: Vec<String> =
        all.iter().flat_map(|it| &it.report.unmatched).filter(|it| !matched(it)).cloned().collect();
    unmatched.sort_unstable();
    unmatched.dedup();
    for it in &mut all {
        it.report.unmatched.clear();
    }
    if let Some(first) = all.first_mut() {
        first.report.unmatched.clone_from(&unmatched);
    }
    (all, unmatched)
}
