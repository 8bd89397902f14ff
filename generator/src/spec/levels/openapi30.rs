//! Keywords of schemas that 3.1 writes otherwise: `nullable`, boolean exclusive bounds, tuples; and
//! what has several spellings: bytes as they are, a number or a string.
//!
//! They are taken wherever they stand: many documents that state 3.1 still have them.

use super::super::model::{Rare, Schema, SchemaId, Types};
use super::super::reader::{Cx, make_schema, schema_id};
use super::{clock, numeral};
use crate::source::NodeId;

/// Old keywords of a schema.
#[derive(Debug, Default)]
pub(in super::super) struct Old {
    /// `nullable`, or `x-nullable` of Swagger 2.0.
    pub(in super::super) nullable: bool,
    /// `minimum` is exclusive.
    pub(in super::super) exclusive_minimum: bool,
    /// `maximum` is exclusive.
    pub(in super::super) exclusive_maximum: bool,
    /// `additionalItems`, of a tuple.
    pub(in super::super) additional_items: Option<NodeId>,
}

/// The schema in the terms of 3.1.
pub(in super::super) fn level<'t>(
    cx: &mut Cx<'t, '_>,
    mut schema: Schema<'t>,
    old: Old,
) -> Schema<'t> {
    if let Some(rare) = &mut schema.rare {
        if old.exclusive_minimum {
            exclude(rare, "minimum", "exclusiveMinimum");
        }
        if old.exclusive_maximum {
            exclude(rare, "maximum", "exclusiveMaximum");
        }
    }
    let is_tuple = schema.rare.as_ref().is_some_and(|rare| !rare.prefix_items.is_empty());
    if let Some(node) = old.additional_items.filter(|_| is_tuple && schema.items.is_none()) {
        schema.items = Some(schema_id(cx, node));
    }
    unencoded(&mut schema);
    int_or_string(&mut schema);
    numeral::settle(cx.tree, &mut schema);
    let schema = clock::settle(cx, schema);
    if old.nullable { nullable(cx, schema) } else { schema }
}

/// `contentEncoding` names an encoding of RFC 2045 (JSON Schema Validation, section 8.3), of which
/// these are none (section 6.2 there). `binary` says that the content is any octets.
fn unencoded(schema: &mut Schema<'_>) {
    let Some(rare) = &mut schema.rare else { return };
    let is = |name: &str| rare.content_encoding.is_some_and(|it| it.eq_ignore_ascii_case(name));
    let is_binary = is("binary");
    if is_binary || ["7bit", "8bit", "identity"].into_iter().any(is) {
        rare.content_encoding = None;
    }
    if is_binary {
        schema.format = Some("binary");
    }
}

/// A string of the format `int-or-string`, as Kubernetes has it, is a whole number or a string.
fn int_or_string(schema: &mut Schema<'_>) {
    let is_string = schema.types.without(Types::NULL) == Types::STRING;
    if is_string && schema.format == Some("int-or-string") {
        schema.types = schema.types.with(Types::INTEGER);
        schema.format = None;
    }
}

/// A bound becomes an exclusive one.
fn exclude(rare: &mut Rare<'_>, bound: &str, exclusive: &'static str) {
    for rule in rare.rules.iter_mut().filter(|rule| rule.0 == bound) {
        rule.0 = exclusive;
    }
    rare.rules.sort_by_key(|(name, _)| {
        super::super::model::RULE_KEYWORDS.iter().position(|(rule, _)| rule == name)
    });
}

/// Adds null to what the schema allows: to its types, to its alternatives, or as an alternative to
/// the schema as a whole.
fn nullable<'t>(cx: &mut Cx<'t, '_>, mut schema: Schema<'t>) -> Schema<'t> {
    if schema.types.is_empty() {
        schema.types = implied(&schema);
    }
    if !schema.values.is_empty() && !schema.values.iter().any(|value| cx.tree.is_null(*value)) {
        schema.values.push(NodeId::NULL);
    }
    let is_composed = schema.reference.is_some() || !schema.all_of.is_empty();
    if is_composed {
        return beside_null(cx, schema);
    }
    for list in [&mut schema.any_of, &mut schema.one_of] {
        if !list.is_empty() {
            list.push(null(cx, schema.at));
        }
    }
    if !schema.types.is_empty() {
        schema.types = schema.types.with(Types::NULL);
    }
    schema
}

/// What the keywords of a schema without a type are about.
fn implied(schema: &Schema<'_>) -> Types {
    let is_composed = schema.reference.is_some()
        || !(schema.all_of.is_empty() && schema.any_of.is_empty() && schema.one_of.is_empty());
    if is_composed {
        Types::default()
    } else if !schema.properties.is_empty() || schema.additional.is_some() {
        Types::OBJECT
    } else if schema.items.is_some() {
        Types::ARRAY
    } else {
        Types::default()
    }
}

/// `anyOf: [the schema, null]`, with what describes the schema on the outside.
fn beside_null<'t>(cx: &mut Cx<'t, '_>, mut schema: Schema<'t>) -> Schema<'t> {
    let mut outside = Schema {
        at: schema.at,
        title: schema.title,
        description: schema.description,
        deprecated: schema.deprecated,
        read_only: schema.read_only,
        write_only: schema.write_only,
        default: schema.default.take(),
        examples: std::mem::take(&mut schema.examples),
        ..Schema::default()
    };
    (schema.title, schema.description) = (None, None);
    let null = null(cx, schema.at);
    outside.any_of = vec![make_schema(cx, schema), null];
    outside
}

fn null(cx: &mut Cx<'_, '_>, at: NodeId) -> SchemaId {
    make_schema(cx, Schema { at, types: Types::NULL, ..Schema::default() })
}
