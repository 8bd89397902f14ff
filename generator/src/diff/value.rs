//! Values of documents: compared, bounded, shown.

use crate::ir;
use crate::source::{NodeId, Tree, Value, to_json};
use std::cmp::Ordering;
use std::collections::HashSet;

/// Longest value that is shown, in characters.
const LONGEST: usize = 120;

/// Both nodes hold the same value, whatever the order of keys and the form of numbers.
pub(super) fn same(old: &Tree, a: NodeId, new: &Tree, b: NodeId) -> bool {
    match (old.value(a), new.value(b)) {
        (Value::Scalar(a), Value::Scalar(b)) if a.plain == b.plain && a.text == b.text => true,
        (Value::Scalar(_), Value::Map(_) | Value::List(_))
        | (Value::Map(_) | Value::List(_), Value::Scalar(_)) => false,
        _ => canonical(old, a) == canonical(new, b),
    }
}

/// Values of one list that the other hasn't.
pub(super) fn missing(from: &Tree, list: &[NodeId], tree: &Tree, other: &[NodeId]) -> Vec<NodeId> {
    let known: HashSet<String> = other.iter().map(|at| canonical(tree, *at)).collect();
    list.iter().copied().filter(|at| !known.contains(&canonical(from, *at))).collect()
}

/// Both lists hold the same values, as often, in any order.
pub(super) fn same_lists(old: &Tree, a: &[NodeId], new: &Tree, b: &[NodeId]) -> bool {
    let sorted = |tree: &Tree, list: &[NodeId]| {
        let mut texts: Vec<String> = list.iter().map(|at| canonical(tree, *at)).collect();
        texts.sort_unstable();
        texts
    };
    a.len() == b.len() && sorted(old, a) == sorted(new, b)
}

/// A text that is the same for the same values: keys in order, numbers in one form.
fn canonical(tree: &Tree, at: NodeId) -> String {
    to_json(&settled(tree.to_value(at)))
}

fn settled(value: ir::Value) -> ir::Value {
    match value {
        ir::Value::Number(text) => {
            ir::Value::Number(number(&text).map_or(text, |number| (number + 0.0).to_string()))
        }
        ir::Value::List(items) => ir::Value::List(items.into_iter().map(settled).collect()),
        ir::Value::Object(entries) => {
            let settle = |(key, value)| (key, settled(value));
            let mut entries: Vec<_> = entries.into_iter().map(settle).collect();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            ir::Value::Object(entries)
        }
        other => other,
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
