//! Values of the document: defaults, examples, extensions.

use super::cx::Cx;
use crate::source::NodeId;
use tenon_ir as ir;

/// The JSON value of a node.
pub(super) fn of(cx: &Cx<'_, '_>, at: NodeId) -> ir::Value {
    cx.spec.tree.to_value(at)
}

/// The text of `key` below `at`.
pub(super) fn text<'t>(cx: &Cx<'_, 't>, at: NodeId, key: &str) -> Option<&'t str> {
    let tree = cx.spec.tree;
    tree.text(tree.get(at, key)?)
}

/// `key` below `at` is `true`.
pub(super) fn flag(cx: &Cx<'_, '_>, at: NodeId, key: &str) -> bool {
    let tree = cx.spec.tree;
    tree.get(at, key).and_then(|id| tree.bool(id)).unwrap_or(false)
}

/// The texts of `key` below `at`, which is one text or a list of them.
pub(super) fn texts(cx: &Cx<'_, '_>, at: NodeId, key: &str) -> Vec<String> {
    let tree = cx.spec.tree;
    let Some(id) = tree.get(at, key) else { return Vec::new() };
    match tree.text(id) {
        Some(text) => vec![text.to_owned()],
        None => tree.items(id).iter().filter_map(|id| tree.text(*id)).map(str::to_owned).collect(),
    }
}
