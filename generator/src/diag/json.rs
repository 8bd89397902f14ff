//! One JSON object per diagnostic and line, for other programs.

use super::place::Places;
use super::{At, Diagnostic};
use serde::Serialize;

/// The object. Fields are only ever added.
#[derive(Serialize)]
struct Object<'d> {
    code: &'static str,
    severity: &'static str,
    title: &'static str,
    message: &'d str,
    #[serde(flatten)]
    place: Location<'d>,
    help: Option<&'d str>,
    labels: Vec<Label<'d>>,
}

/// Lines and columns count from 1, columns in characters; the end is the position after the last
/// character.
#[derive(Serialize)]
struct Location<'d> {
    file: Option<&'d str>,
    line: Option<usize>,
    column: Option<usize>,
    end: Option<End>,
    pointer: Option<String>,
}

#[derive(Serialize)]
struct End {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Label<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: Location<'d>,
}

/// The object and a line feed.
pub(super) fn render(diagnostic: &Diagnostic, places: &Places<'_>) -> String {
    let object = Object {
        code: diagnostic.code.id(),
        severity: diagnostic.severity.name(),
        title: diagnostic.code.title(),
        message: &diagnostic.message,
        place: location(diagnostic.at, places),
        help: diagnostic.help.as_deref(),
        labels: diagnostic
            .labels
            .iter()
            .map(|(at, message)| Label { message, place: location(Some(*at), places) })
            .collect(),
    };
    // Texts and numbers always serialize.
    let mut line = serde_json::to_string(&object).unwrap_or_default();
    line.push('\n');
    line
}

fn location<'p>(at: Option<At>, places: &'p Places<'_>) -> Location<'p> {
    let mut location = Location { file: None, line: None, column: None, end: None, pointer: None };
    let Some(at) = at else { return location };
    let place = places.place(at);
    let file = places.file(place.file);
    location.file = file.map(|file| file.path);
    if let (Some(file), Some(span)) = (file, place.span) {
        let (start, end) = file.positions(span);
        location.line = Some(start.line);
        location.column = Some(start.column);
        location.end = Some(End { line: end.line, column: end.column });
    }
    if let At::Node(node) | At::Key(node) = at {
        location.pointer = Some(places.tree.pointer(node));
    }
    location
}
