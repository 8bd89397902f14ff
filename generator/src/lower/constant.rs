//! Required properties whose value is known: the only one that the document admits, and the one by
//! which a discriminator knows the struct. The constructor sets them.
//!
//! A value that is read is kept as it is: what is said here is about new values only.

use std::collections::HashMap;

use super::derive::resolved;
use super::example;
use tenon_ir as ir;

/// Values of discriminators by struct and property; none where unions differ.
type Tags = HashMap<(ir::ItemId, String), Option<String>>;

/// Fills in the constants of every struct.
pub(super) fn fill(api: &mut ir::Api) {
    let tags = tags(api);
    let found: Vec<Vec<Option<ir::Expr>>> = (0..api.items.len())
        .map(|index| match &api.items[index].kind {
            ir::Kind::Struct(shape) => {
                let id = ir::ItemId(index as u32);
                shape.fields.iter().map(|field| constant(api, &tags, id, field)).collect()
            }
            ir::Kind::Enum(_) | ir::Kind::Union(_) | ir::Kind::Newtype(_) | ir::Kind::Alias(_) => {
                Vec::new()
            }
        })
        .collect();
    for (item, constants) in api.items.iter_mut().zip(found) {
        let ir::Kind::Struct(shape) = &mut item.kind else { continue };
        for (field, constant) in shape.fields.iter_mut().zip(constants) {
            field.constant = constant;
        }
    }
}

fn constant(api: &ir::Api, tags: &Tags, id: ir::ItemId, field: &ir::Field) -> Option<ir::Expr> {
    if field.presence != ir::Presence::Required {
        return None;
    }
    let ty = resolved(api, &field.ty);
    let tag = tags.get(&(id, field.wire.clone())).cloned().flatten();
    match ty {
        ir::Type::Item(item) => of_enum(api, item, tag.as_deref()),
        ir::Type::Text(ir::Text::Plain) => {
            let listed = only(field).and_then(|json| serde_json::from_str(json).ok());
            tag.or(listed).map(ir::Expr::Text)
        }
        ir::Type::Bool => only(field)?.parse().ok().map(ir::Expr::Bool),
        ir::Type::Int(width) => example::integer(width, only(field)?),
        ir::Type::Float(ir::Float::F64) => example::float(only(field)?),
        ir::Type::Float(ir::Float::Decimal)
        | ir::Type::Text(_)
        | ir::Type::Bytes(_)
        | ir::Type::Json
        | ir::Type::Unit
        | ir::Type::List(_)
        | ir::Type::Tuple(_)
        | ir::Type::Map(_)
        | ir::Type::Nullable(_)
        | ir::Type::Boxed(_) => None,
    }
}

/// The variant that a discriminator has, or else the only one.
fn of_enum(api: &ir::Api, item: ir::ItemId, tag: Option<&str>) -> Option<ir::Expr> {
    let ir::Kind::Enum(shape) = &api.item(item).kind else { return None };
    let variant = match (tag, shape.variants.len()) {
        (Some(tag), _) => shape.variants.iter().position(|variant| variant.wire == tag)?,
        (None, 1) if !shape.open => 0,
        (None, _) => return None,
    };
    Some(ir::Expr::Enum { item, variant })
}

/// The JSON of the only value that the rules of a field admit.
fn only(field: &ir::Field) -> Option<&str> {
    field.rules.iter().find_map(|rule| match rule {
        ir::Rule::OneOf(values) => match values.as_slice() {
            [only] => Some(only.as_str()),
            _ => None,
        },
        _ => None,
    })
}

fn tags(api: &ir::Api) -> Tags {
    let mut tags = Tags::new();
    for item in &api.items {
        let ir::Kind::Union(union) = &item.kind else { continue };
        for pick in &union.picks {
            let ir::Pick::Tag { property, values } = pick else { continue };
            for (index, variant) in union.variants.iter().enumerate() {
                let ir::Type::Item(id) = resolved(api, &variant.ty) else { continue };
                let mut texts = values.iter().filter(|(_, at)| *at == index);
                let text = match (texts.next(), texts.next()) {
                    (Some((text, _)), None) => Some(text.clone()),
                    _ => None,
                };
                let known = tags.entry((id, property.clone())).or_insert_with(|| text.clone());
                if *known != text {
                    *known = None;
                }
            }
        }
    }
    tags
}
