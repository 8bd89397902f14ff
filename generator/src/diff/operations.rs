//! Which operation became which.
//!
//! By `operationId`, else by method and path, whatever the parameters in it are called; what is
//! left on both sides is one operation under a new path where it is described alike.

use super::shape;
use super::side::Side;
use super::walk::{Call, Walk};
use crate::spec::Operation;
use crate::spec::template::{self, Piece};
use std::collections::HashMap;

/// The operation, or webhook, of a side.
pub(super) fn operation<'s, 't>(side: &'s Side<'t>, at: (usize, bool)) -> &'s Operation<'t> {
    match at {
        (index, false) => &side.spec.operations[index],
        (index, true) => &side.spec.webhooks[index].operation,
    }
}

/// Pairs the operations of both sides, in the order of the new document, those that are gone last.
pub(super) fn pair(walk: &mut Walk<'_, '_>) {
    let mut calls = Vec::new();
    for webhooks in [false, true] {
        calls.extend(of_kind(walk.old, walk.new, webhooks));
    }
    walk.calls = calls;
}

fn count(side: &Side<'_>, webhooks: bool) -> usize {
    if webhooks { side.spec.webhooks.len() } else { side.spec.operations.len() }
}

fn of_kind(old: &Side<'_>, new: &Side<'_>, webhooks: bool) -> Vec<Call> {
    let mut found =
        Matches { old: vec![None; count(old, webhooks)], new: vec![None; count(new, webhooks)] };
    // An id that is given twice tells nothing by itself.
    found.by(old, new, webhooks, |side, operation| {
        Some(format!("{} {}", operation.id?, address(side, operation, str::to_owned)))
    });
    found.by(old, new, webhooks, |_, operation| operation.id.map(str::to_owned));
    found.by(old, new, webhooks, |side, operation| Some(address(side, operation, str::to_owned)));
    found.by(old, new, webhooks, |side, operation| Some(address(side, operation, template)));
    found.by(old, new, webhooks, described);
    let of_new = (0..found.new.len()).map(|at| Call {
        old: found.new[at].map(|old| (old, webhooks)),
        new: Some((at, webhooks)),
    });
    let gone = (0..found.old.len()).filter(|at| found.old[*at].is_none());
    let gone: Vec<Call> = gone.map(|at| Call { old: Some((at, webhooks)), new: None }).collect();
    of_new.chain(gone).collect()
}

struct Matches {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
}

impl Matches {
    /// Pairs what has the same key on both sides, as often on the one as on the other.
    fn by(
        &mut self,
        old: &Side<'_>,
        new: &Side<'_>,
        webhooks: bool,
        key: impl Fn(&Side<'_>, &Operation<'_>) -> Option<String>,
    ) {
        let keys = |side: &Side<'_>, taken: &[Option<usize>]| {
            let mut keys: HashMap<String, Vec<usize>> = HashMap::new();
            for at in (0..taken.len()).filter(|at| taken[*at].is_none()) {
                if let Some(key) = key(side, operation(side, (at, webhooks))) {
                    keys.entry(key).or_default().push(at);
                }
            }
            keys
        };
        let (before, after) = (keys(old, &self.old), keys(new, &self.new));
        for (key, at) in before {
            let others = after.get(&key).map(Vec::as_slice).unwrap_or_default();
            // Of overloads, each is taken for the one in its place.
            if at.len() == others.len() {
                for (old, new) in at.iter().zip(others) {
                    self.old[*old] = Some(*new);
                    self.new[*new] = Some(*old);
                }
            }
        }
    }
}

/// Method and path.
fn address(side: &Side<'_>, operation: &Operation<'_>, path: fn(&str) -> String) -> String {
    let expression = side
        .spec
        .webhooks
        .iter()
        .find(|webhook| std::ptr::eq(&webhook.operation, operation))
        .and_then(|webhook| webhook.callback)
        .map(|callback| callback.expression);
    let expression = expression.unwrap_or_default();
    format!("{} {} {expression}", operation.method, path(operation.path))
}

/// The path without the names of its parameters, but with what it says of how they are written.
pub(super) fn template(path: &str) -> String {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Text(text) => text.to_owned(),
        Piece::Variable(variable) => {
            let reserved = if variable.reserved { "+" } else { "" };
            format!("{{{reserved}{}}}", variable.style.unwrap_or_default())
        }
    };
    template::read(path, &|_, _| false).pieces().into_iter().map(piece).collect()
}

/// What an operation without an id is about, if it says so: its words, and what it takes and gives.
fn described(side: &Side<'_>, operation: &Operation<'_>) -> Option<String> {
    let words = operation.summary.or(operation.description)?;
    let mut shapes = Vec::new();
    for id in &operation.parameters {
        let parameter = side.spec.parameter(*id);
        let shape = parameter.schema.map(|id| shape::of(side, &[id])).unwrap_or_default();
        shapes.push(format!("{:?} {} {shape}", parameter.place, parameter.name));
    }
    let body = operation.body.map(|id| &side.spec.body(id).content);
    let replies = operation.responses.iter().map(|(_, id)| &side.spec.response(*id).content);
    for media in body.into_iter().chain(replies).flatten() {
        let shape = media.schema.map(|id| shape::of(side, &[id])).unwrap_or_default();
        shapes.push(format!("{} {shape}", media.name));
    }
    Some(format!("{} {words} {}", operation.method, shapes.join(" ")))
}
