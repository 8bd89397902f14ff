//! Which fields hold numbers that may stand in quotes: the number itself, or those of a list or map.

use super::cx::Cx;
use super::merge::sole_target;
use crate::spec::SchemaId;

/// How far lists of lists, and references, are followed.
const DEPTH: usize = 16;

/// Some number that the field itself reads, and no model in it, may be a text.
pub(super) fn holds(cx: &Cx<'_, '_>, schemas: &[SchemaId]) -> bool {
    schemas.iter().any(|id| is(cx, *id, DEPTH))
}

fn is(cx: &Cx<'_, '_>, id: SchemaId, depth: usize) -> bool {
    let schema = cx.spec.schema(id);
    let Some(depth) = depth.checked_sub(1) else { return false };
    if schema.rare.as_ref().is_some_and(|rare| rare.quoted) {
        return true;
    }
    let values = schema.additional.filter(|_| schema.properties.is_empty());
    let inner = sole_target(cx, schema).into_iter().chain(schema.items).chain(values);
    inner.into_iter().any(|inner| is(cx, inner, depth))
}
