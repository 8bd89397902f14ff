//! How the alternatives of a union are told apart when a value is read.
//!
//! The ladder: discriminator, JSON type, listed value, constant property, properties that a closed
//! alternative excludes, property that no other alternative has. Alternatives that have a value of the
//! discriminator in common go on from there. What is left is tried in the document's order, and
//! reported.

use std::collections::HashMap;

use super::super::cx::Cx;
use super::kinds::Kinds;
use super::{order, tag};
use crate::diag::{At, Code};
use crate::source::{NodeId, to_json};
use crate::spec::{SchemaId, Types};
use tenon_ir as ir;

/// The names of properties that alternatives know.
type Known = Vec<(Vec<String>, usize)>;

/// An alternative.
#[derive(Clone)]
pub(super) struct Arm {
    /// What it is, wrappers seen through.
    pub(super) schema: SchemaId,
    /// Its type.
    pub(super) ty: ir::Type,
    /// Its name, before casing.
    pub(super) name: String,
    /// Rules of its values.
    pub(super) rules: Vec<ir::Rule>,
    /// Documentation.
    pub(super) docs: ir::Docs,
    /// Properties, when it is an object.
    pub(super) properties: Vec<(String, Vec<SchemaId>)>,
    /// Required properties.
    pub(super) required: Vec<String>,
}

impl Arm {
    /// Takes in another alternative with the same type.
    pub(super) fn also(&mut self, other: Arm) {
        if self.rules != other.rules {
            self.rules.clear();
        }
    }

    /// It has a property of this name.
    pub(super) fn declares(&self, name: &str) -> bool {
        !self.property(name).is_empty()
    }

    /// Its name, as messages have it.
    pub(super) fn shown(&self) -> String {
        match self.name.strip_prefix("Variant ") {
            Some(number) => format!("alternative {number}"),
            None => format!("`{}`", self.name),
        }
    }

    /// The schemas of the property of this name; none, when it has no such property.
    pub(super) fn property(&self, name: &str) -> &[SchemaId] {
        let found = self.properties.iter().find(|(known, _)| known == name);
        found.map(|(_, schemas)| schemas.as_slice()).unwrap_or_default()
    }
}

/// The ways to tell the alternatives apart, best first.
pub(super) fn picks(
    cx: &mut Cx<'_, '_>,
    kinds: &Kinds,
    holder: SchemaId,
    arms: &[Arm],
) -> Vec<ir::Pick> {
    let mut picks = Vec::new();
    if let Some(tag::Tagged { pick, alike }) = tag::tag(cx, holder, arms) {
        picks.push(pick);
        if !alike.is_empty() {
            by_shape(cx, holder, arms, &alike, &mut picks);
        }
        return picks;
    }
    let kinds: Vec<Vec<&'static str>> = arms.iter().map(|arm| kinds.names(&arm.ty)).collect();
    let unique: Vec<(&'static str, usize)> = kinds
        .iter()
        .enumerate()
        .flat_map(|(index, own)| own.iter().map(move |kind| (*kind, index)))
        .filter(|(kind, index)| {
            kinds.iter().enumerate().all(|(other, own)| other == *index || !own.contains(kind))
        })
        .collect();
    if !unique.is_empty() {
        picks.push(ir::Pick::JsonType(unique.clone()));
    }
    let rest: Vec<usize> = (0..arms.len())
        .filter(|index| kinds[*index].iter().any(|kind| !unique.contains(&(*kind, *index))))
        .collect();
    by_shape(cx, holder, arms, &rest, &mut picks);
    picks
}

/// Adds the ways to tell those alternatives apart that neither a discriminator nor the JSON type does.
fn by_shape(
    cx: &mut Cx<'_, '_>,
    holder: SchemaId,
    arms: &[Arm],
    rest: &[usize],
    picks: &mut Vec<ir::Pick>,
) {
    let values = listed(cx, arms, rest);
    if !values.is_empty() {
        picks.push(ir::Pick::Values(values));
    }
    let mut undecided = by_content(cx, arms, rest, picks);
    let clashing: Vec<usize> = undecided
        .iter()
        .copied()
        .filter(|one| undecided.iter().any(|other| clash(cx, arms, *one, *other)))
        .collect();
    undecided.retain(|index| clashing.contains(index));
    if undecided.len() > 1 {
        let known = known_names(cx, arms, rest);
        if known.iter().any(|(names, _)| *names != known[0].0) {
            by_names(arms, &known, picks);
        }
        let alike: Vec<usize> = undecided
            .iter()
            .copied()
            .filter(|one| {
                undecided.iter().any(|other| {
                    clash(cx, arms, *one, *other)
                        && names_of(&known, *one) == names_of(&known, *other)
                })
            })
            .collect();
        if alike.len() > 1 {
            ambiguous(cx, holder, arms, &alike);
        }
    }
}

/// The names of all properties that each of these alternatives can hold, where it is an object.
fn known_names(cx: &Cx<'_, '_>, arms: &[Arm], rest: &[usize]) -> Known {
    let names = |index: &usize| {
        let names = order::property_names(cx, &arms[*index].ty)?;
        (!names.is_empty()).then(|| (names.into_iter().collect(), *index))
    };
    rest.iter().filter_map(names).collect()
}

fn names_of(known: &Known, arm: usize) -> Option<&Vec<String>> {
    known.iter().find(|(_, listed)| *listed == arm).map(|(names, _)| names)
}

/// Tries first what knows most of a value. A property that an alternative may lack says no more
/// than that.
fn by_names(arms: &[Arm], known: &Known, picks: &mut Vec<ir::Pick>) {
    for pick in picks.iter_mut() {
        if let ir::Pick::Property(properties) = pick {
            properties.retain(|(name, arm)| {
                arms[*arm].required.contains(name) || names_of(known, *arm).is_none()
            });
        }
    }
    picks.retain(|pick| !matches!(pick, ir::Pick::Property(properties) if properties.is_empty()));
    // What all of them know tells nothing.
    let telling = |name: &&String| !known.iter().all(|(names, _)| names.contains(name));
    let telling = known
        .iter()
        .map(|(names, arm)| (names.iter().filter(telling).cloned().collect(), *arm))
        .collect();
    picks.push(ir::Pick::Names(telling));
}

/// A value may be one of both alternatives, and the first isn't the narrower one.
fn clash(cx: &Cx<'_, '_>, arms: &[Arm], one: usize, other: usize) -> bool {
    let (first, second) = (&arms[one.min(other)].ty, &arms[one.max(other)].ty);
    one != other && !order::are_apart(cx, first, second) && !order::is_within(cx, first, second)
}

/// Picks among objects by constants, then by properties of their own; returns what is left.
fn by_content(
    cx: &Cx<'_, '_>,
    arms: &[Arm],
    rest: &[usize],
    picks: &mut Vec<ir::Pick>,
) -> Vec<usize> {
    let constants = constants(cx, arms, rest);
    let mut left: Vec<usize> = rest.to_vec();
    if !constants.is_empty() {
        left.retain(|index| !constants.iter().any(|(_, _, decided)| decided == index));
        picks.push(ir::Pick::Constant(constants));
    }
    // Where all are closed, a property of their own tells as much.
    let closed = closed(cx, arms, rest);
    if !left.is_empty() && !closed.is_empty() && closed.len() < rest.len() {
        picks.push(ir::Pick::Closed(closed));
    }
    let mut properties = Vec::new();
    for index in rest {
        if let Some(property) = own_property(arms, rest, *index) {
            properties.push((property, *index));
        }
    }
    left.retain(|index| {
        !properties
            .iter()
            .any(|(name, decided)| decided == index && arms[*index].required.contains(name))
    });
    if !properties.is_empty() {
        picks.push(ir::Pick::Property(properties));
    }
    left
}

fn ambiguous(cx: &mut Cx<'_, '_>, holder: SchemaId, arms: &[Arm], left: &[usize]) {
    let names: Vec<String> = left.iter().map(|index| arms[*index].shown()).collect();
    let own: Vec<String> = left
        .iter()
        .filter_map(|index| own_property(arms, left, *index))
        .map(|name| format!("`{name}`"))
        .collect();
    let message = match own.is_empty() {
        true => format!("nothing in a value tells {} apart", names.join(" and ")),
        false => {
            let (names, own) = (names.join(" or "), own.join(" and "));
            format!("a value without {own} may be {names}")
        }
    };
    let at = cx.spec.schema(holder).at;
    cx.sink.warning(Code::AmbiguousUnion, At::Node(at), message).help(
        "the first one that decodes is taken; \
         add a `discriminator`, or a required property that only one has",
    );
}

/// A property that no other of these alternatives has; a required one if possible.
fn own_property(arms: &[Arm], rest: &[usize], index: usize) -> Option<String> {
    let own =
        |name: &&String| rest.iter().all(|other| *other == index || !arms[*other].declares(name));
    let names = || arms[index].properties.iter().map(|(name, _)| name);
    names()
        .filter(own)
        .find(|name| arms[index].required.contains(name))
        .or_else(|| names().find(own))
        .cloned()
}

/// The values that one of several enums lists, and no other.
fn listed(cx: &Cx<'_, '_>, arms: &[Arm], rest: &[usize]) -> Vec<(String, usize)> {
    let enums = rest.iter().filter_map(|at| Some((order::values(cx, &arms[*at].ty)?, *at)));
    let enums: Vec<_> = enums.collect();
    let is_told = |value: &String, at: usize| {
        enums.len() > 1 && enums.iter().all(|(values, arm)| *arm == at || !values.contains(value))
    };
    let own = enums.iter().flat_map(|(values, at)| values.iter().map(|value| (value, *at)));
    own.filter(|(value, at)| is_told(value, *at)).map(|(value, at)| (value.clone(), at)).collect()
}

/// The names of the properties that closed alternatives admit.
fn closed(cx: &Cx<'_, '_>, arms: &[Arm], rest: &[usize]) -> Known {
    let names = |index: &usize| Some((order::closed_names(cx, &arms[*index].ty)?, *index));
    rest.iter().filter_map(names).collect()
}

/// Constants of one property that differ between the alternatives, each of which has it: a single
/// one by alternative where there is such a property, else several.
fn constants(cx: &Cx<'_, '_>, arms: &[Arm], rest: &[usize]) -> Vec<(String, String, usize)> {
    let Some(first) = rest.first().filter(|_| rest.len() > 1) else { return Vec::new() };
    let found = arms[*first].properties.iter().filter_map(|(name, _)| {
        let listed: Option<Vec<Vec<String>>> =
            rest.iter().map(|index| listed_by(cx, arms[*index].property(name))).collect();
        let entries = rest.iter().zip(listed?).flat_map(|(index, values)| {
            values.into_iter().map(|value| (name.clone(), value, *index))
        });
        let entries: Vec<(String, String, usize)> = entries.collect();
        let mut seen = HashMap::new();
        let is_own = |(_, value, index): &(String, String, usize)| {
            *seen.entry(value.clone()).or_insert(*index) == *index
        };
        entries.iter().all(is_own).then_some(entries)
    });
    found.min_by_key(Vec::len).unwrap_or_default()
}

/// The values, as JSON text, that schemas which all hold list.
fn listed_by(cx: &Cx<'_, '_>, schemas: &[SchemaId]) -> Option<Vec<String>> {
    let json = |at: &NodeId| to_json(&cx.spec.tree.to_value(*at));
    let lists = schemas.iter().filter_map(|id| values_of(cx, *id));
    let shortest = lists.min_by_key(|values| values.len())?;
    Some(shortest.iter().map(json).collect())
}

/// The only value that a schema admits.
pub(super) fn constant_of(cx: &Cx<'_, '_>, id: SchemaId) -> Option<NodeId> {
    match values_of(cx, id)? {
        [only] => Some(*only),
        _ => None,
    }
}

/// The values that a schema lists, or what it refers to.
fn values_of<'s>(cx: &Cx<'s, '_>, id: SchemaId) -> Option<&'s [NodeId]> {
    let spec = cx.spec;
    let mut id = id;
    for _ in 0..8 {
        let schema = spec.schema(id);
        if let Some(constant) = &schema.constant {
            return Some(std::slice::from_ref(constant));
        }
        if !schema.values.is_empty() {
            return Some(&schema.values);
        }
        id = match (schema.reference, schema.all_of.as_slice()) {
            (Some(target), _) => target,
            (None, [one]) => *one,
            _ => return None,
        };
    }
    None
}

/// The name of a JSON type, as [`ir::Pick::JsonType`] has it.
pub(super) fn json_type(types: Types) -> &'static str {
    match types {
        Types::BOOLEAN => "boolean",
        Types::INTEGER | Types::NUMBER => "number",
        Types::STRING => "string",
        Types::ARRAY => "array",
        Types::OBJECT => "object",
        _ => "null",
    }
}

/// The variant of a union that holds values of a JSON type.
pub(super) fn type_label(types: Types) -> &'static str {
    match types {
        Types::BOOLEAN => "Boolean",
        Types::INTEGER => "Integer",
        Types::NUMBER => "Number",
        Types::STRING => "String",
        Types::ARRAY => "List",
        Types::OBJECT => "Object",
        _ => "Null",
    }
}
