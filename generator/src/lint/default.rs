//! Defaults against their schema.

use super::cx::{Cx, shown};
use super::value::contradiction;
use crate::spec::SchemaId;

/// A default is a value that the schema allows.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let stated: Vec<(SchemaId, _)> =
        cx.schemas().filter_map(|(id, schema)| Some((id, schema.default?))).collect();
    for (id, node) in stated {
        // A default of null says that there is none.
        if cx.tree.is_null(node) {
            continue;
        }
        if let Some(problem) = contradiction(cx, id, node) {
            let value = cx.tree.text(node).map(|text| format!(" `{}`", shown(text)));
            let message = format!("the default{} {problem}", value.unwrap_or_default());
            cx.say(node, message).help("correct the default, or what the schema says");
        }
    }
}
