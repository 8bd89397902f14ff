//! Where a node stands: its address for the dump of the IR, and the name it is defined under.

use super::cx::Cx;
use super::merge::{Merged, unwrap};
use crate::source::{NodeId, Tree};
use crate::spec::SchemaId;
use tenon_ir as ir;

/// Maps whose keys name what they hold.
const DEFINITIONS: [&str; 3] = ["$defs", "definitions", "schemas"];

/// The JSON pointer of a node; in another file than the document, after the file and a `#`.
pub(crate) fn pointer(tree: &Tree, at: NodeId) -> String {
    let (file, pointer) = (tree.file(at), tree.pointer(at));
    match tree.source(file) {
        Some(source) if file != tree.file(tree.root()) => format!("{}#{pointer}", source.path),
        _ => pointer,
    }
}

/// The JSON pointer of the schema that describes another one.
pub(super) fn described(cx: &Cx<'_, '_>, id: SchemaId) -> String {
    pointer(cx.spec.tree, cx.spec.schema(unwrap(cx, id).0).at)
}

/// The name under which a schema is defined, when it stands to be referred to: the key in a map of
/// definitions or at the top of another file, or the name of a file that is nothing else.
pub(super) fn defined_name(tree: &Tree, at: NodeId) -> Option<&str> {
    let is_other_file = tree.file(at) != tree.file(tree.root());
    let Some(parent) = tree.parent(at) else {
        let path = &tree.source(tree.file(at))?.path;
        let name = path.rsplit('/').next()?;
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
        return Some(stem).filter(|_| is_other_file);
    };
    let holder = tree.key(parent).filter(|_| !is_property(tree, parent));
    let defines = holder.is_some_and(|key| DEFINITIONS.contains(&key))
        || (is_other_file && tree.parent(parent).is_none());
    tree.key(at).filter(|_| defines)
}

/// The schema of a property: its key is of the author's choice, and no keyword.
fn is_property(tree: &Tree, at: NodeId) -> bool {
    tree.parent(at).and_then(|holder| tree.key(holder)) == Some("properties")
}

/// The component that a property is written in, itself or in its `allOf`: one of those that are
/// merged, of which others may have inherited the property.
pub(super) fn declaring(
    cx: &Cx<'_, '_>,
    merged: &Merged<'_>,
    property: SchemaId,
) -> Option<ir::ItemId> {
    let tree = cx.spec.tree;
    let mut at = tree.parent(tree.parent(cx.spec.schema(property).at)?)?;
    loop {
        let source = merged.sources.iter().find(|id| cx.spec.schema(**id).at == at);
        if let Some(item) = source.and_then(|id| cx.component_items.get(id)) {
            return Some(*item);
        }
        let parts = tree.parent(at).filter(|list| tree.key(*list) == Some("allOf"))?;
        at = tree.parent(parts)?;
    }
}
