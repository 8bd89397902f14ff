//! Lists that name something twice. Values of string and integer enumerations are told of by
//! lowering, which has to choose between them.

use std::collections::HashMap;

use super::cx::{Cx, shown};
use crate::source::NodeId;

/// `required` and `tags` name each thing once.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in &spec.schemas {
        once(cx, schema.at, "required");
    }
    for operation in spec.all_operations() {
        once(cx, operation.at, "tags");
    }
}

fn once(cx: &mut Cx<'_, '_>, at: NodeId, key: &str) {
    let Some(list) = cx.tree.get(at, key) else { return };
    let mut known: HashMap<&str, NodeId> = HashMap::new();
    for item in cx.tree.items(list) {
        let Some(text) = cx.tree.text(*item) else { continue };
        if let Some(first) = known.get(text).copied() {
            cx.say(*item, format!("`{key}` names `{}` twice", shown(text)))
                .label(first, "first named here")
                .help("name it once");
        } else {
            known.insert(text, *item);
        }
    }
}
