//! SARIF 2.1.0 (OASIS), as code scanning reads it.

use super::{Finding, Place, Placed};
use crate::diff::finding::Level;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) fn render(all: &[Placed<'_>]) -> String {
    let mut rules: BTreeMap<&str, Value> = BTreeMap::new();
    let mut results = Vec::new();
    for placed in all {
        for finding in &placed.report.findings {
            rules.entry(&finding.code).or_insert_with(|| {
                let text = finding.code.replace('-', " ");
                json!({ "id": finding.code, "shortDescription": { "text": text } })
            });
            results.push(result(placed, finding));
        }
    }
    let rules: Vec<Value> = rules.into_values().collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "tenon", "rules": rules } },
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn result(placed: &Placed<'_>, finding: &Finding) -> Value {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    };
    let text = format!(
        "{}. On the wire: {}. {} Rust: {}. {}",
        finding.message,
        finding.wire.name(),
        finding.wire_why,
        finding.rust.name(),
        finding.rust_why
    );
    let (old, new) = (placed.old(finding), placed.new_place(finding));
    let mut result = json!({
        "ruleId": finding.code,
        "level": level,
        "message": { "text": text },
        "locations": new.or(old).map(location).into_iter().collect::<Vec<_>>(),
        "partialFingerprints": { "tenon/v1": finding.fingerprint },
        "properties": {
            "wire": finding.wire.name(),
            "rust": finding.rust.name(),
            "direction": finding.direction.name(),
        },
    });
    if let (Some(old), Some(_)) = (old, new) {
        result["relatedLocations"] = json!([location(old)]);
    }
    if let Some(reason) = &finding.accepted {
        result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
    }
    result
}

fn location(place: &Place) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": place.file },
            "region": { "startLine": place.line, "startColumn": place.column },
        },
    })
}
