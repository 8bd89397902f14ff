//! Alternatives that are values of one kind: an enum, or a string; several enums; constants with a
//! title each. Together they are one enum, open when one of them admits any value.

use super::{Listed, Listing, base};
use crate::lower::cx::Cx;
use crate::lower::merge::{Merged, is_null};
use crate::source::NodeId;
use crate::spec::{Schema, SchemaId, Types};
use tenon_ir as ir;

/// How deep alternatives are looked for in alternatives.
const DEPTH: usize = 8;

/// The enum that the alternatives are, if each of them lists values or admits any.
pub(super) fn listing(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Option<Listing> {
    let [union] = merged.unions.as_slice() else { return None };
    if !merged.properties.is_empty() || merged.discriminator.is_some() {
        return None;
    }
    of(cx, &union.schemas, merged.solid_types())
}

/// The enum that alternatives of these types are.
pub(super) fn of(cx: &Cx<'_, '_>, schemas: &[SchemaId], types: Types) -> Option<Listing> {
    let mut found = Found::default();
    schemas.iter().try_for_each(|arm| gather(cx, *arm, types, DEPTH, &mut found))?;
    let base = found.base?;
    (!found.values.is_empty()).then_some(Listing { base, values: found.values, open: found.open })
}

#[derive(Default)]
struct Found {
    base: Option<ir::EnumBase>,
    values: Vec<Listed>,
    open: bool,
}

impl Found {
    /// Everything found so far is of this kind too.
    fn is(&mut self, base: ir::EnumBase) -> Option<()> {
        (*self.base.get_or_insert(base) == base).then_some(())
    }
}

/// Takes in what a schema lists or admits; `None` when that is no part of an enum.
fn gather(
    cx: &Cx<'_, '_>,
    id: SchemaId,
    outer: Types,
    depth: usize,
    found: &mut Found,
) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    let schema = cx.spec.schema(id);
    if schema.always.is_some() || describes_more(schema) {
        return None;
    }
    if is_null(cx, id) {
        return Some(());
    }
    let own = schema.types.without(Types::NULL);
    let types = if own.is_empty() { outer } else { own };
    let parts = parts(schema)?;
    let values = schema.constant.as_ref().map_or(schema.values.as_slice(), std::slice::from_ref);
    match (values, parts.as_slice()) {
        ([], []) => {
            found.open = true;
            found.is(plain(schema, types)?)
        }
        (values, []) => {
            found.is(base(cx, types, values)?)?;
            let alone = values.len() == 1;
            let listed = |at: &NodeId| Listed { holder: id, at: *at, alone };
            found.values.extend(values.iter().map(listed));
            Some(())
        }
        ([], parts) => parts.iter().try_for_each(|part| gather(cx, *part, types, depth, found)),
        _ => None,
    }
}

/// What a schema consists of, when that is one thing, or alternatives.
fn parts(schema: &Schema<'_>) -> Option<Vec<SchemaId>> {
    let lists = [&schema.all_of, &schema.one_of, &schema.any_of];
    let stated = lists.iter().filter(|list| !list.is_empty()).count();
    match (schema.reference, stated, schema.all_of.len()) {
        (Some(target), 0, _) => Some(vec![target]),
        (None, 0 | 1, 0 | 1) => Some(lists.into_iter().flatten().copied().collect()),
        _ => None,
    }
}

/// Formats of strings that have a type of their own.
const TYPED: [&str; 6] = ["date-time", "date", "uuid", "byte", "base64url", "password"];

/// What a schema without values admits: any string, any whole number.
fn plain(schema: &Schema<'_>, types: Types) -> Option<ir::EnumBase> {
    match (types, schema.format) {
        (Types::STRING, Some(format)) if TYPED.contains(&format) => None,
        (Types::STRING, _) => Some(ir::EnumBase::Text),
        (Types::INTEGER, None | Some("int32" | "int64")) => Some(ir::EnumBase::Int),
        _ => None,
    }
}

fn describes_more(schema: &Schema<'_>) -> bool {
    !schema.properties.is_empty()
        || schema.additional.is_some()
        || schema.items.is_some()
        || schema.rare.as_ref().is_some_and(|rare| {
            rare.discriminator.is_some()
                || !rare.prefix_items.is_empty()
                || !rare.pattern_properties.is_empty()
                || rare.content_encoding.is_some()
        })
}
