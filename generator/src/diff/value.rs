//! Values of documents: compared, bounded, shown.

use crate::ir;
use crate::source::{NodeId, Tree};
use crate::spec::Types;
use std::cmp::Ordering;

/// Longest value that is shown, in characters.
const LONGEST: usize = 120;

/// Both nodes hold the same value, whatever the order of keys and the form of numbers.
pub(super) fn same(old: &Tree, a: NodeId, new: &Tree, b: NodeId) -> bool {
    equal(&old.to_value(a), &new.to_value(b))
}

fn equal(a: &ir::Value, b: &ir::Value) -> bool {
    match (a, b) {
        (ir::Value::Number(a), ir::Value::Number(b)) => a == b || number(a) == number(b),
        (ir::Value::List(a), ir::Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (ir::Value::Object(a), ir::Value::Object(b)) => {
            let find = |key: &str| b.iter().find(|(other, _)| other == key);
            a.len() == b.len()
                && a.iter().all(|(key, a)| find(key).is_some_and(|(_, b)| equal(a, b)))
        }
        (a, b) => a == b,
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// The value as JSON, cut where it is long.
pub(super) fn text(tree: &Tree, at: NodeId) -> String {
    let text = json(&tree.to_value(at));
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn json(value: &ir::Value) -> String {
    match value {
        ir::Value::Null => "null".to_owned(),
        ir::Value::Bool(value) => value.to_string(),
        ir::Value::Number(text) => text.clone(),
        ir::Value::Text(text) => {
            serde_json::to_string(text).unwrap_or_else(|_| format!("\"{text}\""))
        }
        ir::Value::List(items) => {
            format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(","))
        }
        ir::Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                format!("{}:{}", json(&ir::Value::Text(key.clone())), json(value))
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
    }
}

/// The JSON type of a value.
pub(super) fn kind(tree: &Tree, at: NodeId) -> Types {
    match tree.to_value(at) {
        ir::Value::Null => Types::NULL,
        ir::Value::Bool(_) => Types::BOOLEAN,
        ir::Value::Number(_) if tree.integer(at).is_some() => Types::INTEGER,
        ir::Value::Number(_) => Types::NUMBER,
        ir::Value::Text(_) => Types::STRING,
        ir::Value::List(_) => Types::ARRAY,
        ir::Value::Object(_) => Types::OBJECT,
    }
}

/// How two bounds compare as numbers.
pub(super) fn compare(old: &Tree, a: NodeId, new: &Tree, b: NodeId) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (old.integer(a), new.integer(b)) {
        return Some(a.cmp(&b));
    }
    number(old.number(a)?)?.partial_cmp(&number(new.number(b)?)?)
}

/// A keyword whose greater value admits more.
pub(super) fn is_upper(keyword: &str) -> bool {
    keyword.starts_with("max") || keyword == "exclusiveMaximum"
}

/// The bound `a` of a keyword admits less than `b`.
pub(super) fn is_tighter(keyword: &str, tree: &Tree, a: NodeId, b: NodeId) -> bool {
    match compare(tree, a, tree, b) {
        Some(Ordering::Less) => is_upper(keyword),
        Some(Ordering::Greater) => !is_upper(keyword) && keyword.contains("in"),
        Some(Ordering::Equal) | None => false,
    }
}
