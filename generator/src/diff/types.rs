//! The JSON types of two schemas.

use super::flat::{Flat, flatten};
use super::rules;
use super::schema::Both;
use super::walk::{Aspect, Subject, Walk};
use crate::spec::Types;

/// The types; whether what is inside can be compared.
pub(super) fn compare(walk: &mut Walk<'_, '_>, both: &Both<'_>) -> bool {
    let (old, new) = (&both.old, &both.new);
    if old.types == new.types && old.never == new.never {
        return true;
    }
    let had_union = old.unions.len() != new.unions.len();
    if had_union && (old.types.is_empty() || new.types.is_empty()) {
        // That there is an alternative, or isn't, says it already.
        return true;
    }
    let part = only_part(walk, both);
    let stating = part.as_ref().unwrap_or(both);
    let rule = match relation(&stating.old, &stating.new, walk.texts.contains(&both.pair)) {
        Relation::Wider => &rules::TYPE_WIDENED,
        Relation::Narrower => &rules::TYPE_NARROWED,
        Relation::Other => &rules::TYPE_CHANGED,
    };
    let (was, is) = (type_words(&stating.old), type_words(&stating.new));
    let gone = walk.gone(both.old_type.as_ref());
    let change = stating.change(walk, rule, "type", format!("was {was}, is {is}"));
    let (old_item, new_item) = (both.old_item(walk.old), both.new_item(walk.new));
    let change = change
        .texts(Some(was), Some(is))
        .explains(old_item.map(Subject::Item), new_item.map(Subject::Item), Aspect::Any)
        .explains_holders()
        .taking(gone);
    walk.push(change);
    let objects = |types: Types| types.contains(Types::OBJECT) || types.contains(Types::ARRAY);
    (objects(old.types) && objects(new.types) && !old.types.and(new.types).is_empty())
        || (had_union && !old.types.and(new.types).is_empty())
}

/// The one part of the schemas that has another type; it is told as where it stands alone.
fn only_part<'t>(walk: &Walk<'_, 't>, both: &Both<'t>) -> Option<Both<'t>> {
    let (old, new) = (&both.old.sources, &both.new.sources);
    if old.len() != new.len() || old.len() < 2 {
        return None;
    }
    let pairs = old.iter().zip(new);
    let mut other = pairs.filter(|(a, b)| walk.old.schema(**a).types != walk.new.schema(**b).types);
    let (Some((a, b)), None) = (other.next(), other.next()) else { return None };
    let part = Both {
        pair: both.pair,
        old: flatten(walk.old, &[*a]),
        new: flatten(walk.new, &[*b]),
        old_type: None,
        new_type: None,
    };
    (part.old.sources.len() == 1 && part.new.sources.len() == 1).then_some(part)
}

enum Relation {
    Wider,
    Narrower,
    Other,
}

/// Of values that are written as text, each is a string too.
fn relation(old: &Flat<'_>, new: &Flat<'_>, is_text: bool) -> Relation {
    let within = |inner: Types, outer: Types| {
        outer.is_empty()
            || (!inner.is_empty()
                && inner.iter().all(|one| {
                    outer.contains(one) || (one == Types::INTEGER && outer.contains(Types::NUMBER))
                }))
    };
    if old.never != new.never {
        return if old.never { Relation::Wider } else { Relation::Narrower };
    }
    let is_scalar = |flat: &Flat<'_>| {
        !flat.types.is_empty()
            && !flat.types.contains(Types::ARRAY)
            && !flat.types.contains(Types::OBJECT)
    };
    let takes = |outer: &Flat<'_>, inner: &Flat<'_>| {
        within(inner.types, outer.types)
            || (is_text
                && is_scalar(inner)
                && outer.types.contains(Types::STRING)
                && outer.format.is_none())
    };
    match (takes(new, old), takes(old, new)) {
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        _ => Relation::Other,
    }
}

/// `string`, `integer or null`.
pub(super) fn type_words(flat: &Flat<'_>) -> String {
    if flat.never {
        return "nothing".to_owned();
    }
    match flat.types.is_empty() {
        true => "any value".to_owned(),
        false => flat.types.listed(),
    }
}
