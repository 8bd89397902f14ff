//! Whether two nodes say the same, references followed and annotations left out.

use super::value;
use crate::source::{NodeId, Tree, Value};

/// How deep is looked.
const DEPTH: usize = 24;

/// Keywords that describe.
const ANNOTATIONS: [&str; 6] =
    ["description", "title", "example", "examples", "summary", "$comment"];

/// Both nodes say the same.
pub(super) fn same(old: &Tree, a: NodeId, new: &Tree, b: NodeId) -> bool {
    within(old, a, new, b, DEPTH)
}

fn within(old: &Tree, a: NodeId, new: &Tree, b: NodeId, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return true };
    let (a, b) = (follow(old, a), follow(new, b));
    match (old.value(a), new.value(b)) {
        (Value::Map(entries), Value::Map(others)) => {
            let said = |(key, _): &(&str, NodeId)| !ANNOTATIONS.contains(key);
            entries.filter(said).count() == others.filter(said).count()
                && entries
                    .filter(said)
                    .all(|(key, a)| new.get(b, key).is_some_and(|b| within(old, a, new, b, depth)))
        }
        (Value::List(items), Value::List(others)) => {
            items.len() == others.len()
                && items.iter().zip(others).all(|(a, b)| within(old, *a, new, *b, depth))
        }
        (Value::Scalar(_), Value::Scalar(_)) => value::same(old, a, new, b),
        _ => false,
    }
}

/// What a bare reference leads to.
fn follow(tree: &Tree, mut at: NodeId) -> NodeId {
    for _ in 0..32 {
        let target = tree.get(at, "$ref").and_then(|reference| tree.target(reference));
        match target {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}
