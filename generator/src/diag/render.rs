//! Diagnostics as text, in the form that was asked for.

use super::place::{Place, Places};
use super::{Diagnostic, github, json, short, terminal};
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

/// Diagnostics by file and position, those that read the same once.
pub fn render_all(diagnostics: &[Diagnostic], tree: &Tree, style: Style) -> String {
    let places = Places::new(diagnostics, tree);
    let mut text = String::new();
    let mut last: Option<(&Diagnostic, Option<Place>)> = None;
    for (place, diagnostic) in sorted(diagnostics, &places) {
        let is_repeated = last.as_ref().is_some_and(|(other, other_place)| {
            *other_place == place && says_the_same(other, diagnostic)
        });
        if is_repeated {
            continue;
        }
        text.push_str(&match style {
            Style::Text { color } => terminal::render(diagnostic, &places, color),
            Style::Short => short::render(diagnostic, &places),
            Style::Json => json::render(diagnostic, &places),
            Style::Github => github::render(diagnostic, &places),
        });
        last = Some((diagnostic, place));
    }
    text
}

/// What is about no place comes last.
fn sorted<'d>(
    diagnostics: &'d [Diagnostic],
    places: &Places<'_>,
) -> Vec<(Option<Place>, &'d Diagnostic)> {
    let place = |diagnostic: &Diagnostic| diagnostic.at.map(|at| places.place(at));
    let mut all: Vec<_> = diagnostics.iter().map(|d| (place(d), d)).collect();
    all.sort_by(|(a, x), (b, y)| {
        let key = |place: &Option<Place>| (place.is_none(), place.clone());
        key(a)
            .cmp(&key(b))
            .then_with(|| (x.severity, x.code, &x.message).cmp(&(y.severity, y.code, &y.message)))
    });
    all
}

fn says_the_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    (a.code, a.severity, &a.message) == (b.code, b.severity, &b.message)
}
