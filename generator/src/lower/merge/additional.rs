//! What an intersection says of properties that it doesn't list: `additionalProperties` and
//! `patternProperties`.

use super::Cx;
use crate::spec::{Schema, SchemaId};

/// `additionalProperties` of an intersection.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) enum Additional {
    /// Not stated.
    #[default]
    Unstated,
    /// `false` in some part.
    Closed,
    /// Schemas that each further property satisfies; none where only some names have one.
    Typed(Vec<SchemaId>),
}

/// Adds what one part says to what those before it say.
pub(super) fn gather(cx: &Cx<'_, '_>, schema: &Schema<'_>, into: &mut Additional) {
    let patterns = schema.rare.iter().flat_map(|rare| &rare.pattern_properties);
    let mut typed: Vec<SchemaId> = patterns.map(|(_, id)| *id).collect();
    match schema.additional {
        Some(id) if cx.spec.schema(id).always != Some(false) => typed.insert(0, id),
        Some(_) if typed.is_empty() => {
            *into = Additional::Closed;
            return;
        }
        None if typed.is_empty() => return,
        None if leaves_names_free(schema) => typed.clear(),
        Some(_) | None => {}
    }
    match into {
        Additional::Closed => {}
        Additional::Typed(known) => known.extend(typed),
        unstated => *unstated = Additional::Typed(typed),
    }
}

/// Patterns that match every name.
const EVERY_NAME: [&str; 8] = ["", "^", ".*", "^.*", "^.*$", ".+", "^.+", "^.+$"];

/// The schema describes properties by patterns, and any other name may have any value (JSON Schema
/// Core, section 10.3.2.3). Where patterns are all that it has, they describe a map, and its names are
/// meant to match.
pub(in super::super) fn leaves_names_free(schema: &Schema<'_>) -> bool {
    let mut patterns = schema.rare.iter().flat_map(|rare| &rare.pattern_properties).peekable();
    schema.additional.is_none()
        && !schema.properties.is_empty()
        && patterns.peek().is_some()
        && !patterns.any(|(pattern, _)| EVERY_NAME.contains(pattern))
}
