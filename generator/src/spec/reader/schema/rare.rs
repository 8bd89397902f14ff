//! Keywords that few schemas have: rules, tuples, patterns, discriminators, and what Rust can't say.

use super::super::super::model::{Discriminator, RULE_KEYWORDS, Rare, Schema, SchemaId};
use super::super::cx::Cx;
use super::super::known;
use super::{id, keyword};
use crate::diag::{At, Code, Severity};
use crate::source::{NodeId, looks_like_file};

/// Keywords that hold and have no place in a Rust type.
const UNMODELLED: [&str; 11] = [
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "patternRequired",
];

/// The rare keywords of a schema.
pub(super) fn of<'s, 't>(schema: &'s mut Schema<'t>) -> &'s mut Rare<'t> {
    schema.rare.get_or_insert_default()
}

/// Takes a keyword, if it is one.
pub(super) fn read<'t>(cx: &mut Cx<'t, '_>, schema: &mut Schema<'t>, key: &'t str, node: NodeId) {
    match key {
        "discriminator" => {
            let discriminator = discriminator(cx, node);
            of(schema).discriminator = discriminator;
        }
        "prefixItems" => of(schema).prefix_items = keyword::ids(cx, key, node),
        "patternProperties" => of(schema).pattern_properties = keyword::named(cx, key, node),
        "propertyNames" => of(schema).property_names = Some(id(cx, node)),
        "dependentRequired" => of(schema).dependent_required = Some(node),
        "contentEncoding" => of(schema).content_encoding = cx.text_at(node, key),
        "contentSchema" => {
            of(schema).content_schema = Some(id(cx, node));
            of(schema).unmodelled.push(("contentSchema", node));
        }
        "contentMediaType" => of(schema).content_media_type = cx.text_at(node, key),
        _ => rule(cx, schema, key, node),
    }
}

fn rule<'t>(cx: &mut Cx<'t, '_>, schema: &mut Schema<'t>, key: &'t str, node: NodeId) {
    let position = |key: &str| RULE_KEYWORDS.iter().position(|(rule, _)| *rule == key);
    if let Some(own) = position(key) {
        let rules = &mut of(schema).rules;
        let place = rules.partition_point(|(rule, _)| position(rule) < Some(own));
        rules.insert(place, (RULE_KEYWORDS[own].0, node));
    } else if let Some(name) = UNMODELLED.iter().find(|name| **name == key) {
        of(schema).unmodelled.push((name, node));
    } else {
        cx.unknown(&known::SCHEMA, key, node);
    }
}

fn discriminator<'t>(cx: &mut Cx<'t, '_>, at: NodeId) -> Option<Discriminator<'t>> {
    if let Some(property) = cx.tree.text(at) {
        // Swagger 2.0: the property alone.
        return Some(Discriminator { at, property, mapping: Vec::new() });
    }
    if !cx.tree.is_map(at) {
        cx.wrong_kind(at, "discriminator", "a map");
        return None;
    }
    cx.known(at, &known::DISCRIMINATOR);
    let Some(property) = cx.text(at, "propertyName") else {
        cx.missing(at, "propertyName");
        return None;
    };
    if let Some(node) = cx.field(at, "defaultMapping") {
        cx.sink
            .note(Code::Degraded, At::Key(node), "`defaultMapping` is not followed")
            .help("a value that the mapping doesn't name is kept as it is");
    }
    let entries = cx.map(at, "mapping");
    let mapping = entries.filter_map(|(value, node)| Some((value, mapped(cx, node)?)));
    let mapping = mapping.collect();
    Some(Discriminator { at, property, mapping })
}

/// The schema that a value of the mapping names: by a component's name, or by a reference.
fn mapped(cx: &mut Cx<'_, '_>, node: NodeId) -> Option<SchemaId> {
    let text = cx.text_at(node, "mapping")?;
    let component = cx.component_schemas.and_then(|schemas| cx.tree.get(schemas, text));
    if let Some(schema) = component {
        return Some(id(cx, schema));
    }
    if text.starts_with('#') || looks_like_file(text) || text.contains('/') {
        let resolved = super::super::super::refs::resolve(cx.tree, &cx.anchors, text, node);
        match resolved {
            Ok(target) => return Some(id(cx, target)),
            Err(None) => return None,
            Err(Some(mut diagnostic)) => {
                diagnostic.severity = Severity::Warning;
                cx.sink.push(*diagnostic);
                return None;
            }
        }
    }
    let message = format!("there is no schema `{text}`");
    cx.sink
        .warning(Code::UnknownRef, node, message)
        .help("a mapping names a schema of `components.schemas`, or a reference to one");
    None
}
