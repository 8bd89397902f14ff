//! Examples: a call of each operation as a user of the client writes it.
//!
//! Values are those that the document shows; where it shows none, or one that isn't valid for its
//! type, the plainest value of the type stands in. A call without a body that shows nothing has no
//! example: its signature says as much.

use std::cell::Cell;

use super::cx::Cx;
use super::derive::resolved;
use crate::source::NodeId;
use tenon_ir as ir;

/// Nesting of made-up values; a type that needs more has no example.
const DEPTH: usize = 6;

/// Nesting of values that are shown.
const NESTING: usize = 32;

/// Most pieces of a made-up value; a type that needs more has no example.
const PIECES: usize = 64;

/// Steps for finding the expression of one value; unions in unions multiply them.
const STEPS: u32 = 20_000;

/// What a search for the expression of a value needs.
struct Typing<'a> {
    /// The client.
    api: &'a ir::Api,
    /// Steps that are left.
    steps: &'a Cell<u32>,
}

/// What the document shows of a call.
pub(super) struct Call {
    /// Where the operation stands.
    pub(super) at: NodeId,
    /// A value for each parameter.
    pub(super) params: Vec<Option<NodeId>>,
    /// A value for the body.
    pub(super) body: Option<NodeId>,
}

/// Adds the example to every operation that can have one.
pub(super) fn attach(api: &mut ir::Api, cx: &Cx<'_, '_>) {
    let examples: Vec<Option<ir::OperationExample>> = api
        .operations()
        .zip(&cx.calls)
        .map(|(operation, call)| example(api, cx, operation, call))
        .collect();
    let operations = api.groups.iter_mut().flat_map(|group| &mut group.operations);
    for (operation, example) in operations.zip(examples) {
        operation.example = example;
    }
}

fn example(
    api: &ir::Api,
    cx: &Cx<'_, '_>,
    operation: &ir::Operation,
    call: &Call,
) -> Option<ir::OperationExample> {
    let mut arguments = Vec::new();
    // How a list is read is worth showing, whatever it takes.
    let mut telling = operation.paging.is_some();
    for input in &operation.arguments {
        arguments.push(match input {
            ir::Input::Param(index) => {
                let param = &operation.params[*index];
                let shown = shown(api, cx, &param.ty, call.params[*index]);
                telling |= shown.is_some();
                shown.or_else(|| plainest(api, &param.ty, param.name.as_str()))?
            }
            ir::Input::Body => {
                telling = true;
                body(api, cx, operation, call, true)?
            }
        });
    }
    let mut setters = Vec::new();
    // A list is shown from its beginning.
    let page = operation.paging.as_ref().and_then(|paging| paging.step.input());
    for input in &operation.setters {
        match input {
            ir::Input::Param(index) if page == Some(&ir::PageInput::Param(*index)) => {}
            // What is sent anyway isn't worth showing.
            ir::Input::Param(index) if operation.params[*index].constant.is_some() => {}
            ir::Input::Param(index) => {
                let param = &operation.params[*index];
                if let Some(value) = shown(api, cx, &param.ty, call.params[*index]) {
                    setters.push((param.name.clone(), value));
                }
            }
            ir::Input::Body => {
                let name = operation.body.as_ref().map(|body| body.name.clone());
                setters.extend(name.zip(body(api, cx, operation, call, false)));
            }
        }
    }
    telling |= !setters.is_empty();
    telling.then_some(ir::OperationExample { arguments, setters })
}

fn body(
    api: &ir::Api,
    cx: &Cx<'_, '_>,
    operation: &ir::Operation,
    call: &Call,
    required: bool,
) -> Option<ir::Expr> {
    let payload = *operation.body.as_ref()?.payloads().first()?;
    let value = |ty: &ir::Type, at: Option<NodeId>| {
        let made = || plainest(api, ty, "body").filter(|_| required);
        shown(api, cx, ty, at).or_else(made)
    };
    let text = || {
        let text = call.body.and_then(|at| cx.spec.tree.text(at));
        text.or_else(|| required.then_some("content")).map(str::to_owned)
    };
    match &payload.content {
        ir::Content::Json(ty) => value(ty, call.body),
        ir::Content::Form(form) | ir::Content::Multipart(ir::Multipart::Value(form)) => {
            value(&form.ty, call.body)
        }
        ir::Content::Lines(ty) => value(&ir::Type::List(Box::new(ty.clone())), call.body),
        ir::Content::Text => text().map(ir::Expr::Text),
        ir::Content::Bytes => text().map(|text| ir::Expr::Bytes(text.into_bytes())),
        ir::Content::Multipart(ir::Multipart::Parts(shape)) => {
            parts(api, cx, shape, call.body, required)
        }
        ir::Content::Multipart(ir::Multipart::Open) => {
            required.then(|| ir::Expr::Parts { required: Vec::new(), optional: Vec::new() })
        }
    }
}

/// The parts of a body: those that the document's example shows, and made-up ones that are needed.
fn parts(
    api: &ir::Api,
    cx: &Cx<'_, '_>,
    shape: &ir::Parts,
    at: Option<NodeId>,
    needed: bool,
) -> Option<ir::Expr> {
    let (mut required, mut optional) = (Vec::new(), Vec::new());
    for field in &shape.fields {
        let at = at.and_then(|at| cx.spec.tree.get(at, &field.encoding.property));
        let text = at.and_then(|at| cx.spec.tree.text(at));
        let bytes = |text: &str| ir::Expr::Bytes(text.as_bytes().to_vec());
        let shown = match &field.value {
            ir::PartValue::Value(ty) => shown(api, cx, ty, at),
            ir::PartValue::File => text.map(bytes),
            ir::PartValue::Files => text.map(|text| ir::Expr::List(vec![bytes(text)])),
        };
        match field.presence {
            ir::Presence::Optional => {
                optional.extend(shown.map(|value| (field.name.clone(), value)));
            }
            ir::Presence::Required => required.push(shown.or_else(|| match &field.value {
                ir::PartValue::Value(ty) => plainest(api, ty, field.name.as_str()),
                ir::PartValue::File => Some(bytes("content")),
                ir::PartValue::Files => Some(ir::Expr::List(vec![bytes("content")])),
            })?),
        }
    }
    (needed || !required.is_empty() || !optional.is_empty())
        .then_some(ir::Expr::Parts { required, optional })
}

fn shown(api: &ir::Api, cx: &Cx<'_, '_>, ty: &ir::Type, at: Option<NodeId>) -> Option<ir::Expr> {
    let steps = Cell::new(STEPS);
    typed(&Typing { api, steps: &steps }, ty, &cx.spec.tree.to_value(at?), 0)
}

/// The value as an expression of the type, when it is valid for it.
fn typed(cx: &Typing<'_>, ty: &ir::Type, value: &ir::Value, depth: usize) -> Option<ir::Expr> {
    cx.steps.set(cx.steps.get().checked_sub(1)?);
    if depth > NESTING {
        return None;
    }
    let typed = |ty: &ir::Type, value: &ir::Value| typed(cx, ty, value, depth + 1);
    match (resolved(cx.api, ty), value) {
        (ir::Type::Json, value) => Some(ir::Expr::Json(value.clone())),
        (ir::Type::Nullable(_), ir::Value::Null) => Some(ir::Expr::Null),
        (ir::Type::Nullable(inner), value) => {
            typed(&inner, value).map(|value| ir::Expr::Some(Box::new(value)))
        }
        (ir::Type::Bool, ir::Value::Bool(value)) => Some(ir::Expr::Bool(*value)),
        (ir::Type::Int(width), ir::Value::Number(text)) => integer(width, text),
        (ir::Type::Float(ir::Float::Decimal), ir::Value::Number(text)) => {
            Some(ir::Expr::Parsed(text.clone()))
        }
        (ir::Type::Float(_), ir::Value::Number(text)) => float(text),
        (ir::Type::Text(format), ir::Value::Text(text)) => text_of(format, text),
        (ir::Type::List(inner), ir::Value::List(items)) => {
            items.iter().map(|item| typed(&inner, item)).collect::<Option<_>>().map(ir::Expr::List)
        }
        (ir::Type::Map(inner), ir::Value::Object(entries)) => entries
            .iter()
            .map(|(key, value)| Some((key.clone(), typed(&inner, value)?)))
            .collect::<Option<_>>()
            .map(ir::Expr::Map),
        (ir::Type::Item(id), value) => item(cx, id, value, depth),
        _ => None,
    }
}

pub(super) fn integer(width: ir::Int, text: &str) -> Option<ir::Expr> {
    let fits = match width {
        ir::Int::I8 => text.parse::<i8>().is_ok(),
        ir::Int::I16 => text.parse::<i16>().is_ok(),
        ir::Int::U8 => text.parse::<u8>().is_ok(),
        ir::Int::U16 => text.parse::<u16>().is_ok(),
        ir::Int::I32 => text.parse::<i32>().is_ok(),
        ir::Int::I64 => text.parse::<i64>().is_ok(),
        ir::Int::U32 => text.parse::<u32>().is_ok(),
        ir::Int::U64 => text.parse::<u64>().is_ok(),
    };
    fits.then(|| ir::Expr::Number(text.to_owned()))
}

pub(super) fn float(text: &str) -> Option<ir::Expr> {
    let number: f64 = text.parse().ok()?;
    number.is_finite().then(|| ir::Expr::Number(format!("{number:?}")))
}

fn text_of(format: ir::Text, text: &str) -> Option<ir::Expr> {
    match format {
        ir::Text::Plain | ir::Text::Secret => Some(ir::Expr::Text(text.to_owned())),
        ir::Text::DateTime | ir::Text::Date | ir::Text::Uuid | ir::Text::Ipv4 | ir::Text::Ipv6 => {
            Some(ir::Expr::Parsed(text.to_owned()))
        }
    }
}

fn item(cx: &Typing<'_>, id: ir::ItemId, value: &ir::Value, depth: usize) -> Option<ir::Expr> {
    match (&cx.api.item(id).kind, value) {
        (ir::Kind::Struct(shape), ir::Value::Object(entries)) => {
            object(cx, id, shape, entries, depth)
        }
        (ir::Kind::Enum(shape), ir::Value::Text(text) | ir::Value::Number(text)) => {
            let variant = shape.variants.iter().position(|variant| variant.wire == *text)?;
            Some(ir::Expr::Enum { item: id, variant })
        }
        (ir::Kind::Union(union), value) => union
            .variants
            .iter()
            .enumerate()
            .filter_map(|(variant, arm)| Some((variant, typed(cx, &arm.ty, value, depth + 1)?)))
            .max_by_key(|(variant, value)| (covered(value), std::cmp::Reverse(*variant)))
            .map(|(variant, value)| ir::Expr::Union { item: id, variant, value: Box::new(value) }),
        (ir::Kind::Alias(ty), value) => typed(cx, ty, value, depth + 1),
        (ir::Kind::Struct(_) | ir::Kind::Enum(_) | ir::Kind::Newtype(_), _) => None,
    }
}

/// How many properties an expression carries: the alternative that takes most fits best.
fn covered(value: &ir::Expr) -> usize {
    match value {
        ir::Expr::Struct { required, optional, .. } => required.len() + optional.len(),
        _ => 0,
    }
}

fn object(
    cx: &Typing<'_>,
    id: ir::ItemId,
    shape: &ir::Struct,
    entries: &[(String, ir::Value)],
    depth: usize,
) -> Option<ir::Expr> {
    let (mut required, mut optional) = (Vec::new(), Vec::new());
    for field in &shape.fields {
        let value = entries.iter().find(|(name, _)| *name == field.wire).map(|(_, value)| value);
        if field.constant.is_some() {
            continue;
        }
        match (field.presence, value) {
            (ir::Presence::Required, None) => return None,
            (ir::Presence::Required, Some(value)) => {
                required.push(typed(cx, &field.ty, value, depth + 1)?)
            }
            (ir::Presence::Optional, None | Some(ir::Value::Null)) => {}
            (ir::Presence::Optional, Some(_)) if field.read_only => {}
            (ir::Presence::Optional, Some(value)) => {
                let inner = match &field.ty {
                    ir::Type::Nullable(inner) => inner,
                    ty => ty,
                };
                // What can't be shown is left out, as it may be.
                let value = typed(cx, inner, value, depth + 1);
                optional.extend(value.map(|value| (field.name.clone(), value)));
            }
        }
    }
    if let ir::Rest::Keep { name, ty, .. } = &shape.rest {
        let declared = |wire: &str| shape.fields.iter().any(|field| field.wire == wire);
        let others = entries.iter().filter(|(key, _)| !declared(key));
        let others: Option<Vec<_>> = others
            .map(|(key, value)| Some((key.clone(), typed(cx, ty, value, depth + 1)?)))
            .collect();
        let others = others.filter(|others| !others.is_empty());
        optional.extend(others.map(|others| (name.clone(), ir::Expr::Map(others))));
    }
    Some(ir::Expr::Struct { item: id, required, optional })
}

/// The plainest value of a type; `name` is what it is for.
fn plainest(api: &ir::Api, ty: &ir::Type, name: &str) -> Option<ir::Expr> {
    made(api, ty, name.trim_start_matches("r#"), DEPTH, &mut PIECES.clone())
}

/// A value of the type that is so deep at most, made of so many pieces at most.
fn made(
    api: &ir::Api,
    ty: &ir::Type,
    name: &str,
    depth: usize,
    pieces: &mut usize,
) -> Option<ir::Expr> {
    let depth = depth.checked_sub(1)?;
    *pieces = pieces.checked_sub(1)?;
    let parsed = |text: &str| Some(ir::Expr::Parsed(text.to_owned()));
    match resolved(api, ty) {
        ir::Type::Bool => Some(ir::Expr::Bool(true)),
        ir::Type::Int(_) => Some(ir::Expr::Number("1".to_owned())),
        ir::Type::Float(ir::Float::Decimal) => parsed("1.0"),
        ir::Type::Float(_) => Some(ir::Expr::Number("1.0".to_owned())),
        ir::Type::Text(ir::Text::Plain | ir::Text::Secret) => Some(ir::Expr::Text(name.to_owned())),
        ir::Type::Text(ir::Text::DateTime) => parsed("2024-01-01T00:00:00Z"),
        ir::Type::Text(ir::Text::Date) => parsed("2024-01-01"),
        ir::Type::Text(ir::Text::Ipv4) => parsed("192.0.2.1"),
        ir::Type::Text(ir::Text::Ipv6) => parsed("2001:db8::1"),
        ir::Type::Text(ir::Text::Uuid) => parsed("01234567-89ab-4cde-8f01-23456789abcd"),
        ir::Type::Bytes(_) => Some(ir::Expr::Bytes(b"content".to_vec())),
        ir::Type::Json => Some(ir::Expr::Json(ir::Value::Object(Vec::new()))),
        ir::Type::List(inner) => {
            let item = made(api, &inner, name, depth, pieces);
            Some(ir::Expr::List(item.into_iter().collect()))
        }
        ir::Type::Map(_) => Some(ir::Expr::Map(Vec::new())),
        ir::Type::Nullable(_) => Some(ir::Expr::Null),
        ir::Type::Unit | ir::Type::Tuple(_) | ir::Type::Boxed(_) => None,
        ir::Type::Item(id) => made_item(api, id, depth, pieces),
    }
}

fn made_item(api: &ir::Api, id: ir::ItemId, depth: usize, pieces: &mut usize) -> Option<ir::Expr> {
    match &api.item(id).kind {
        ir::Kind::Struct(shape) => {
            let required = shape.fields.iter().filter(|field| field.is_argument());
            let required: Option<Vec<ir::Expr>> = required
                .map(|field| {
                    let name = field.name.as_str().trim_start_matches("r#");
                    made(api, &field.ty, name, depth, pieces)
                })
                .collect();
            Some(ir::Expr::Struct { item: id, required: required?, optional: Vec::new() })
        }
        ir::Kind::Enum(_) => Some(ir::Expr::Enum { item: id, variant: 0 }),
        ir::Kind::Union(union) => union.variants.iter().enumerate().find_map(|(variant, arm)| {
            let value = Box::new(made(api, &arm.ty, "value", depth, pieces)?);
            Some(ir::Expr::Union { item: id, variant, value })
        }),
        ir::Kind::Newtype(_) | ir::Kind::Alias(_) => None,
    }
}
