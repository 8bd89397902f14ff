//! Keywords of schemas that say nothing about the stated type, and arrays of nothing in particular.

use super::cx::Cx;
use crate::diag::At;
use crate::spec::{RULE_KEYWORDS, Schema, Types};

/// Arrays say what their items are.
pub(super) fn items(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in spec.schemas.iter().filter(|schema| schema.types.contains(Types::ARRAY)) {
        let places = schema.rare.as_ref().is_some_and(|rare| !rare.prefix_items.is_empty());
        // What it has to be besides may say it.
        let is_composed = schema.reference.is_some()
            || [&schema.all_of, &schema.any_of, &schema.one_of].iter().any(|it| !it.is_empty());
        let is_known = schema.items.is_some() || places || is_composed;
        if !is_known && schema.values.is_empty() && cx.tree.get(schema.at, "items").is_none() {
            let at = cx.tree.get(schema.at, "type").unwrap_or(schema.at);
            cx.say(At::Node(at), "the array doesn't say what its items are")
                .help("add `items`; `items: {}` says that they are anything");
        }
    }
}

/// Other keywords than rules, by the types that they are about (JSON Schema Core, section 10.3, and
/// Validation, section 6.5).
const ABOUT: [(&str, Types); 4] = [
    ("items", Types::ARRAY),
    ("properties", Types::OBJECT),
    ("required", Types::OBJECT),
    ("additionalProperties", Types::OBJECT),
];

/// Formats of strings that nothing else can have.
const OF_STRINGS: [&str; 12] = [
    "date",
    "date-time",
    "time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uuid",
    "password",
    "byte",
];

/// Keywords are about the stated type.
pub(super) fn types(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in &spec.schemas {
        let types = schema.types.without(Types::NULL);
        if types.is_empty() {
            continue;
        }
        for (keyword, about) in RULE_KEYWORDS.into_iter().chain(ABOUT) {
            let Some(node) = cx.tree.get(schema.at, keyword) else { continue };
            let is_number = about == Types::NUMBER && types.contains(Types::INTEGER);
            // A flag says as much as nothing, and a list without items says nothing.
            let is_idle = cx.tree.bool(node).is_some() || is_empty(cx, node);
            if !types.contains(about) && !is_number && !is_idle {
                let message = format!("`{keyword}` says nothing about {}", named(schema));
                cx.say(At::Key(node), message)
                    .help("remove it, move it to the schema that it is about, or correct `type`");
            }
        }
        let format = schema.format.filter(|format| OF_STRINGS.contains(format));
        if let Some(format) = format.filter(|_| !types.contains(Types::STRING)) {
            let at = cx.tree.get(schema.at, "format").unwrap_or(schema.at);
            let message = format!("the format `{format}` says nothing about {}", named(schema));
            cx.say(at, message).help("correct `type`, or remove the format");
        }
    }
}

fn is_empty(cx: &Cx<'_, '_>, node: crate::source::NodeId) -> bool {
    let is_list = cx.tree.is_list(node) && cx.tree.items(node).is_empty();
    let is_map = cx.tree.is_map(node) && cx.tree.entries(node).len() == 0;
    is_list || is_map || cx.tree.is_null(node)
}

fn named(schema: &Schema<'_>) -> String {
    schema.types.without(Types::NULL).spoken()
}
