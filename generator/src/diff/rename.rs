//! What is gone under one name and there under another: the same thing, renamed.
//!
//! Two things are taken for one when they have the same shape and something else speaks for it: the
//! same place, the same description, or a similar name; and when nothing else could be meant.

use super::flat::Flat;
use super::object::Property;
use super::schema::Both;
use super::shape;
use super::side::Side;
use super::walk::Walk;
use crate::spec::SchemaId;

/// Takes the properties that were renamed out of those that are gone and those that are new.
pub(super) fn properties<'p, 't>(
    walk: &Walk<'_, '_>,
    both: &Both<'_>,
    gone: &mut Vec<&'p Property<'t>>,
    come: &mut Vec<&'p Property<'t>>,
) -> Vec<(&'p Property<'t>, &'p Property<'t>)> {
    let mut found = Vec::new();
    for old in gone.clone() {
        let matching = |new: &&&'p Property<'t>| {
            old.required == new.required
                && !old.schemas.is_empty()
                && speaks(walk, old, new)
                && same_shape(walk, both, old, new)
        };
        let mut candidates = come.iter().filter(matching);
        let (Some(new), None) = (candidates.next().copied(), candidates.next()) else { continue };
        come.retain(|other| !std::ptr::eq(*other, new));
        gone.retain(|other| !std::ptr::eq(*other, old));
        found.push((old, new));
    }
    found
}

/// Of what holds itself, one side has the old name further down and the other side the new one.
fn same_shape(
    walk: &Walk<'_, '_>,
    both: &Both<'_>,
    old: &Property<'_>,
    new: &Property<'_>,
) -> bool {
    let inner = |side: &Side<'_>, owner: &Flat<'_>, property: &Property<'_>| {
        shape::of_property(side, &property.schemas, &owner.sources)
    };
    shape::of(walk.old, &old.schemas) == shape::of(walk.new, &new.schemas)
        || inner(walk.old, &both.old, old) == inner(walk.new, &both.new, new)
}

fn speaks(walk: &Walk<'_, '_>, old: &Property<'_>, new: &Property<'_>) -> bool {
    let described = description(walk.old, &old.schemas);
    let same_text = described.is_some() && described == description(walk.new, &new.schemas);
    let differing =
        described.is_some() && !same_text && description(walk.new, &new.schemas).is_some();
    same_text || similar(old.name, new.name) || (old.position == new.position && !differing)
}

fn description<'t>(side: &Side<'t>, schemas: &[SchemaId]) -> Option<&'t str> {
    let at = schemas.first()?;
    side.schema(*at).description
}

/// The names consist of the same letters, or one contains the other.
pub(super) fn similar(old: &str, new: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (old, new) = (letters(old), letters(new));
    let short = old.len().min(new.len());
    old == new || (short >= 3 && (old.contains(&new) || new.contains(&old)))
}
