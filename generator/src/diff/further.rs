//! What may stand in an object beside the properties that it lists.

use super::flat::is_anything;
use super::rules::{self, Rule};
use super::schema::Both;
use super::side::Side;
use super::walk::{ANY, Aspect, Holder, Source, Subject, Walk, bare};
use crate::ir;
use crate::spec::SchemaId;

/// Compares `additionalProperties`, `patternProperties` and `propertyNames`.
pub(super) fn compare(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    additional(walk, both);
    patterns(walk, both);
    names(walk, both);
}

fn additional(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (&both.old, &both.new);
    // Alternatives say that themselves.
    if old.unions.is_empty() != new.unions.is_empty() {
        return;
    }
    let keyword = "additionalProperties";
    let rule = match (old.closed.is_some(), new.closed.is_some()) {
        (false, true) => Some((&rules::ADDITIONAL_CLOSED, "takes no other properties any more")),
        (true, false) => Some((&rules::ADDITIONAL_OPENED, "takes other properties")),
        _ => None,
    };
    let inner = match (old.additional.is_empty(), new.additional.is_empty()) {
        _ if rule.is_some() => None,
        (true, false) if says(walk.new, &new.additional) => {
            Some((&rules::ADDITIONAL_TYPED, "says what other properties are"))
        }
        (false, true) if says(walk.old, &old.additional) => {
            Some((&rules::ADDITIONAL_UNTYPED, "doesn't say any more what other properties are"))
        }
        _ => None,
    };
    if let Some((rule, verb)) = rule.or(inner) {
        let (old_item, new_item) = (both.old_item(walk.old), both.new_item(walk.new));
        let change = both
            .change(walk, rule, keyword, verb)
            .explains(old_item.map(Subject::Item), new_item.map(Subject::Item), Aspect::Any)
            .explains_holders()
            .taking(walk.gone(both.old_type.as_ref()));
        walk.push(change);
    } else if !old.additional.is_empty() && !new.additional.is_empty() {
        let old_type = values(walk.old, both.old_type.as_ref());
        let new_type = values(walk.new, both.new_type.as_ref());
        let above = (Source::Pair(both.pair, ANY), Holder::Above);
        let (a, b) = (old.additional.clone(), new.additional.clone());
        walk.pair((&a, old_type.as_ref()), (&b, new_type.as_ref()), Some(above));
    }
}

/// The schemas demand something: what refers to `{}` says no more than that does.
fn says(side: &Side<'_>, schemas: &[SchemaId]) -> bool {
    bare(side, schemas).into_iter().any(|id| !is_anything(side.schema(id)))
}

/// The type of the values of a map, or of the properties that a struct doesn't list.
fn values(side: &Side<'_>, ty: Option<&ir::Type>) -> Option<ir::Type> {
    match side.peel(ty?) {
        ir::Type::Map(value) => Some((**value).clone()),
        ir::Type::Item(id) => match &side.api.item(*id).kind {
            ir::Kind::Struct(ir::Struct { rest: ir::Rest::Keep { ty, .. }, .. }) => {
                Some(ty.clone())
            }
            ir::Kind::Newtype(newtype) => values(side, Some(&newtype.ty)),
            _ => None,
        },
        _ => None,
    }
}

fn patterns(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (both.old.patterns.clone(), both.new.patterns.clone());
    let find = |list: &[(&str, Vec<SchemaId>)], name: &str| {
        list.iter().find(|(known, _)| *known == name).map(|(_, ids)| ids.clone())
    };
    for (pattern, ids) in &old {
        match find(&new, pattern) {
            Some(others) => {
                let above = (Source::Pair(both.pair, ANY), Holder::Above);
                walk.pair((ids, None), (&others, None), Some(above));
            }
            None => pattern_change(walk, both, &rules::PATTERN_PROPERTY_REMOVED, pattern, "lost"),
        }
    }
    for (pattern, _) in new.iter().filter(|(pattern, _)| find(&old, pattern).is_none()) {
        pattern_change(walk, both, &rules::PATTERN_PROPERTY_ADDED, pattern, "got");
    }
}

fn pattern_change(
    walk: &mut Walk<'_, '_>,
    both: &Both<'_>,
    rule: &'static Rule,
    pattern: &str,
    verb: &str,
) {
    let verb = format!("{verb} properties that match `{pattern}`");
    let (old_item, new_item) = (both.old_item(walk.old), both.new_item(walk.new));
    let change = both
        .change(walk, rule, "patternProperties", verb)
        .detail(pattern)
        .explains(old_item.map(Subject::Item), new_item.map(Subject::Item), Aspect::Any)
        .explains_holders()
        .taking(walk.gone(both.old_type.as_ref()));
    walk.push(change);
}

/// `propertyNames`.
fn names(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (rule, verb) = match (both.old.names.is_empty(), both.new.names.is_empty()) {
        (true, true) => return,
        (true, false) => (&rules::CONDITION_ADDED, "got propertyNames"),
        (false, true) => (&rules::CONDITION_REMOVED, "lost propertyNames"),
        (false, false) => {
            let above = (Source::Pair(both.pair, ANY), Holder::Above);
            let (old, new) = (both.old.names.clone(), both.new.names.clone());
            walk.pair((&old, None), (&new, None), Some(above));
            return;
        }
    };
    let change = both.change(walk, rule, "propertyNames", verb).detail("propertyNames");
    walk.push(change);
}
