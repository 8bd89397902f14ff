//! `definitions`, which Swagger 2.0 has for `components.schemas`.

use super::super::make;
use super::super::rewrite::Rewrite;
use crate::diag::{At, Code};
use crate::source::NodeId;

/// Puts them behind the schemas of `components`. References to them lead where they stand.
pub(super) fn move_to_components(rewrite: &mut Rewrite<'_>) {
    let root = rewrite.tree.root();
    let Some(definitions) = rewrite.tree.get(root, "definitions") else { return };
    rewrite
        .sink
        .remark(Code::UnknownField, At::Key(definitions), "`definitions` is a field of Swagger 2.0")
        .help("they are read as `components.schemas`; put them there");
    let stated = rewrite.tree.get(root, "components");
    let components = stated.and_then(|node| make::follow(rewrite.tree, node));
    let components = components.unwrap_or(NodeId::NULL);
    let schemas = rewrite.tree.get(components, "schemas");
    let schemas = schemas.and_then(|node| make::follow(rewrite.tree, node));
    let mut all = rewrite.tree.keyed(schemas.unwrap_or(NodeId::NULL));
    all.extend(rewrite.tree.keyed(definitions));
    let schemas = rewrite.tree.make_map(schemas.unwrap_or(definitions), &all);
    let components = with(rewrite, stated.unwrap_or(root), components, "schemas", schemas);
    let levelled = with(rewrite, root, root, "components", components);
    make::replace(rewrite, levelled, &[&["definitions"]], Vec::new());
    rewrite.tree.set_root(levelled);
}

/// The map with this in the place of a field, made from `origin`.
fn with(rewrite: &mut Rewrite<'_>, origin: NodeId, map: NodeId, key: &str, node: NodeId) -> NodeId {
    let all = rewrite.tree.keyed(map);
    let made = rewrite.tree.make_map(origin, &all);
    let mut entries = Vec::new();
    make::put(rewrite, key, node, &mut entries);
    make::replace(rewrite, made, &[&[key]], entries);
    made
}
