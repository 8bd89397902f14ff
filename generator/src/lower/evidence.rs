//! What the document's own examples say about its formats, and (in `implied`) about its types.
//!
//! `format` is an annotation (JSON Schema Validation, section 7.1): a value that isn't of its
//! format is still valid, and a server that documents one sends it. Examples and defaults come in
//! as they are met; where one contradicts the type of its place, that place takes any text, or a
//! wider number. Types without a name are mended at once, models when all of them have their shape.

use std::collections::HashSet;

use super::cx::Cx;
use super::rules::{Matchers, Refused, contradicted};
use crate::diag::{At, Code};
use crate::source::{NodeId, Tree};
use crate::spec::SchemaId;
use models::Models;
use tenon_ir as ir;

pub(super) mod format;
pub(super) mod implied;
mod models;

/// The most values looked at; a document within the limits of parsing can name one many times over.
const VALUES: usize = 4_000_000;

/// Nesting of names and alternatives that a value is looked for in.
const DEPTH: usize = 16;

/// The most characters of a value that a message repeats.
const LONGEST: usize = 60;

/// What one walk along a value finds.
#[derive(Default)]
struct Found {
    /// Values that are read as models.
    items: Vec<(ir::ItemId, NodeId)>,
    /// Values that contradict their place, and what they aren't.
    wrong: Vec<(NodeId, &'static str)>,
    /// Arrays, where the schema says nothing but that it is an object.
    lists: Vec<NodeId>,
    /// Values that a pattern of their place refuses.
    refused: Vec<Refused>,
    /// Values looked at.
    values: usize,
}

/// Mends the type of a place that holds these examples.
pub(super) fn mend(cx: &mut Cx<'_, '_>, ty: &mut ir::Type, examples: &[NodeId]) {
    let mut found = Found::default();
    for at in examples {
        walk(cx.spec.tree, ty, *at, &mut found);
    }
    cx.shown.append(&mut found.items);
    report(cx, &found);
}

/// Mends the type of a place by the examples and the default of its schemas.
pub(super) fn mend_by(cx: &mut Cx<'_, '_>, ty: &mut ir::Type, schemas: &[SchemaId]) {
    for id in schemas {
        let schema = cx.spec.schema(*id);
        mend(cx, ty, &schema.examples);
        mend(cx, ty, schema.default.as_slice());
    }
}

/// Mends the types that a request's content is made of.
pub(super) fn mend_content(cx: &mut Cx<'_, '_>, content: &mut ir::Content, examples: &[NodeId]) {
    let tree = cx.spec.tree;
    match content {
        ir::Content::Json(ty) => mend(cx, ty, examples),
        ir::Content::Form(form) | ir::Content::Multipart(ir::Multipart::Value(form)) => {
            mend(cx, &mut form.ty, examples);
        }
        ir::Content::Lines(ty) => {
            let lines = examples.iter().flat_map(|at| tree.items(*at)).copied();
            mend(cx, ty, &lines.collect::<Vec<_>>());
        }
        ir::Content::Multipart(ir::Multipart::Parts(parts)) => {
            for field in &mut parts.fields {
                let ir::PartValue::Value(ty) = &mut field.value else { continue };
                let shown =
                    examples.iter().filter_map(|at| tree.get(*at, &field.encoding.property));
                mend(cx, ty, &shown.collect::<Vec<_>>());
            }
        }
        ir::Content::Text | ir::Content::Bytes | ir::Content::Multipart(ir::Multipart::Open) => {}
    }
}

/// Mends the type that a reply's body is read as.
pub(super) fn mend_body(cx: &mut Cx<'_, '_>, body: &mut ir::Body, examples: &[NodeId]) {
    match body {
        ir::Body::Json(ty) => mend(cx, ty, examples),
        // The examples of a stream are of the whole of it.
        ir::Body::Lines(ty) => {
            let lines = examples.iter().flat_map(|at| cx.spec.tree.items(*at)).copied();
            let lines: Vec<NodeId> = lines.collect();
            mend(cx, ty, &lines);
        }
        ir::Body::Events(..) | ir::Body::Empty | ir::Body::Text | ir::Body::Bytes => {}
    }
}

/// Notes the examples of a schema that is a model.
pub(super) fn of_item(cx: &mut Cx<'_, '_>, item: ir::ItemId, schemas: &[SchemaId]) {
    for schema in schemas.iter().map(|id| cx.spec.schema(*id)) {
        cx.shown.extend(schema.examples.iter().chain(&schema.default).map(|at| (item, *at)));
    }
}

/// Mends the models, when every item has its shape and unions are decided.
pub(super) fn apply(cx: &mut Cx<'_, '_>) {
    let tree = cx.spec.tree;
    let mut roots = HashSet::new();
    let mut found = Found { items: std::mem::take(&mut cx.shown), ..Found::default() };
    found.items.retain(|shown| roots.insert(*shown));
    found.items.reverse();
    let mut seen = HashSet::new();
    while let Some((id, at)) = found.items.pop() {
        if found.values > VALUES {
            break;
        }
        let models = Models { tree, items: &cx.items };
        // Names of names may go in a circle around one value.
        if models.is_name(id) && !seen.insert((id, at)) {
            continue;
        }
        let arms = models.contradicted(id, at);
        match &mut cx.items[id.0 as usize].kind {
            ir::Kind::Struct(shape) => object(tree, &cx.patterns, shape, at, &mut found),
            ir::Kind::Union(shape) => union(tree, shape, &arms, at, &mut found),
            ir::Kind::Alias(ty) => walk(tree, ty, at, &mut found),
            ir::Kind::Newtype(newtype) => walk(tree, &mut newtype.ty, at, &mut found),
            ir::Kind::Enum(_) => {}
        }
    }
    report(cx, &found);
}

fn object(tree: &Tree, patterns: &Matchers, shape: &mut ir::Struct, at: NodeId, found: &mut Found) {
    let mut next = 0;
    for (key, node) in tree.entries(at) {
        // Examples mostly list properties in the order of the schema.
        let guess = shape.fields.get(next).is_some_and(|field| field.wire == key);
        let index =
            if guess { Some(next) } else { shape.fields.iter().position(|it| it.wire == key) };
        match (index, &mut shape.rest) {
            (Some(index), _) => {
                let field = &mut shape.fields[index];
                walk(tree, &mut field.ty, node, found);
                found.refused.extend(contradicted(patterns, tree, &mut field.rules, &[node]));
                next = index + 1;
            }
            (None, ir::Rest::Keep { ty, .. }) => walk(tree, ty, node, found),
            (None, ir::Rest::Ignore | ir::Rest::Unknown { .. } | ir::Rest::Deny) => {}
        }
    }
}

fn union(tree: &Tree, shape: &mut ir::Union, arms: &[usize], at: NodeId, found: &mut Found) {
    // The last first: one that takes any text would take it from those after it.
    for index in arms.iter().rev() {
        let before = found.wrong.len();
        walk(tree, &mut shape.variants[*index].ty, at, found);
        if found.wrong.len() > before && !tree.is_map(at) && !tree.is_list(at) {
            // One alternative that takes any text is enough.
            rename(shape, *index);
            break;
        }
    }
}

/// An alternative that is called by a format is of that format no more.
fn rename(shape: &mut ir::Union, index: usize) {
    let taken = shape.variants.iter().any(|variant| variant.name.as_str() == "String");
    let variant = &mut shape.variants[index];
    let by_format =
        ["Date", "DateTime", "Uuid", "Ipv4", "Ipv6", "Bytes"].contains(&variant.name.as_str());
    if by_format && !taken && variant.ty == ir::Type::Text(ir::Text::Plain) {
        variant.name = ir::Ident("String".to_owned());
    }
}

/// Goes along a type and a value; what stands in an item is left to that.
fn walk(tree: &Tree, ty: &mut ir::Type, at: NodeId, found: &mut Found) {
    found.values += 1;
    match ty {
        ir::Type::Nullable(inner) | ir::Type::Boxed(inner) => walk(tree, inner, at, found),
        ir::Type::List(inner) => {
            tree.items(at).iter().for_each(|item| walk(tree, inner, *item, found));
        }
        ir::Type::Tuple(places) => {
            let items = tree.items(at).iter();
            places.iter_mut().zip(items).for_each(|(ty, item)| walk(tree, ty, *item, found));
        }
        // Generators of documents write so where they know nothing of the value.
        ir::Type::Map(inner) if **inner == ir::Type::Json && tree.is_list(at) => {
            found.lists.push(at);
            *ty = ir::Type::Json;
        }
        ir::Type::Map(inner) => {
            tree.entries(at).for_each(|(_, value)| walk(tree, inner, value, found));
        }
        ir::Type::Item(id) => found.items.push((*id, at)),
        ir::Type::Text(_) | ir::Type::Bytes(_) | ir::Type::Int(_) => {
            if let Some((wanted, wider)) = format::contradiction(tree, ty, at) {
                found.wrong.push((at, wanted));
                *ty = wider;
            }
        }
        ir::Type::Bool | ir::Type::Float(_) | ir::Type::Json | ir::Type::Unit => {}
    }
}

fn report(cx: &mut Cx<'_, '_>, found: &Found) {
    found.refused.iter().for_each(|refused| refused.report(cx));
    for at in &found.lists {
        cx.sink
            .warning(
                Code::ExampleKind,
                At::Node(*at),
                "this is an array, where the schema says no more than `object`; any JSON value is taken",
            )
            .help("describe the array, or mend the example");
    }
    for (at, wanted) in &found.wrong {
        let shown = cx.spec.tree.text(*at).unwrap_or_default();
        let shown: String = shown.chars().take(LONGEST).collect();
        cx.sink
            .warning(
                Code::ExampleFormat,
                At::Node(*at),
                format!("`{shown}` is not {wanted}; the value is taken as it is"),
            )
            .help("mend the example, or drop the `format`");
    }
}
