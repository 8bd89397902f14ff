//! Edits that declare a tag: after the last one, or in a list of their own before `paths`.

use super::{Edit, Text};
use crate::source::{FileId, NodeId, Tree};
use crate::spec::similar;

/// What has to be found for an edit: where the list ends, and where it would stand.
pub(super) fn anchors(tree: &Tree) -> Vec<NodeId> {
    let root = tree.file_root(FileId::MAIN);
    let tags = tree.get(root, "tags");
    let last = tags.and_then(|tags| tree.items(tags).last().copied());
    let name = last.and_then(|last| tree.get(last, "name"));
    let deepest = last.and_then(|last| tree.entries(last).last()).map(|(_, node)| node);
    let paths = tree.get(root, "paths");
    [tags, last, name, deepest, paths].into_iter().flatten().collect()
}

/// Declares the tag that the node names.
pub(super) fn declare(text: &Text<'_>, node: NodeId) -> Option<Edit> {
    let tree = text.tree;
    let main = tree.file_root(FileId::MAIN);
    let name = tree.text(node)?;
    let is_odd = name.chars().any(char::is_control) || name != name.trim() || name.is_empty();
    if tree.file(node) != FileId::MAIN || is_odd || is_misspelled(tree, main, name) {
        return None;
    }
    let (at, added) = match tree.get(main, "tags") {
        Some(tags) => after_last(text, tags, name)?,
        None => before_paths(text, tree.get(main, "paths")?, name)?,
    };
    Some(text.edit(node, at..at, added, "declare the tag"))
}

/// A declared tag is nearly the same, and may be meant.
fn is_misspelled(tree: &Tree, main: NodeId, name: &str) -> bool {
    let tags = tree.get(main, "tags").map(|tags| tree.items(tags)).unwrap_or_default();
    let names = tags.iter().filter_map(|tag| tree.text(tree.get(*tag, "name")?));
    similar(name, names).is_some()
}

fn after_last(text: &Text<'_>, tags: NodeId, name: &str) -> Option<(usize, String)> {
    let tree = text.tree;
    let whole = text.of(tags);
    let last = *tree.items(tags).last()?;
    let start = text.at(last).filter(|at| at.is_collection)?.value.start;
    let line_start = whole[..start].rfind('\n').map_or(0, |end| end + 1);
    let before = whole.get(line_start..start)?;
    if before.trim() == "-" && !whole[start..].starts_with(['{', '[']) {
        // The item ends with its last entry, when that is a scalar.
        let (_, deepest) = tree.entries(last).last()?;
        let end =
            text.at(deepest).filter(|at| !at.is_collection && !at.value.is_empty())?.value.end;
        let line_end = end + whole[end..].lines().next().map_or(0, str::len);
        return Some((line_end, format!("\n{before}name: {}", yaml(name))));
    }
    // In brackets: the item ends with its own.
    let end = text.at(last)?.value.end;
    whole.get(..end).filter(|whole| whole.ends_with('}'))?;
    let item = if text.is_json(tags) {
        format!("{{\"name\": {}}}", json(name))
    } else {
        format!("{{name: {}}}", yaml(name))
    };
    let is_own_line = before.trim().is_empty();
    let separator = if is_own_line { format!(",\n{before}") } else { ", ".to_owned() };
    Some((end, format!("{separator}{item}")))
}

fn before_paths(text: &Text<'_>, paths: NodeId, name: &str) -> Option<(usize, String)> {
    let whole = text.of(paths);
    let key = text.at(paths)?.key.clone()?;
    let line_start = whole[..key.start].rfind('\n').map_or(0, |end| end + 1);
    let indent = whole.get(line_start..key.start).filter(|indent| indent.trim().is_empty())?;
    if text.is_json(paths) {
        let added = format!("\"tags\": [{{\"name\": {}}}],\n{indent}", json(name));
        return Some((key.start, added));
    }
    let item = format!("tags:\n  - name: {}\n\n", yaml(name));
    indent.is_empty().then(|| (above_comments(whole, line_start), item))
}

/// The start of the comment lines that stand right above a line: they are about what follows.
fn above_comments(whole: &str, line_start: usize) -> usize {
    let mut at = line_start;
    while let Some(line) = whole[..at].strip_suffix('\n') {
        let start = line.rfind('\n').map_or(0, |end| end + 1);
        if !line[start..].starts_with('#') {
            break;
        }
        at = start;
    }
    at
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A scalar of YAML: plain where it is a word or several, in quotes otherwise.
fn yaml(text: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == ' ' || c == '_' || c == '-';
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_word);
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if is_plain && !words.contains(&text.to_ascii_lowercase().as_str()) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}
