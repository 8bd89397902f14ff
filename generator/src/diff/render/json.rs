//! One JSON document.

use super::{Finding, Place, Placed, totals};
use crate::diff::finding::RustChange;
use serde_json::{Value, json};

pub(super) fn render(all: &[Placed<'_>]) -> String {
    let (wire, rust) = totals(all);
    let findings: Vec<Value> = all
        .iter()
        .flat_map(|placed| placed.report.findings.iter().map(|it| finding(placed, it)))
        .collect();
    let moves: Vec<Value> = all
        .iter()
        .flat_map(|placed| {
            placed.report.moves.iter().map(|it| {
                json!({
                    "api": placed.name,
                    "rust": it.rust.name(),
                    "message": it.message,
                    "change": line(&it.change),
                })
            })
        })
        .collect();
    let unmatched: Vec<&String> = all.iter().flat_map(|it| &it.report.unmatched).collect();
    let document = json!({
        "wire": wire.name(),
        "rust": rust.name(),
        "findings": findings,
        "moves": moves,
        "unmatched": unmatched,
    });
    format!("{document:#}\n")
}

fn finding(placed: &Placed<'_>, it: &Finding) -> Value {
    let operations: Vec<Value> = it
        .operations
        .iter()
        .map(|one| json!({ "id": one.id, "method": one.method, "path": one.path }))
        .collect();
    json!({
        "api": placed.name,
        "code": it.code,
        "rule": it.rule,
        "level": it.level.name(),
        "direction": it.direction.name(),
        "wire": it.wire.name(),
        "wire_why": it.wire_why,
        "rust": it.rust.name(),
        "rust_why": it.rust_why,
        "rust_changes": it.rust_changes.iter().map(line).collect::<Vec<_>>(),
        "docs_only": it.docs_only,
        "message": it.message,
        "subject": it.subject,
        "old": placed.old(it).map(place),
        "new": placed.new_place(it).map(place),
        "old_text": it.old_text,
        "new_text": it.new_text,
        "operations": operations,
        "fingerprint": it.fingerprint,
        "accepted": it.accepted,
    })
}

fn line(it: &RustChange) -> Value {
    json!({ "verdict": it.verdict.name(), "before": it.before, "after": it.after })
}

fn place(it: &Place) -> Value {
    json!({
        "file": it.file,
        "pointer": it.pointer,
        "line": it.line,
        "column": it.column,
    })
}
