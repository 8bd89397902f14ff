//! A value of a type, made of what the document itself shows: examples, defaults, constants, listed
//! values. Where those don't suffice, there is none.

use tenon_ir::{Api, Enum, EnumBase, Expr, Field, ItemId, Kind, Presence, Struct, Type, Value};

/// Nesting of a value.
const DEPTH: usize = 12;

/// Most pieces of a value.
const PIECES: usize = 400;

/// A value of the type, if the document shows enough of it.
pub(crate) fn sample(api: &Api, ty: &Type) -> Option<Value> {
    of_type(api, ty, DEPTH, &mut PIECES.clone())
}

fn of_type(api: &Api, ty: &Type, depth: usize, pieces: &mut usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    *pieces = pieces.checked_sub(1)?;
    match ty {
        Type::Item(id) => of_item(api, *id, depth, pieces),
        Type::Boxed(inner) | Type::Nullable(inner) => of_type(api, inner, depth, pieces),
        Type::List(inner) => Some(Value::List(vec![of_type(api, inner, depth, pieces)?])),
        Type::Unit => Some(Value::Null),
        Type::Bool
        | Type::Int(_)
        | Type::Float(_)
        | Type::Text(_)
        | Type::Bytes(_)
        | Type::Json
        | Type::Tuple(_)
        | Type::Map(_) => None,
    }
}

fn of_item(api: &Api, id: ItemId, depth: usize, pieces: &mut usize) -> Option<Value> {
    let item = api.item(id);
    if let Some(shown) = item.examples.first() {
        return Some(shown.clone());
    }
    match &item.kind {
        Kind::Struct(shape) => of_struct(api, shape, depth, pieces),
        Kind::Enum(shape) => listed(shape),
        Kind::Alias(ty) => of_type(api, ty, depth, pieces),
        Kind::Newtype(newtype) => of_type(api, &newtype.ty, depth, pieces),
        Kind::Union(_) => None,
    }
}

/// The first listed value.
fn listed(shape: &Enum) -> Option<Value> {
    let wire = shape.variants.first()?.wire.clone();
    Some(match shape.base {
        EnumBase::Text => Value::Text(wire),
        EnumBase::Int => Value::Number(wire),
    })
}

/// An object of all that is required, and of the rest that is shown. One without anything would say
/// nothing.
fn of_struct(api: &Api, shape: &Struct, depth: usize, pieces: &mut usize) -> Option<Value> {
    let mut members = Vec::new();
    for field in shape.fields.iter().filter(|field| !field.write_only) {
        match (of_field(api, field, depth, pieces), field.presence) {
            (Some(value), _) => members.push((field.wire.clone(), value)),
            (None, Presence::Required) => return None,
            (None, Presence::Optional) => {}
        }
    }
    (!members.is_empty() || shape.fields.is_empty()).then_some(Value::Object(members))
}

fn of_field(api: &Api, field: &Field, depth: usize, pieces: &mut usize) -> Option<Value> {
    let stated = field.example.clone().or_else(|| field.default.clone());
    let constant = || field.constant.as_ref().and_then(|constant| plain(api, constant));
    constant().or(stated).or_else(|| of_type(api, &field.ty, depth, pieces))
}

/// The value of a constant.
fn plain(api: &Api, expr: &Expr) -> Option<Value> {
    match expr {
        Expr::Bool(value) => Some(Value::Bool(*value)),
        Expr::Number(text) => Some(Value::Number(text.clone())),
        Expr::Text(text) => Some(Value::Text(text.clone())),
        Expr::Enum { item, variant } => match &api.item(*item).kind {
            Kind::Enum(shape) => {
                let wire = shape.variants.get(*variant)?.wire.clone();
                Some(match shape.base {
                    EnumBase::Text => Value::Text(wire),
                    EnumBase::Int => Value::Number(wire),
                })
            }
            Kind::Struct(_) | Kind::Union(_) | Kind::Newtype(_) | Kind::Alias(_) => None,
        },
        Expr::Json(value) => Some(value.clone()),
        Expr::Parsed(_)
        | Expr::Bytes(_)
        | Expr::Null
        | Expr::Some(_)
        | Expr::List(_)
        | Expr::Map(_)
        | Expr::Struct { .. }
        | Expr::Union { .. }
        | Expr::Parts { .. } => None,
    }
}
