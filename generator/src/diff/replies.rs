//! Replies by status, their headers and links.

use super::docs::{self, Text};
use super::operation::Ways;
use super::rules;
use super::walk::{Aspect, Change, Holder, Source, Subject, Walk};
use super::{input, life, media};
use crate::ir;
use crate::spec::{Operation, ParameterId, Response, ResponseId, StatusKey};

/// `404`, `4XX` or `default`.
pub(super) fn status(key: StatusKey) -> String {
    match key {
        StatusKey::Code(code) => code.to_string(),
        StatusKey::Range(digit) => format!("{digit}XX"),
        StatusKey::Default => "default".to_owned(),
    }
}

/// Compares the replies of two versions of an operation.
pub(super) fn compare(
    walk: &mut Walk<'_, '_>,
    call: usize,
    was: &Operation<'_>,
    is: &Operation<'_>,
    ways: Ways,
) {
    for (key, id) in &was.responses {
        match find(is, *key) {
            Some(other) => response(walk, call, *key, *id, other, ways),
            None => status_change(walk, call, (was, is), *key, false, ways),
        }
    }
    for (key, _) in is.responses.iter().filter(|(key, _)| find(was, *key).is_none()) {
        status_change(walk, call, (was, is), *key, true, ways);
    }
}

fn find(operation: &Operation<'_>, key: StatusKey) -> Option<ResponseId> {
    operation.responses.iter().find(|(other, _)| *other == key).map(|(_, id)| *id)
}

/// A status that tells of success; `default` does where no other does.
fn is_success(operation: &Operation<'_>, key: StatusKey) -> bool {
    let of = |key| match key {
        StatusKey::Code(code) => (100..400).contains(&code),
        StatusKey::Range(digit) => digit < 4,
        StatusKey::Default => false,
    };
    of(key) || (key == StatusKey::Default && !operation.responses.iter().any(|(key, _)| of(*key)))
}

fn status_change(
    walk: &mut Walk<'_, '_>,
    call: usize,
    (was, is): (&Operation<'_>, &Operation<'_>),
    key: StatusKey,
    is_new: bool,
    ways: Ways,
) {
    let success = is_success(if is_new { is } else { was }, key);
    let (rule, verb) = match (success, is_new) {
        (true, true) => (&rules::SUCCESS_STATUS_ADDED, "got"),
        (true, false) => (&rules::SUCCESS_STATUS_REMOVED, "lost"),
        (false, true) => (&rules::ERROR_STATUS_ADDED, "got"),
        (false, false) => (&rules::ERROR_STATUS_REMOVED, "lost"),
    };
    let name = status(key);
    let verb = match key {
        StatusKey::Default => format!("{verb} the reply for any other status"),
        _ => format!("{verb} the reply {name}"),
    };
    let (side, operation) = if is_new { (walk.new, is) } else { (walk.old, was) };
    let at = find(operation, key).map(|id| side.spec.response(id).at);
    let (old, new) = if is_new { (Some(was.at), at) } else { (at, Some(is.at)) };
    let case = Some(Subject::Case(call, name.clone()));
    // The models of inline replies are named by what there is beside them.
    let gone = was.responses.iter().flat_map(|(key, _)| gone(walk, call, *key)).collect();
    let change = Change::new(walk, rule, old, new, verb)
        .of_call(call, ways.received)
        .subject(format!("`{} {}`", is.method, is.path))
        .detail(format!("{} {} {name}", is.method, is.path))
        .explains(case.clone().filter(|_| !is_new), case.filter(|_| is_new), Aspect::Any)
        .explains(Some(Subject::Case(call, outcome(success))), None, Aspect::Type)
        .taking(gone);
    walk.push(change);
}

/// The outcome that a reply belongs to.
pub(super) fn outcome(success: bool) -> String {
    if success { "success" } else { "failure" }.to_owned()
}

/// The models of a reply.
fn gone(walk: &Walk<'_, '_>, call: usize, key: StatusKey) -> Vec<ir::ItemId> {
    let pattern = match key {
        StatusKey::Code(code) => ir::StatusPattern::Code(code),
        StatusKey::Range(digit) => ir::StatusPattern::Range(digit),
        StatusKey::Default => ir::StatusPattern::Default,
    };
    let Some(at) = walk.calls[call].old else { return Vec::new() };
    let operation = super::operations::operation(walk.old, at);
    let Some((_, lowered)) = walk.old.call(operation.at) else { return Vec::new() };
    let responses = lowered.responses.iter().filter(|it| it.status == pattern);
    let types = responses.filter_map(|it| super::operation::body_type(&it.content));
    types.flat_map(|ty| walk.gone(Some(ty))).collect()
}

fn response(
    walk: &mut Walk<'_, '_>,
    call: usize,
    key: StatusKey,
    old: ResponseId,
    new: ResponseId,
    ways: Ways,
) {
    let (before, after) = (walk.old, walk.new);
    let (a, b) = (before.spec.response(old), after.spec.response(new));
    let text =
        Text { keyword: "description", old: (a.at, a.description), new: (b.at, b.description) };
    if let Some(change) = docs::text(walk, &text) {
        walk.push(change.of_call(call, ways.received));
    }
    let lives = life::Lives {
        old: (a.at, false),
        new: (b.at, false),
        old_extensions: life::extensions_of(before.tree, a.at),
        new_extensions: life::extensions_of(after.tree, b.at),
    };
    for change in life::compare(walk, &lives) {
        walk.push(change.of_call(call, ways.received));
    }
    headers(walk, call, a, b, ways);
    links(walk, call, a, b, ways);
    let place = media::Place::Received(key);
    media::compare(walk, call, &place, (a.at, &a.content), (b.at, &b.content), ways);
}

fn item(name: &str) -> Option<Subject> {
    Some(Subject::Other(format!("header {}", name.to_lowercase())))
}

fn headers(walk: &mut Walk<'_, '_>, call: usize, a: &Response<'_>, b: &Response<'_>, ways: Ways) {
    let (before, after) = (walk.old, walk.new);
    for id in &a.headers {
        let old = before.spec.parameter(*id);
        let other = b
            .headers
            .iter()
            .copied()
            .find(|other| after.spec.parameter(*other).name.eq_ignore_ascii_case(old.name));
        if let Some(other) = other {
            header(walk, call, *id, other, ways);
            continue;
        }
        let rule = match old.required {
            true => &rules::REQUIRED_HEADER_REMOVED,
            false => &rules::HEADER_REMOVED,
        };
        let verb = format!("lost the header `{}`", old.name);
        let subject = super::names::shown(after.tree, b.at);
        let change = Change::new(walk, rule, Some(old.at), Some(b.at), verb)
            .of_call(call, ways.received)
            .subject(subject)
            .detail(old.name)
            .explains(item(old.name), None, Aspect::Any);
        walk.push(change);
    }
    for id in &b.headers {
        let new = after.spec.parameter(*id);
        let is_known = a
            .headers
            .iter()
            .any(|other| before.spec.parameter(*other).name.eq_ignore_ascii_case(new.name));
        if !is_known {
            let verb = format!("got the header `{}`", new.name);
            let subject = super::names::shown(after.tree, b.at);
            let change = Change::new(walk, &rules::HEADER_ADDED, Some(a.at), Some(new.at), verb)
                .of_call(call, ways.received)
                .subject(subject)
                .detail(new.name)
                .explains(None, item(new.name), Aspect::Any);
            walk.push(change);
        }
    }
}

fn header(walk: &mut Walk<'_, '_>, call: usize, old: ParameterId, new: ParameterId, ways: Ways) {
    let (before, after) = (walk.old, walk.new);
    let (a, b) = (before.spec.parameter(old), after.spec.parameter(new));
    if a.required != b.required {
        let (rule, verb) = match b.required {
            true => (&rules::HEADER_BECAME_REQUIRED, "always comes"),
            false => (&rules::HEADER_BECAME_OPTIONAL, "may be missing"),
        };
        let change = Change::new(walk, rule, Some(a.at), Some(b.at), verb);
        walk.push(change.of_call(call, ways.received));
    }
    for change in input::described(walk, a, b) {
        walk.push(change.of_call(call, ways.received));
    }
    let ty = |side: &super::side::Side<'_>, name: &str| {
        let headers = &side.api.headers;
        headers.iter().find(|it| it.wire.eq_ignore_ascii_case(name)).map(|it| it.ty.clone())
    };
    let types = (ty(before, a.name), ty(after, b.name));
    let schema = |it: &crate::spec::Parameter<'_>| {
        it.schema.or_else(|| it.content.first().and_then(|media| media.schema))
    };
    if let (Some(x), Some(y)) = (schema(a), schema(b)) {
        let holder = Holder::Items(item(a.name), item(b.name));
        let above = (Source::Call(call, ways.received), holder);
        walk.pair((&[x], types.0.as_ref()), (&[y], types.1.as_ref()), Some(above));
    }
}

fn links(walk: &mut Walk<'_, '_>, call: usize, a: &Response<'_>, b: &Response<'_>, ways: Ways) {
    let node = |tree: &crate::source::Tree, at| tree.get(at, "links");
    let (old, new) = (node(walk.old.tree, a.at), node(walk.new.tree, b.at));
    let same = match (old, new) {
        (None, None) => true,
        (Some(x), Some(y)) => super::same::same(walk.old.tree, x, walk.new.tree, y),
        _ => false,
    };
    let has_links = !a.links.is_empty() || !b.links.is_empty();
    if has_links && !same {
        let (x, y) = (old.unwrap_or(a.at), new.unwrap_or(b.at));
        let subject = super::names::shown(walk.new.tree, b.at);
        let change = Change::new(walk, &rules::LINK_CHANGED, Some(x), Some(y), "has other links");
        walk.push(change.of_call(call, ways.received).subject(subject));
    }
}
