//! Values of the document: defaults, examples, extensions.

use super::cx::Cx;
use crate::diag::{At, Code};
use crate::source::NodeId;
use crate::spec::Types;
use tenon_ir as ir;

/// The JSON value of a node.
pub(super) fn of(cx: &Cx<'_, '_>, at: NodeId) -> ir::Value {
    cx.spec.tree.to_value(at)
}

/// The JSON value of a node that is a value of these types: where no string is one, the number or
/// flag that a text shows.
pub(super) fn of_types(cx: &Cx<'_, '_>, at: NodeId, types: Types) -> ir::Value {
    match of(cx, at) {
        ir::Value::Text(text) => Types::read(types, &text).unwrap_or(ir::Value::Text(text)),
        value => value,
    }
}

/// The text of `key` below `at`.
pub(super) fn text<'t>(cx: &mut Cx<'_, 't>, at: NodeId, key: &str) -> Option<&'t str> {
    let tree = cx.spec.tree;
    let id = stated(cx, at, key)?;
    let text = tree.text(id);
    if text.is_none() {
        invalid(cx, id, key, "a text");
    }
    text
}

/// `key` below `at` is `true`.
pub(super) fn flag(cx: &mut Cx<'_, '_>, at: NodeId, key: &str) -> bool {
    let Some(id) = stated(cx, at, key) else { return false };
    let flag = cx.spec.tree.bool(id);
    if flag.is_none() {
        invalid(cx, id, key, "`true` or `false`");
    }
    flag.unwrap_or(false)
}

/// The texts of `key` below `at`, which is one text or a list of them.
pub(super) fn texts(cx: &mut Cx<'_, '_>, at: NodeId, key: &str) -> Vec<String> {
    let tree = cx.spec.tree;
    let Some(id) = stated(cx, at, key) else { return Vec::new() };
    if let Some(text) = tree.text(id) {
        return vec![text.to_owned()];
    }
    if !tree.is_list(id) {
        invalid(cx, id, key, "a text, or a list of texts");
    }
    let mut texts = Vec::new();
    for item in tree.items(id) {
        match tree.text(*item) {
            Some(text) => texts.push(text.to_owned()),
            None => invalid(cx, *item, key, "a list of texts"),
        }
    }
    texts
}

/// The texts of the map `key` below `at`, sorted by their keys: the order of a map says nothing.
pub(super) fn pairs(cx: &mut Cx<'_, '_>, at: NodeId, key: &str) -> Vec<(String, String)> {
    let tree = cx.spec.tree;
    let Some(id) = stated(cx, at, key) else { return Vec::new() };
    if !tree.is_map(id) {
        invalid(cx, id, key, "a map of texts");
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for (name, item) in tree.entries(id) {
        match tree.text(item) {
            Some(text) => pairs.push((name.to_owned(), text.to_owned())),
            None => invalid(cx, item, key, "a map of texts"),
        }
    }
    pairs.sort();
    pairs
}

/// The node of `key` below `at`, unless it is null.
pub(super) fn stated(cx: &Cx<'_, '_>, at: NodeId, key: &str) -> Option<NodeId> {
    cx.spec.tree.get(at, key).filter(|id| !cx.spec.tree.is_null(*id))
}

/// Reports an extension with a value that it can't have.
pub(super) fn invalid(cx: &mut Cx<'_, '_>, at: NodeId, key: &str, wanted: &str) {
    cx.sink
        .warning(Code::InvalidExtension, At::Node(at), format!("`{key}` has to be {wanted}"))
        .help("it is read as if it weren't there");
}
