//! Values of documents: compared, bounded, shown.

use crate::ir;
use crate::source::{NodeId, Tree, to_json};
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
    let text = to_json(&tree.to_value(at));
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
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
