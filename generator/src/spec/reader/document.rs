//! The top of a document: information, servers, tags, components, and what is read from there.

use super::super::model::{Callback, Info, Operation, Server, ServerVariable, Spec, Tag};
use super::cx::Cx;
use super::fields::Object;
use super::operation::{Target, is_item, read_item};
use super::{components, known, schema, security};
use crate::diag::Code;
use crate::source::NodeId;

/// Reads everything but the schemas that wait in the queue.
pub(super) fn read<'t>(cx: &mut Cx<'t, '_>, spec: &mut Spec<'t>) {
    let root = cx.tree.root();
    cx.known(root, &known::DOCUMENT);
    spec.info = info(cx, root);
    spec.docs = cx.docs(root);
    spec.servers = servers(cx, root);
    spec.tags = tags(cx, root);
    if let Some(components) = cx.part(root, "components") {
        cx.known(components, &known::COMPONENTS);
        components::check(cx, components);
        name_components(cx, components);
        spec.schemes = security::schemes(cx, components);
        spec.components = schemas(cx, components);
    }
    spec.security = security::requirements(cx, root);
    for (path, item) in cx.map(root, "paths").filter(|(key, _)| !is_extension(key)) {
        if !path.starts_with('/') {
            cx.sink
                .warning(Code::PathWithoutSlash, crate::diag::At::Key(item), "paths start with `/`")
                .help("it is read as if it did");
        }
        read_item(cx, spec, Target::Path(path), item);
    }
    let is_stated = |operation: &Operation<'_>| operation.security.is_some();
    spec.states_security = spec.security.is_some() || spec.operations.iter().any(is_stated);
    webhooks(cx, spec);
    callbacks(cx, spec);
}

/// What the operations read so far bring about.
fn callbacks<'t>(cx: &mut Cx<'t, '_>, spec: &mut Spec<'t>) {
    // Callbacks of callbacks are added while this runs; each is read once.
    let mut next = 0;
    while let Some((name, at, operation)) = cx.callbacks.get(next).copied() {
        next += 1;
        for (expression, item) in cx.tree.entries(at) {
            if !is_extension(expression) {
                let callback = Some(Callback { at, expression, operation });
                read_item(cx, spec, Target::Webhook(name, callback), item);
            }
        }
    }
    for webhook in &mut spec.webhooks {
        let causes = webhook.callback.and_then(|callback| cx.callback_causes.get(&callback.at));
        webhook.causes = causes.cloned().unwrap_or_default();
    }
}

/// `webhooks`, and `x-webhooks` of documents whose version has none. An extension of another shape
/// is somebody else's.
fn webhooks<'t>(cx: &mut Cx<'t, '_>, spec: &mut Spec<'t>) {
    let root = cx.tree.root();
    for (name, item) in cx.map(root, "webhooks").filter(|(name, _)| !is_extension(name)) {
        read_item(cx, spec, Target::Webhook(name, None), item);
    }
    let Some(others) = cx.tree.get(root, "x-webhooks") else { return };
    for (name, item) in cx.tree.entries(others) {
        let is_known = spec.webhooks.iter().any(|webhook| webhook.operation.path == name);
        if !is_known && is_item(cx.tree, item) {
            read_item(cx, spec, Target::Webhook(name, None), item);
        }
    }
}

/// A key that the specification leaves to others.
pub(super) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

fn info<'t>(cx: &mut Cx<'t, '_>, root: NodeId) -> Info<'t> {
    let Some(at) = cx.part(root, "info") else {
        cx.missing(root, "info");
        return Info { at: root, title: "", version: "", description: None };
    };
    cx.known(at, &known::INFO);
    Info {
        at,
        title: cx.required_text(at, "title"),
        version: cx.required_text(at, "version"),
        description: cx.text(at, "description"),
    }
}

/// `servers` of the document, a path item or an operation.
pub(super) fn servers<'t>(cx: &mut Cx<'t, '_>, object: impl Into<Object>) -> Vec<Server<'t>> {
    let items = cx.list(object, "servers");
    items.iter().filter_map(|item| server(cx, *item)).collect()
}

fn server<'t>(cx: &mut Cx<'t, '_>, node: NodeId) -> Option<Server<'t>> {
    let at = cx.elsewhere(node)?;
    if !cx.tree.is_map(at) {
        cx.wrong_kind(at, "servers", "a list of maps");
        return None;
    }
    cx.known(at, &known::SERVER);
    let name = cx.text(at, "name");
    Some(Server {
        at,
        url: cx.required_text(at, "url").trim(),
        name: name.or_else(|| cx.text(at, "x-name")),
        description: cx.text(at, "description"),
        variables: cx.map(at, "variables").map(|(name, node)| variable(cx, name, node)).collect(),
    })
}

fn variable<'t>(cx: &mut Cx<'t, '_>, name: &'t str, at: NodeId) -> ServerVariable<'t> {
    cx.known(at, &known::VARIABLE);
    ServerVariable {
        at,
        name,
        default: cx.text(at, "default"),
        values: cx.texts(at, "enum"),
        description: cx.text(at, "description"),
    }
}

fn tags<'t>(cx: &mut Cx<'t, '_>, root: NodeId) -> Vec<Tag<'t>> {
    let mut tags = Vec::new();
    for node in cx.list(root, "tags") {
        let Some(at) = cx.elsewhere(*node) else { continue };
        // A bare name is not allowed, and means what it says.
        if let Some(name) = cx.tree.text(at) {
            tags.push(Tag { at, name, description: None, docs: None });
        } else if cx.tree.is_map(at) {
            cx.known(at, &known::TAG);
            let name = cx.required_text(at, "name");
            let (description, docs) = (cx.text(at, "description"), cx.docs(at));
            tags.push(Tag { at, name, description, docs });
        } else {
            cx.wrong_kind(at, "tags", "a list of maps");
        }
    }
    tags
}

fn name_components<'t>(cx: &mut Cx<'t, '_>, components: NodeId) {
    cx.component_schemas = cx.part(components, "schemas");
    for name in ["responses", "requestBodies"] {
        for (name, node) in cx.map(components, name) {
            cx.component_names.entry(node).or_insert(name);
        }
    }
}

fn schemas<'t>(cx: &mut Cx<'t, '_>, components: NodeId) -> Vec<(&'t str, super::super::SchemaId)> {
    cx.map(components, "schemas").map(|(name, node)| (name, schema::id(cx, node))).collect()
}
