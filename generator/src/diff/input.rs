//! Parameters and request bodies.

use super::docs::{self, Text};
use super::life::{self, Lives};
use super::operation::Ways;
use super::rules::{self, Rule};
use super::side::Side;
use super::walk::{Aspect, Change, Holder, Source, Subject, Walk};
use super::{media, rename, shape};
use crate::ir;
use crate::spec::{Operation, Parameter, ParameterId, Place};

/// Two versions of a parameter.
type Match = (ParameterId, ParameterId);

/// Compares the inputs of two versions of an operation.
pub(super) fn compare(
    walk: &mut Walk<'_, '_>,
    call: usize,
    was: &Operation<'_>,
    is: &Operation<'_>,
    ways: Ways,
) {
    let (mut gone, mut come) = (was.parameters.clone(), is.parameters.clone());
    for (old, new) in take(walk, &mut gone, &mut come, same_name) {
        parameter(walk, call, old, new, ways);
    }
    path_parameters(walk, call, was, is, &mut gone, &mut come, ways);
    for (old, new) in take(walk, &mut gone, &mut come, moved) {
        told(walk, call, &rules::PARAMETER_MOVED, (old, new), ways, |old, _| {
            format!("was a {} parameter", place_word(old.place))
        });
        parameter(walk, call, old, new, ways);
    }
    for (old, new) in take(walk, &mut gone, &mut come, renamed) {
        told(walk, call, &rules::PARAMETER_RENAMED, (old, new), ways, |old, _| {
            format!("was called `{}`", old.name)
        });
        parameter(walk, call, old, new, ways);
    }
    gone.into_iter().for_each(|id| removed(walk, call, id, ways));
    come.into_iter().for_each(|id| added(walk, call, id, ways));
    body(walk, call, was, is, ways);
}

/// Pairs what a test takes for the same, and takes it out of both lists.
fn take(
    walk: &Walk<'_, '_>,
    gone: &mut Vec<ParameterId>,
    come: &mut Vec<ParameterId>,
    same: fn(&Walk<'_, '_>, ParameterId, ParameterId) -> bool,
) -> Vec<Match> {
    let mut found = Vec::new();
    for old in gone.clone() {
        if let Some(at) = come.iter().position(|new| same(walk, old, *new)) {
            found.push((old, come.remove(at)));
            gone.retain(|other| *other != old);
        }
    }
    found
}

fn same_name(walk: &Walk<'_, '_>, old: ParameterId, new: ParameterId) -> bool {
    let (old, new) = (walk.old.spec.parameter(old), walk.new.spec.parameter(new));
    let same = match old.place {
        Place::Header => old.name.eq_ignore_ascii_case(new.name),
        _ => old.name == new.name,
    };
    old.place == new.place && same
}

fn moved(walk: &Walk<'_, '_>, old: ParameterId, new: ParameterId) -> bool {
    let (old, new) = (walk.old.spec.parameter(old), walk.new.spec.parameter(new));
    let is_path = old.place == Place::Path || new.place == Place::Path;
    !is_path && old.name.eq_ignore_ascii_case(new.name)
}

fn renamed(walk: &Walk<'_, '_>, old: ParameterId, new: ParameterId) -> bool {
    let (a, b) = (walk.old.spec.parameter(old), walk.new.spec.parameter(new));
    let shape = |side: &Side<'_>, it: &Parameter<'_>| it.schema.map(|id| shape::of(side, &[id]));
    let speaks = (a.description.is_some() && a.description == b.description)
        || (rename::similar(a.name, b.name)
            && (a.description.is_none() || b.description.is_none()));
    let alike = a.place == b.place && a.place != Place::Path && a.required == b.required;
    alike && speaks && shape(walk.old, a) == shape(walk.new, b)
}

fn place_word(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query | Place::QueryString => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

/// `query limit`: what a parameter goes by.
fn key(parameter: &Parameter<'_>) -> String {
    format!("{} {}", place_word(parameter.place), parameter.name)
}

/// What a parameter became in the generated client: those of the path go by their position.
fn subject(walk: &Walk<'_, '_>, is_new: bool, call: usize, parameter: &Parameter<'_>) -> Subject {
    let side = if is_new { walk.new } else { walk.old };
    let at = if is_new { walk.calls[call].new } else { walk.calls[call].old };
    let Some(at) = at else { return Subject::Input(call, key(parameter)) };
    let operation = super::operations::operation(side, at);
    let position = names(side, operation).iter().position(|name| *name == parameter.name);
    let same_name = |id: &&ParameterId| side.spec.parameter(**id).name == parameter.name;
    let name = match (parameter.place, position) {
        (Place::Path, Some(position)) => format!("path #{position}"),
        _ if operation.parameters.iter().filter(same_name).count() > 1 => key(parameter),
        _ => format!("parameter {}", parameter.name),
    };
    Subject::Input(call, name)
}

/// The names of the parameters in a path.
fn names<'t>(side: &Side<'t>, operation: &Operation<'t>) -> Vec<&'t str> {
    side.spec.template(operation).variables().map(|variable| variable.name).collect()
}

/// Parameters of the path are paired by where they stand in it.
fn path_parameters(
    walk: &mut Walk<'_, '_>,
    call: usize,
    was: &Operation<'_>,
    is: &Operation<'_>,
    gone: &mut Vec<ParameterId>,
    come: &mut Vec<ParameterId>,
    ways: Ways,
) {
    let (before, after) = (names(walk.old, was), names(walk.new, is));
    if before.len() != after.len() {
        return;
    }
    for (old_name, new_name) in before.into_iter().zip(after) {
        let find = |side: &Side<'_>, list: &[ParameterId], name: &str| {
            list.iter().copied().find(|id| {
                let it = side.spec.parameter(*id);
                it.place == Place::Path && it.name == name
            })
        };
        let old = find(walk.old, gone, old_name);
        let new = find(walk.new, come, new_name);
        let (Some(old), Some(new)) = (old, new) else { continue };
        gone.retain(|other| *other != old);
        come.retain(|other| *other != new);
        let a = subject(walk, false, call, walk.old.spec.parameter(old));
        let b = subject(walk, true, call, walk.new.spec.parameter(new));
        let verb = format!("has `{new_name}` where it had `{old_name}`");
        let rule = &rules::PATH_PARAMETER_RENAMED;
        let change = Change::new(walk, rule, Some(was.path_at), Some(is.path_at), verb)
            .of_call(call, ways.sent)
            .subject(format!("path `{}`", is.path))
            .detail(new_name)
            .texts(Some(old_name.to_owned()), Some(new_name.to_owned()))
            .explains(Some(a), Some(b), Aspect::Any);
        walk.push(change);
        parameter(walk, call, old, new, ways);
    }
}

fn told(
    walk: &mut Walk<'_, '_>,
    call: usize,
    rule: &'static Rule,
    (old, new): Match,
    ways: Ways,
    verb: impl Fn(&Parameter<'_>, &Parameter<'_>) -> String,
) {
    let (a, b) = (walk.old.spec.parameter(old), walk.new.spec.parameter(new));
    let change = Change::new(walk, rule, Some(a.at), Some(b.at), verb(a, b))
        .of_call(call, ways.sent)
        .texts(Some(key(a)), Some(key(b)))
        .explains(
            Some(subject(walk, false, call, a)),
            Some(subject(walk, true, call, b)),
            Aspect::Any,
        );
    walk.push(change);
}

fn removed(walk: &mut Walk<'_, '_>, call: usize, id: ParameterId, ways: Ways) {
    let it = walk.old.spec.parameter(id);
    let sunset = walk.old.tree.get(it.at, "x-sunset");
    let has_ended = it.deprecated && sunset.is_some_and(|at| life::has_passed(walk, at));
    let rule = match has_ended {
        true => &rules::PARAMETER_REMOVED_AFTER_SUNSET,
        false => &rules::PARAMETER_REMOVED,
    };
    let ty = lowered(walk.old, walk, call, false, it).map(|param| param.ty);
    let change = Change::new(walk, rule, Some(it.at), None, "was removed")
        .of_call(call, ways.sent)
        .detail(key(it))
        .explains(Some(subject(walk, false, call, it)), None, Aspect::Any)
        .taking(walk.gone(ty.as_ref()));
    walk.push(change);
}

fn added(walk: &mut Walk<'_, '_>, call: usize, id: ParameterId, ways: Ways) {
    let it = walk.new.spec.parameter(id);
    let rule = match it.required || it.place == Place::Path {
        true => &rules::REQUIRED_PARAMETER_ADDED,
        false => &rules::OPTIONAL_PARAMETER_ADDED,
    };
    let change = Change::new(walk, rule, None, Some(it.at), "was added")
        .of_call(call, ways.sent)
        .detail(key(it))
        .explains(None, Some(subject(walk, true, call, it)), Aspect::Any);
    walk.push(change);
}

/// What the parameter became in the generated client.
fn lowered(
    side: &Side<'_>,
    walk: &Walk<'_, '_>,
    call: usize,
    is_new: bool,
    it: &Parameter<'_>,
) -> Option<ir::Parameter> {
    let at = if is_new { walk.calls[call].new } else { walk.calls[call].old }?;
    let (_, operation) = side.call(super::operations::operation(side, at).at)?;
    operation.params.iter().find(|param| param.wire == it.name).cloned()
}

fn parameter(walk: &mut Walk<'_, '_>, call: usize, old: ParameterId, new: ParameterId, ways: Ways) {
    let (before, after) = (walk.old, walk.new);
    let (a, b) = (before.spec.parameter(old), after.spec.parameter(new));
    let items = (Some(subject(walk, false, call, a)), Some(subject(walk, true, call, b)));
    let at = (Some(a.at), Some(b.at));
    let required = |it: &Parameter<'_>| it.required || it.place == Place::Path;
    if required(a) != required(b) {
        let (rule, verb) = match b.required {
            true => (&rules::PARAMETER_BECAME_REQUIRED, "became required"),
            false => (&rules::PARAMETER_BECAME_OPTIONAL, "became optional"),
        };
        let word = |required: bool| if required { "required" } else { "optional" }.to_owned();
        let change = Change::new(walk, rule, at.0, at.1, verb)
            .of_call(call, ways.sent)
            .texts(Some(word(a.required)), Some(word(b.required)))
            .explains(items.0.clone(), items.1.clone(), Aspect::Presence);
        walk.push(change);
    }
    let (was, is) = (written(a), written(b));
    if was != is && shows(before, a) | shows(after, b) {
        let verb = format!("was written as {was}, is written as {is}");
        let change = Change::new(walk, &rules::PARAMETER_STYLE_CHANGED, at.0, at.1, verb)
            .of_call(call, ways.sent)
            .texts(Some(was), Some(is))
            .explains(items.0.clone(), items.1.clone(), Aspect::Type);
        walk.push(change);
    }
    described(walk, a, b).into_iter().for_each(|change| {
        let change = change.of_call(call, ways.sent);
        walk.push(change.explains(items.0.clone(), items.1.clone(), Aspect::Type));
    });
    let types = (lowered(before, walk, call, false, a), lowered(after, walk, call, true, b));
    let types = (types.0.map(|it| it.ty), types.1.map(|it| it.ty));
    let schema = |it: &Parameter<'_>| {
        it.schema.or_else(|| it.content.first().and_then(|media| media.schema))
    };
    match (schema(a), schema(b)) {
        (Some(x), Some(y)) => {
            let above = (Source::Call(call, ways.sent), Holder::Items(items.0, items.1));
            let pair = walk.pair((&[x], types.0.as_ref()), (&[y], types.1.as_ref()), Some(above));
            if a.schema.is_some() && b.schema.is_some() {
                walk.texts.insert(pair);
            }
        }
        (None, None) => {}
        (x, _) => {
            let (rule, verb) = match x {
                None => (&rules::CONTENT_ADDED, "says what its value is"),
                Some(_) => (&rules::CONTENT_REMOVED, "doesn't say any more what its value is"),
            };
            let change = Change::new(walk, rule, at.0, at.1, verb).of_call(call, ways.sent);
            walk.push(change.explains(items.0, items.1, Aspect::Type));
        }
    }
}

/// The way in which a parameter is written, with what OpenAPI takes for granted.
fn written(it: &Parameter<'_>) -> String {
    if let (None, Some(media)) = (it.schema, it.content.first()) {
        return media.name.to_owned();
    }
    let usual = match it.place {
        Place::Path | Place::Header => "simple",
        Place::Query | Place::Cookie | Place::QueryString => "form",
    };
    let style = it.style.unwrap_or(usual);
    let explode = it.explode.unwrap_or(matches!(style, "form" | "cookie"));
    let reserved = if it.allow_reserved { ", reserved characters as they are" } else { "" };
    format!("{style}{}{reserved}", if explode { ", exploded" } else { "" })
}

/// How it is written makes a difference: it isn't a mere scalar.
fn shows(side: &Side<'_>, it: &Parameter<'_>) -> bool {
    let Some(schema) = it.schema else { return true };
    let types = super::flat::flatten(side, &[schema]).types;
    let scalar = !types.contains(crate::spec::Types::ARRAY)
        && !types.contains(crate::spec::Types::OBJECT)
        && !types.is_empty();
    !scalar || it.allow_reserved || !matches!(it.style, None | Some("simple" | "form"))
}

/// What describes a parameter or header, and its life.
pub(super) fn described(walk: &Walk<'_, '_>, a: &Parameter<'_>, b: &Parameter<'_>) -> Vec<Change> {
    let text =
        Text { keyword: "description", old: (a.at, a.description), new: (b.at, b.description) };
    let mut changes: Vec<Change> = docs::text(walk, &text).into_iter().collect();
    changes.extend(docs::example(walk, (a.at, &a.examples), (b.at, &b.examples)));
    let (before, after) = (walk.old.tree, walk.new.tree);
    let lives = Lives {
        old: (a.at, a.deprecated),
        new: (b.at, b.deprecated),
        old_extensions: life::extensions_of(before, a.at),
        new_extensions: life::extensions_of(after, b.at),
    };
    changes.extend(life::compare(walk, &lives));
    let sunset = |tree: &crate::source::Tree, at| (at, tree.get(at, "x-sunset"));
    changes.extend(life::sunset(walk, sunset(before, a.at), sunset(after, b.at)));
    changes
}

fn body(walk: &mut Walk<'_, '_>, call: usize, was: &Operation<'_>, is: &Operation<'_>, ways: Ways) {
    let item = Some(Subject::Input(call, "body".to_owned()));
    let (old, new) = match (was.body, is.body) {
        (None, None) => return,
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => {
            let new = walk.new.spec.body(new);
            let rule = match new.required {
                true => &rules::REQUIRED_BODY_ADDED,
                false => &rules::OPTIONAL_BODY_ADDED,
            };
            let change = Change::new(walk, rule, None, Some(new.at), "was added");
            return walk.push(change.of_call(call, ways.sent).explains(None, item, Aspect::Any));
        }
        (Some(old), None) => {
            let old = walk.old.spec.body(old);
            let gone: Vec<ir::ItemId> = old
                .content
                .iter()
                .flat_map(|it| walk.gone(media::sent(walk, call, false, it.name).as_ref()))
                .collect();
            let change = Change::new(walk, &rules::BODY_REMOVED, Some(old.at), None, "was removed");
            let change = change.of_call(call, ways.sent).explains(item, None, Aspect::Any);
            return walk.push(change.taking(gone));
        }
    };
    let (a, b) = (walk.old.spec.body(old), walk.new.spec.body(new));
    if a.required != b.required {
        let (rule, verb) = match b.required {
            true => (&rules::BODY_BECAME_REQUIRED, "became required"),
            false => (&rules::BODY_BECAME_OPTIONAL, "became optional"),
        };
        let change = Change::new(walk, rule, Some(a.at), Some(b.at), verb)
            .of_call(call, ways.sent)
            .explains(item.clone(), item, Aspect::Presence);
        walk.push(change);
    }
    let text =
        Text { keyword: "description", old: (a.at, a.description), new: (b.at, b.description) };
    if let Some(change) = docs::text(walk, &text) {
        walk.push(change.of_call(call, ways.sent));
    }
    media::compare(walk, call, &media::Place::Sent, (a.at, &a.content), (b.at, &b.content), ways);
}
