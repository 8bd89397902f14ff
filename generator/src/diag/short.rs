//! One line per diagnostic, as editors and scripts read it.

use super::Diagnostic;
use super::place::Places;

/// `file:line:column: error[T0203]: message`.
pub(super) fn render(diagnostic: &Diagnostic, places: &Places<'_>) -> String {
    let (severity, code) = (diagnostic.severity.name(), diagnostic.code.id());
    let message = one_line(&diagnostic.message);
    format!("{}{severity}[{code}]: {message}\n", prefix(diagnostic, places))
}

/// Keys and values of a document may hold anything.
fn one_line(text: &str) -> String {
    let printable = |c: char| if c == '\n' { ' ' } else { '\u{fffd}' };
    text.chars().map(|c| if c.is_control() { printable(c) } else { c }).collect()
}

fn prefix(diagnostic: &Diagnostic, places: &Places<'_>) -> String {
    let Some(place) = diagnostic.at.map(|at| places.place(at)) else { return String::new() };
    let Some(file) = places.file(place.file) else { return String::new() };
    match place.span {
        Some(span) => {
            let (start, _) = file.positions(span);
            format!("{}:{}:{}: ", file.path, start.line, start.column)
        }
        None => format!("{}: ", file.path),
    }
}
