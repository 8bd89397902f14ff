//! Edits of one scalar.

use super::{Edit, Text};
use crate::source::NodeId;

/// Without white space at its ends. What names something on the wire stays as it is: the vendor may
/// mean it.
pub(super) fn trim(text: &Text<'_>, node: NodeId) -> Option<Edit> {
    let tree = text.tree;
    let parent = tree.parent(node)?;
    let key = tree.key(node).or_else(|| tree.key(parent))?;
    let is_safe = ["title", "summary", "operationId", "tags", "url", "version"].contains(&key)
        || tree.key(parent).is_none() && tree.key(tree.parent(parent)?) == Some("tags");
    let range = text.scalar(node).filter(|_| is_safe)?;
    let written = text.of(node).get(range.clone())?;
    let inside = inside_quotes(written)?;
    let trimmed = inside.trim();
    // An escaped line feed at the end is no white space of the text as it is written.
    (trimmed.len() != inside.len()).then(|| {
        let quote = &written[..1];
        text.edit(node, range, format!("{quote}{trimmed}{quote}"), "remove white space from")
    })
}

/// In quotes: a text that YAML or JSON would take as something else.
pub(super) fn quote(text: &Text<'_>, node: NodeId) -> Option<Edit> {
    let tree = text.tree;
    let range = text.scalar(node)?;
    let value = tree.text(node)?;
    let holder = tree.parent(tree.parent(node)?)?;
    let stated = tree.get(holder, "type").and_then(|stated| tree.text(stated))?;
    let is_scalar = tree.number(node).is_some() || tree.bool(node).is_some();
    // The text as it is written is what a string of that look means.
    let is_plain = text.of(node).get(range.clone()) == Some(value);
    if stated != "string" || !is_scalar || !is_plain {
        return None;
    }
    let quote = if text.is_json(node) { '"' } else { '\'' };
    Some(text.edit(node, range, format!("{quote}{value}{quote}"), "put quotes around"))
}

/// Without the slash at its end.
pub(super) fn without_slash(text: &Text<'_>, node: NodeId) -> Option<Edit> {
    let range = text.scalar(node)?;
    let written = text.of(node).get(range.clone())?;
    let quotes = usize::from(inside_quotes(written).is_some());
    let end = range.end - quotes;
    let inside = written.get(quotes..written.len() - quotes)?;
    let slashes = inside.len() - inside.trim_end_matches('/').len();
    // An address of slashes only, or one that ends with an escape, is left alone.
    if slashes == 0 || slashes == inside.len() || inside.ends_with("\\/") {
        return None;
    }
    Some(text.edit(node, end - slashes..end, String::new(), "remove the slash at the end of"))
}

/// What stands between quotes.
fn inside_quotes(written: &str) -> Option<&str> {
    let quote = written.chars().next().filter(|c| ['"', '\''].contains(c))?;
    written.strip_prefix(quote)?.strip_suffix(quote)
}
