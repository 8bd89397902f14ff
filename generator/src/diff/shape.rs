//! A hash of what a schema demands, for finding what is the same under another name.
//!
//! Descriptions don't count, nor does the order of anything; a few levels are looked at.

use super::flat::flatten;
use super::side::Side;
use crate::spec::SchemaId;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Levels that are looked at.
const DEPTH: usize = 4;

/// The hash of schemas that all hold.
pub(super) fn of(side: &Side<'_>, key: &[SchemaId]) -> u64 {
    within(side, key, DEPTH, &[])
}

/// The hash of a property of these schemas, in which they themselves aren't looked into.
pub(super) fn of_property(side: &Side<'_>, key: &[SchemaId], owner: &[SchemaId]) -> u64 {
    within(side, key, DEPTH, owner)
}

fn within(side: &Side<'_>, key: &[SchemaId], depth: usize, owner: &[SchemaId]) -> u64 {
    if !owner.is_empty() {
        return fresh(side, key, depth, owner);
    }
    let asked = (key.to_vec(), depth);
    if let Some(known) = side.shapes.borrow().get(&asked) {
        return *known;
    }
    let shape = fresh(side, key, depth, owner);
    side.shapes.borrow_mut().insert(asked, shape);
    shape
}

fn fresh(side: &Side<'_>, key: &[SchemaId], depth: usize, owner: &[SchemaId]) -> u64 {
    let Some(depth) = depth.checked_sub(1) else { return 0 };
    let flat = flatten(side, key);
    if flat.sources.iter().any(|source| owner.contains(source)) {
        return 0;
    }
    let inner = |key: &[SchemaId]| within(side, key, depth, owner);
    let mut hasher = DefaultHasher::new();
    format!("{:?}", flat.types).hash(&mut hasher);
    (flat.nullable, flat.never, flat.format, flat.encoding).hash(&mut hasher);
    let text = |at: &crate::source::NodeId| super::value::text(side.tree, *at);
    let mut values: Vec<String> = flat.values.iter().flatten().map(text).collect();
    values.sort_unstable();
    (flat.values.is_some(), values, flat.constant.as_ref().map(text)).hash(&mut hasher);
    let mut required = flat.required.clone();
    required.sort_unstable();
    required.hash(&mut hasher);
    let mut properties: Vec<(&str, u64)> =
        flat.properties.iter().map(|(name, key)| (*name, inner(key))).collect();
    properties.sort_unstable();
    properties.hash(&mut hasher);
    flat.closed.is_some().hash(&mut hasher);
    for key in [&flat.additional, &flat.items, &flat.prefix] {
        (!key.is_empty()).then(|| inner(key)).hash(&mut hasher);
    }
    for union in &flat.unions {
        let mut arms: Vec<u64> = union.arms.iter().map(|arm| inner(&[*arm])).collect();
        arms.sort_unstable();
        (union.keyword, arms).hash(&mut hasher);
    }
    for (keyword, at) in &flat.rules {
        (keyword, text(at)).hash(&mut hasher);
    }
    hasher.finish()
}
