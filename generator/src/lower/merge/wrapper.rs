//! Schemas that only wrap another: what they stand for.

use super::super::Cx;
use super::is_null;
use crate::spec::{Schema, SchemaId, Types};

/// The schema that a mere wrapper stands for, and whether the wrapper adds `null`.
///
/// A wrapper is a `$ref`, or an `allOf`, `oneOf` or `anyOf` with one entry, beside nothing but
/// annotations. Components keep their identity: the walk ends at one.
pub(in super::super) fn unwrap(cx: &Cx<'_, '_>, start: SchemaId) -> (SchemaId, bool) {
    let (mut id, mut or_null) = (start, false);
    // Most wrap nothing, and few wrap more than one other.
    let mut seen = Vec::new();
    while !seen.contains(&id) {
        if let Some(held) = cx.held.get(&id) {
            seen.push(id);
            id = *held;
            continue;
        }
        if cx.component_items.contains_key(&id) {
            break;
        }
        let schema = cx.spec.schema(id);
        let Some(target) = sole_target(cx, schema) else { break };
        or_null |= schema.types.contains(Types::NULL) || has_null_arm(cx, schema);
        seen.push(id);
        id = target;
    }
    (id, or_null)
}

/// What a mere wrapper wraps.
pub(in super::super) fn sole_target(cx: &Cx<'_, '_>, schema: &Schema<'_>) -> Option<SchemaId> {
    let own = !schema.properties.is_empty()
        || !schema.required.is_empty()
        || !schema.values.is_empty()
        || schema.constant.is_some()
        || schema.additional.is_some()
        || schema.items.is_some()
        || schema.rare.as_ref().is_some_and(|rare| {
            !rare.rules.is_empty() || rare.discriminator.is_some() || !rare.prefix_items.is_empty()
        });
    if own {
        return None;
    }
    let arms =
        |list: &[SchemaId]| list.iter().copied().filter(|id| !is_null(cx, *id)).collect::<Vec<_>>();
    let mut targets: Vec<SchemaId> = schema.reference.into_iter().collect();
    targets.extend(&schema.all_of);
    targets.extend(arms(&schema.one_of));
    targets.extend(arms(&schema.any_of));
    match targets.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

fn has_null_arm(cx: &Cx<'_, '_>, schema: &Schema<'_>) -> bool {
    schema.one_of.iter().chain(&schema.any_of).any(|id| is_null(cx, *id))
}
