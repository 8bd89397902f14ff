//! Diagnostics as text, in the form that was asked for.

use std::collections::HashMap;

use super::place::{Place, Places};
use super::{Code, Diagnostic, Severity, github, json, short, terminal};
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

/// Notes of the same words that are drawn one by one. A document that repeats itself has hundreds.
const ALIKE: usize = 3;

/// Diagnostics by file and position, those that read the same once. Of notes that say the same of
/// other places, the first are drawn, and the others counted.
pub fn render_all(diagnostics: &[Diagnostic], tree: &Tree, style: Style) -> String {
    let places = Places::new(diagnostics, tree);
    let mut text = String::new();
    let sorted = sorted(diagnostics, &places);
    let mut alike = Alike::default();
    sorted.iter().for_each(|diagnostic| alike.count(diagnostic));
    for diagnostic in sorted {
        text.push_str(&match style {
            Style::Text { color } => match alike.more(diagnostic) {
                Some(more) => terminal::render(diagnostic, &places, color, more),
                None => continue,
            },
            Style::Short => short::render(diagnostic, &places),
            Style::Json => json::render(diagnostic, &places),
            Style::Github => github::render(diagnostic, &places),
        });
    }
    text
}

/// What is about no place comes last.
fn sorted<'d>(diagnostics: &'d [Diagnostic], places: &Places<'_>) -> Vec<&'d Diagnostic> {
    let place = |diagnostic: &Diagnostic| diagnostic.at.map(|at| places.place(at));
    let mut all: Vec<_> = diagnostics.iter().map(|d| (place(d), d)).collect();
    all.sort_by(|(a, x), (b, y)| {
        let key = |place: &Option<Place>| (place.is_none(), place.clone());
        key(a)
            .cmp(&key(b))
            .then_with(|| (x.severity, x.code, &x.message).cmp(&(y.severity, y.code, &y.message)))
    });
    all.dedup_by(|(a, x), (b, y)| a == b && key(x) == key(y));
    all.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// What a diagnostic says, wherever it is about.
fn key(diagnostic: &Diagnostic) -> (Code, Severity, &str) {
    (diagnostic.code, diagnostic.severity, &diagnostic.message)
}

/// Notes by what they say: how many there are, and how many were drawn.
#[derive(Default)]
struct Alike<'d>(HashMap<(Code, Severity, &'d str), (usize, usize)>);

impl<'d> Alike<'d> {
    fn count(&mut self, diagnostic: &'d Diagnostic) {
        if diagnostic.severity == Severity::Note {
            self.0.entry(key(diagnostic)).or_default().0 += 1;
        }
    }

    /// How many say the same and aren't drawn, if this is drawn and the last that is.
    fn more(&mut self, diagnostic: &'d Diagnostic) -> Option<usize> {
        let Some((all, drawn)) = self.0.get_mut(&key(diagnostic)) else { return Some(0) };
        *drawn += 1;
        match *drawn {
            ALIKE => Some(*all - ALIKE),
            drawn => (drawn < ALIKE).then_some(0),
        }
    }
}
