//! Which schemas the document's own values show to be more than what their keywords speak of.
//!
//! `items` without `type` says what the items of an array are, and nothing about other values
//! (JSON Schema Core, section 7.6.1): an object satisfies it. Authors mostly mean an array all the
//! same, so that is what becomes of it, unless an example or a default of the document is another
//! kind of value. Schemas and values are walked along together here, before any type is chosen.

use super::super::cx::Cx;
use super::super::schema::implied;
use super::format;
use crate::diag::{At, Code};
use crate::source::{NodeId, Tree};
use crate::spec::{Media, Schema, SchemaId, Spec, Types};
use std::cell::Cell;

/// The most values looked at, each as often as schemas describe it.
const VALUES: usize = 1_000_000;

/// How deep schemas and values are followed.
const DEPTH: usize = 64;

/// How deep a value is looked into to tell whether it is an alternative.
const GLANCE: usize = 4;

/// Notes the schemas without `type` whose values are of other kinds too, and reports each once.
pub(in super::super) fn find(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let open = leading(spec);
    if !open.contains(&true) {
        return;
    }
    let walk = Walk { spec, open: &open, left: Cell::new(VALUES) };
    let mut found = Vec::new();
    for (schema, at) in shown(spec) {
        walk.along(schema, at, DEPTH, &mut found);
    }
    for (schema, at) in found {
        if spec.tree.is_null(at) {
            cx.or_null.insert(schema);
        } else if !cx.any_kind.contains(&schema) {
            cx.any_kind.insert(schema);
            report(cx, schema, at);
        }
    }
}

fn report(cx: &mut Cx<'_, '_>, schema: SchemaId, at: NodeId) {
    let schema = cx.spec.schema(schema);
    let wanted = implied_by(schema).spoken();
    let found = Types::of(cx.spec.tree, at).spoken();
    let message = format!(
        "this is {found}, where a schema without `type` speaks of {wanted}; any JSON value is taken"
    );
    cx.sink
        .warning(Code::ExampleKind, At::Node(at), message)
        .label(At::Node(schema.at), "described here")
        .help("state the `type`, or every alternative with `anyOf`");
}

/// What the keywords of a schema speak of, where it states no type.
fn implied_by(schema: &Schema<'_>) -> Types {
    if !schema.types.is_empty() || !schema.values.is_empty() || schema.constant.is_some() {
        return Types::default();
    }
    let rare = schema.rare.as_deref();
    let is_object = !schema.properties.is_empty()
        || schema.additional.is_some()
        || rare.is_some_and(|rare| !rare.pattern_properties.is_empty());
    let is_array = schema.items.is_some() || rare.is_some_and(|rare| !rare.prefix_items.is_empty());
    let rule = rare.and_then(|rare| rare.rules.first()).map(|(keyword, _)| *keyword);
    implied(is_object, is_array, rule, schema.format)
}

/// The schemas from which a schema without `type` is reached.
fn leading(spec: &Spec<'_>) -> Vec<bool> {
    let mut users: Vec<Vec<u32>> = vec![Vec::new(); spec.schemas.len()];
    let mut open = Vec::new();
    for (index, schema) in spec.schemas.iter().enumerate() {
        parts(schema, &mut |id| users[id.0 as usize].push(index as u32));
        if !implied_by(schema).is_empty() {
            open.push(index as u32);
        }
    }
    let mut leading = vec![false; spec.schemas.len()];
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut leading[index as usize], true) {
            open.append(&mut users[index as usize]);
        }
    }
    leading
}

/// Every schema that describes a value or a part of it.
fn parts(schema: &Schema<'_>, each: &mut dyn FnMut(SchemaId)) {
    let lists = [&schema.all_of, &schema.any_of, &schema.one_of];
    lists.into_iter().flatten().for_each(|id| each(*id));
    schema.properties.iter().for_each(|(_, id)| each(*id));
    [schema.reference, schema.additional, schema.items].into_iter().flatten().for_each(&mut *each);
    schema.rare.iter().flat_map(|rare| &rare.prefix_items).for_each(|id| each(*id));
}

/// Every value that the document shows, with its schema.
fn shown(spec: &Spec<'_>) -> Vec<(SchemaId, NodeId)> {
    let mut shown = Vec::new();
    for (index, schema) in spec.schemas.iter().enumerate() {
        let values = schema.examples.iter().chain(&schema.default);
        shown.extend(values.map(|at| (SchemaId(index as u32), *at)));
    }
    let contents = spec.bodies.iter().map(|body| &body.content);
    let contents = contents.chain(spec.responses.iter().map(|response| &response.content));
    for parameter in &spec.parameters {
        let values =
            parameter.schema.iter().flat_map(|id| parameter.examples.iter().map(|at| (*id, *at)));
        shown.extend(values);
    }
    let contents = contents.chain(spec.parameters.iter().map(|parameter| &parameter.content));
    contents.flatten().for_each(|media| of_media(spec.tree, media, &mut shown));
    shown
}

/// The examples of a body. Where one is a text, that is mostly the body as it is sent.
fn of_media(tree: &Tree, media: &Media<'_>, shown: &mut Vec<(SchemaId, NodeId)>) {
    for at in &media.examples {
        if format::string(tree, *at).is_none() {
            shown.extend(media.schema.map(|schema| (schema, *at)));
            let items = tree.items(*at).iter();
            shown.extend(
                media.item_schema.iter().flat_map(|schema| items.clone().map(|at| (*schema, *at))),
            );
        }
    }
}

/// One walk along the examples.
struct Walk<'s, 't> {
    spec: &'s Spec<'t>,
    /// Schemas that are worth going into.
    open: &'s [bool],
    /// Values that may still be looked at.
    left: Cell<usize>,
}

impl Walk<'_, '_> {
    /// Another value may be looked at.
    fn goes_on(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// Goes along a schema and a value.
    fn along(&self, id: SchemaId, at: NodeId, depth: usize, found: &mut Vec<(SchemaId, NodeId)>) {
        let Some(depth) = depth.checked_sub(1) else { return };
        if !self.open[id.0 as usize] || !self.goes_on() {
            return;
        }
        let schema = self.spec.schema(id);
        let implied = implied_by(schema);
        if !implied.is_empty() && implied.and(Types::of(self.spec.tree, at)).is_empty() {
            found.push((id, at));
        }
        for part in schema.reference.iter().chain(&schema.all_of) {
            self.along(*part, at, depth, found);
        }
        self.alternatives(&schema.one_of, at, depth, found);
        self.alternatives(&schema.any_of, at, depth, found);
        self.inside(schema, at, depth, found);
    }

    /// Goes into the properties and items of a value.
    fn inside(
        &self,
        schema: &Schema<'_>,
        at: NodeId,
        depth: usize,
        found: &mut Vec<(SchemaId, NodeId)>,
    ) {
        let tree = self.spec.tree;
        if tree.is_map(at) && !schema.properties.is_empty() {
            for (name, id) in &schema.properties {
                if let Some(value) = tree.get(at, name) {
                    self.along(*id, value, depth, found);
                }
            }
        }
        if let Some(rest) = schema.additional.filter(|id| self.open[id.0 as usize]) {
            for (key, value) in tree.entries(at) {
                if !schema.properties.iter().any(|(name, _)| *name == key) {
                    self.along(rest, value, depth, found);
                }
            }
        }
        let prefix = schema.rare.as_ref().map_or(&[][..], |rare| &rare.prefix_items);
        for (index, value) in tree.items(at).iter().enumerate() {
            if let Some(id) = prefix.get(index).copied().or(schema.items) {
                self.along(id, *value, depth, found);
            }
        }
    }

    /// Goes along the alternatives that a value may be. One that takes it as it is settles that the
    /// others don't have to.
    fn alternatives(
        &self,
        arms: &[SchemaId],
        at: NodeId,
        depth: usize,
        found: &mut Vec<(SchemaId, NodeId)>,
    ) {
        let mut fitting: Vec<SchemaId> = Vec::new();
        fitting.extend(arms.iter().filter(|id| self.fits(**id, at, GLANCE)));
        let arms = if fitting.is_empty() { arms } else { &fitting };
        let before = found.len();
        for id in arms {
            let own = found.len();
            self.along(*id, at, depth, found);
            if found.len() == own {
                found.truncate(before);
                return;
            }
        }
    }

    /// The value may be meant by the schema, as far as that is told at a glance.
    fn fits(&self, id: SchemaId, at: NodeId, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1).filter(|_| self.goes_on()) else { return true };
        let (schema, tree) = (self.spec.schema(id), self.spec.tree);
        let kind = Types::of(tree, at);
        let stated = if schema.types.is_empty() { implied_by(schema) } else { schema.types };
        let is_kind =
            schema.always != Some(false) && (stated.is_empty() || !stated.and(kind).is_empty());
        let values =
            schema.constant.as_ref().map_or(schema.values.as_slice(), std::slice::from_ref);
        let is_listed = values.is_empty() || {
            let value = tree.to_value(at);
            values.iter().any(|listed| tree.to_value(*listed) == value)
        };
        let has_required = || schema.required.iter().all(|name| tree.get(at, name).is_some());
        let whole =
            || schema.reference.iter().chain(&schema.all_of).all(|id| self.fits(*id, at, depth));
        let one =
            |arms: &[SchemaId]| arms.is_empty() || arms.iter().any(|id| self.fits(*id, at, depth));
        let parts = || {
            let mut known =
                schema.properties.iter().filter_map(|(name, id)| Some((*id, tree.get(at, name)?)));
            known.all(|(id, value)| self.fits(id, value, depth))
        };
        let is_shaped = is_kind && is_listed && (!tree.is_map(at) || (has_required() && parts()));
        is_shaped && whole() && one(&schema.one_of) && one(&schema.any_of)
    }
}
