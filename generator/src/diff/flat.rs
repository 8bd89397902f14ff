//! What a schema demands, with `$ref` and `allOf` seen through.
//!
//! In: schemas that all hold. Out: one [`Flat`], the keywords of all of them. It is gathered as
//! lowering gathers it, but nothing is given up because Rust can't say it, and every keyword knows
//! the node that states it. Where several parts bound the same thing, the tightest bound is kept.

use super::side::Side;
use super::value;
use crate::source::NodeId;
use crate::spec::{Schema, SchemaId, Types, is_about};
use std::collections::BTreeMap;

/// An intersection of schemas, gathered.
#[derive(Debug, Default)]
pub(super) struct Flat<'t> {
    /// Node of the outermost part.
    pub(super) at: NodeId,
    /// JSON types other than `null`; empty when none is stated.
    pub(super) types: Types,
    /// `null` is a value.
    pub(super) nullable: bool,
    /// Nothing satisfies it (`false`).
    pub(super) never: bool,
    /// A reference was followed to get here.
    pub(super) by_reference: bool,
    /// `format`, with the node of its schema.
    pub(super) format: Option<&'t str>,
    /// Titles, outermost first.
    pub(super) titles: Vec<&'t str>,
    /// Descriptions, outermost first.
    pub(super) descriptions: Vec<&'t str>,
    /// `examples`.
    pub(super) examples: Vec<NodeId>,
    /// `deprecated`.
    pub(super) deprecated: bool,
    /// `readOnly`.
    pub(super) read_only: bool,
    /// `writeOnly`.
    pub(super) write_only: bool,
    /// `enum`, without `null`.
    pub(super) values: Option<Vec<NodeId>>,
    /// `const`.
    pub(super) constant: Option<NodeId>,
    /// `default`.
    pub(super) default: Option<NodeId>,
    /// `properties`, each with the schemas of every part.
    pub(super) properties: Vec<(&'t str, Vec<SchemaId>)>,
    /// `required`.
    pub(super) required: Vec<&'t str>,
    /// `additionalProperties: false` in some part.
    pub(super) closed: Option<NodeId>,
    /// Schemas of further properties.
    pub(super) additional: Vec<SchemaId>,
    /// `patternProperties`.
    pub(super) patterns: Vec<(&'t str, Vec<SchemaId>)>,
    /// `propertyNames`.
    pub(super) names: Vec<SchemaId>,
    /// `items`.
    pub(super) items: Vec<SchemaId>,
    /// `prefixItems`.
    pub(super) prefix: Vec<SchemaId>,
    /// `oneOf` and `anyOf` of more than one alternative.
    pub(super) unions: Vec<Union>,
    /// Schema with a `discriminator`.
    pub(super) discriminator: Option<SchemaId>,
    /// Validation keywords; of several, the tightest.
    pub(super) rules: BTreeMap<&'static str, NodeId>,
    /// Keywords that Rust has no place for.
    pub(super) conditions: Vec<(&'static str, NodeId)>,
    /// `contentEncoding`.
    pub(super) encoding: Option<&'t str>,
    /// `contentMediaType`.
    pub(super) media_type: Option<&'t str>,
    /// Extensions.
    pub(super) extensions: BTreeMap<&'t str, NodeId>,
    /// Every schema that took part, outermost first.
    pub(super) sources: Vec<SchemaId>,
}

/// Alternatives.
#[derive(Clone, Debug)]
pub(super) struct Union {
    /// `oneOf` or `anyOf`.
    pub(super) keyword: &'static str,
    /// The alternatives other than `null`.
    pub(super) arms: Vec<SchemaId>,
}

/// How many schemas a chain of references and parts may lead through.
const LONGEST: usize = 1000;

/// Extensions that say where a fact was found, or how a tool is to show it.
const IGNORED: [&str; 3] = ["x-source", "x-assumed", "x-sunset"];

/// Gathers the keywords of schemas that all hold.
pub(super) fn flatten<'t>(side: &Side<'t>, key: &[SchemaId]) -> Flat<'t> {
    let mut flat = Flat::default();
    if let Some(first) = key.first() {
        flat.at = side.schema(*first).at;
    }
    // What is gathered is a set, so the order of a stack does as well; it is reversed to keep the
    // parts in the order written.
    let mut open: Vec<SchemaId> = key.iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        if flat.sources.contains(&id) || flat.sources.len() > LONGEST {
            continue;
        }
        flat.sources.push(id);
        let schema = side.schema(id);
        own(side, schema, &mut flat);
        let mut next: Vec<SchemaId> = schema.reference.into_iter().collect();
        flat.by_reference |= schema.reference.is_some();
        next.extend(&schema.all_of);
        alternatives(side, schema, &mut flat, &mut next);
        open.extend(next.into_iter().rev());
    }
    finish(side, &mut flat);
    flat
}

fn own<'t>(side: &Side<'t>, schema: &Schema<'t>, flat: &mut Flat<'t>) {
    flat.never |= schema.always == Some(false);
    types(schema, flat);
    flat.format = flat.format.or(schema.format);
    flat.titles.extend(schema.title);
    flat.descriptions.extend(schema.description);
    if flat.examples.is_empty() {
        flat.examples.clone_from(&schema.examples);
    }
    flat.deprecated |= schema.deprecated;
    flat.read_only |= schema.read_only;
    flat.write_only |= schema.write_only;
    flat.constant = flat.constant.or(schema.constant);
    flat.default = flat.default.or(schema.default);
    values(side, schema, flat);
    for (name, id) in &schema.properties {
        add(&mut flat.properties, name, *id);
    }
    for name in &schema.required {
        if !flat.required.contains(name) {
            flat.required.push(name);
        }
    }
    match schema.additional {
        Some(id) if side.schema(id).always == Some(false) => flat.closed = Some(side.schema(id).at),
        Some(id) if !is_anything(side.schema(id)) => flat.additional.push(id),
        Some(_) | None => {}
    }
    flat.items.extend(schema.items);
    rare(side, schema, flat);
    for (key, node) in side.tree.entries(schema.at) {
        if key.starts_with("x-") && !IGNORED.contains(&key) {
            flat.extensions.entry(key).or_insert(node);
        }
    }
}

fn types(schema: &Schema<'_>, flat: &mut Flat<'_>) {
    let solid = schema.types.without(Types::NULL);
    flat.nullable |= schema.types.contains(Types::NULL);
    if solid.is_empty() {
        return;
    }
    let both = if flat.types.is_empty() { solid } else { flat.types.and(solid) };
    flat.never |= both.is_empty();
    flat.types = both;
}

fn values(side: &Side<'_>, schema: &Schema<'_>, flat: &mut Flat<'_>) {
    if schema.values.is_empty() {
        return;
    }
    let own = schema.values.iter().copied().filter(|at| !side.tree.is_null(*at));
    match &mut flat.values {
        None => flat.values = Some(own.collect()),
        Some(known) => {
            let own: Vec<_> = own.map(|at| side.tree.to_value(at)).collect();
            known.retain(|at| own.contains(&side.tree.to_value(*at)));
        }
    }
}

fn rare<'t>(side: &Side<'t>, schema: &Schema<'t>, flat: &mut Flat<'t>) {
    let Some(rare) = &schema.rare else { return };
    if rare.discriminator.is_some() && flat.discriminator.is_none() {
        flat.discriminator = flat.sources.last().copied();
    }
    if flat.prefix.is_empty() {
        flat.prefix.clone_from(&rare.prefix_items);
    }
    for (pattern, id) in &rare.pattern_properties {
        add(&mut flat.patterns, pattern, *id);
    }
    flat.names.extend(rare.property_names);
    for (keyword, at) in &rare.rules {
        if *keyword == "uniqueItems" && side.tree.bool(*at) == Some(false) {
            continue;
        }
        let known = flat.rules.entry(keyword).or_insert(*at);
        if value::is_tighter(keyword, side.tree, *at, *known) {
            *known = *at;
        }
    }
    flat.conditions.extend(rare.dependent_required.map(|at| ("dependentRequired", at)));
    flat.conditions.extend(rare.unmodelled.iter().copied());
    flat.encoding = flat.encoding.or(rare.content_encoding);
    flat.media_type = flat.media_type.or(rare.content_media_type);
}

fn alternatives(
    side: &Side<'_>,
    schema: &Schema<'_>,
    flat: &mut Flat<'_>,
    next: &mut Vec<SchemaId>,
) {
    for (keyword, arms) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
        let solid: Vec<SchemaId> =
            arms.iter().copied().filter(|arm| !is_null(side.schema(*arm))).collect();
        flat.nullable |= solid.len() < arms.len();
        match solid.as_slice() {
            [] => {}
            [only] => next.push(*only),
            _ => flat.unions.push(Union { keyword, arms: solid }),
        }
    }
}

/// What is only known when every part was seen.
fn finish(side: &Side<'_>, flat: &mut Flat<'_>) {
    if flat.types.is_empty() {
        flat.types = implied(side, flat);
    }
    if let Some(values) = &flat.values {
        flat.nullable |= flat.types.is_empty() && values.is_empty();
    }
    let types = flat.types;
    flat.rules.retain(|keyword, _| is_about(keyword, types));
    if flat.types.contains(Types::NUMBER) {
        flat.types = flat.types.without(Types::INTEGER);
    }
    flat.conditions.sort_by_key(|(keyword, at)| (*keyword, at.index()));
}

/// The type that the other keywords speak of where `type` is left out.
fn implied(side: &Side<'_>, flat: &Flat<'_>) -> Types {
    if !flat.properties.is_empty() || flat.closed.is_some() || !flat.additional.is_empty() {
        return Types::OBJECT;
    }
    if !flat.items.is_empty() || !flat.prefix.is_empty() {
        return Types::ARRAY;
    }
    let values = flat.values.iter().flatten().chain(&flat.constant);
    let mut kinds = values.map(|at| Types::of(side.tree, *at));
    let first = kinds.next().unwrap_or_default();
    if kinds.all(|kind| kind == first) { first } else { Types::default() }
}

fn add<'t>(list: &mut Vec<(&'t str, Vec<SchemaId>)>, name: &'t str, id: SchemaId) {
    match list.iter_mut().find(|(known, _)| *known == name) {
        Some((_, ids)) if ids.contains(&id) => {}
        Some((_, ids)) => ids.push(id),
        None => list.push((name, vec![id])),
    }
}

/// `true`, or `{}`.
pub(super) fn is_anything(schema: &Schema<'_>) -> bool {
    schema.always == Some(true)
        || (schema.always.is_none()
            && schema.types.is_empty()
            && schema.reference.is_none()
            && schema.format.is_none()
            && schema.values.is_empty()
            && schema.constant.is_none()
            && schema.all_of.is_empty()
            && schema.any_of.is_empty()
            && schema.one_of.is_empty()
            && schema.properties.is_empty()
            && schema.required.is_empty()
            && schema.additional.is_none()
            && schema.items.is_none()
            && schema.rare.is_none())
}

/// The schema admits `null` and nothing else.
fn is_null(schema: &Schema<'_>) -> bool {
    schema.types == Types::NULL
        && schema.reference.is_none()
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && schema.properties.is_empty()
}
