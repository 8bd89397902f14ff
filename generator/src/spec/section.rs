//! Sections of `components`, the one that a node is an entry of, and what a schema is known by.

use crate::source::{NodeId, Tree};

/// A section: its key, and what its entries are called.
pub(super) struct Section {
    /// The key in `components`.
    pub(super) key: &'static str,
    /// One of its entries.
    pub(super) entry: &'static str,
}

const fn named(key: &'static str, entry: &'static str) -> Section {
    Section { key, entry }
}

/// The section of schemas.
pub(super) const SCHEMAS: Section = named("schemas", "a schema");

static SECTIONS: [Section; 11] = [
    SCHEMAS,
    named("responses", "a response"),
    named("parameters", "a parameter"),
    named("examples", "an example"),
    named("requestBodies", "a request body"),
    named("headers", "a header"),
    named("securitySchemes", "a security scheme"),
    named("links", "a link"),
    named("callbacks", "a callback"),
    named("pathItems", "a path item"),
    named("mediaTypes", "a media type"),
];

/// The section of `components` that a node is an entry of. Swagger 2.0 has some at the top.
pub(super) fn section(tree: &Tree, node: NodeId) -> Option<&'static Section> {
    let map = tree.parent(node)?;
    let holder = tree.parent(map)?;
    let key = match (tree.key(map)?, tree.parent(holder)) {
        ("definitions", None) => "schemas",
        (key, None) if tree.get(holder, "swagger").is_some() => key,
        (key, Some(root))
            if tree.key(holder) == Some("components") && tree.parent(root).is_none() =>
        {
            key
        }
        _ => return None,
    };
    SECTIONS.iter().find(|section| section.key == key)
}

/// Keywords that only schemas have, and by which one is known.
pub(super) const SCHEMA_KEYWORDS: [&str; 9] = [
    "type",
    "properties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "enum",
    "const",
    "additionalProperties",
];

/// The keyword by which an object is known as a schema, if it is one.
pub(super) fn schema_keyword(tree: &Tree, node: NodeId) -> Option<NodeId> {
    SCHEMA_KEYWORDS.iter().find_map(|key| tree.get(node, key))
}
