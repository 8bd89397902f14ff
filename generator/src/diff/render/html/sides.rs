//! Text before and after, side by side: a table with the changed lines marked.

use super::lines::{self, Row};
use super::text::escape;
use crate::diff::places::Place;
use crate::source::{FileId, NodeId, Tree};
use std::cell::RefCell;
use std::collections::HashMap;

/// Lines that are shown above a part, which say where it is.
const ABOVE: usize = 2;

/// Most lines of a part that are looked at.
const MOST: usize = 400;

/// Longest line that is shown, in characters.
const WIDEST: usize = 240;

/// The files of a document, by lines. Each is split once.
pub(super) struct Sources<'t> {
    tree: &'t Tree,
    files: RefCell<HashMap<FileId, Vec<&'t str>>>,
}

/// Lines of a file.
pub(super) struct Excerpt {
    /// Number of the first line.
    first: usize,
    /// Lines above the part.
    above: usize,
    lines: Vec<String>,
    /// Column of the part, where its line is too long to be shown whole.
    from: String,
}

impl<'t> Sources<'t> {
    pub(super) fn new(tree: &'t Tree) -> Sources<'t> {
        Sources { tree, files: RefCell::default() }
    }

    /// The lines of a node, and some above it.
    pub(super) fn excerpt(&self, node: Option<NodeId>, place: Option<&Place>) -> Option<Excerpt> {
        let (node, place) = (node?, place?);
        let file = self.tree.file(self.tree.origin(node));
        let mut files = self.files.borrow_mut();
        let text = files.entry(file).or_insert_with(|| self.tree.file_text(file).lines().collect());
        let first = place.line.saturating_sub(ABOVE).max(1);
        let last = place.last_line.min(place.line + MOST).min(text.len());
        let mut lines: Vec<&str> = text.get(first - 1..last)?.to_vec();
        while lines.len() > place.line - first + 1 && is_beyond(&lines, place.line - first) {
            lines.pop();
        }
        let indent = lines.iter().filter(|it| !it.trim().is_empty()).map(|it| indent(it)).min();
        let indent = indent.unwrap_or(0);
        let shown = lines.iter().map(|it| window(it.get(indent..).unwrap_or_default(), place));
        let from = format!("{}:{}", place.line, place.column);
        Some(Excerpt { first, above: place.line - first, lines: shown.collect(), from })
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The last line isn't of the part any more: it is empty, or starts no further in than the part
/// does, and closes nothing.
fn is_beyond(lines: &[&str], start: usize) -> bool {
    let (Some(last), Some(first)) = (lines.last(), lines.get(start)) else { return false };
    let text = last.trim();
    text.is_empty() || (indent(last) <= indent(first) && !text.starts_with(['}', ']']))
}

/// The part of a long line that starts at the place.
fn window(line: &str, place: &Place) -> String {
    if line.chars().count() <= WIDEST {
        return line.to_owned();
    }
    let skipped = if place.line == place.last_line { place.column.saturating_sub(1) } else { 0 };
    let before = if skipped > 0 { "… " } else { "" };
    let part: String = line.chars().skip(skipped).take(WIDEST).collect();
    format!("{before}{part} …")
}

/// Both excerpts.
pub(super) fn table(old: Option<&Excerpt>, new: Option<&Excerpt>, out: &mut String) {
    let title = |word: &str, it: Option<&Excerpt>| match it {
        Some(it) => format!("{word}, line {}", it.from.split(':').next().unwrap_or_default()),
        None => format!("{word}: not there"),
    };
    // What is on one side only has the width of both.
    let whole = old.is_some() && new.is_some();
    let class = if whole { "sides" } else { "sides one" };
    opening(class, &title("Before", old), &title("After", new), out);
    let own = |it: Option<&Excerpt>| -> Vec<String> {
        it.map(|it| it.lines[it.above..].to_vec()).unwrap_or_default()
    };
    let above = old.map_or(0, |it| it.above).max(new.map_or(0, |it| it.above));
    for at in (1..=above).rev() {
        let line = |it: Option<&Excerpt>| {
            let it = it?;
            let at = it.above.checked_sub(at)?;
            Some((it.first + at, it.lines[at].clone()))
        };
        row("above", whole, line(old).as_ref(), line(new).as_ref(), out);
    }
    let (was, is) = (own(old), own(new));
    let was_lines: Vec<&str> = was.iter().map(String::as_str).collect();
    let is_lines: Vec<&str> = is.iter().map(String::as_str).collect();
    let line = |it: Option<&Excerpt>, at: Option<usize>| {
        let (it, at) = (it?, at?);
        Some((it.first + it.above + at, it.lines[it.above + at].clone()))
    };
    for it in lines::rows(&was_lines, &is_lines) {
        match it {
            Row::Same(a, b) => {
                row("same", whole, line(old, Some(a)).as_ref(), line(new, Some(b)).as_ref(), out);
            }
            Row::Changed(a, b) => {
                row("changed", whole, line(old, a).as_ref(), line(new, b).as_ref(), out);
            }
            Row::Unchanged(count) => gap(&format!("{count} unchanged lines"), out),
            Row::More(count) => gap(&format!("{count} more lines"), out),
        }
    }
    out.push_str("</tbody></table>\n");
}

/// Lines that belong together, without numbers.
pub(super) fn pairs<'a>(
    pairs: impl Iterator<Item = (Option<&'a str>, Option<&'a str>)>,
    out: &mut String,
) {
    opening("sides", "Before", "After", out);
    for (old, new) in pairs {
        let line = |text: Option<&str>| text.map(|text| (0, text.to_owned()));
        row("changed", true, line(old).as_ref(), line(new).as_ref(), out);
    }
    out.push_str("</tbody></table>\n");
}

fn opening(class: &str, old: &str, new: &str, out: &mut String) {
    out.push_str(&format!(
        "<table class=\"{class}\"><thead><tr><th scope=\"col\">{old}</th>\
         <th scope=\"col\">{new}</th></tr></thead>\n<tbody>\n"
    ));
}

fn gap(text: &str, out: &mut String) {
    out.push_str(&format!("<tr class=\"gap\"><td colspan=\"2\">{text}</td></tr>\n"));
}

type Line = (usize, String);

/// Both sides of a line, or, where the other side is nowhere, the one that there is.
fn row(class: &str, whole: bool, old: Option<&Line>, new: Option<&Line>, out: &mut String) {
    out.push_str(&format!("<tr class=\"{class}\">"));
    let is_changed = class == "changed";
    let shared = match (old, new) {
        (Some((_, old)), Some((_, new))) if is_changed => lines::shared(old, new),
        _ => (0, 0),
    };
    if whole || old.is_some() {
        cell("old", is_changed.then_some("del"), old, shared, out);
    }
    if whole || new.is_some() {
        cell("new", is_changed.then_some("ins"), new, shared, out);
    }
    out.push_str("</tr>\n");
}

/// A line. Its number is an attribute, so that copied text is the text of the file.
fn cell(
    class: &str,
    tag: Option<&str>,
    line: Option<&Line>,
    shared: (usize, usize),
    out: &mut String,
) {
    let Some((number, text)) = line else {
        return out.push_str(&format!("<td class=\"{class} none\"></td>"));
    };
    let number = if *number > 0 { format!(" data-n=\"{number}\"") } else { String::new() };
    let html = match tag {
        Some(tag) => format!("<{tag}>{}</{tag}>", marked(text, shared)),
        None => escape(text),
    };
    out.push_str(&format!("<td class=\"{class}\"{number}>{html}</td>"));
}

/// The text, with what the other side doesn't have in the middle of it marked.
fn marked(text: &str, (start, end): (usize, usize)) -> String {
    let (Some(head), Some(tail)) = (text.get(..start), text.get(text.len() - end..)) else {
        return escape(text);
    };
    let middle = text.get(start..text.len() - end).unwrap_or_default();
    if middle.is_empty() || head.trim().is_empty() && tail.trim().is_empty() {
        return escape(text);
    }
    format!("{}<mark>{}</mark>{}", escape(head), escape(middle), escape(tail))
}
