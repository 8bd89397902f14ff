//! Diagnostics as a compiler shows them: the message, the lines in question, what to do.
//!
//! Only a few lines around each place are handed to the drawing, whatever the size of the file.

use super::place::{File, Place, Places};
use super::{Diagnostic, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Places of one file that are at most so many lines apart are shown together.
const NEAR: usize = 6;

/// The most bytes of a line that are shown before and after what is marked.
const CONTEXT: usize = 120;

/// The drawing, with how many more say the same, and an empty line.
pub(super) fn render(
    diagnostic: &Diagnostic,
    places: &Places<'_>,
    color: bool,
    more: usize,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code.id());
    let mut group = Group::with_title(title);
    for part in parts(diagnostic, places) {
        group = draw(group, &part);
    }
    if more > 0 {
        let verb = if more == 1 { "says" } else { "say" };
        group = group.element(Level::NOTE.message(format!("{more} more {verb} the same")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(CONTEXT * 2);
    format!("{}\n\n", renderer.render(&[group]))
}

/// What is marked, and why.
struct Mark<'d> {
    place: Place,
    label: Option<&'d str>,
    is_primary: bool,
}

/// Marks of one file that are shown together.
struct Part<'d> {
    file: &'d File<'d>,
    marks: Vec<Mark<'d>>,
}

fn parts<'d>(diagnostic: &'d Diagnostic, places: &'d Places<'d>) -> Vec<Part<'d>> {
    let primary = diagnostic.at.map(|at| (at, None, true));
    let labels = diagnostic.labels.iter().map(|(at, label)| (*at, Some(label.as_str()), false));
    let mut parts: Vec<Part<'d>> = Vec::new();
    for (at, label, is_primary) in primary.into_iter().chain(labels) {
        let place = places.place(at);
        let Some(file) = places.file(place.file) else { continue };
        let mark = Mark { place, label, is_primary };
        match parts.iter_mut().find(|part| part.is_near(&mark)) {
            Some(part) => part.marks.push(mark),
            None => parts.push(Part { file, marks: vec![mark] }),
        }
    }
    parts
}

impl Part<'_> {
    fn is_near(&self, mark: &Mark<'_>) -> bool {
        let line = |span: (usize, usize)| self.file.lines.position(span.0).line;
        self.marks.iter().any(|known| match (known.place.span, mark.place.span) {
            (Some(a), Some(b)) if known.place.file == mark.place.file => {
                line(a).abs_diff(line(b)) <= NEAR && self.is_short(a) && self.is_short(b)
            }
            _ => false,
        })
    }

    /// The line isn't one of those that have to be cut.
    fn is_short(&self, span: (usize, usize)) -> bool {
        let line = self.file.lines.line(self.file.lines.position(span.0).line);
        line.len() <= 2 * CONTEXT
    }
}

fn draw<'d>(group: Group<'d>, part: &Part<'d>) -> Group<'d> {
    let file = part.file;
    let Some(span) = part.marks.first().and_then(|mark| mark.place.span) else {
        return group.element(Origin::path(file.path));
    };
    if !part.is_short(span) {
        return excerpt(group, file, span);
    }
    let spans: Vec<Range<usize>> = part
        .marks
        .iter()
        .filter_map(|mark| mark.place.span.map(|span| file.first_line(span)))
        .collect();
    let (line, window) = window(file, &spans);
    let text = file.text.get(window.clone()).unwrap_or_default();
    let mut snippet = Snippet::source(text).path(file.path).line_start(line).fold(true);
    for (mark, span) in part.marks.iter().zip(spans) {
        let kind = if mark.is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let span = span.start - window.start..span.end - window.start;
        snippet = snippet.annotation(kind.span(span).label(mark.label));
    }
    group.element(snippet)
}

/// A place in a line that is too long to draw, such as all of a JSON file without line breaks.
fn excerpt<'d>(group: Group<'d>, file: &File<'d>, span: (usize, usize)) -> Group<'d> {
    let (start, _) = file.positions(span);
    let span = file.first_line(span);
    let line = file.lines.line(start.line);
    let from = floor(file.text, span.start.saturating_sub(CONTEXT / 3)).max(line.start);
    let to = floor(file.text, span.end.min(span.start + CONTEXT) + CONTEXT / 3).min(line.end);
    let text = file.text.get(from..to.max(from)).unwrap_or_default();
    let origin = Origin::path(file.path).line(start.line).char_column(start.column);
    group
        .element(origin)
        .element(Level::NOTE.message(format!("the line is long; here it says `{text}`")))
}

/// The first line shown, and the bytes of all lines shown.
fn window(file: &File<'_>, spans: &[Range<usize>]) -> (usize, Range<usize>) {
    let start = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let end = spans.iter().map(|span| span.end).max().unwrap_or(start);
    let first = file.lines.position(start).line;
    let last = file.lines.position(end).line;
    (first, file.lines.line(first).start..file.lines.line(last).end)
}

/// The start of the character that a byte belongs to.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
