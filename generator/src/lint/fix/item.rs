//! Edits that take an item out of a list.

use super::{Edit, Text};
use crate::source::NodeId;

/// Without the item. Where the items have names or descriptions in a list beside theirs, those
/// would belong to other items then.
pub(super) fn remove(text: &Text<'_>, node: NodeId) -> Option<Edit> {
    let tree = text.tree;
    let list = tree.parent(node).filter(|list| tree.is_list(*list))?;
    let holder = tree.parent(list)?;
    let count = tree.items(list).len();
    let is_beside =
        |key: &str, other: NodeId| key.starts_with("x-") && tree.items(other).len() == count;
    if tree.entries(holder).any(|(key, other)| is_beside(key, other)) {
        return None;
    }
    let at = text.scalar(node)?;
    let whole = text.of(node);
    let line_start = whole[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let line_end = whole[at.end..].find('\n').map_or(whole.len(), |end| at.end + end + 1);
    let (before, after) = (whole.get(line_start..at.start)?, whole.get(at.end..line_end)?);
    let is_only = before.trim() == "-" && is_blank(after);
    let range = if is_only {
        line_start..line_end
    } else {
        let from = whole[..at.start].trim_end();
        // The first of a list has no comma before it; a second one has.
        from.ends_with(',').then(|| from.len() - 1..at.end)?
    };
    let comment = whole.get(range.clone())?.contains('#') && !is_only;
    (!comment).then(|| text.edit(node, range, String::new(), "remove the second"))
}

/// Nothing but white space. A comment would go with the line, and may be about more than the item.
fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
