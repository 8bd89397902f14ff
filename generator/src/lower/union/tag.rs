//! Which value of the discriminator belongs to which alternative (OpenAPI 3.1.1, section 4.8.25).
//!
//! A mapping goes first, then what an alternative states by `x-ms-discriminator-value`. Where both are
//! silent, it is known by the values that its own schema lists for the property; a list that it shares
//! with others, as it stands in what they all extend, tells nothing, and then it is known by its name.
//!
//! A union without a discriminator of its own has that of the base which all its alternatives extend.

use super::super::cx::Cx;
use super::super::merge::{Key, merge, unwrap};
use super::super::{docs, origin, value};
use super::label::component_name;
use super::pick::Arm;
use crate::diag::{At, Code};
use crate::spec::{Discriminator, SchemaId, Types, extends};
use heck::ToSnakeCase as _;
use std::collections::BTreeSet;
use tenon_ir as ir;

/// The alternatives by the discriminator of a union.
pub(super) struct Tagged {
    /// What its values say.
    pub(super) pick: ir::Pick,
    /// The alternatives that have a value in common with another.
    pub(super) alike: Vec<usize>,
}

/// The alternatives by the discriminator of the union, if it has one that is known of any of them.
pub(super) fn tag(cx: &mut Cx<'_, '_>, holder: SchemaId, arms: &[Arm]) -> Option<Tagged> {
    let own = discriminator_of(cx, holder);
    let base = if own.is_some() { holder } else { base(cx, arms)? };
    let discriminator = own.or_else(|| discriminator_of(cx, base))?;
    let mapped = mapped(cx, discriminator, arms, base == holder);
    let listed = Listed::read(cx, discriminator.property, base, arms);
    let mut values = mapped.clone();
    for (index, arm) in arms.iter().enumerate() {
        if mapped.iter().any(|(_, known)| *known == index) {
            continue;
        }
        let own = implied(cx, arm, index, &listed);
        let is_free = |text: &String| !mapped.iter().any(|(known, _)| known == text);
        values.extend(own.into_iter().filter(is_free).map(|text| (text, index)));
    }
    if base == holder {
        unnamed(cx, discriminator, arms, &values);
    }
    if values.is_empty() {
        return None;
    }
    values.sort_by(|(one, at), (other, after)| (at, one).cmp(&(after, other)));
    values.dedup();
    let is_shared = |text: &str| values.iter().filter(|(known, _)| known == text).count() > 1;
    let shared = values.iter().filter(|(text, _)| is_shared(text));
    let alike: BTreeSet<usize> = shared.map(|(_, index)| *index).collect();
    let alike = alike.into_iter().collect();
    let pick = ir::Pick::Tag { property: discriminator.property.to_owned(), values };
    Some(Tagged { pick, alike })
}

fn discriminator_of<'s, 't>(cx: &Cx<'s, 't>, id: SchemaId) -> Option<&'s Discriminator<'t>> {
    cx.spec.schema(id).rare.as_ref()?.discriminator.as_ref()
}

/// The nearest base with a discriminator that all alternatives extend, if nothing else there extends
/// one of them: that would be such an alternative, by another value.
fn base(cx: &Cx<'_, '_>, arms: &[Arm]) -> Option<SchemaId> {
    let listed: Vec<SchemaId> = arms.iter().map(|arm| arm.schema).collect();
    let extends_one = |child: &SchemaId| listed.iter().any(|arm| extends(cx.spec, *child, *arm));
    let bases = cx.children.iter().filter(|(_, children)| {
        let mut others = children.iter().filter(|child| !listed.contains(child));
        listed.iter().all(|arm| children.contains(arm)) && !others.any(extends_one)
    });
    bases.min_by_key(|(base, children)| (children.len(), base.0)).map(|(base, _)| *base)
}

/// The discriminator and its value, for each alternative whose own fields may not carry it: that has
/// no property for it, or one that may be left out.
pub(super) fn written(
    cx: &mut Cx<'_, '_>,
    arms: &[Arm],
    picks: &[ir::Pick],
) -> Vec<Option<(String, ir::Tag)>> {
    let tag = picks.iter().find_map(|pick| match pick {
        ir::Pick::Tag { property, values } => Some((property, values)),
        ir::Pick::JsonType(_)
        | ir::Pick::Property(_)
        | ir::Pick::Constant(_)
        | ir::Pick::Values(_)
        | ir::Pick::Names(_)
        | ir::Pick::Closed(_) => None,
    });
    let Some((property, values)) = tag else { return vec![None; arms.len()] };
    let one = |(index, arm): (usize, &Arm)| {
        let (text, _) = values.iter().find(|(_, at)| *at == index)?;
        let schemas = arm.property(property);
        let is_carried = !schemas.is_empty() && arm.required.contains(property);
        // What only the server may send isn't sent in any other way.
        let is_read_only = docs::layers(cx, schemas).any(|id| cx.spec.schema(id).read_only);
        let is_sent = !is_carried && !is_read_only;
        is_sent.then(|| value(cx, schemas, text)).flatten().map(|value| (property.clone(), value))
    };
    arms.iter().enumerate().map(one).collect()
}

/// The value with this text of a property that is described so: a string, unless it can be none.
fn value(cx: &mut Cx<'_, '_>, schemas: &[SchemaId], text: &str) -> Option<ir::Tag> {
    let merged = merge(cx, &Key::all(schemas));
    let types = merged.solid_types();
    let listed = merged.values.iter().flat_map(|(_, values)| values);
    let mut listed = listed.map(|at| cx.spec.tree.to_value(*at)).peekable();
    let is_text = match types.is_empty() {
        true => listed.peek().is_none() || listed.any(|it| matches!(it, ir::Value::Text(_))),
        false => types.contains(Types::STRING),
    };
    if is_text {
        return Some(ir::Tag::Text(text.to_owned()));
    }
    let number = text.parse().ok().map(ir::Tag::Int);
    number.or_else(|| text.parse().ok().map(ir::Tag::Bool))
}

/// The values that the mapping gives to alternatives; one of the union's own that leads elsewhere is
/// reported.
fn mapped(
    cx: &mut Cx<'_, '_>,
    discriminator: &Discriminator<'_>,
    arms: &[Arm],
    is_own: bool,
) -> Vec<(String, usize)> {
    let mut values = Vec::new();
    for (text, target) in &discriminator.mapping {
        let (target, _) = unwrap(cx, *target);
        match arms.iter().position(|arm| arm.schema == target) {
            Some(index) => values.push(((*text).to_owned(), index)),
            None if is_own => astray(cx, discriminator, text),
            None => {}
        }
    }
    values
}

fn astray(cx: &mut Cx<'_, '_>, discriminator: &Discriminator<'_>, text: &str) {
    let tree = cx.spec.tree;
    let mapping = tree.get(discriminator.at, "mapping");
    let entry = mapping.and_then(|mapping| tree.get(mapping, text));
    cx.sink
        .warning(
            Code::DiscriminatorMapping,
            At::Node(entry.unwrap_or(discriminator.at)),
            format!("`{text}` is mapped to a schema that isn't one of the alternatives"),
        )
        .help("add the schema to `oneOf`, or take the entry out of `mapping`");
}

/// Reports alternatives that no value of the discriminator belongs to.
fn unnamed(
    cx: &mut Cx<'_, '_>,
    discriminator: &Discriminator<'_>,
    arms: &[Arm],
    values: &[(String, usize)],
) {
    let property = discriminator.property;
    let is_named = |index: usize| values.iter().any(|(_, known)| *known == index);
    let unnamed = arms.iter().enumerate().filter(|(index, _)| !is_named(*index));
    let names: Vec<String> = unnamed.map(|(_, arm)| arm.shown()).collect();
    if names.is_empty() {
        return;
    }
    let message = match values.is_empty() {
        true => {
            format!(
                "no value of `{property}` is known, so the alternatives are told apart without it"
            )
        }
        false => {
            let names = names.join(" and ");
            format!("no value of `{property}` is known for {names}, so nothing is read as that")
        }
    };
    cx.sink.warning(Code::DiscriminatorMapping, At::Node(discriminator.at), message).help(format!(
        "give `{property}` a constant in each alternative, or make components of them"
    ));
}

/// The discriminator values of an alternative that no mapping names. It may state its own, as
/// AutoRest has it.
fn implied(cx: &mut Cx<'_, '_>, arm: &Arm, index: usize, listed: &Listed) -> Vec<String> {
    let at = cx.spec.schema(arm.schema).at;
    if let Some(stated) = value::text(cx, at, "x-ms-discriminator-value") {
        return vec![stated.to_owned()];
    }
    let own = listed.of(index);
    if own.len() == 1 || (!own.is_empty() && !listed.is_shared(index)) {
        return own.to_vec();
    }
    let Some(name) = defined_name(cx, arm.schema) else { return own.to_vec() };
    let words = name.to_snake_case();
    let spelled = own.iter().find(|value| value.to_snake_case() == words).cloned();
    vec![spelled.unwrap_or(name)]
}

/// The name of the component that a schema is, or under which another file defines it.
fn defined_name(cx: &Cx<'_, '_>, id: SchemaId) -> Option<String> {
    let elsewhere = || origin::defined_name(cx.spec.tree, cx.spec.schema(id).at);
    component_name(cx, id).or_else(|| elsewhere().map(str::to_owned))
}

/// The values that schemas list for the property of a discriminator.
struct Listed {
    /// Those of the schema that the alternatives extend, or that lists them.
    holder: Vec<String>,
    arms: Vec<Vec<String>>,
}

impl Listed {
    fn read(cx: &mut Cx<'_, '_>, property: &str, holder: SchemaId, arms: &[Arm]) -> Listed {
        let base = merge(cx, &Key::one(holder));
        let base = base.properties.iter().find(|(name, _)| *name == property);
        let base = base.map(|(_, schemas)| schemas.clone()).unwrap_or_default();
        Listed {
            holder: values(cx, &base),
            arms: arms.iter().map(|arm| values(cx, arm.property(property))).collect(),
        }
    }

    fn of(&self, arm: usize) -> &[String] {
        self.arms.get(arm).map(Vec::as_slice).unwrap_or_default()
    }

    /// Others list the same.
    fn is_shared(&self, arm: usize) -> bool {
        let own = self.of(arm);
        let others = self.arms.iter().enumerate().filter(|(other, _)| *other != arm);
        self.holder == own || others.into_iter().any(|(_, other)| other == own)
    }
}

fn values(cx: &mut Cx<'_, '_>, schemas: &[SchemaId]) -> Vec<String> {
    if schemas.is_empty() {
        return Vec::new();
    }
    let tree = cx.spec.tree;
    let merged = merge(cx, &Key::all(schemas));
    let listed = merged.values.map(|(_, values)| values).unwrap_or_default();
    listed.iter().filter_map(|at| tree.text(*at)).map(str::to_owned).collect()
}
