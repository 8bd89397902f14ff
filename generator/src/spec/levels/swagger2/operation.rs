//! Path items and operations.

use super::super::make;
use super::super::rewrite::Rewrite;
use super::{body, foreign, parameter, response, server};
use crate::diag::Code;
use crate::source::{NodeId, Tree};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Media types that hold for an operation.
#[derive(Clone, Copy)]
pub(in super::super) struct Media {
    pub(in super::super) consumes: Option<NodeId>,
    pub(in super::super) produces: Option<NodeId>,
}

/// Every path item of these maps.
pub(super) fn paths(rewrite: &mut Rewrite<'_>, root: NodeId, stated: &[NodeId]) -> Option<NodeId> {
    let mut entries = Vec::new();
    let keyed: Vec<_> = stated.iter().flat_map(|paths| rewrite.tree.keyed(*paths)).collect();
    for (key, node) in keyed {
        let item = make::follow(rewrite.tree, node).unwrap_or(node);
        let item = if rewrite.tree.is_map(item) && rewrite.tree.get(item, "$ref").is_none() {
            path_item(rewrite, root, item)
        } else {
            item
        };
        entries.push((key, item));
    }
    stated.first().map(|paths| rewrite.tree.make_map(*paths, &entries))
}

fn path_item(rewrite: &mut Rewrite<'_>, root: NodeId, item: NodeId) -> NodeId {
    let shared = parameters(rewrite, item);
    let mut entries = Vec::new();
    for (key, name, node) in named(rewrite, item) {
        if METHODS.contains(&name.as_str()) && rewrite.tree.is_map(node) {
            // One that leads nowhere stays a reference, which is reported where it is read.
            let node = make::follow(rewrite.tree, node).unwrap_or(node);
            if rewrite.tree.get(node, "$ref").is_some() {
                entries.push((key, node));
                continue;
            }
            let operation = operation(rewrite, root, node, &shared);
            entries.push((key, operation));
        } else if name != "parameters" {
            entries.push((key, node));
        }
    }
    rewrite.tree.make_map(item, &entries)
}

fn named(rewrite: &Rewrite<'_>, map: NodeId) -> Vec<(crate::source::Key, String, NodeId)> {
    let names = rewrite.tree.entries(map).map(|(key, _)| key.to_owned());
    let keyed = rewrite.tree.keyed(map).into_iter();
    keyed.zip(names).map(|((key, node), name)| (key, name, node)).collect()
}

/// The parameters of an object, each in a place that there is.
fn parameters(rewrite: &mut Rewrite<'_>, object: NodeId) -> Vec<NodeId> {
    let list = rewrite.tree.get(object, "parameters");
    if let Some(map) = list.filter(|list| rewrite.tree.entries(*list).next().is_some()) {
        let message = "`parameters` has to be a list, and is a map";
        rewrite.sink.warning(Code::WrongKind, map, message).help("its values are read");
    }
    let all = listed(rewrite, object);
    for parameter in &all {
        parameter::place(rewrite, *parameter);
    }
    all
}

/// The parameters of an object, behind their references. One that leads nowhere stays a reference.
pub(in super::super) fn listed(rewrite: &Rewrite<'_>, object: NodeId) -> Vec<NodeId> {
    let tree = &*rewrite.tree;
    let list = tree.get(object, "parameters").unwrap_or(NodeId::NULL);
    let all = tree.items(list).iter().copied().chain(tree.entries(list).map(|(_, node)| node));
    all.map(|item| make::follow(tree, item).unwrap_or(item)).collect()
}

fn operation(rewrite: &mut Rewrite<'_>, root: NodeId, node: NodeId, shared: &[NodeId]) -> NodeId {
    let media = Media {
        consumes: rewrite.tree.get(node, "consumes").or(rewrite.tree.get(root, "consumes")),
        produces: rewrite.tree.get(node, "produces").or(rewrite.tree.get(root, "produces")),
    };
    let mut entries = Vec::new();
    const SAME: [&str; 7] =
        ["tags", "summary", "description", "externalDocs", "operationId", "deprecated", "security"];
    make::share(rewrite, node, &SAME, &mut entries);
    make::extensions(rewrite, node, &mut entries);
    let own = rewrite.tree.get(node, "parameters");
    let stated = parameters(rewrite, node);
    let parameters = merged(rewrite, shared, stated);
    let (inputs, body) = split(rewrite, parameters);
    if !inputs.is_empty() {
        let inputs: Vec<NodeId> =
            inputs.into_iter().map(|input| parameter::parameter(rewrite, input)).collect();
        let list = rewrite.tree.make_list(own.unwrap_or(node), &inputs);
        make::put(rewrite, "parameters", list, &mut entries);
    }
    let body = body::body(rewrite, node, &body, media);
    if let Some(body) = foreign::or_read(rewrite, body, node, "requestBody") {
        make::put(rewrite, "requestBody", body, &mut entries);
    }
    if let Some(responses) = rewrite.tree.get(node, "responses") {
        let responses = response::all(rewrite, responses, media.produces);
        make::put(rewrite, "responses", responses, &mut entries);
    }
    if let Some(schemes) = rewrite.tree.get(node, "schemes")
        && let Some(servers) = server::servers(rewrite, root, Some(schemes))
    {
        make::put(rewrite, "servers", servers, &mut entries);
    }
    rewrite.tree.make_map(node, &entries)
}

/// The parameters of the path item that the operation doesn't override, and the operation's.
pub(in super::super) fn merged(
    rewrite: &Rewrite<'_>,
    shared: &[NodeId],
    own: Vec<NodeId>,
) -> Vec<NodeId> {
    let text = |node: NodeId, key: &str| make::text(rewrite.tree, node, key);
    let overrides = |node: NodeId| {
        own.iter().any(|other| {
            let same = |key| text(node, key) == text(*other, key);
            // There is one body, whatever it is called.
            same("in") && (same("name") || text(node, "in") == Some("body"))
        })
    };
    let mut all: Vec<NodeId> = shared.iter().copied().filter(|node| !overrides(*node)).collect();
    all.extend(own);
    all
}

/// What is a parameter in OpenAPI 3, and what is the body or part of it.
fn split(rewrite: &Rewrite<'_>, parameters: Vec<NodeId>) -> (Vec<NodeId>, Vec<NodeId>) {
    parameters.into_iter().partition(|node| !is_body(rewrite.tree, *node))
}

/// A parameter that is the body or part of it.
pub(in super::super) fn is_body(tree: &Tree, parameter: NodeId) -> bool {
    matches!(make::text(tree, parameter, "in"), Some("body" | "formData"))
}
