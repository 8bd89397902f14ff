//! The order in which alternatives are tried, where that decides: the narrow before the wide.
//!
//! A value that a narrow type holds is read as that; a wide one, such as any string or any JSON,
//! would take every value from those after it.

use std::collections::{BTreeSet, HashSet};

use super::super::cx::Cx;
use super::pick::Arm;
use crate::source::to_json;
use crate::spec::SchemaId;
use tenon_ir as ir;

/// How many lists, maps and tuples in each other are looked into: one may hold itself.
const DEEPEST: usize = 8;

/// The alternatives in the document's order, but the widest last where they would hide others.
pub(super) fn narrow_first(cx: &Cx<'_, '_>, holder: SchemaId, mut arms: Vec<Arm>) -> Vec<Arm> {
    let tagged = cx.spec.schema(holder).rare.as_ref().is_some_and(|it| it.discriminator.is_some());
    let hides = |(at, arm): (usize, &Arm)| {
        arms[at + 1..].iter().any(|later| is_within(cx, &later.ty, &arm.ty))
    };
    if !tagged && arms.iter().enumerate().any(hides) {
        arms.sort_by_key(|arm| width(cx, &arm.ty));
    }
    arms
}

/// Each value of `inner` is one of `outer` as well, and not the other way round.
pub(super) fn is_within(cx: &Cx<'_, '_>, inner: &ir::Type, outer: &ir::Type) -> bool {
    let (inner, outer) = elements(cx, inner, outer);
    match (inner, outer) {
        (ir::Type::Json, ir::Type::Json) => false,
        (_, ir::Type::Json) => true,
        (ir::Type::Tuple(_), ir::Type::List(outer)) => is_any(cx, outer),
        (ir::Type::Int(_), ir::Type::Float(_)) => true,
        (ir::Type::Item(id), ir::Type::Map(outer)) => {
            is_any(cx, outer) && matches!(kind(cx, *id), ir::Kind::Struct(_))
        }
        _ => match (text_width(cx, inner), text_width(cx, outer)) {
            (Some(inner), Some(outer)) => inner < outer,
            _ => int_enum(cx, inner) && matches!(outer, ir::Type::Int(_) | ir::Type::Float(_)),
        },
    }
}

/// No value is one of both, but for empty lists and maps, which look the same as either.
pub(super) fn are_apart(cx: &Cx<'_, '_>, one: &ir::Type, other: &ir::Type) -> bool {
    are_apart_within(cx, one, other, DEEPEST)
}

fn are_apart_within(cx: &Cx<'_, '_>, one: &ir::Type, other: &ir::Type, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match elements(cx, one, other) {
        (ir::Type::Tuple(one), ir::Type::Tuple(other)) => {
            one.iter().zip(other).any(|(one, other)| are_apart_within(cx, one, other, depth))
        }
        (ir::Type::Text(one), ir::Type::Text(other)) => {
            one != other && is_typed(*one) && is_typed(*other)
        }
        (ir::Type::Item(one), ir::Type::Item(other))
            if matches!(
                (kind(cx, *one), kind(cx, *other)),
                (ir::Kind::Struct(_), ir::Kind::Struct(_))
            ) =>
        {
            let (one, other) = (required(cx, *one), required(cx, *other));
            one.iter().any(|(name, ty)| {
                let same = other.iter().find(|(known, _)| known == name);
                same.is_some_and(|(_, other)| json_types_differ(cx, ty, other))
            })
        }
        (one, other) => match (json_type(cx, one), json_type(cx, other)) {
            (Some(one), Some(other)) if one != other => true,
            (Some(_), Some(_)) => match (values(cx, one), values(cx, other)) {
                (Some(one), Some(other)) => one.is_disjoint(&other),
                _ => false,
            },
            _ => false,
        },
    }
}

/// The values that an enum lists, as JSON text.
pub(super) fn values(cx: &Cx<'_, '_>, ty: &ir::Type) -> Option<BTreeSet<String>> {
    let ir::Type::Item(id) = solid(cx, ty) else { return None };
    let ir::Kind::Enum(shape) = kind(cx, *id) else { return None };
    let json = |wire: &str| match shape.base {
        ir::EnumBase::Text => to_json(&ir::Value::Text(wire.to_owned())),
        ir::EnumBase::Int => wire.to_owned(),
    };
    Some(shape.variants.iter().map(|variant| json(&variant.wire)).collect())
}

/// The required properties of a struct.
fn required<'a>(cx: &'a Cx<'_, '_>, id: ir::ItemId) -> Vec<(&'a str, &'a ir::Type)> {
    let ir::Kind::Struct(shape) = kind(cx, id) else { return Vec::new() };
    let required = shape.fields.iter().filter(|it| it.presence == ir::Presence::Required);
    required.map(|field| (field.wire.as_str(), &field.ty)).collect()
}

/// Both types have one JSON type, and not the same.
fn json_types_differ(cx: &Cx<'_, '_>, one: &ir::Type, other: &ir::Type) -> bool {
    match (json_type(cx, solid(cx, one)), json_type(cx, solid(cx, other))) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}

/// The names of all properties of an object type, through alternatives; absent when it is none.
pub(super) fn property_names(cx: &Cx<'_, '_>, ty: &ir::Type) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    gather_names(cx, ty, &mut names, &mut HashSet::new()).then_some(names)
}

/// Gathers them; false when it is no object type. Unions that are `seen` are in the names already.
fn gather_names(
    cx: &Cx<'_, '_>,
    ty: &ir::Type,
    names: &mut BTreeSet<String>,
    seen: &mut HashSet<ir::ItemId>,
) -> bool {
    let ir::Type::Item(id) = solid(cx, ty) else { return false };
    match kind(cx, *id) {
        ir::Kind::Struct(shape) => {
            names.extend(shape.fields.iter().map(|field| field.wire.clone()));
            true
        }
        ir::Kind::Union(union) => {
            let mut arms = union.variants.iter();
            !seen.insert(*id) || arms.all(|variant| gather_names(cx, &variant.ty, names, seen))
        }
        ir::Kind::Enum(_) | ir::Kind::Newtype(_) | ir::Kind::Alias(_) => false,
    }
}

/// The names of all properties that an object type admits, where it admits no others.
pub(super) fn closed_names(cx: &Cx<'_, '_>, ty: &ir::Type) -> Option<Vec<String>> {
    let ir::Type::Item(id) = solid(cx, ty) else { return None };
    match kind(cx, *id) {
        ir::Kind::Struct(shape) if shape.rest == ir::Rest::Deny => {
            Some(shape.fields.iter().map(|field| field.wire.clone()).collect())
        }
        ir::Kind::Struct(_)
        | ir::Kind::Enum(_)
        | ir::Kind::Union(_)
        | ir::Kind::Newtype(_)
        | ir::Kind::Alias(_) => None,
    }
}

fn is_typed(text: ir::Text) -> bool {
    match text {
        ir::Text::DateTime | ir::Text::Date | ir::Text::Uuid | ir::Text::Ipv4 | ir::Text::Ipv6 => {
            true
        }
        ir::Text::Plain | ir::Text::Secret => false,
    }
}

/// How much a type takes of what it isn't meant for.
fn width(cx: &Cx<'_, '_>, ty: &ir::Type) -> u8 {
    match elements(cx, ty, ty).0 {
        ir::Type::Json => 9,
        ir::Type::Float(_) => 3,
        ir::Type::Int(_) => 2,
        ty if int_enum(cx, ty) => 1,
        ty => text_width(cx, ty).unwrap_or(0),
    }
}

/// How much of all strings a type takes; an enum takes every one, as it is open.
fn text_width(cx: &Cx<'_, '_>, ty: &ir::Type) -> Option<u8> {
    match ty {
        ir::Type::Text(ir::Text::Plain | ir::Text::Secret) => Some(3),
        // A date is read from a date-time as well.
        ir::Type::Text(ir::Text::Date) | ir::Type::Bytes(_) => Some(1),
        ir::Type::Text(_) => Some(0),
        ir::Type::Item(id) => match kind(cx, *id) {
            ir::Kind::Enum(shape) if shape.base == ir::EnumBase::Text => Some(2),
            _ => None,
        },
        _ => None,
    }
}

fn int_enum(cx: &Cx<'_, '_>, ty: &ir::Type) -> bool {
    let ir::Type::Item(id) = ty else { return false };
    matches!(kind(cx, *id), ir::Kind::Enum(shape) if shape.base == ir::EnumBase::Int)
}

fn is_any(cx: &Cx<'_, '_>, ty: &ir::Type) -> bool {
    matches!(solid(cx, ty), ir::Type::Json)
}

/// The one JSON type of the values of a type, when it has one.
fn json_type(cx: &Cx<'_, '_>, ty: &ir::Type) -> Option<&'static str> {
    match ty {
        ir::Type::Bool => Some("boolean"),
        ir::Type::Int(_) | ir::Type::Float(_) => Some("number"),
        ir::Type::Text(_) | ir::Type::Bytes(_) => Some("string"),
        ir::Type::List(_) | ir::Type::Tuple(_) => Some("array"),
        ir::Type::Map(_) => Some("object"),
        ir::Type::Unit => Some("null"),
        ir::Type::Json | ir::Type::Nullable(_) | ir::Type::Boxed(_) => None,
        ir::Type::Item(id) => match kind(cx, *id) {
            ir::Kind::Struct(_) => Some("object"),
            ir::Kind::Enum(shape) => match shape.base {
                ir::EnumBase::Text => Some("string"),
                ir::EnumBase::Int => Some("number"),
            },
            ir::Kind::Union(_) | ir::Kind::Newtype(_) | ir::Kind::Alias(_) => None,
        },
    }
}

fn kind<'a>(cx: &'a Cx<'_, '_>, id: ir::ItemId) -> &'a ir::Kind {
    &cx.items[id.0 as usize].kind
}

/// What two types hold in the end where both are lists, or both maps; else they themselves, as
/// [`solid`] has them.
fn elements<'a>(
    cx: &'a Cx<'_, '_>,
    one: &'a ir::Type,
    other: &'a ir::Type,
) -> (&'a ir::Type, &'a ir::Type) {
    let (mut one, mut other) = (solid(cx, one), solid(cx, other));
    for _ in 0..DEEPEST {
        (one, other) = match (one, other) {
            (ir::Type::List(one), ir::Type::List(other))
            | (ir::Type::Map(one), ir::Type::Map(other)) => (solid(cx, one), solid(cx, other)),
            _ => break,
        };
    }
    (one, other)
}

/// The type with aliases, boxes and `null` seen through.
fn solid<'a>(cx: &'a Cx<'_, '_>, ty: &'a ir::Type) -> &'a ir::Type {
    let mut ty = ty;
    for _ in 0..64 {
        ty = match ty {
            ir::Type::Nullable(inner) | ir::Type::Boxed(inner) => inner,
            ir::Type::Item(id) => match kind(cx, *id) {
                ir::Kind::Alias(inner) => inner,
                ir::Kind::Struct(_)
                | ir::Kind::Enum(_)
                | ir::Kind::Union(_)
                | ir::Kind::Newtype(_) => return ty,
            },
            _ => return ty,
        };
    }
    ty
}
