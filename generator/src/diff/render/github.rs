//! Workflow commands of GitHub Actions, which become annotations on the changed lines.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use super::{Finding, Placed};
use crate::diff::finding::Level;

pub(super) fn render(all: &[Placed<'_>]) -> String {
    let mut out = String::new();
    for placed in all {
        let findings = placed.report.findings.iter().filter(|it| it.accepted.is_none());
        findings.for_each(|it| out.push_str(&finding(placed, it)));
        for it in &placed.report.moves {
            let title = property(&format!("moved: Rust {}", it.rust.name()));
            out.push_str(&format!("::notice title={title}::{}\n", data(&it.message)));
        }
        for print in &placed.report.unmatched {
            let message = format!("the accepted finding {print} matches nothing");
            out.push_str(&format!("::error title=unmatched::{message}\n"));
        }
    }
    out
}

fn finding(placed: &Placed<'_>, it: &Finding) -> String {
    let command = match it.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    // What is gone has no line in the new file: it is told at the top of it.
    let place = placed.new_place(it).map(|place| (place.file.as_str(), place.line));
    let place = place.or_else(|| placed.old(it).map(|place| (place.file.as_str(), 1)));
    let mut properties = String::new();
    if let Some((file, line)) = place {
        properties.push_str(&format!("file={},line={line},", property(file)));
    }
    let title = property(&format!("{} (Rust: {})", it.code, it.rust.name()));
    let message = format!(
        "{}\nwire {}: {}\nRust {}: {}",
        it.message,
        it.wire_words(),
        it.wire_why,
        it.rust.name(),
        it.rust_why
    );
    format!("::{command} {properties}title={title}::{}\n", data(&message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
