//! For a terminal.

use super::{Finding, Place, Placed, counted, groups, summary};
use crate::diff::finding::{Level, RustChange};

/// Most operations and lines that are listed under a finding.
const MOST: usize = 6;

pub(super) fn render(all: &[Placed<'_>], color: bool) -> String {
    let mut out = String::new();
    for placed in all {
        if all.len() > 1 && !(placed.report.findings.is_empty() && placed.report.moves.is_empty()) {
            out.push_str(&format!("# {}\n\n", placed.name));
        }
        one(placed, color, &mut out);
    }
    out.push_str(&summary(all));
    out.push('\n');
    out
}

fn one(placed: &Placed<'_>, color: bool, out: &mut String) {
    for group in groups(placed.report) {
        out.push_str(&format!("{}\n", paint(&group.title, "1", color)));
        for finding in group.findings {
            self::finding(placed, finding, color, out);
        }
        out.push('\n');
    }
    let moves = &placed.report.moves;
    if !moves.is_empty() {
        out.push_str(&format!("{}\n", paint("Moved, with the same meaning", "1", color)));
        for it in moves.iter().take(MOST * 2) {
            out.push_str(&format!("  rust {}: {}\n", it.rust.name(), it.message));
        }
        more(moves.len(), MOST * 2, "  ", out);
        out.push('\n');
    }
    for print in &placed.report.unmatched {
        out.push_str(&format!("error: the accepted finding {print} matches nothing\n"));
    }
}

fn finding(placed: &Placed<'_>, finding: &Finding, color: bool, out: &mut String) {
    let code = match finding.level {
        Level::Error => "1;31",
        Level::Warning => "1;33",
        Level::Info => "1;36",
    };
    let head = paint(&format!("{}[{}]", finding.level.name(), finding.code), code, color);
    let accepted = if finding.accepted.is_some() { " (accepted)" } else { "" };
    out.push_str(&format!("  {head}: {}{accepted}\n", finding.message));
    let place = |it: Option<&Place>| it.map(|it| format!("{}:{}:{}", it.file, it.line, it.column));
    let places = (place(placed.old(finding)), place(placed.new_place(finding)));
    let at = match places {
        (Some(old), Some(new)) => format!("{old} -> {new}"),
        (Some(old), None) => format!("{old} -> gone"),
        (None, Some(new)) => format!("new -> {new}"),
        (None, None) => String::new(),
    };
    out.push_str(&format!("    at    {at}\n"));
    out.push_str(&format!("    wire  {}: {}\n", finding.wire_words(), finding.wire_why));
    out.push_str(&format!("    rust  {}: {}\n", finding.rust.name(), finding.rust_why));
    for line in finding.rust_changes.iter().skip(1).take(MOST) {
        out.push_str(&format!("          {}\n", change(line)));
    }
    more(finding.rust_changes.len().saturating_sub(1), MOST, "          ", out);
    if finding.operations.len() > 1 {
        let names: Vec<String> =
            finding.operations.iter().take(MOST).map(|it| it.shown()).collect();
        let rest = finding.operations.len().saturating_sub(MOST);
        let rest = if rest > 0 { format!(", {rest} more") } else { String::new() };
        let count = counted(finding.operations.len(), "operation");
        out.push_str(&format!("    in    {count}: {}{rest}\n", names.join(", ")));
    }
    if let Some(reason) = &finding.accepted {
        out.push_str(&format!("    since {reason}\n"));
    }
    out.push_str(&format!("    id    {}\n", finding.fingerprint));
}

pub(super) fn change(line: &RustChange) -> String {
    match (&line.before, &line.after) {
        (Some(before), Some(after)) => format!("{before} -> {after}"),
        (Some(before), None) => format!("- {before}"),
        (None, after) => format!("+ {}", after.as_deref().unwrap_or_default()),
    }
}

fn more(count: usize, shown: usize, indent: &str, out: &mut String) {
    if count > shown {
        out.push_str(&format!("{indent}and {} more\n", count - shown));
    }
}

fn paint(text: &str, code: &str, color: bool) -> String {
    if color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}
