//! What stands where something else belongs, put in the terms of OpenAPI 3: paths as web frameworks
//! write them, bodies and values as Swagger 2.0 describes them, schemas in place of what holds one.
//!
//! Each is told of where it stands, and changed in place, so that references to it see the change.

mod content;
mod definitions;
mod parameter;
mod path;
mod reference;
mod values;

use super::super::reader::METHODS;
use super::make;
use super::place;
use super::rewrite::Rewrite;
use super::swagger2::operation::{Media, listed};
use crate::diag::Sink;
use crate::source::{NodeId, Tree};
use std::collections::HashSet;

/// Operations and path items that are done. Several references may lead to one, and callbacks to
/// the operation that they stand in.
type Done = HashSet<NodeId>;

/// Writes references as pointers that are meant as such, and values as lists; to be called before any
/// reference is followed.
pub(super) fn spellings(tree: &mut Tree, sink: &mut Sink) {
    let rewrite = &mut Rewrite::new(tree, sink);
    reference::respell(rewrite);
    values::respell(rewrite);
}

/// Goes through what `paths`, `webhooks` and `components` hold, but for the insides of schemas.
pub(super) fn level(tree: &mut Tree, sink: &mut Sink) {
    let (rewrite, done) = (&mut Rewrite::new(tree, sink), &mut Done::new());
    definitions::move_to_components(rewrite);
    let root = rewrite.tree.root();
    path::respell(rewrite, root);
    for section in ["paths", "webhooks"] {
        for node in values(rewrite.tree, root, section) {
            item(rewrite, done, node);
        }
    }
    let Some(components) = rewrite.tree.get(root, "components") else { return };
    for node in values(rewrite.tree, components, "pathItems") {
        item(rewrite, done, node);
    }
    for node in values(rewrite.tree, components, "callbacks") {
        callback(rewrite, done, node);
    }
    for node in values(rewrite.tree, components, "parameters") {
        parameter::parameter(rewrite, node);
    }
    for node in values(rewrite.tree, components, "headers") {
        parameter::header(rewrite, node);
    }
    for node in values(rewrite.tree, components, "requestBodies") {
        content::hold(rewrite, node, &place::BODY, None);
    }
    for node in values(rewrite.tree, components, "responses") {
        response(rewrite, node, None);
    }
}

/// A path item, and the one that it refers to.
fn item(rewrite: &mut Rewrite<'_>, done: &mut Done, node: NodeId) {
    let base = make::follow(rewrite.tree, node).filter(|base| *base != node);
    let objects: Vec<NodeId> = base.into_iter().chain([node]).collect();
    for at in &objects {
        for node in values(rewrite.tree, *at, "parameters") {
            parameter::parameter(rewrite, node);
        }
    }
    let shared: Vec<NodeId> = objects.iter().flat_map(|at| listed(rewrite, *at)).collect();
    for at in &objects {
        for one in operations(rewrite.tree, *at) {
            operation(rewrite, done, one, &shared);
        }
    }
    for at in objects {
        parameter::settle(rewrite, at);
    }
}

/// The operations of a path item.
fn operations(tree: &Tree, item: NodeId) -> Vec<NodeId> {
    let stated = tree.entries(item).filter(|(key, _)| METHODS.contains(key));
    let mut all: Vec<NodeId> = stated.map(|(_, node)| node).collect();
    all.extend(values(tree, item, "additionalOperations"));
    all
}

fn operation(rewrite: &mut Rewrite<'_>, done: &mut Done, node: NodeId, shared: &[NodeId]) {
    let Some(at) = make::follow(rewrite.tree, node).filter(|at| done.insert(*at)) else { return };
    let root = rewrite.tree.root();
    let listed = |key| rewrite.tree.get(at, key).or(rewrite.tree.get(root, key));
    let media = Media { consumes: listed("consumes"), produces: listed("produces") };
    for node in values(rewrite.tree, at, "parameters") {
        parameter::parameter(rewrite, node);
    }
    let mut is_changed = parameter::take_body(rewrite, at, shared, media);
    if let Some(body) = rewrite.tree.get(at, "requestBody") {
        is_changed |= content::hold(rewrite, body, &place::BODY, media.consumes);
    }
    for response in values(rewrite.tree, at, "responses") {
        is_changed |= self::response(rewrite, response, media.produces);
    }
    parameter::settle(rewrite, at);
    if is_changed {
        // They are part of `content` now.
        make::replace(rewrite, at, &[&["consumes", "produces"]], Vec::new());
    }
    for node in values(rewrite.tree, at, "callbacks") {
        callback(rewrite, done, node);
    }
}

fn response(rewrite: &mut Rewrite<'_>, node: NodeId, produces: Option<NodeId>) -> bool {
    let is_changed = content::hold(rewrite, node, &place::RESPONSE, produces);
    let at = make::follow(rewrite.tree, node).unwrap_or(node);
    let headers = rewrite.tree.get(at, "headers").unwrap_or(NodeId::NULL);
    // A key that begins with `x-` is a header like any other here.
    let headers: Vec<NodeId> = rewrite.tree.entries(headers).map(|(_, node)| node).collect();
    for header in headers {
        parameter::header(rewrite, header);
    }
    is_changed
}

fn callback(rewrite: &mut Rewrite<'_>, done: &mut Done, node: NodeId) {
    let Some(at) = make::follow(rewrite.tree, node).filter(|at| done.insert(*at)) else { return };
    let items: Vec<NodeId> = rewrite.tree.entries(at).map(|(_, node)| node).collect();
    for node in items {
        item(rewrite, done, node);
    }
}

/// The values of a map or list that an object has under a key, or refers to there, without
/// extensions.
fn values(tree: &Tree, object: NodeId, key: &str) -> Vec<NodeId> {
    let Some(node) = tree.get(object, key).and_then(|node| make::follow(tree, node)) else {
        return Vec::new();
    };
    let entries = tree.entries(node).filter(|(key, _)| !key.starts_with("x-"));
    entries.map(|(_, node)| node).chain(tree.items(node).iter().copied()).collect()
}
