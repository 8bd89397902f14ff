//! Components that extend a component with a discriminator.
//!
//! In: the schemas of a [`Spec`]. Out: for each base that leaves its alternatives to those that
//! extend it, these. Selection keeps them, and lowering makes a union of them, by the same answer.

use std::collections::{HashMap, HashSet};

use super::model::{Schema, SchemaId, Spec};

/// For each component with a discriminator of its own and no alternatives, the components that
/// extend it by `$ref` or `allOf`, however far down, in the document's order. A component that is
/// nothing but a reference to what stands elsewhere is that.
pub(crate) fn children(spec: &Spec<'_>) -> HashMap<SchemaId, Vec<SchemaId>> {
    let components = described(spec);
    let parents: Vec<SchemaId> =
        components.iter().copied().filter(|id| is_parent(spec, *id)).collect();
    if parents.is_empty() {
        return HashMap::new();
    }
    let extended_by = extended_by(spec);
    let children = |parent: SchemaId| {
        let descendants = descendants(&extended_by, parent);
        let is_child = |id: &&SchemaId| **id != parent && descendants.contains(*id);
        components.iter().filter(is_child).copied().collect::<Vec<_>>()
    };
    let families = parents.into_iter().map(|parent| (parent, children(parent)));
    families.filter(|(_, children)| !children.is_empty()).collect()
}

/// The schemas that describe the components: their own, or those of other places that they refer to.
fn described(spec: &Spec<'_>) -> Vec<SchemaId> {
    let named: HashSet<SchemaId> = spec.components.iter().map(|(_, id)| *id).collect();
    let elsewhere = |id: SchemaId| mere_reference(spec, id).filter(|it| !named.contains(it));
    let mut seen = HashSet::new();
    let components = spec.components.iter().map(|(_, id)| elsewhere(*id).unwrap_or(*id));
    components.filter(|id| seen.insert(*id)).collect()
}

/// What a schema refers to that says nothing more.
fn mere_reference(spec: &Spec<'_>, id: SchemaId) -> Option<SchemaId> {
    let schema = spec.schema(id);
    let target = schema.reference?;
    let is_alone = schema.parts() == [target]
        && schema.types.is_empty()
        && schema.required.is_empty()
        && schema.values.is_empty()
        && schema.constant.is_none()
        && schema.rare.is_none();
    is_alone.then_some(target)
}

/// The schema has a discriminator and leaves its alternatives to those that extend it.
fn is_parent(spec: &Spec<'_>, id: SchemaId) -> bool {
    let schema = spec.schema(id);
    let tagged = schema.rare.as_ref().is_some_and(|rare| rare.discriminator.is_some());
    tagged && schema.one_of.is_empty() && schema.any_of.is_empty()
}

/// For each schema, those that refer to it by `$ref` or `allOf`.
fn extended_by(spec: &Spec<'_>) -> Vec<Vec<SchemaId>> {
    let mut extended_by = vec![Vec::new(); spec.schemas.len()];
    for (index, schema) in spec.schemas.iter().enumerate() {
        for target in bases(schema) {
            extended_by[target.0 as usize].push(SchemaId(index as u32));
        }
    }
    extended_by
}

/// What a schema extends: where it holds, so do these.
fn bases<'s>(schema: &'s Schema<'_>) -> impl Iterator<Item = &'s SchemaId> {
    schema.reference.iter().chain(&schema.all_of)
}

/// The schema is this base, or extends it, however far up.
pub(crate) fn extends(spec: &Spec<'_>, schema: SchemaId, base: SchemaId) -> bool {
    let (mut met, mut open) = (HashSet::new(), vec![schema]);
    while let Some(id) = open.pop() {
        if id == base {
            return true;
        }
        if met.insert(id) {
            open.extend(bases(spec.schema(id)));
        }
    }
    false
}

fn descendants(extended_by: &[Vec<SchemaId>], parent: SchemaId) -> HashSet<SchemaId> {
    let (mut found, mut open) = (HashSet::new(), vec![parent]);
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(&extended_by[id.0 as usize]);
        }
    }
    found
}
