//! Alternatives: `oneOf`, `anyOf`, and how a discriminator tells them apart.

use super::flat::{Flat, Union};
use super::rules::{self, Rule};
use super::schema::Both;
use super::shape;
use super::side::Side;
use super::walk::{ANY, Aspect, Change, Holder, Source, Subject, Walk};
use crate::ir;
use crate::source::NodeId;
use crate::spec::{Discriminator, SchemaId};

/// Compares the alternatives of two schemas.
pub(super) fn compare(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (distinct(walk.old, &both.old.unions), distinct(walk.new, &both.new.unions));
    match (old.as_slice(), new.as_slice()) {
        ([], []) => {}
        // What tells the alternatives apart comes and goes with them.
        ([], [_, ..]) => return became(walk, both, &rules::BECAME_UNION, &new[0], true),
        ([_, ..], []) => return became(walk, both, &rules::UNION_REMOVED, &old[0], false),
        _ => {
            for (old, new) in old.iter().zip(&new) {
                alternatives(walk, both, old, new);
            }
            for union in new.iter().skip(old.len()) {
                became(walk, both, &rules::BECAME_UNION, union, true);
            }
            for union in old.iter().skip(new.len()) {
                became(walk, both, &rules::UNION_REMOVED, union, false);
            }
        }
    }
    discriminators(walk, both);
}

/// Each once: a schema that takes part under two names lists its alternatives twice.
fn distinct(side: &Side<'_>, unions: &[Union]) -> Vec<Union> {
    if unions.len() < 2 {
        return unions.to_vec();
    }
    let mut seen = std::collections::HashSet::new();
    let shapes = |union: &Union| -> Vec<u64> {
        union.arms.iter().map(|arm| shape::of(side, &[*arm])).collect()
    };
    unions.iter().filter(|union| seen.insert((union.keyword, shapes(union)))).cloned().collect()
}

/// A schema got alternatives, or lost them. Where one of them is what the schema was before, it is
/// compared with that.
fn became(
    walk: &mut Walk<'_, '_>,
    both: &Both<'_>,
    rule: &'static Rule,
    union: &Union,
    is_new: bool,
) {
    let verb = match is_new {
        true => format!("became one of {} alternatives", union.arms.len()),
        false => "isn't one of several alternatives any more".to_owned(),
    };
    let (old_item, new_item) = (both.old_item(walk.old), both.new_item(walk.new));
    let change = both
        .change(walk, rule, union.keyword, verb)
        .detail(union.keyword)
        .explains(old_item.map(Subject::Item), new_item.map(Subject::Item), Aspect::Any)
        .explains_holders()
        .taking(walk.gone(both.old_type.as_ref()));
    walk.push(arms(walk, both, change));
}

/// Pairs of alternatives, and what is left on either side.
struct Paired {
    both: Vec<(SchemaId, SchemaId)>,
    gone: Vec<SchemaId>,
    come: Vec<SchemaId>,
}

/// By name, then by shape, then, where one is left on each side, those.
fn pair(walk: &Walk<'_, '_>, old: &[SchemaId], new: &[SchemaId]) -> Paired {
    let mut paired = Paired { both: Vec::new(), gone: old.to_vec(), come: new.to_vec() };
    let name = |side: &Side<'_>, id: SchemaId| named(side, id).map(str::to_owned);
    paired.take(|a, b| {
        let names = (name(walk.old, a), name(walk.new, b));
        names.0.is_some() && names.0 == names.1
    });
    paired.take(|a, b| shape::of(walk.old, &[a]) == shape::of(walk.new, &[b]));
    // The same name with another shape, or the same place with the same kind of value.
    if paired.gone.len() == paired.come.len() {
        let kinds = |side: &Side<'_>, id| super::flat::flatten(side, &[id]).types;
        let unnamed = |a, b| name(walk.old, a).is_none() || name(walk.new, b).is_none();
        paired.take(|a, b| unnamed(a, b) && kinds(walk.old, a) == kinds(walk.new, b));
    }
    paired
}

impl Paired {
    fn take(&mut self, same: impl Fn(SchemaId, SchemaId) -> bool) {
        for old in self.gone.clone() {
            if let Some(at) = self.come.iter().position(|new| same(old, *new)) {
                self.both.push((old, self.come.remove(at)));
                self.gone.retain(|other| *other != old);
            }
        }
    }
}

/// The component that an alternative refers to, or its title.
fn named<'t>(side: &Side<'t>, id: SchemaId) -> Option<&'t str> {
    let mut id = id;
    for _ in 0..100 {
        let schema = side.schema(id);
        if let Some(name) = side.names.get(&id) {
            return Some(name);
        }
        match schema.reference {
            Some(target) => id = target,
            None => return schema.title,
        }
    }
    None
}

fn alternatives(walk: &mut Walk<'_, '_>, both: &Both<'_>, old: &Union, new: &Union) {
    if old.keyword != new.keyword {
        let verb = format!("was `{}`, is `{}`", old.keyword, new.keyword);
        let change = both.change(walk, &rules::UNION_KIND_CHANGED, new.keyword, verb);
        let texts = (Some(old.keyword.to_owned()), Some(new.keyword.to_owned()));
        walk.push(change.texts(texts.0, texts.1));
    }
    let Paired { both: pairs, gone, come } = pair(walk, &old.arms, &new.arms);
    for (a, b) in pairs {
        let old_variant = variant(walk.old, both.old_type.as_ref(), a, &old.arms);
        let new_variant = variant(walk.new, both.new_type.as_ref(), b, &new.arms);
        let holder = Holder::Items(
            old_variant.as_ref().map(|it| it.0.clone()),
            new_variant.as_ref().map(|it| it.0.clone()),
        );
        let above = (Source::Pair(both.pair, ANY), holder);
        let (old_type, new_type) = (old_variant.map(|it| it.1), new_variant.map(|it| it.1));
        walk.pair((&[a], old_type.as_ref()), (&[b], new_type.as_ref()), Some(above));
    }
    for arm in gone {
        variant_change(walk, both, false, arm, &old.arms);
    }
    for arm in come {
        variant_change(walk, both, true, arm, &new.arms);
    }
}

/// The alternative of the generated enum that a schema became, and its type.
fn variant(
    side: &Side<'_>,
    ty: Option<&ir::Type>,
    arm: SchemaId,
    arms: &[SchemaId],
) -> Option<(Subject, ir::Type)> {
    let ir::Type::Item(id) = side.peel(ty?) else { return None };
    let ir::Kind::Union(union) = &side.api.item(*id).kind else { return None };
    let mut target = arm;
    for _ in 0..100 {
        let Some(next) = side.schema(target).reference else { break };
        target = next;
    }
    let origin = crate::lower::pointer(side.tree, side.schema(target).at);
    let is_it = |variant: &&ir::UnionVariant| {
        variant.ty.models().iter().any(|id| side.api.item(*id).origin == origin)
    };
    let by_position = || {
        let at = arms.iter().position(|other| *other == arm)?;
        (arms.len() == union.variants.len()).then(|| &union.variants[at])
    };
    let found = union.variants.iter().find(is_it).or_else(by_position)?;
    Some((Subject::Variant(id.0, found.name.as_str().to_owned()), found.ty.clone()))
}

fn variant_change(
    walk: &mut Walk<'_, '_>,
    both: &Both<'_>,
    is_new: bool,
    arm: SchemaId,
    arms: &[SchemaId],
) {
    let side = if is_new { walk.new } else { walk.old };
    let ty = if is_new { &both.new_type } else { &both.old_type };
    let (subject, ty) = variant(side, ty.as_ref(), arm, arms).unzip();
    let at = side.schema(arm).at;
    let shown = match named(side, arm) {
        Some(name) => format!("`{name}`"),
        None => format!("of {}", super::types::type_words(&super::flat::flatten(side, &[arm]))),
    };
    let (old_item, new_item) = (both.old_item(walk.old), both.new_item(walk.new));
    let (rule, verb) = match is_new {
        true => (&rules::VARIANT_ADDED, format!("got the alternative {shown}")),
        false => (&rules::VARIANT_REMOVED, format!("lost the alternative {shown}")),
    };
    let owner = both.subject_of(walk);
    let (old, new): (Option<NodeId>, Option<NodeId>) =
        if is_new { (Some(both.old.at), Some(at)) } else { (Some(at), Some(both.new.at)) };
    let mut change = Change::new(walk, rule, old, new, verb)
        .of_pair(both.pair)
        .subject(owner)
        .detail(&shown)
        .explains_holders()
        .explains(old_item.map(Subject::Item), new_item.map(Subject::Item), Aspect::Trait);
    change = if is_new {
        change.explains(None, subject, Aspect::Any)
    } else {
        change.explains(subject, None, Aspect::Any).taking(walk.gone(ty.as_ref()))
    };
    walk.push(change);
}

impl Both<'_> {
    fn subject_of(&self, walk: &Walk<'_, '_>) -> String {
        super::names::shown(walk.new.tree, self.new.at)
    }
}

fn discriminator<'s, 't>(side: &'s Side<'t>, flat: &Flat<'t>) -> Option<&'s Discriminator<'t>> {
    side.schema(flat.discriminator?).rare.as_ref()?.discriminator.as_ref()
}

fn discriminators(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (before, after) = (walk.old, walk.new);
    let (old, new) = match (discriminator(before, &both.old), discriminator(after, &both.new)) {
        (None, None) => return,
        (Some(old), Some(new)) => (old, new),
        (old, _) => {
            let (rule, verb) = match old {
                None => (&rules::DISCRIMINATOR_ADDED, "got a discriminator"),
                Some(_) => (&rules::DISCRIMINATOR_REMOVED, "lost its discriminator"),
            };
            let (a, b) = (both.old_item(before), both.new_item(after));
            let change = both.change(walk, rule, "discriminator", verb);
            let change = change.explains(a.map(Subject::Item), b.map(Subject::Item), Aspect::Any);
            let change = arms(walk, both, change.explains_holders());
            return walk.push(change);
        }
    };
    if old.property != new.property {
        let verb = format!("was told by `{}`, is told by `{}`", old.property, new.property);
        let change = both.change(walk, &rules::DISCRIMINATOR_CHANGED, "discriminator", verb);
        let texts = (old.property.to_owned(), new.property.to_owned());
        walk.push(arms(walk, both, change.texts(Some(texts.0), Some(texts.1))));
    }
    mappings(walk, both, old, new);
}

fn mappings(
    walk: &mut Walk<'_, '_>,
    both: &Both<'_>,
    old: &Discriminator<'_>,
    new: &Discriminator<'_>,
) {
    let find = |list: &[(&str, SchemaId)], value: &str| {
        list.iter().find(|(known, _)| *known == value).map(|(_, id)| *id)
    };
    // A value that is the name of what it stands for needs no mapping.
    let says = |side: &Side<'_>, (value, id): &(&str, SchemaId)| side.names.get(id) != Some(value);
    let removed = old.mapping.iter().filter(|it| find(&new.mapping, it.0).is_none());
    let removed: Vec<_> = removed.filter(|it| says(walk.old, it)).collect();
    let added = new.mapping.iter().filter(|it| find(&old.mapping, it.0).is_none());
    let added: Vec<_> = added.filter(|it| says(walk.new, it)).collect();
    for (value, _) in removed {
        let verb = format!("lost the discriminator value `{value}`");
        mapping(walk, both, &rules::MAPPING_REMOVED, value, verb);
    }
    for (value, _) in added {
        let verb = format!("got the discriminator value `{value}`");
        mapping(walk, both, &rules::MAPPING_ADDED, value, verb);
    }
    for (value, id) in &old.mapping {
        let Some(other) = find(&new.mapping, value) else { continue };
        let names = (walk.old.names.get(id), walk.new.names.get(&other));
        let same = walk.has_pair(*id, other)
            || names.0.is_some() && names.0 == names.1
            || shape::of(walk.old, &[*id]) == shape::of(walk.new, &[other]);
        if !same {
            let verb = format!("has another schema for the discriminator value `{value}`");
            mapping(walk, both, &rules::MAPPING_CHANGED, value, verb);
        }
    }
}

fn mapping(
    walk: &mut Walk<'_, '_>,
    both: &Both<'_>,
    rule: &'static Rule,
    value: &str,
    verb: String,
) {
    let (a, b) = (both.old_item(walk.old), both.new_item(walk.new));
    let change = both.change(walk, rule, "discriminator", verb).detail(value);
    let change = change.explains(a.map(Subject::Item), b.map(Subject::Item), Aspect::Any);
    walk.push(arms(walk, both, change));
}

/// The alternatives are made with the value of their discriminator, if it tells them apart.
fn arms(walk: &Walk<'_, '_>, both: &Both<'_>, change: Change) -> Change {
    let models = |side: &Side<'_>, ty: Option<&ir::Type>| -> Vec<u32> {
        let Some(ir::Type::Item(id)) = ty.map(|ty| side.peel(ty)) else { return Vec::new() };
        let ir::Kind::Union(union) = &side.api.item(*id).kind else { return Vec::new() };
        let arms = union.variants.iter().filter_map(|it| super::schema::item(side, Some(&it.ty)));
        arms.collect()
    };
    let old = models(walk.old, both.old_type.as_ref());
    let new = models(walk.new, both.new_type.as_ref());
    let item = |at: &u32| Some(Subject::Item(*at));
    let change = old.iter().fold(change, |it, at| it.explains(item(at), None, Aspect::Any));
    new.iter().fold(change, |it, at| it.explains(None, item(at), Aspect::Any))
}
