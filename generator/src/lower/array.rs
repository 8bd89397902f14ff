//! Arrays: lists of one type, and tuples of fixed places.

use super::cx::{Cx, Hint};
use super::merge::{Key, Merged};
use super::schema::{nullable, type_of_all};
use super::union;
use crate::diag::{At, Code};
use crate::spec::SchemaId;
use tenon_ir as ir;

/// The most places of a tuple: what Rust implements its traits for.
const PLACES: usize = 12;

/// The type of an array.
pub(super) fn lower(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, hint: &Hint) -> ir::Type {
    if !merged.prefix.is_empty() {
        return of_places(cx, merged, hint);
    }
    let inner = match merged.items.as_slice() {
        [] => ir::Type::Json,
        items => type_of_all(cx, &Key::all(items), &hint.inner("item")),
    };
    ir::Type::List(Box::new(inner))
}

/// Exactly the places of `prefixItems` are there: no fewer, and none after them.
pub(super) fn is_tuple(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> bool {
    let places = merged.prefix.len();
    let count = |keyword: &str| {
        let rules = merged.rules.iter().filter(|(known, _)| *known == keyword);
        rules.filter_map(|(_, at)| cx.spec.tree.integer(*at)).collect::<Vec<_>>()
    };
    let places_count = i128::try_from(places).unwrap_or(i128::MAX);
    let full = count("minItems").iter().any(|least| *least >= places_count);
    let most = count("maxItems").iter().any(|most| *most <= places_count);
    (1..=PLACES).contains(&places) && full && (most || is_closed(cx, merged))
}

/// `items: false`: nothing follows the places.
fn is_closed(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> bool {
    merged.items.iter().any(|id| cx.spec.schema(*id).always == Some(false))
}

/// An array whose first items are described one by one (JSON Schema Core, section 10.3.1.1).
fn of_places(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, hint: &Hint) -> ir::Type {
    let is_closed = is_closed(cx, merged);
    let mut places = Vec::with_capacity(merged.prefix.len());
    for (index, id) in merged.prefix.iter().enumerate() {
        let hint = hint.inner(&format!("item {}", index + 1));
        places.push(type_of_all(cx, &Key::one(*id), &hint));
    }
    if is_tuple(cx, merged) {
        return ir::Type::Tuple(places);
    }
    let further = if is_closed { &[] } else { merged.items.as_slice() };
    let mut all = places;
    if !further.is_empty() {
        all.push(type_of_all(cx, &Key::all(further), &hint.inner("item")));
    }
    let is_bounded = is_closed || !merged.items.is_empty() || has_most(cx, merged);
    let first = all.first().cloned().unwrap_or(ir::Type::Json);
    if is_bounded && all.iter().all(|ty| *ty == first) {
        return ir::Type::List(Box::new(first));
    }
    if is_bounded && further.len() < 2 && !all.contains(&ir::Type::Json) {
        let schemas: Vec<SchemaId> = merged.prefix.iter().chain(further).copied().collect();
        return of_any_place(cx, merged, &schemas, &all, hint);
    }
    cx.sink
        .warning(
            Code::Degraded,
            At::Node(merged.at),
            "an array of described places that may be shorter or longer is a list of any JSON values",
        )
        .help("state `minItems` with the number of places, and `items: false`, to make it a tuple");
    ir::Type::List(Box::new(ir::Type::Json))
}

/// A list of what may stand in some place: all that is said of an item where others may be missing.
fn of_any_place(
    cx: &mut Cx<'_, '_>,
    merged: &Merged<'_>,
    schemas: &[SchemaId],
    types: &[ir::Type],
    hint: &Hint,
) -> ir::Type {
    let Some(holder) = merged.sources.first().copied() else { return ir::Type::Json };
    let or_null = types.iter().any(|ty| matches!(ty, ir::Type::Nullable(_)));
    let item = cx.reserve(merged.at, hint.inner("item").evidence(None));
    cx.item_mut(item).kind = union::of_schemas(cx, item, holder, schemas);
    cx.sink
        .note(
            Code::Degraded,
            At::Node(merged.at),
            "an array of described places that may be shorter is a list of what stands in any of them",
        )
        .help("state `minItems` with the number of places, and `items: false`, to make it a tuple");
    ir::Type::List(Box::new(nullable(ir::Type::Item(item), or_null)))
}

/// `maxItems` admits nothing after the places.
fn has_most(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> bool {
    let places = i128::try_from(merged.prefix.len()).unwrap_or(i128::MAX);
    let mut bounds = merged.rules.iter().filter(|(keyword, _)| *keyword == "maxItems");
    bounds.any(|(_, at)| cx.spec.tree.integer(*at).is_some_and(|most| most <= places))
}
