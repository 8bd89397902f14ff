//! Parameters: what they say of their values becomes a schema, `collectionFormat` becomes a style.

use super::super::make;
use super::super::rewrite::Rewrite;
use crate::diag::Code;
use crate::source::NodeId;

/// Fields of parameters, items and headers that describe values; the last are no fields of theirs,
/// and clear.
pub(in super::super) const SCHEMA: [&str; 30] = [
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
    "x-enum-comments",
    "x-enumDescriptions",
    "properties",
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
    "const",
];

/// Where parameters go, but for `formData`.
const PLACES: [&str; 5] = ["path", "query", "header", "cookie", "body"];

/// Writes the place of a parameter as the specification does, where it is written otherwise.
pub(in super::super) fn place(rewrite: &mut Rewrite<'_>, node: NodeId) {
    let Some(at) = rewrite.tree.get(node, "in") else { return };
    let stated = rewrite.tree.text(at).unwrap_or_default().to_owned();
    let meant = match stated.trim().to_ascii_lowercase().as_str() {
        "formdata" | "form-data" | "form_data" | "form" => "formData",
        "headers" => "header",
        other => match PLACES.iter().find(|place| **place == other) {
            Some(place) => place,
            None => return,
        },
    };
    if meant == stated {
        return;
    }
    let message = format!("a parameter can't be in `{stated}`");
    let help = format!("it is read as `{meant}`; write that");
    rewrite.sink.warning(Code::UnknownValue, at, message).help(help);
    let mut entries = Vec::new();
    make::put_text(rewrite, "in", at, meant, &mut entries);
    make::replace(rewrite, node, &[&["in"]], entries);
}

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
    let required = rewrite.tree.get(node, "required");
    if let Some(names) = required.filter(|names| rewrite.tree.is_list(*names)) {
        make::put(rewrite, "required", names, &mut entries);
    }
    rewrite.tree.make_map(node, &entries)
}

/// `style` and `explode` of a list. What OpenAPI 3 doesn't have is written with commas.
pub(in super::super) fn style(
    rewrite: &mut Rewrite<'_>,
    node: NodeId,
    is_query: bool,
    entries: &mut make::Entries,
) {
    let tree = &*rewrite.tree;
    let own = tree.get(node, "collectionFormat");
    // In the terms of OpenAPI 3, a list has a style unless it is stated otherwise.
    let schema = tree.get(node, "schema").filter(|_| own.is_some());
    let schema = schema.and_then(|schema| make::follow(tree, schema)).unwrap_or(node);
    if ![node, schema].iter().any(|at| make::text(tree, *at, "type") == Some("array")) {
        return;
    }
    let items = tree.get(schema, "items").unwrap_or(NodeId::NULL);
    let inner = tree.get(items, "collectionFormat");
    // Of items that are no lists, it can't say anything.
    let is_outer = own.is_none() && make::text(tree, items, "type") != Some("array");
    let stated = own.or(inner.filter(|_| is_outer));
    let format = stated.and_then(|format| tree.text(format)).unwrap_or("csv").to_ascii_lowercase();
    let style = match format.as_str() {
        "multi" if is_query => Some(("form", true)),
        "ssv" if is_query => Some(("spaceDelimited", false)),
        "pipes" if is_query => Some(("pipeDelimited", false)),
        "csv" if is_query => Some(("form", false)),
        "csv" => Some(("simple", false)),
        _ => None,
    };
    check(
        rewrite,
        stated.filter(|_| style.is_none()).into_iter().chain(inner.filter(|_| !is_outer)),
    );
    let (style, explode) = style.unwrap_or((if is_query { "form" } else { "simple" }, false));
    make::put_text(rewrite, "style", node, style, entries);
    make::put_bool(rewrite, "explode", node, explode, entries);
}

/// Tabs, separators of lists in lists, and others than commas outside of a query have no counterpart.
fn check(rewrite: &mut Rewrite<'_>, formats: impl Iterator<Item = NodeId>) {
    for node in formats {
        let text = rewrite.tree.text(node).unwrap_or_default();
        let message = format!("the collectionFormat `{text}` can't be expressed here");
        rewrite
            .sink
            .warning(Code::CollectionFormat, node, message)
            .help("values are joined by commas");
    }
}
