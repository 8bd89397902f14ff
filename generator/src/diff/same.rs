//! Whether two nodes say the same, references followed and annotations left out.

use std::collections::HashSet;

use super::value;
use crate::source::{NodeId, Tree, Value};

/// Keywords that describe.
const ANNOTATIONS: [&str; 6] =
    ["description", "title", "example", "examples", "summary", "$comment"];

/// Both nodes say the same, in the end.
pub(super) fn same(old: &Tree, a: NodeId, new: &Tree, b: NodeId) -> bool {
    compare(old, a, new, b, false)
}

/// Both nodes say the same; a reference to something is the same as one to what bears its name,
/// whatever became of that.
pub(super) fn same_by_name(old: &Tree, a: NodeId, new: &Tree, b: NodeId) -> bool {
    compare(old, a, new, b, true)
}

fn compare(old: &Tree, a: NodeId, new: &Tree, b: NodeId, by_name: bool) -> bool {
    // A pair that was met before is compared already, or is about to be.
    let (mut open, mut met) = (vec![(a, b)], HashSet::new());
    while let Some((a, b)) = open.pop() {
        if by_name && is_same_name(old, a, new, b) {
            continue;
        }
        let (a, b) = (follow(old, a), follow(new, b));
        let is_same = match (old.value(a), new.value(b)) {
            (Value::Map(entries), Value::Map(others)) => {
                let said = |(key, _): &(&str, NodeId)| !ANNOTATIONS.contains(key);
                let is_new = met.insert((a, b));
                let counts = (entries.filter(said).count(), others.filter(said).count());
                let pair = |(key, a): (&str, NodeId)| Some((a, new.get(b, key)?));
                let pairs: Option<Vec<_>> = entries.filter(said).map(pair).collect();
                open.extend(pairs.iter().flatten().filter(|_| is_new));
                counts.0 == counts.1 && pairs.is_some()
            }
            (Value::List(items), Value::List(others)) => {
                open.extend(items.iter().copied().zip(others.iter().copied()));
                items.len() == others.len()
            }
            (Value::Scalar(_), Value::Scalar(_)) => value::same(old, a, new, b),
            _ => false,
        };
        if !is_same {
            return false;
        }
    }
    true
}

/// Both are references, and written alike.
fn is_same_name(old: &Tree, a: NodeId, new: &Tree, b: NodeId) -> bool {
    let name =
        |tree: &Tree, at| tree.get(at, "$ref").and_then(|at| tree.text(at)).map(str::to_owned);
    name(old, a).is_some_and(|was| name(new, b) == Some(was))
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
