//! Two versions of an operation, and what came or went.

use super::docs::{self, Text};
use super::life::{self, Lives};
use super::rules;
use super::walk::{Aspect, Call, Change, REPLY, REQUEST, Subject, Walk};
use super::{input, operations, replies, security};
use crate::ir;
use crate::spec::Operation;

/// The directions of what an operation takes and gives.
#[derive(Clone, Copy)]
pub(super) struct Ways {
    /// Of its parameters and body.
    pub(super) sent: u8,
    /// Of its replies.
    pub(super) received: u8,
}

/// Compares every operation.
pub(super) fn all(walk: &mut Walk<'_, '_>) {
    for call in 0..walk.calls.len() {
        match (walk.calls[call].old, walk.calls[call].new) {
            (Some(old), Some(new)) => compare(walk, call, old, new),
            (None, Some(new)) => added(walk, call, new),
            (Some(old), None) => removed(walk, call, old),
            (None, None) => {}
        }
    }
}

fn ways(is_webhook: bool) -> Ways {
    match is_webhook {
        false => Ways { sent: REQUEST, received: REPLY },
        // The vendor calls, and the caller answers.
        true => Ways { sent: REPLY, received: REQUEST },
    }
}

fn added(walk: &mut Walk<'_, '_>, call: usize, at: (usize, bool)) {
    let operation = operations::operation(walk.new, at);
    let rule = if at.1 { &rules::WEBHOOK_ADDED } else { &rules::OPERATION_ADDED };
    let subject = shown(operation, at.1);
    let change = Change::new(walk, rule, None, Some(operation.at), "was added").about(call);
    let other = at.1.then(|| Subject::Other(format!("webhook {}", operation.path)));
    let change = change.explains(None, Some(Subject::Call(call)), Aspect::Any);
    walk.push(change.subject(subject).explains(None, other, Aspect::Any));
}

fn removed(walk: &mut Walk<'_, '_>, call: usize, at: (usize, bool)) {
    let operation = operations::operation(walk.old, at);
    if at.1 && has_no_cause(walk, at.0) {
        return;
    }
    let sunset = walk.old.tree.get(operation.at, "x-sunset");
    let has_ended = operation.deprecated && sunset.is_some_and(|at| life::has_passed(walk, at));
    let rule = match (at.1, has_ended) {
        (false, true) => &rules::OPERATION_REMOVED_AFTER_SUNSET,
        (false, false) => &rules::OPERATION_REMOVED,
        (true, _) => &rules::WEBHOOK_REMOVED,
    };
    let subject = shown(operation, at.1);
    let other = at.1.then(|| Subject::Other(format!("webhook {}", operation.path)));
    let change = Change::new(walk, rule, Some(operation.at), None, "was removed")
        .about(call)
        .subject(subject)
        .explains(Some(Subject::Call(call)), None, Aspect::Any)
        .explains(other, None, Aspect::Any)
        .taking(models(walk, operation));
    let change = callbacks(walk, operation).into_iter().fold(change, |change, (call, models)| {
        change.explains(Some(Subject::Call(call)), None, Aspect::Any).taking(models)
    });
    walk.push(change);
}

/// The callback goes with the operation that brings it about, which tells enough.
fn has_no_cause(walk: &Walk<'_, '_>, webhook: usize) -> bool {
    let Some(callback) = walk.old.spec.webhooks[webhook].callback else { return false };
    let is_gone = |call: &Call| match (call.old, call.new) {
        (Some(at @ (_, false)), None) => {
            let operation = operations::operation(walk.old, at);
            operation.id == Some(callback.operation) || operation.path == callback.operation
        }
        _ => false,
    };
    walk.calls.iter().any(is_gone)
}

/// The callbacks that go with an operation, and their models.
fn callbacks(walk: &Walk<'_, '_>, cause: &Operation<'_>) -> Vec<(usize, Vec<ir::ItemId>)> {
    let calls = walk.calls.iter().enumerate().filter_map(|(call, it)| {
        let at @ (index, true) = it.old? else { return None };
        let callback = walk.old.spec.webhooks[index].callback?;
        let is_its = cause.id == Some(callback.operation) || cause.path == callback.operation;
        (is_its && it.new.is_none())
            .then(|| (call, models(walk, operations::operation(walk.old, at))))
    });
    calls.collect()
}

/// Every model that an operation of the old client leads to.
fn models(walk: &Walk<'_, '_>, operation: &Operation<'_>) -> Vec<ir::ItemId> {
    let api = &walk.old.api;
    let mut models = Vec::new();
    if let Some((_, lowered)) = walk.old.call(operation.at) {
        models.extend(lowered.params.iter().flat_map(|param| param.ty.models()));
        let payloads = lowered.body.iter().flat_map(ir::RequestBody::payloads);
        models.extend(payloads.flat_map(ir::Payload::types).flat_map(ir::Type::models));
        models.extend(
            lowered
                .responses
                .iter()
                .filter_map(|it| body_type(&it.content))
                .flat_map(ir::Type::models),
        );
    }
    let origin = crate::lower::pointer(walk.old.tree, operation.at);
    let webhooks = api.webhooks.iter().filter(|webhook| webhook.origin == origin);
    models.extend(webhooks.filter_map(|it| body_type(&it.content)).flat_map(ir::Type::models));
    crate::lower::reachable(api, models)
}

/// The type that a body is read as.
pub(super) fn body_type(body: &ir::Body) -> Option<&ir::Type> {
    match body {
        ir::Body::Json(ty) | ir::Body::Events(ty, _) | ir::Body::Lines(ty) => Some(ty),
        ir::Body::Empty | ir::Body::Text | ir::Body::Bytes => None,
    }
}

/// `GET /devices`, or the name of a webhook.
pub(super) fn shown(operation: &Operation<'_>, is_webhook: bool) -> String {
    match is_webhook {
        false => format!("`{} {}`", operation.method, operation.path),
        true => format!("webhook `{}`", operation.path),
    }
}

fn compare(walk: &mut Walk<'_, '_>, call: usize, old: (usize, bool), new: (usize, bool)) {
    let (before, after) = (walk.old, walk.new);
    let (was, is) = (operations::operation(before, old), operations::operation(after, new));
    let is_webhook = new.1;
    address(walk, call, was, is, is_webhook);
    identity(walk, call, was, is);
    words(walk, call, was, is);
    life(walk, call, was, is);
    security::of_operation(walk, call, was, is);
    security::servers_of_operation(walk, call, was, is);
    input::compare(walk, call, was, is, ways(is_webhook));
    replies::compare(walk, call, was, is, ways(is_webhook));
}

fn address(
    walk: &mut Walk<'_, '_>,
    call: usize,
    was: &Operation<'_>,
    is: &Operation<'_>,
    is_webhook: bool,
) {
    let (old, new) = (operations::template(was.path), operations::template(is.path));
    if old != new {
        let verb = format!("was `{}`", was.path);
        let subject = if is_webhook { shown(is, true) } else { format!("path `{}`", is.path) };
        let change =
            Change::new(walk, &rules::PATH_CHANGED, Some(was.path_at), Some(is.path_at), verb);
        let texts = (Some(was.path.to_owned()), Some(is.path.to_owned()));
        walk.push(change.about(call).subject(subject).texts(texts.0, texts.1));
    }
    if was.method != is.method {
        let verb = format!("was called by `{}`", was.method);
        let change = Change::new(walk, &rules::METHOD_CHANGED, Some(was.at), Some(is.at), verb);
        let texts = (Some(was.method.clone()), Some(is.method.clone()));
        walk.push(change.about(call).subject(shown(is, is_webhook)).texts(texts.0, texts.1));
    }
}

/// `operationId` and tags.
fn identity(walk: &mut Walk<'_, '_>, call: usize, was: &Operation<'_>, is: &Operation<'_>) {
    if was.id != is.id {
        let verb = match (was.id, is.id) {
            (None, Some(new)) => format!("got the operationId `{new}`"),
            (Some(old), None) => format!("lost the operationId `{old}`"),
            (old, new) => format!(
                "had the operationId `{}`, has `{}`",
                old.unwrap_or_default(),
                new.unwrap_or_default()
            ),
        };
        let node = |tree: &crate::source::Tree, at| tree.get(at, "operationId").unwrap_or(at);
        let at = (node(walk.old.tree, was.at), node(walk.new.tree, is.at));
        let change = Change::new(walk, &rules::OPERATION_ID_CHANGED, Some(at.0), Some(at.1), verb)
            .about(call)
            .subject(format!("`{} {}`", is.method, is.path))
            .texts(was.id.map(str::to_owned), is.id.map(str::to_owned))
            .explains(Some(Subject::Call(call)), Some(Subject::Call(call)), Aspect::Any)
            .taking(models(walk, was));
        walk.push(change);
    }
    let set = |tags: &[&str]| {
        let mut rest: Vec<String> = tags.iter().skip(1).map(|tag| (*tag).to_owned()).collect();
        rest.sort_unstable();
        rest
    };
    if was.tags.first() == is.tags.first() && set(&was.tags) == set(&is.tags) {
        return;
    }
    let word = |tags: &[&str]| (!tags.is_empty()).then(|| tags.join(", "));
    let (old, new) = (word(&was.tags), word(&is.tags));
    let verb = match (&old, &new) {
        (None, Some(new)) => format!("got the tag `{new}`"),
        (Some(old), None) => format!("lost the tag `{old}`"),
        (old, new) => format!(
            "had the tag `{}`, has `{}`",
            old.as_deref().unwrap_or_default(),
            new.as_deref().unwrap_or_default()
        ),
    };
    let node = |tree: &crate::source::Tree, at| tree.get(at, "tags").unwrap_or(at);
    let at = (node(walk.old.tree, was.at), node(walk.new.tree, is.at));
    let change = Change::new(walk, &rules::TAG_CHANGED, Some(at.0), Some(at.1), verb)
        .about(call)
        .subject(format!("`{} {}`", is.method, is.path))
        .texts(old, new)
        .explains(Some(Subject::Call(call)), Some(Subject::Call(call)), Aspect::Name);
    walk.push(change);
}

fn words(walk: &mut Walk<'_, '_>, call: usize, was: &Operation<'_>, is: &Operation<'_>) {
    let texts = [
        Text { keyword: "summary", old: (was.at, was.summary), new: (is.at, is.summary) },
        Text {
            keyword: "description",
            old: (was.at, was.description),
            new: (is.at, is.description),
        },
        Text {
            keyword: "externalDocs",
            old: (was.at, was.docs.as_ref().map(|docs| docs.url)),
            new: (is.at, is.docs.as_ref().map(|docs| docs.url)),
        },
    ];
    let changes: Vec<Change> = texts.iter().filter_map(|text| docs::text(walk, text)).collect();
    for change in changes {
        walk.push(change.about(call));
    }
}

fn life(walk: &mut Walk<'_, '_>, call: usize, was: &Operation<'_>, is: &Operation<'_>) {
    let (before, after) = (walk.old.tree, walk.new.tree);
    let lives = Lives {
        old: (was.at, was.deprecated),
        new: (is.at, is.deprecated),
        old_extensions: life::extensions_of(before, was.at),
        new_extensions: life::extensions_of(after, is.at),
    };
    let mut changes = life::compare(walk, &lives);
    let sunset = |tree: &crate::source::Tree, at| tree.get(at, "x-sunset");
    let (old, new) = ((was.at, sunset(before, was.at)), (is.at, sunset(after, is.at)));
    changes.extend(life::sunset(walk, old, new));
    for change in changes {
        // An extension may decide how the call is made.
        let subject = Subject::Call(call);
        walk.push(change.about(call).explains(Some(subject.clone()), Some(subject), Aspect::Any));
    }
}
