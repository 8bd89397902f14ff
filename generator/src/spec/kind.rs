//! What a value is called in a message.

use crate::source::{NodeId, Tree, Value};

/// `a map`, `a list`, `null`, `true or false`, `a number` or `a text`.
pub(super) fn kind(tree: &Tree, node: NodeId) -> &'static str {
    match tree.value(node) {
        Value::Map(_) => "a map",
        Value::List(_) => "a list",
        Value::Scalar(_) if tree.is_null(node) => "nothing",
        Value::Scalar(_) if tree.bool(node).is_some() => "true or false",
        Value::Scalar(_) if tree.number(node).is_some() => "a number",
        Value::Scalar(_) => "a text",
    }
}
