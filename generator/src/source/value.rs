//! A node as an untyped value of the IR: an example, a default.

use super::scalar::is_null;
use super::tree::{NodeId, Scalar, Tree, Value};
use tenon_ir as ir;

/// The most nodes that one value is made of. A document within the limits of parsing can still
/// name one large example many times over; what lies beyond is left out as null.
const MAX_NODES: usize = 1_000_000;

impl Tree {
    /// The value of a node by JSON's types, or the core schema of YAML.
    pub fn to_value(&self, id: NodeId) -> ir::Value {
        value(self, id, &mut MAX_NODES.clone())
    }
}

/// The text of a value as JSON.
pub(crate) fn to_json(value: &ir::Value) -> String {
    match value {
        ir::Value::Null => "null".to_owned(),
        ir::Value::Bool(value) => value.to_string(),
        ir::Value::Number(text) => text.clone(),
        ir::Value::Text(text) => quoted(text),
        ir::Value::List(items) => {
            let items: Vec<String> = items.iter().map(to_json).collect();
            format!("[{}]", items.join(","))
        }
        ir::Value::Object(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}:{}", quoted(key), to_json(value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Depth is bounded by parsing, which counts through aliases too.
fn value(tree: &Tree, id: NodeId, left: &mut usize) -> ir::Value {
    if *left == 0 {
        return ir::Value::Null;
    }
    *left -= 1;
    match tree.value(id) {
        Value::Scalar(scalar) => scalar_value(tree, id, scalar),
        Value::List(items) => {
            ir::Value::List(items.iter().map(|item| value(tree, *item, left)).collect())
        }
        Value::Map(entries) => ir::Value::Object(
            entries.map(|(key, node)| (key.to_owned(), value(tree, node, left))).collect(),
        ),
    }
}

fn scalar_value(tree: &Tree, id: NodeId, scalar: Scalar<'_>) -> ir::Value {
    if !scalar.plain {
        return ir::Value::Text(scalar.text.to_owned());
    }
    if is_null(scalar.text) {
        return ir::Value::Null;
    }
    if let Some(value) = tree.bool(id) {
        return ir::Value::Bool(value);
    }
    match tree.number(id) {
        Some(number) => ir::Value::Number(number.to_owned()),
        None => ir::Value::Text(scalar.text.to_owned()),
    }
}
