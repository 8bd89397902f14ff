//! Small steps of rewriting.

use super::rewrite::Rewrite;
use crate::diag::Code;
use crate::source::{Key, NodeId, Tree};

/// Entries of a map that is being made.
pub(super) type Entries = Vec<(Key, NodeId)>;

/// How many references in a row are followed.
const MAX_HOPS: usize = 16;

/// Adds an entry.
pub(super) fn put(rewrite: &mut Rewrite<'_>, key: &str, node: NodeId, entries: &mut Entries) {
    let key = rewrite.tree.new_key(key);
    entries.push((key, node));
}

/// Adds a text.
pub(super) fn put_text(
    rewrite: &mut Rewrite<'_>,
    key: &str,
    origin: NodeId,
    text: &str,
    entries: &mut Entries,
) {
    let node = rewrite.tree.make_text(origin, text);
    put(rewrite, key, node, entries);
}

/// Adds true or false.
pub(super) fn put_bool(
    rewrite: &mut Rewrite<'_>,
    key: &str,
    origin: NodeId,
    value: bool,
    entries: &mut Entries,
) {
    let node = rewrite.tree.make_bool(origin, value);
    put(rewrite, key, node, entries);
}

/// Takes over the fields of these names as they are.
pub(super) fn share(rewrite: &mut Rewrite<'_>, map: NodeId, keys: &[&str], entries: &mut Entries) {
    for key in keys {
        if let Some(node) = rewrite.tree.get(map, key) {
            put(rewrite, key, node, entries);
        }
    }
}

/// Takes over the extensions.
pub(super) fn extensions(rewrite: &mut Rewrite<'_>, map: NodeId, entries: &mut Entries) {
    let all = rewrite.tree.keyed(map);
    let is_extension: Vec<bool> =
        rewrite.tree.entries(map).map(|(key, _)| key.starts_with("x-")).collect();
    let extensions = all.into_iter().zip(is_extension).filter(|(_, is)| *is);
    entries.extend(extensions.map(|(entry, _)| entry));
}

/// Takes these fields out of a map, and puts these into it.
pub(super) fn replace(rewrite: &mut Rewrite<'_>, map: NodeId, gone: &[&[&str]], more: Entries) {
    let gone = gone.concat();
    let is_kept: Vec<bool> =
        rewrite.tree.entries(map).map(|(key, _)| !gone.contains(&key)).collect();
    let all = rewrite.tree.keyed(map).into_iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
    let entries: Entries = all.map(|(entry, _)| entry).chain(more).collect();
    rewrite.tree.replace_map(map, &entries);
}

/// The items of a list of texts. A text by itself is the one item, which is told of.
pub(super) fn texts(rewrite: &mut Rewrite<'_>, list: Option<NodeId>) -> Vec<NodeId> {
    let Some(list) = list else { return Vec::new() };
    if rewrite.tree.text(list).is_none_or(str::is_empty) {
        return rewrite.tree.items(list).to_vec();
    }
    let key = rewrite.tree.key(list).unwrap_or_default();
    let message = format!("`{key}` has to be a list, and is a text");
    rewrite.sink.warning(Code::WrongKind, list, message).help("it is read as a list of one");
    vec![list]
}

/// The texts of a list, or the one in its place. Nothing is told.
pub(super) fn listed(tree: &Tree, list: NodeId) -> impl Iterator<Item = &str> {
    let items = tree.items(list).iter().filter_map(|item| tree.text(*item));
    items.chain(tree.text(list))
}

/// The text of a field.
pub(super) fn text<'t>(tree: &'t Tree, map: NodeId, key: &str) -> Option<&'t str> {
    tree.get(map, key).and_then(|node| tree.text(node))
}

/// The object that references lead to; none when they lead nowhere, which is reported when the
/// reference is read: the caller keeps it.
pub(super) fn follow(tree: &Tree, node: NodeId) -> Option<NodeId> {
    let mut at = node;
    for _ in 0..MAX_HOPS {
        let Some(reference) = tree.get(at, "$ref") else { return Some(at) };
        at = tree.target(reference)?;
    }
    None
}
