//! References whose pointer lacks its beginning: `#definitions/Pet`, `definitions/Pet`, `Pet`.

use super::super::make;
use super::super::rewrite::Rewrite;
use crate::diag::Code;
use crate::source::{Loaded, NodeId, Tree, is_network, resolve_path};

/// Writes them as pointers, where they lead nowhere as they stand, and somewhere so.
pub(super) fn respell(rewrite: &mut Rewrite<'_>) {
    let tree = &*rewrite.tree;
    let is_pointer = |it: &NodeId| tree.text(*it).is_some_and(|text| text.starts_with("#/"));
    let odd: Vec<NodeId> = tree.under("$ref").filter(|it| !is_pointer(it)).collect();
    let has_ids = !odd.is_empty() && tree.under("$id").next().is_some();
    // Not each `$ref` is a reference, but what is none doesn't lead anywhere either.
    for reference in odd {
        let stated = rewrite.tree.text(reference).unwrap_or_default();
        let Some(meant) = meant(rewrite.tree, reference, stated.trim(), has_ids) else { continue };
        let Some(holder) = rewrite.tree.parent(reference) else { continue };
        let message = format!("`{stated}` is no pointer");
        let help = format!("it is read as `{meant}`; write that");
        rewrite.sink.error(Code::UnknownRef, reference, message).help(help);
        let mut entries = Vec::new();
        make::put_text(rewrite, "$ref", reference, &meant, &mut entries);
        make::replace(rewrite, holder, &[&["$ref"]], entries);
    }
}

/// The pointer that is meant by a text that is none, and names no file. Where schemas have an `$id`, a
/// name may be one.
fn meant(tree: &Tree, reference: NodeId, stated: &str, has_ids: bool) -> Option<String> {
    let path = stated.strip_prefix('#').unwrap_or(stated);
    if path.is_empty() || path.contains('#') || is_network(stated) {
        return None;
    }
    let is_found = |pointer: &String| {
        tree.find(tree.home(reference), pointer.trim_start_matches('#')).is_some()
    };
    if stated.starts_with('#') {
        // An anchor has no slash (JSON Schema Core, section 8.2.2).
        let is_pointer = path.starts_with('/') || !path.contains('/');
        return (!is_pointer).then(|| format!("#/{path}")).filter(is_found);
    }
    let from = tree.source(tree.home(reference)).map_or("", |source| &source.path);
    if has_ids || matches!(tree.loaded(&resolve_path(from, path)), Some(Loaded::File(_))) {
        return None;
    }
    let path = path.trim_start_matches('/');
    if path.contains('/') {
        return Some(format!("#/{path}")).filter(is_found);
    }
    let prefixes = ["#/definitions/", "#/components/schemas/"];
    prefixes.iter().map(|prefix| format!("{prefix}{path}")).find(is_found)
}
