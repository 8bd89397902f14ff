//! Discriminators: the property has to be there in each alternative (OpenAPI 3.0.3, section 4.7.25).

use std::collections::HashMap;

use super::cx::Cx;
use crate::diag::At;
use crate::source::NodeId;
use crate::spec::{SchemaId, children};

/// Each alternative describes and requires the discriminating property.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let families: HashMap<SchemaId, Vec<SchemaId>> = children(spec);
    let tagged: Vec<SchemaId> = cx
        .schemas()
        .filter(|(_, schema)| schema.rare.as_ref().is_some_and(|rare| rare.discriminator.is_some()))
        .map(|(id, _)| id)
        .collect();
    for id in tagged {
        let schema = spec.schema(id);
        let Some(discriminator) = schema.rare.as_ref().and_then(|rare| rare.discriminator.as_ref())
        else {
            continue;
        };
        let property = discriminator.property;
        let own = has(cx, id, property, true);
        // What the union itself says holds for each alternative.
        if property.is_empty() || own == (Has { described: true, required: true }) {
            continue;
        }
        let listed: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
        let arms = if listed.is_empty() { families.get(&id).cloned() } else { Some(listed) };
        let name = cx.tree.get(discriminator.at, "propertyName").unwrap_or(discriminator.at);
        for arm in arms.unwrap_or_else(|| vec![id]) {
            arm_has(cx, name, own, arm, property);
        }
    }
}

/// What a schema says of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Has {
    described: bool,
    required: bool,
}

fn arm_has(cx: &mut Cx<'_, '_>, name: NodeId, own: Has, arm: SchemaId, property: &str) {
    let found = has(cx, arm, property, false);
    let is_null = cx.spec.schema(arm).types == crate::spec::Types::NULL;
    let described = own.described || found.described;
    let required = own.required || found.required;
    if is_null || (described && required) {
        return;
    }
    let target = cx.spec.schema(cx.target(arm)).at;
    let what = match cx.tree.key(target) {
        Some(key) if cx.spec.schema(arm).reference.is_some() => format!("`{key}`"),
        _ => "an alternative".to_owned(),
    };
    let problem = if described { "doesn't require" } else { "doesn't describe" };
    cx.say(At::Node(name), format!("{what} {problem} the property `{property}`"))
        .label(At::Key(target), "this schema")
        .help("add the property to its `properties` and to `required`");
}

/// What the schema and all that it has to be say; and what each of its alternatives says, unless
/// they are what is asked about.
fn has(cx: &Cx<'_, '_>, id: SchemaId, property: &str, is_union: bool) -> Has {
    at_depth(cx, id, property, is_union, 0)
}

fn at_depth(cx: &Cx<'_, '_>, id: SchemaId, property: &str, is_union: bool, depth: usize) -> Has {
    let mut has = Has { described: false, required: false };
    for part in cx.parts(id) {
        let schema = cx.spec.schema(part);
        has.described |= schema.properties.iter().any(|(name, _)| *name == property);
        has.required |= schema.required.contains(&property);
        if is_union || depth == 4 {
            continue;
        }
        for list in [&schema.one_of, &schema.any_of].into_iter().filter(|list| !list.is_empty()) {
            let arms = list.iter().map(|arm| at_depth(cx, *arm, property, false, depth + 1));
            let arms: Vec<Has> = arms.collect();
            has.described |= arms.iter().all(|arm| arm.described);
            has.required |= arms.iter().all(|arm| arm.required);
        }
    }
    has
}
