//! The keywords of a schema, each in its place.

use super::super::super::levels::openapi30::Old;
use super::super::super::model::{Schema, SchemaId, Types};
use super::super::super::refs::borrowed_definitions;
use super::super::super::section::{schema_keyword, section};
use super::super::cx::Cx;
use super::{id, kind, rare};
use crate::diag::{At, Code};
use crate::source::NodeId;
use std::collections::HashSet;

/// Keywords whose value is neither a schema nor any JSON, so that no reference may stand for it.
const PARTS: [&str; 12] = [
    "title",
    "description",
    "format",
    "pattern",
    "type",
    "enum",
    "required",
    "properties",
    "patternProperties",
    "allOf",
    "anyOf",
    "oneOf",
];

/// Takes one keyword.
pub(super) fn read<'t>(
    cx: &mut Cx<'t, '_>,
    schema: &mut Schema<'t>,
    old: &mut Old,
    key: &'t str,
    node: NodeId,
) {
    let part = if PARTS.contains(&key) { cx.elsewhere(node) } else { Some(node) };
    let Some(node) = part else { return };
    // `const`, `default` and examples may be null; for the rest null says nothing.
    let is_taken = value(schema, key, node)
        || cx.tree.is_null(node)
        || annotation(cx, schema, key, node)
        || old_keyword(cx, schema, old, key, node)
        || structure(cx, schema, key, node);
    if !is_taken {
        rare::read(cx, schema, key, node);
    }
}

fn value(schema: &mut Schema<'_>, key: &str, node: NodeId) -> bool {
    match key {
        "const" => schema.constant = Some(node),
        "default" => schema.default = Some(node),
        "example" => schema.examples.insert(0, node),
        _ => return false,
    }
    true
}

fn annotation<'t>(cx: &mut Cx<'t, '_>, schema: &mut Schema<'t>, key: &str, node: NodeId) -> bool {
    match key {
        "title" => schema.title = cx.text_at(node, key),
        "description" => schema.description = cx.text_at(node, key),
        "format" => schema.format = cx.text_at(node, key),
        "deprecated" => schema.deprecated = cx.flag_at(node, key) == Some(true),
        "readOnly" => schema.read_only = cx.flag_at(node, key) == Some(true),
        "writeOnly" => schema.write_only = cx.flag_at(node, key) == Some(true),
        "examples" => examples(cx, schema, node),
        _ => return false,
    }
    true
}

/// A list of values; of a map, as some documents have it, the values of its examples.
fn examples(cx: &mut Cx<'_, '_>, schema: &mut Schema<'_>, node: NodeId) {
    schema.examples.extend(cx.tree.items(node));
    for (_, example) in cx.tree.entries(node) {
        schema.examples.extend(cx.tree.get(example, "value"));
    }
}

fn old_keyword<'t>(
    cx: &mut Cx<'t, '_>,
    schema: &mut Schema<'t>,
    old: &mut Old,
    key: &str,
    node: NodeId,
) -> bool {
    match key {
        "nullable" | "x-nullable" => old.nullable |= cx.flag_at(node, key) == Some(true),
        "exclusiveMinimum" if cx.tree.bool(node).is_some() => {
            old.exclusive_minimum = cx.tree.bool(node) == Some(true);
        }
        "exclusiveMaximum" if cx.tree.bool(node).is_some() => {
            old.exclusive_maximum = cx.tree.bool(node) == Some(true);
        }
        "type" if cx.tree.text(node) == Some("file") => {
            schema.types = Types::STRING;
            schema.format = schema.format.or(Some("binary"));
        }
        "additionalItems" => old.additional_items = Some(node),
        _ => return false,
    }
    true
}

fn structure<'t>(cx: &mut Cx<'t, '_>, schema: &mut Schema<'t>, key: &str, node: NodeId) -> bool {
    match key {
        "$ref" => reference(cx, schema, node),
        "$dynamicRef" => dynamic(cx, schema, node),
        "type" => kind::read(cx, schema, node),
        "enum" => schema.values = values(cx, node),
        "allOf" => schema.all_of = ids(cx, key, node),
        "anyOf" => schema.any_of.extend(ids(cx, key, node)),
        "oneOf" => schema.one_of.extend(ids(cx, key, node)),
        "properties" => schema.properties = named(cx, key, node),
        "required" => schema.required = required(cx, schema.at, node),
        "additionalProperties" => schema.additional = Some(id(cx, node)),
        "unevaluatedProperties" => {
            let additional = cx.tree.get(schema.at, "additionalProperties");
            if additional.is_none() {
                schema.additional = Some(id(cx, node));
            }
        }
        "unevaluatedItems" if follows_places(cx, schema) => schema.items = Some(id(cx, node)),
        "items" if cx.tree.is_list(node) => {
            // A tuple, as it was written before JSON Schema 2020-12.
            rare::of(schema).prefix_items = ids_of(cx, node);
        }
        "items" => schema.items = Some(id(cx, node)),
        _ => return false,
    }
    true
}

/// The schema lists places and says nothing else of what follows them, so that what isn't evaluated
/// is what `items` would be about (JSON Schema Core, section 11.2).
fn follows_places(cx: &Cx<'_, '_>, schema: &Schema<'_>) -> bool {
    let has = |key: &str| cx.tree.get(schema.at, key).is_some();
    has("prefixItems")
        && !["items", "contains", "allOf", "anyOf", "oneOf", "if", "$ref"].into_iter().any(has)
}

fn reference(cx: &mut Cx<'_, '_>, schema: &mut Schema<'_>, node: NodeId) {
    let Some(target) = cx.resolve(node) else { return };
    if !cx.tree.is_map(target) && cx.tree.bool(target).is_none() {
        cx.sink
            .error(Code::WrongTarget, node, "the reference leads to something else than a schema")
            .label(target, "this is no schema")
            .help("let the reference name a schema; until then any value is taken");
        return;
    }
    report_borrowed(cx, node, target);
    schema.reference = held(cx, node, target).map(|target| id(cx, target));
}

/// Tells of a schema that was a document of its own, once for its definitions.
fn report_borrowed(cx: &mut Cx<'_, '_>, reference: NodeId, target: NodeId) {
    let text = cx.tree.text(reference).unwrap_or_default().trim();
    let borrowed = borrowed_definitions(cx.tree, &cx.anchors, text, reference, target);
    let Some(definitions) = borrowed else { return };
    let message = "references look for these definitions at the top of the document";
    cx.sink
        .remark(Code::UnknownField, At::Key(definitions), message)
        .label(reference, "this is one of them")
        .help("these are meant; put them under `components.schemas` and refer to them there");
}

/// The schema that a reference means: what it leads to, or what an object there holds that isn't a
/// schema itself.
fn held(cx: &mut Cx<'_, '_>, reference: NodeId, target: NodeId) -> Option<NodeId> {
    let Some(section) = section(cx.tree, target).filter(|it| it.key != "schemas") else {
        return Some(target);
    };
    let content = cx.field(target, "content");
    let media = content.and_then(|content| cx.tree.entries(content).next());
    let holder = media.map_or(target, |(_, media)| media);
    let is_schema = schema_keyword(cx.tree, target).is_some();
    let schema = cx.field(holder, "schema").or(is_schema.then_some(target));
    let message = format!("the reference leads to {}, not to a schema", section.entry);
    cx.sink.error(Code::WrongTarget, reference, message).help(match schema {
        Some(_) => "the schema there is taken; let the reference name that",
        None => "any value is taken; let the reference name a schema",
    });
    schema
}

/// A `$dynamicRef` means the first schema of its name on the way that led to it (JSON Schema Core, section 8.2.3.2).
///
/// Where none of them is on the way, it means that of the resource it stands in. A resource with an `$id` that has none
/// of the name leaves it to others, so that it may be any value.
fn dynamic(cx: &mut Cx<'_, '_>, schema: &mut Schema<'_>, node: NodeId) {
    let text = cx.tree.text(node).unwrap_or_default();
    let name = text.split_once('#').map_or("", |(_, name)| name);
    if let Some(meant) = cx.scopes.meaning(name) {
        schema.reference = Some(id(cx, meant));
        return;
    }
    let is_left_open = text.starts_with('#') && !cx.anchors.is_at_home(cx.tree, name, node);
    if is_left_open && !cx.anchors.dynamic(name).is_empty() {
        let message =
            format!("nothing that leads here is called `{name}`; any JSON value is taken here");
        cx.sink.warning(Code::Degraded, node, message).help(
            "give the name where this schema is referred to, by `$defs` and `$dynamicAnchor`",
        );
        return;
    }
    let beside = schema.reference;
    reference(cx, schema, node);
    let target = schema.reference.map(|id| cx.schemas[id.0 as usize].at);
    if target.is_some_and(|target| cx.anchors.dynamic(name).contains(&target)) {
        several(cx, schema, node, name, beside);
    }
}

/// Of several schemas of a name in one resource, the one that the others extend describes the values of them all;
/// otherwise nothing less than any value does.
fn several(
    cx: &mut Cx<'_, '_>,
    schema: &mut Schema<'_>,
    node: NodeId,
    name: &str,
    beside: Option<SchemaId>,
) {
    let all = cx.anchors.dynamic(name);
    if all.len() < 2 {
        return;
    }
    let is_base = |base: &&NodeId| all.iter().all(|other| extends(cx, *other, **base));
    let base = all.iter().find(is_base).copied();
    let taken = match base {
        Some(_) => "the one that the others extend",
        None => "any JSON value",
    };
    schema.reference = base.map(|base| id(cx, base)).or(beside);
    let message = format!("several schemas are called `{name}`; {taken} is taken here");
    cx.sink
        .warning(Code::Degraded, node, message)
        .help("refer to the one that is meant with `$ref`, where it is always the same");
}

/// A schema is another one, or holds only where that holds: by `$ref` and `allOf`.
fn extends(cx: &Cx<'_, '_>, schema: NodeId, base: NodeId) -> bool {
    let (mut open, mut met) = (vec![schema], HashSet::new());
    while let Some(at) = open.pop() {
        if at == base {
            return true;
        }
        if met.insert(at) {
            let reference = cx.tree.get(at, "$ref").and_then(|reference| cx.find(reference));
            let parts = cx.tree.get(at, "allOf").map(|list| cx.tree.items(list));
            open.extend(reference.iter().chain(parts.unwrap_or_default()));
        }
    }
    false
}

fn values(cx: &mut Cx<'_, '_>, node: NodeId) -> Vec<NodeId> {
    if !cx.tree.is_list(node) {
        cx.wrong_kind(node, "enum", "a list");
    }
    cx.tree.items(node).to_vec()
}

fn required<'t>(cx: &mut Cx<'t, '_>, at: NodeId, node: NodeId) -> Vec<&'t str> {
    let properties = cx.tree.get(at, "properties").unwrap_or(NodeId::NULL);
    let name = cx.tree.text(node).filter(|name| cx.tree.get(properties, name).is_some());
    if let Some(name) = name {
        cx.read_as(node, "required", "a list of properties", "a list of one");
        return vec![name];
    }
    if !cx.tree.is_list(node) {
        cx.wrong_kind(node, "required", "a list of properties");
    }
    let mut names = Vec::new();
    for item in cx.tree.items(node) {
        names.extend(cx.text_at(*item, "required").filter(|name| !names.contains(name)));
    }
    names
}

/// Schemas in a list.
pub(super) fn ids(cx: &mut Cx<'_, '_>, key: &str, node: NodeId) -> Vec<SchemaId> {
    if !cx.tree.is_list(node) {
        cx.wrong_kind(node, key, "a list of schemas");
    }
    ids_of(cx, node)
}

fn ids_of(cx: &mut Cx<'_, '_>, node: NodeId) -> Vec<SchemaId> {
    cx.tree.items(node).iter().map(|item| id(cx, *item)).collect()
}

/// Schemas in a map.
pub(super) fn named<'t>(cx: &mut Cx<'t, '_>, key: &str, node: NodeId) -> Vec<(&'t str, SchemaId)> {
    if !cx.tree.is_map(node) {
        cx.wrong_kind(node, key, "a map of schemas");
    }
    cx.tree.entries(node).map(|(name, node)| (name, id(cx, node))).collect()
}
