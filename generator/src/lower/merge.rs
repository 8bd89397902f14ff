//! What a schema demands, with `$ref` and `allOf` seen through.
//!
//! A schema in a document is an intersection: its own keywords, those of what it refers to, and
//! those of every `allOf` part. [`merge`] gathers them into one [`Merged`]; nothing is named and
//! no type is chosen here.

mod additional;
mod places;
mod wrapper;

pub(super) use additional::{Additional, leaves_names_free};
pub(super) use wrapper::{sole_target, unwrap};

use std::collections::HashSet;

use self::places::Places;
use super::{Cx, held};
use crate::diag::{At, Code};
use crate::source::NodeId;
use crate::spec::{Schema, SchemaId, Types};

/// An intersection of schemas, and the schemas whose `oneOf`/`anyOf` have been distributed already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// Schemas that all hold, in the order met.
    pub(super) parts: Vec<SchemaId>,
    /// Schemas whose alternatives are chosen elsewhere.
    pub(super) chosen: Vec<SchemaId>,
}

impl Key {
    /// The intersection of a single schema.
    pub(super) fn one(id: SchemaId) -> Key {
        Key { parts: vec![id], chosen: Vec::new() }
    }

    /// The intersection of several.
    pub(super) fn all(parts: &[SchemaId]) -> Key {
        Key { parts: parts.to_vec(), chosen: Vec::new() }
    }

    /// This intersection with one alternative of `holder` chosen.
    pub(super) fn choose(&self, holder: SchemaId, alternative: SchemaId) -> Key {
        let mut key = self.clone();
        key.chosen.push(holder);
        key.chosen.sort_unstable();
        key.chosen.dedup();
        if !key.parts.contains(&alternative) {
            key.parts.push(alternative);
        }
        key
    }
}

/// The alternatives of one `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub(super) struct Alternatives {
    /// Schema that states them.
    pub(super) holder: SchemaId,
    /// The alternatives.
    pub(super) schemas: Vec<SchemaId>,
}

/// The keywords of an intersection, gathered.
#[derive(Debug, Default)]
pub(super) struct Merged<'t> {
    /// Node of the outermost part.
    pub(super) at: NodeId,
    /// JSON types left; empty when none is stated.
    pub(super) types: Types,
    /// Some part says that `null` is a value too.
    pub(super) or_null: bool,
    /// Nothing satisfies it.
    pub(super) never: bool,
    /// The document shows values of other kinds than the keywords speak of.
    pub(super) any_kind: bool,
    /// First `format`.
    pub(super) format: Option<&'t str>,
    /// `enum`: the values that every part lists, and the first part that lists them.
    pub(super) values: Option<(SchemaId, Vec<NodeId>)>,
    /// `properties`, each with the schemas of every part.
    pub(super) properties: Vec<(&'t str, Vec<SchemaId>)>,
    /// `required`.
    pub(super) required: Vec<&'t str>,
    /// Where the names of `properties` and of `required` stand.
    places: [Places<&'t str>; 2],
    /// `additionalProperties`.
    pub(super) additional: Additional,
    /// `items`.
    pub(super) items: Vec<SchemaId>,
    /// `prefixItems` of the first part that has them.
    pub(super) prefix: Vec<SchemaId>,
    /// `oneOf` and `anyOf` not chosen yet.
    pub(super) unions: Vec<Alternatives>,
    /// Schema with a `discriminator`.
    pub(super) discriminator: Option<SchemaId>,
    /// Validation keywords.
    pub(super) rules: Vec<(&'static str, NodeId)>,
    /// `propertyNames`.
    pub(super) names: Vec<SchemaId>,
    /// `contentEncoding`.
    pub(super) encoding: Option<&'t str>,
    /// Every schema that took part, outermost first.
    pub(super) sources: Vec<SchemaId>,
}

impl<'t> Merged<'t> {
    /// `null` satisfies it.
    pub(super) fn nullable(&self) -> bool {
        self.or_null || (self.types.contains(Types::NULL) && self.types != Types::NULL)
    }

    /// The types other than `null`.
    pub(super) fn solid_types(&self) -> Types {
        self.types.without(Types::NULL)
    }

    /// The property with this name is required.
    pub(super) fn requires(&self, name: &str) -> bool {
        self.places[1].of(name, self.required.iter().copied()).is_some()
    }

    /// `properties` describes this name.
    pub(super) fn describes(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.places[0].of(name, self.properties.iter().map(|(known, _)| *known))
    }

    fn property(&mut self, name: &'t str, schema: SchemaId) {
        match self.place(name).and_then(|place| self.properties.get_mut(place)) {
            Some((_, schemas)) if schemas.contains(&schema) => {}
            Some((_, schemas)) => schemas.push(schema),
            None => {
                self.places[0].push(name, self.properties.len());
                self.properties.push((name, vec![schema]));
            }
        }
    }

    fn require(&mut self, name: &'t str) {
        if !self.requires(name) {
            self.places[1].push(name, self.required.len());
            self.required.push(name);
        }
    }
}

/// How far `$ref` and `allOf` are followed.
pub(super) const LONGEST_CHAIN: usize = 100;

/// Where the schemas that took part stand among them, and how far from the start it is.
#[derive(Default)]
struct Seen {
    places: Places<SchemaId>,
    depth: usize,
}

/// Gathers the keywords of an intersection.
pub(super) fn merge<'t>(cx: &mut Cx<'_, 't>, key: &Key) -> Merged<'t> {
    let mut merged = Merged::default();
    if let Some(first) = key.parts.first() {
        merged.at = cx.spec.schema(*first).at;
    }
    let mut seen = Seen::default();
    for part in held::parts(cx, &key.parts).iter() {
        gather(cx, key, *part, &mut merged, &mut seen);
    }
    let sources = &merged.sources;
    merged.unions.retain(|union| !is_satisfied(cx, union, sources));
    merged
}

/// One of the alternatives takes part already: a schema that extends the one which lists it is that
/// alternative, and no other.
fn is_satisfied(cx: &Cx<'_, '_>, union: &Alternatives, sources: &[SchemaId]) -> bool {
    let targets = union.schemas.iter().map(|id| unwrap(cx, *id).0);
    targets.into_iter().any(|target| target != union.holder && sources.contains(&target))
}

/// The parts demand different types; not reported: not every combination of alternatives is meant.
pub(super) fn is_impossible(cx: &mut Cx<'_, '_>, key: &Key) -> bool {
    cx.is_quiet = true;
    let merged = merge(cx, key);
    cx.is_quiet = false;
    merged.never
}

fn gather<'t>(
    cx: &mut Cx<'_, 't>,
    key: &Key,
    id: SchemaId,
    into: &mut Merged<'t>,
    seen: &mut Seen,
) {
    if seen.places.of(id, into.sources.iter().copied()).is_some() {
        return;
    }
    let spec = cx.spec;
    let schema = spec.schema(id);
    if seen.depth == LONGEST_CHAIN {
        let message = format!("schemas lead to this one through more than {LONGEST_CHAIN} others");
        cx.sink.error(Code::TooDeep, At::Node(schema.at), message).help("refer to it directly");
        return;
    }
    seen.depth += 1;
    seen.places.push(id, into.sources.len());
    into.sources.push(id);
    if schema.always == Some(false) {
        into.never = true;
    }
    into.any_kind |= cx.any_kind.contains(&id);
    let only_null = schema.types == Types::NULL && is_composed(schema);
    into.or_null |= only_null || cx.or_null.contains(&id);
    if !only_null {
        narrow(cx, schema, into);
    }
    if let Some(target) = schema.reference {
        gather(cx, key, target, into, seen);
    }
    for part in &schema.all_of {
        gather(cx, key, *part, into, seen);
    }
    own_keywords(cx, key, id, into, seen);
    seen.depth -= 1;
}

/// Keywords beside `type: null` that describe the other values, as `nullable: true` beside `$ref`.
fn is_composed(schema: &Schema<'_>) -> bool {
    schema.reference.is_some()
        || !schema.all_of.is_empty()
        || !schema.any_of.is_empty()
        || !schema.one_of.is_empty()
        || !schema.values.is_empty()
        || !schema.properties.is_empty()
}

fn narrow<'t>(cx: &mut Cx<'_, 't>, schema: &Schema<'t>, into: &mut Merged<'t>) {
    if schema.types.is_empty() {
        return;
    }
    if into.types.is_empty() {
        into.types = schema.types;
        return;
    }
    let both = into.types.and(schema.types);
    if both.is_empty() && cx.is_quiet {
        into.never = true;
    } else if both.is_empty() {
        let outer = into.at;
        cx.sink
            .warning(
                Code::AllOfConflict,
                At::Node(schema.at),
                "the parts of this `allOf` demand different types, so no value satisfies it",
            )
            .label(At::Node(outer), "combined here")
            .help("give every part the same `type`; until then any JSON value is accepted");
        into.never = true;
    }
    into.types = both;
}

fn own_keywords<'t>(
    cx: &mut Cx<'_, 't>,
    key: &Key,
    id: SchemaId,
    into: &mut Merged<'t>,
    seen: &mut Seen,
) {
    let spec = cx.spec;
    let schema = spec.schema(id);
    into.format = into.format.or(schema.format);
    values(cx, id, into);
    for (name, property) in &schema.properties {
        into.property(name, *property);
    }
    for name in &schema.required {
        into.require(name);
    }
    additional::gather(cx, schema, &mut into.additional);
    into.items.extend(schema.items);
    if !key.chosen.contains(&id) {
        for schemas in [&schema.one_of, &schema.any_of] {
            let solid: Vec<SchemaId> =
                schemas.iter().copied().filter(|arm| !is_null(cx, *arm)).collect();
            into.or_null |= solid.len() < schemas.len();
            match solid.as_slice() {
                [] => {}
                [sole] => gather(cx, key, *sole, into, seen),
                _ => into.unions.push(Alternatives { holder: id, schemas: solid }),
            }
        }
    }
    if let Some(rare) = &schema.rare {
        if rare.discriminator.is_some() && into.discriminator.is_none() {
            into.discriminator = Some(id);
        }
        if into.prefix.is_empty() {
            into.prefix = rare.prefix_items.clone();
        }
        into.rules.extend(rare.rules.iter().copied());
        into.names.extend(rare.property_names);
        into.encoding = into.encoding.or(rare.content_encoding);
    }
}

/// `const` and `enum`: what this part lists, of what the parts before it list.
fn values<'t>(cx: &mut Cx<'_, 't>, id: SchemaId, into: &mut Merged<'t>) {
    let (schema, tree) = (cx.spec.schema(id), cx.spec.tree);
    let own = schema.constant.as_ref().map_or(schema.values.as_slice(), std::slice::from_ref);
    if own.is_empty() {
        return;
    }
    let Some((_, known)) = &mut into.values else {
        into.values = Some((id, own.to_vec()));
        return;
    };
    if cx.is_quiet {
        return;
    }
    let text = |value: &NodeId| format!("{:?}", tree.to_value(*value));
    let own: HashSet<String> = own.iter().map(text).collect();
    let listed = |value: &NodeId| own.contains(&text(value));
    if known.iter().any(listed) {
        known.retain(listed);
        return;
    }
    cx.sink
        .warning(
            Code::AllOfConflict,
            At::Node(schema.at),
            "the parts of this `allOf` list no common value, so no value satisfies it",
        )
        .label(At::Node(into.at), "combined here")
        .help("list the values once; until then those of the first part are taken");
}

/// The schema admits `null` and nothing else, by its type or by what it lists; so does what it refers
/// to, if it is a reference.
pub(super) fn is_null(cx: &Cx<'_, '_>, id: SchemaId) -> bool {
    let (spec, mut id) = (cx.spec, id);
    for _ in 0..LONGEST_CHAIN {
        let schema = spec.schema(id);
        let listed =
            schema.constant.as_ref().map_or(schema.values.as_slice(), std::slice::from_ref);
        match schema.reference {
            Some(target) if schema.types.is_empty() && listed.is_empty() => id = target,
            Some(_) => return false,
            None if listed.is_empty() => {
                return schema.types == Types::NULL && !is_composed(schema);
            }
            None => return listed.iter().all(|at| spec.tree.is_null(*at)),
        }
    }
    false
}
