//! Parameters: what they say of their values becomes a schema, `collectionFormat` becomes a style.

use super::super::make;
use super::super::rewrite::Rewrite;
use crate::diag::Code;
use crate::source::NodeId;

/// Fields of parameters, items and headers that describe values.
pub(in super::super) const SCHEMA: [&str; 22] = [
    "type",
    "format",
    "items",
    "default",
    "enum",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
    "nullable",
    "x-nullable",
    "x-enum-varnames",
    "x-enum-descriptions",
    "x-enumNames",
    "x-ms-enum",
];

/// A parameter in the terms of OpenAPI 3.
pub(super) fn parameter(rewrite: &mut Rewrite<'_>, node: NodeId) -> NodeId {
    if !rewrite.tree.is_map(node) || rewrite.tree.get(node, "$ref").is_some() {
        return node;
    }
    if let Some(known) = rewrite.parameters.get(&node) {
        return *known;
    }
    let mut entries = Vec::new();
    make::share(
        rewrite,
        node,
        &["name", "in", "description", "required", "allowEmptyValue", "x-example"],
        &mut entries,
    );
    make::extensions(rewrite, node, &mut entries);
    let schema = schema(rewrite, node, &[]);
    make::put(rewrite, "schema", schema, &mut entries);
    let place = rewrite.tree.get(node, "in").and_then(|place| rewrite.tree.text(place));
    let is_query = place == Some("query");
    style(rewrite, node, is_query, &mut entries);
    let made = rewrite.tree.make_map(node, &entries);
    rewrite.parameters.insert(node, made);
    made
}

/// The schema of a parameter, header or form field, with these fields beside the usual ones.
pub(in super::super) fn schema(rewrite: &mut Rewrite<'_>, node: NodeId, more: &[&str]) -> NodeId {
    if let Some(schema) = rewrite.tree.get(node, "schema") {
        // Not allowed here, and clear.
        return schema;
    }
    let mut entries = Vec::new();
    make::share(rewrite, node, &SCHEMA, &mut entries);
    make::share(rewrite, node, more, &mut entries);
    rewrite.tree.make_map(node, &entries)
}

/// `style` and `explode` of a list. What OpenAPI 3 doesn't have is written with commas.
pub(in super::super) fn style(
    rewrite: &mut Rewrite<'_>,
    node: NodeId,
    is_query: bool,
    entries: &mut make::Entries,
) {
    let kind = rewrite.tree.get(node, "type").and_then(|kind| rewrite.tree.text(kind));
    if kind != Some("array") {
        return;
    }
    let format = rewrite.tree.get(node, "collectionFormat");
    let format = format.and_then(|format| rewrite.tree.text(format)).unwrap_or("csv").to_owned();
    let (style, explode) = match format.as_str() {
        "multi" => ("form", true),
        "ssv" => ("spaceDelimited", false),
        "pipes" => ("pipeDelimited", false),
        _ if is_query => ("form", false),
        _ => ("simple", false),
    };
    check(rewrite, node, &format);
    make::put_text(rewrite, "style", node, style, entries);
    make::put_bool(rewrite, "explode", node, explode, entries);
}

/// Tabs, and separators of lists in lists, have no counterpart.
fn check(rewrite: &mut Rewrite<'_>, node: NodeId, format: &str) {
    let items = rewrite.tree.get(node, "items").unwrap_or(NodeId::NULL);
    let inner = rewrite.tree.get(items, "collectionFormat");
    let outer = rewrite.tree.get(node, "collectionFormat");
    let tabs = outer.filter(|_| !matches!(format, "csv" | "ssv" | "pipes" | "multi"));
    for node in tabs.into_iter().chain(inner) {
        let text = rewrite.tree.text(node).unwrap_or_default();
        let message = format!("the collectionFormat `{text}` can't be expressed here");
        rewrite
            .sink
            .warning(Code::CollectionFormat, node, message)
            .help("values are joined by commas");
    }
}
