//! For a comment on a pull request.

use super::{Finding, Place, Placed, groups, summary};
use crate::diff::finding::{Rust, Wire};

/// Most lines and operations that are listed under a finding.
const MOST: usize = 8;

pub(super) fn render(all: &[Placed<'_>]) -> String {
    let mut out = format!("## API changes\n\n{}\n", summary(all));
    for placed in all {
        let report = placed.report;
        if report.findings.is_empty() && report.moves.is_empty() && report.unmatched.is_empty() {
            continue;
        }
        out.push_str(&format!("\n### {}\n", placed.name));
        for group in groups(report) {
            out.push_str(&format!("\n#### {}\n\n", escape(&group.title)));
            group.findings.iter().for_each(|finding| self::finding(placed, finding, &mut out));
        }
        moves(placed, &mut out);
        for print in &report.unmatched {
            out.push_str(&format!("\n**The accepted finding `{print}` matches nothing.**\n"));
        }
    }
    out
}

fn moves(placed: &Placed<'_>, out: &mut String) {
    if placed.report.moves.is_empty() {
        return;
    }
    out.push_str("\n#### Moved, with the same meaning\n\n");
    for it in placed.report.moves.iter().take(MOST * 3) {
        out.push_str(&format!("- Rust {}: {}\n", it.rust.name(), it.message));
    }
    let rest = placed.report.moves.len().saturating_sub(MOST * 3);
    if rest > 0 {
        out.push_str(&format!("- and {rest} more\n"));
    }
}

fn finding(placed: &Placed<'_>, finding: &Finding, out: &mut String) {
    let wire = match finding.wire {
        Wire::Breaks => "❌ wire",
        Wire::MayBreak => "⚠️ wire",
        Wire::Safe => "✅ wire",
    };
    let rust = match finding.rust {
        Rust::Major => "❌ Rust: major",
        Rust::Minor => "➕ Rust: minor",
        Rust::Patch => "✅ Rust: patch",
    };
    let accepted = if finding.accepted.is_some() { " (accepted)" } else { "" };
    out.push_str(&format!("- **{}** `{}`{accepted}  \n", escape(&finding.message), finding.code));
    out.push_str(&format!("  {wire} {}: {}  \n", finding.wire_words(), escape(&finding.wire_why)));
    out.push_str(&format!("  {rust}: {}  \n", finding.rust_why));
    let place =
        |word: &str, it: Option<&Place>| it.map(|it| format!("{word} `{}:{}`", it.file, it.line));
    let places = [place("before", placed.old(finding)), place("after", placed.new_place(finding))];
    let places: Vec<String> = places.into_iter().flatten().collect();
    out.push_str(&format!("  {}\n", places.join(", ")));
    if finding.operations.len() > 1 {
        let names = finding.operations.iter().take(MOST);
        let names: Vec<String> = names.map(|it| format!("`{}`", it.shown())).collect();
        let rest = finding.operations.len().saturating_sub(MOST);
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        out.push_str(&format!("  - reaches {}{rest}\n", names.join(", ")));
    }
    if !finding.rust_changes.is_empty() {
        out.push_str("\n  ```diff\n");
        for line in finding.rust_changes.iter().take(MOST) {
            for (sign, text) in [("-", &line.before), ("+", &line.after)] {
                if let Some(text) = text {
                    out.push_str(&format!("  {sign} {text}\n"));
                }
            }
        }
        out.push_str("  ```\n");
    }
}

/// Text of a document between code spans, without what Markdown or HTML would take for its own.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_code = false;
    for c in text.chars() {
        match c {
            '`' => in_code = !in_code,
            '<' if !in_code => {
                out.push_str("&lt;");
                continue;
            }
            '*' | '_' | '[' | ']' | '|' if !in_code => out.push('\\'),
            '\n' | '\r' => {
                out.push(' ');
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}
