//! Workflow commands of GitHub Actions, which become annotations in a pull request.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use super::place::Places;
use super::{Diagnostic, Severity};

/// `::error file=…,line=…,col=…,title=…::message`.
pub(super) fn render(diagnostic: &Diagnostic, places: &Places<'_>) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = String::new();
    if let Some(place) = diagnostic.at.map(|at| places.place(at))
        && let Some(file) = places.file(place.file)
    {
        properties.push_str(&format!("file={},", property(file.path)));
        if let Some(span) = place.span {
            let (start, end) = file.positions(span);
            properties.push_str(&format!("line={},col={},", start.line, start.column));
            properties.push_str(&format!("endLine={},", end.line));
            if start.line == end.line {
                properties.push_str(&format!("endColumn={},", end.column));
            }
        }
    }
    let code = diagnostic.code;
    let title = property(&format!("{}: {}", code.id(), code.title()));
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    format!("::{command} {properties}title={title}::{}\n", data(&message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
