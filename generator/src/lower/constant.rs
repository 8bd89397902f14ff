//! Required properties whose value is known: the only one that the document admits, and the one by
//! which a discriminator knows the struct. The constructor sets them.
//!
//! A value that is read is kept as it is: what is said here is about new values only.
//!
//! A required parameter whose value is known isn't asked for either: it is sent unless the caller
//! sets another.

use std::collections::HashMap;

use heck::ToSnakeCase;

use super::derive::resolved;
use super::evidence::format::{is_date, is_digits};
use super::example;
use tenon_ir as ir;

/// Values of discriminators by struct and property; none where unions differ.
type Tags = HashMap<(ir::ItemId, String), Option<String>>;

/// Fills in the constants of every struct and of every operation.
pub(super) fn fill(api: &mut ir::Api) {
    fields(api);
    parameters(api);
}

fn fields(api: &mut ir::Api) {
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
            let listed = only(&field.rules).and_then(|json| serde_json::from_str(json).ok());
            tag.or(listed).map(ir::Expr::Text)
        }
        ir::Type::Bool => only(&field.rules)?.parse().ok().map(ir::Expr::Bool),
        ir::Type::Int(width) => example::integer(width, only(&field.rules)?),
        ir::Type::Float(ir::Float::F64) => example::float(only(&field.rules)?),
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

/// The JSON of the only value that the rules admit.
fn only(rules: &[ir::Rule]) -> Option<&str> {
    rules.iter().find_map(|rule| match rule {
        ir::Rule::OneOf(values) => match values.as_slice() {
            [only] => Some(only.as_str()),
            _ => None,
        },
        _ => None,
    })
}

/// Parameters of a known value are setters.
fn parameters(api: &mut ir::Api) {
    let found: Vec<Vec<Option<String>>> = api
        .operations()
        .map(|operation| operation.params.iter().map(|param| sent(api, param)).collect())
        .collect();
    let operations = api.groups.iter_mut().flat_map(|group| &mut group.operations);
    for (operation, constants) in operations.zip(found) {
        for (param, constant) in operation.params.iter_mut().zip(constants) {
            param.constant = constant;
        }
        let is_known = |input: &ir::Input| match input {
            ir::Input::Param(at) => operation.params[*at].constant.is_some(),
            ir::Input::Body => false,
        };
        let (known, asked) = operation.arguments.iter().partition(|input| is_known(input));
        operation.arguments = asked;
        operation.setters.extend::<Vec<ir::Input>>(known);
        operation.setters.sort_by_key(|input| match input {
            ir::Input::Param(at) => *at,
            ir::Input::Body => usize::MAX,
        });
    }
}

/// What is sent of a required parameter: the only value that the document admits, or the version that
/// the document is about.
fn sent(api: &ir::Api, param: &ir::Parameter) -> Option<String> {
    let is_plain = matches!(param.style, ir::Style::Form | ir::Style::Simple);
    if param.presence != ir::Presence::Required || !is_plain {
        return None;
    }
    match resolved(api, &param.ty) {
        ir::Type::Item(item) => match &api.item(item).kind {
            ir::Kind::Enum(shape) => match shape.variants.as_slice() {
                [only] if !shape.open => Some(only.wire.clone()),
                _ => stated_version(param),
            },
            ir::Kind::Struct(_)
            | ir::Kind::Union(_)
            | ir::Kind::Newtype(_)
            | ir::Kind::Alias(_) => None,
        },
        ir::Type::Text(_) => match only(&param.rules) {
            Some(json) => serde_json::from_str(json).ok(),
            None => stated_version(param).or_else(|| version_of(api, param)),
        },
        ir::Type::Bool | ir::Type::Int(_) | ir::Type::Float(_) => {
            only(&param.rules).map(str::to_owned).or_else(|| stated_version(param))
        }
        ir::Type::Bytes(_)
        | ir::Type::Json
        | ir::Type::Unit
        | ir::Type::List(_)
        | ir::Type::Tuple(_)
        | ir::Type::Map(_)
        | ir::Type::Nullable(_)
        | ir::Type::Boxed(_) => None,
    }
}

/// The default of a parameter that says which version is spoken. One that is required has a default
/// so that nobody has to know it.
fn stated_version(param: &ir::Parameter) -> Option<String> {
    let name = param.wire.to_snake_case();
    let is_version = name.split('_').any(|word| ["version", "revision"].contains(&word));
    if !is_version || !matches!(param.place, ir::Place::Query | ir::Place::Header) {
        return None;
    }
    match param.default.as_ref()? {
        ir::Value::Text(text) | ir::Value::Number(text) => Some(text.clone()),
        ir::Value::Null | ir::Value::Bool(_) | ir::Value::List(_) | ir::Value::Object(_) => None,
    }
}

/// The version of the document, which Azure wants in each request: a date, or numbers.
fn version_of(api: &ir::Api, param: &ir::Parameter) -> Option<String> {
    let is_azure = param.place == ir::Place::Query && param.wire == "api-version";
    let version = &api.version;
    let is_day = version.get(..10).is_some_and(is_date);
    let is_number = version.contains('.') && version.split('.').all(is_digits);
    (is_azure && (is_day || is_number)).then(|| version.clone())
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
