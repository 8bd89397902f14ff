//! What the alternatives of a union are called.

use super::super::cx::{Cx, Evidence};
use super::super::merge::{Merged, unwrap};
use super::pick;
use crate::spec::SchemaId;
use tenon_ir as ir;

/// More alternatives than that aren't told apart by what each requires.
const MANY: usize = 50;

/// The place of an alternative in its union, for the names of what it is made of.
pub(super) fn place(
    cx: &Cx<'_, '_>,
    holder: SchemaId,
    alternative: SchemaId,
    merged: &Merged<'_>,
    index: usize,
) -> String {
    own_name(cx, holder, alternative, merged).unwrap_or_else(|| match merged.items.is_empty() {
        // What it is made of is its items, and few unions have two lists.
        false => "list".to_owned(),
        true => format!("variant {}", index + 1),
    })
}

/// What an alternative is called: its component, its title, a constant in it, its value, what only it requires,
/// its type.
pub(super) fn variant(
    cx: &Cx<'_, '_>,
    holder: SchemaId,
    alternative: SchemaId,
    merged: &Merged<'_>,
    ty: &ir::Type,
    index: usize,
) -> String {
    own_name(cx, holder, alternative, merged).unwrap_or_else(|| match is_unnamed(cx, ty) {
        true if !merged.items.is_empty() => "List".to_owned(),
        _ => type_name(cx, ty, index),
    })
}

fn own_name(
    cx: &Cx<'_, '_>,
    holder: SchemaId,
    alternative: SchemaId,
    merged: &Merged<'_>,
) -> Option<String> {
    let (target, _) = unwrap(cx, alternative);
    component_name(cx, target)
        .map(|name| cx.called.name(&name).to_owned())
        .or_else(|| cx.spec.schema(target).title.map(str::to_owned))
        .or_else(|| constant_name(cx, merged))
        .or_else(|| value_name(cx, merged))
        .or_else(|| required_name(cx, holder, target))
}

/// The only value, or that it is one of those that are listed.
fn value_name(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Option<String> {
    let (_, values) = merged.values.as_ref()?;
    let texts = values.iter().map(|value| cx.spec.tree.text(*value));
    match texts.collect::<Option<Vec<_>>>()?.as_slice() {
        [""] => Some("Empty".to_owned()),
        [text] => Some((*text).to_owned()),
        _ => Some("Listed".to_owned()),
    }
}

/// A property that it requires, and no other alternative does.
fn required_name(cx: &Cx<'_, '_>, holder: SchemaId, alternative: SchemaId) -> Option<String> {
    let holder = cx.spec.schema(holder);
    let others = holder.one_of.iter().chain(&holder.any_of).map(|other| unwrap(cx, *other).0);
    let others: Vec<SchemaId> = others.filter(|other| *other != alternative).collect();
    if others.len() > MANY {
        return None;
    }
    let is_own =
        |name: &&&str| others.iter().all(|other| !cx.spec.schema(*other).required.contains(*name));
    let name = cx.spec.schema(alternative).required.iter().find(is_own)?;
    Some(format!("with {name}"))
}

fn type_name(cx: &Cx<'_, '_>, ty: &ir::Type, index: usize) -> String {
    match ty {
        ir::Type::Bool => "Boolean".to_owned(),
        ir::Type::Int(_) => "Integer".to_owned(),
        ir::Type::Float(_) => "Number".to_owned(),
        ir::Type::Text(ir::Text::Plain | ir::Text::Secret) => "String".to_owned(),
        ir::Type::Text(ir::Text::DateTime) => "DateTime".to_owned(),
        ir::Type::Text(ir::Text::Date) => "Date".to_owned(),
        ir::Type::Text(ir::Text::Uuid) => "Uuid".to_owned(),
        ir::Type::Text(ir::Text::Ipv4) => "Ipv4".to_owned(),
        ir::Type::Text(ir::Text::Ipv6) => "Ipv6".to_owned(),
        ir::Type::Bytes(_) => "Bytes".to_owned(),
        ir::Type::Json => "Json".to_owned(),
        ir::Type::Unit => "Empty".to_owned(),
        ir::Type::List(inner) if is_unnamed(cx, inner) => "List".to_owned(),
        ir::Type::List(inner) => format!("{} list", type_name(cx, inner, index)),
        ir::Type::Nullable(inner) | ir::Type::Boxed(inner) => type_name(cx, inner, index),
        ir::Type::Tuple(_) => "Tuple".to_owned(),
        ir::Type::Map(_) => "Map".to_owned(),
        ir::Type::Item(id) => match &cx.evidence[id.0 as usize] {
            Evidence::Component(name) => cx.called.name(name).to_owned(),
            Evidence::Position { .. } => format!("Variant {}", index + 1),
        },
    }
}

/// A model that is called after its place.
fn is_unnamed(cx: &Cx<'_, '_>, ty: &ir::Type) -> bool {
    match ty {
        ir::Type::Item(id) => matches!(cx.evidence[id.0 as usize], Evidence::Position { .. }),
        ir::Type::Nullable(inner) | ir::Type::Boxed(inner) => is_unnamed(cx, inner),
        _ => false,
    }
}

/// The name of the component that a schema is.
pub(super) fn component_name(cx: &Cx<'_, '_>, id: SchemaId) -> Option<String> {
    let item = cx.component_items.get(&id)?;
    match &cx.evidence[item.0 as usize] {
        Evidence::Component(name) => Some(name.clone()),
        Evidence::Position { .. } => None,
    }
}

/// The value of the first property that can only have one.
fn constant_name(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Option<String> {
    merged.properties.iter().find_map(|(_, schemas)| {
        let [only] = schemas.as_slice() else { return None };
        let at = pick::constant_of(cx, *only)?;
        cx.spec.tree.text(at).map(str::to_owned)
    })
}
