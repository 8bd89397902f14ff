//! Enums: strings and whole numbers with listed values.

mod joined;
pub(super) mod told;
mod words;

use std::collections::HashMap;

use super::cx::Cx;
use super::merge::{Merged, unwrap};
use crate::diag::{At, Code};
use crate::source::NodeId;
use crate::spec::{SchemaId, Types};
use tenon_ir as ir;

/// The values are all strings, or all whole numbers, apart from `null`.
pub(super) fn is_enum(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> bool {
    listing(cx, merged).is_some()
}

/// What an enum lists.
#[derive(Debug)]
struct Listing {
    base: ir::EnumBase,
    /// The values, in the document's order.
    values: Vec<Listed>,
    /// Any other value is admitted too.
    open: bool,
}

/// A value of an enum.
#[derive(Clone, Copy, Debug)]
struct Listed {
    /// The schema that lists it.
    holder: SchemaId,
    /// The value.
    at: NodeId,
    /// The schema lists no other value, and is an alternative: what it says is about the value.
    alone: bool,
}

fn listing(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Option<Listing> {
    let Some((holder, values)) = merged.values.as_ref() else { return joined::listing(cx, merged) };
    let base = base(cx, merged.solid_types(), values)?;
    let described = described(cx, base, merged);
    let alone = values.len() == 1 && is_alternative(cx, *holder, merged);
    let listed = |at: &NodeId| {
        let known = wire(cx, base, *at).and_then(|wire| described.get(&wire)).copied();
        known.unwrap_or(Listed { holder: *holder, at: *at, alone })
    };
    let values = values.iter().map(listed).collect();
    Some(Listing { base, values, open: false })
}

/// The only alternative that isn't `null`.
fn is_alternative(cx: &Cx<'_, '_>, id: SchemaId, merged: &Merged<'_>) -> bool {
    let mut sources = merged.sources.iter().map(|source| cx.spec.schema(*source));
    sources.any(|source| source.one_of.contains(&id) || source.any_of.contains(&id))
}

/// The values that alternatives describe, of which another part of the schema leaves some.
fn described(cx: &Cx<'_, '_>, base: ir::EnumBase, merged: &Merged<'_>) -> HashMap<String, Listed> {
    let listing = joined::listing(cx, merged).filter(|listing| listing.base == base);
    let values = listing.map(|listing| listing.values).unwrap_or_default();
    values.into_iter().filter_map(|listed| Some((wire(cx, base, listed.at)?, listed))).collect()
}

/// What these values of these types are, if it is one thing.
fn base(cx: &Cx<'_, '_>, types: Types, values: &[NodeId]) -> Option<ir::EnumBase> {
    let tree = cx.spec.tree;
    let solid = || values.iter().copied().filter(|id| !tree.is_null(*id));
    let textual = |id| tree.text(id).is_some();
    let whole = |id| tree.integer(id).is_some_and(|number| i64::try_from(number).is_ok());
    solid().next()?;
    match types {
        Types::STRING if solid().all(textual) => Some(ir::EnumBase::Text),
        // JavaScript has no other numbers, so that its tools call each of them one.
        Types::INTEGER | Types::NUMBER if solid().all(whole) => Some(ir::EnumBase::Int),
        Types::INTEGER if solid().all(|id| quoted(cx, id).is_some()) => Some(ir::EnumBase::Int),
        types if types.is_empty() && solid().all(|id| is_string(cx, id)) => {
            Some(ir::EnumBase::Text)
        }
        types if types.is_empty() && solid().all(whole) => Some(ir::EnumBase::Int),
        _ => None,
    }
}

/// The whole number that a text shows, where those that are listed are all in quotes.
fn quoted(cx: &Cx<'_, '_>, id: NodeId) -> Option<i128> {
    let text = cx.spec.tree.text(id).filter(|_| is_string(cx, id))?;
    text.parse::<i64>().ok().map(i128::from)
}

fn is_string(cx: &Cx<'_, '_>, id: NodeId) -> bool {
    matches!(cx.spec.tree.to_value(id), ir::Value::Text(_))
}

/// The enum of a schema for which [`is_enum`] holds.
pub(super) fn lower(cx: &mut Cx<'_, '_>, merged: &Merged<'_>) -> ir::Kind {
    match listing(cx, merged) {
        Some(listing) => of_listing(cx, listing),
        None => ir::Kind::Alias(ir::Type::Json),
    }
}

/// Those of these alternatives that only list values, by the kind of the values: texts and whole
/// numbers. What has a name of its own is left out, and what is the only one of its kind.
pub(super) fn lists(cx: &Cx<'_, '_>, schemas: &[SchemaId]) -> Vec<Vec<SchemaId>> {
    let is_named = |id: SchemaId, listing: &Listing| {
        let (target, _) = unwrap(cx, id);
        cx.component_items.contains_key(&target)
            || (listing.values.len() > 1 && cx.spec.schema(target).title.is_some())
    };
    let (mut texts, mut numbers) = (Vec::new(), Vec::new());
    for id in schemas.iter().copied() {
        let listing = joined::of(cx, &[id], Types::default());
        match listing.filter(|it| !it.open && !is_named(id, it)).map(|it| it.base) {
            Some(ir::EnumBase::Text) => texts.push(id),
            Some(ir::EnumBase::Int) => numbers.push(id),
            None => {}
        }
    }
    [texts, numbers].into_iter().filter(|list| list.len() > 1).collect()
}

/// The enum of what these alternatives list.
pub(super) fn of_lists(cx: &mut Cx<'_, '_>, schemas: &[SchemaId]) -> ir::Kind {
    match joined::of(cx, schemas, Types::default()) {
        Some(listing) => of_listing(cx, listing),
        None => ir::Kind::Alias(ir::Type::Json),
    }
}

fn of_listing(cx: &mut Cx<'_, '_>, listing: Listing) -> ir::Kind {
    let Listing { base, values, open } = listing;
    let mut holders: HashMap<SchemaId, Words> = HashMap::new();
    let mut variants: Vec<ir::EnumVariant> = Vec::with_capacity(values.len());
    let mut first: HashMap<String, Listed> = HashMap::new();
    for listed in values {
        let Some(wire) = wire(cx, base, listed.at) else { continue };
        if let Some(known) = first.get(&wire) {
            if known.holder == listed.holder && known.at != listed.at {
                listed_twice(cx, known.at, listed.at, &wire);
            }
            continue;
        }
        first.insert(wire.clone(), listed);
        let words = holders.entry(listed.holder).or_insert_with(|| Words::of(cx, listed.holder));
        let (name, docs) = words.of_value(cx, base, listed, &wire);
        variants.push(ir::EnumVariant { name: ir::Ident(name), wire, docs });
    }
    let unknown = ir::Ident("Unknown".to_owned());
    ir::Kind::Enum(ir::Enum { base, variants, unknown, open })
}

/// What a schema says of the values that it lists.
struct Words {
    names: Vec<Option<String>>,
    docs: Vec<Option<String>>,
    /// Where each value stands in the list.
    places: HashMap<NodeId, usize>,
}

impl Words {
    fn of(cx: &mut Cx<'_, '_>, holder: SchemaId) -> Words {
        let docs = words::descriptions(cx, holder);
        let names = words::names(cx, holder);
        let names = if names.is_empty() { told::names(cx, holder, &docs) } else { names };
        let values = cx.spec.schema(holder).values.iter().enumerate();
        let places = values.rev().map(|(place, value)| (*value, place)).collect();
        Words { names, docs, places }
    }

    /// The name of a value, before casing, and its documentation.
    fn of_value(
        &self,
        cx: &Cx<'_, '_>,
        base: ir::EnumBase,
        listed: Listed,
        wire: &str,
    ) -> (String, ir::Docs) {
        let schema = cx.spec.schema(listed.holder);
        // The value keeps its name where another part of the schema leaves fewer values.
        let index = self.places.get(&listed.at).copied();
        let named = index.and_then(|index| self.names.get(index)).cloned().flatten();
        let mut docs = ir::Docs {
            summary: index.and_then(|index| self.docs.get(index)).cloned().flatten(),
            ..ir::Docs::default()
        };
        if !listed.alone {
            return (named.unwrap_or_else(|| wire.to_owned()), docs);
        }
        // An alternative of one value is described like a component. A number says little by itself.
        let title = schema.title.map(str::to_owned);
        docs.summary = docs.summary.or_else(|| title.clone());
        docs.description = schema.description.map(str::to_owned);
        docs.deprecated = schema.deprecated;
        let title = title.filter(|_| base == ir::EnumBase::Int);
        (named.or(title).unwrap_or_else(|| wire.to_owned()), docs)
    }
}

fn listed_twice(cx: &mut Cx<'_, '_>, first: NodeId, value: NodeId, wire: &str) {
    cx.sink
        .warning(
            Code::DuplicateValue,
            At::Node(value),
            format!("the value `{wire}` is listed twice"),
        )
        .label(At::Node(first), "first listed here")
        .help("list each value once");
}

fn wire(cx: &Cx<'_, '_>, base: ir::EnumBase, value: NodeId) -> Option<String> {
    let tree = cx.spec.tree;
    if tree.is_null(value) {
        return None;
    }
    match base {
        ir::EnumBase::Text => tree.text(value).map(str::to_owned),
        ir::EnumBase::Int => {
            tree.integer(value).or_else(|| quoted(cx, value)).map(|number| number.to_string())
        }
    }
}
