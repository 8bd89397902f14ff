//! Path items and operations.

use std::collections::HashSet;

use super::super::http::is_token;
use super::super::model::{Callback, Operation, ParameterId, Place, Spec, StatusKey, Webhook};
use super::super::template;
use super::cx::Cx;
use super::document::{is_extension, servers};
use super::fields::Object;
use super::{body, known, parameter, response, security};
use crate::diag::{At, Code, Diagnostic};
use crate::source::{NodeId, Tree};

/// Where operations belong.
#[derive(Clone, Copy)]
pub(super) enum Target<'t> {
    /// `paths`.
    Path(&'t str),
    /// `webhooks` and callbacks, which the vendor calls.
    Webhook(&'t str, Option<Callback<'t>>),
}

/// Fields of a path item that are operations.
pub(in super::super) const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Fields of a path item that aren't.
const FIELDS: [&str; 6] =
    ["$ref", "summary", "description", "servers", "parameters", "additionalOperations"];

/// What API Gateway exports for a path that takes every method.
const ANY_METHOD: &str = "x-amazon-apigateway-any-method";

/// A path item, with what its operations share.
struct Item<'t> {
    target: Target<'t>,
    object: Object,
    parameters: Vec<ParameterId>,
}

/// Reads every operation of a path item.
pub(super) fn read_item<'t>(
    cx: &mut Cx<'t, '_>,
    spec: &mut Spec<'t>,
    target: Target<'t>,
    node: NodeId,
) {
    if !cx.tree.is_map(node) {
        return cx.wrong_kind(node, "paths", "a map of maps");
    }
    let base = cx.tree.get(node, "$ref").and_then(|_| cx.follow(node));
    let object = Object { at: node, base: base.filter(|base| *base != node) };
    let parameters = parameter::list(cx, object);
    let item = Item { target, object, parameters };
    for map in [Some(node), item.object.base].into_iter().flatten() {
        for (key, operation) in cx.tree.entries(map) {
            let hidden = map != node && cx.tree.get(node, key).is_some();
            if METHODS.contains(&key) && !hidden {
                read_operation(cx, spec, &item, &key.to_ascii_uppercase(), operation);
            } else if key == ANY_METHOD {
                any_method(cx, operation);
            } else if !METHODS.contains(&key) && !FIELDS.contains(&key) && !is_extension(key) {
                unknown_key(cx, map, key, operation);
            }
        }
    }
    for (method, operation) in cx.map(object, "additionalOperations") {
        if is_token(method) {
            read_operation(cx, spec, &item, method, operation);
        } else {
            unknown_method(cx, method, operation);
        }
    }
}

fn any_method(cx: &mut Cx<'_, '_>, operation: NodeId) {
    let message = format!("`{ANY_METHOD}` is for any method, and becomes none of the client's");
    cx.sink
        .note(Code::Degraded, At::Key(operation), message)
        .help("state the methods that the server answers to");
}

fn unknown_method(cx: &mut Cx<'_, '_>, method: &str, operation: NodeId) {
    let message = format!("`{method}` can't be the name of a method");
    cx.sink
        .error(Code::UnknownValue, At::Key(operation), message)
        .help("a method is made of letters, digits and a few signs, without spaces");
}

/// A node that looks like a path item: it has an operation, or refers to what has.
pub(super) fn is_item(tree: &Tree, node: NodeId) -> bool {
    tree.entries(node)
        .any(|(key, node)| key == "$ref" || (METHODS.contains(&key) && tree.is_map(node)))
}

/// Reports a key of a path item that isn't one; beside a method without an operation, the operation
/// is what stands in the wrong place.
fn unknown_key(cx: &mut Cx<'_, '_>, item: NodeId, key: &str, node: NodeId) {
    let mut entries = cx.tree.entries(item);
    let empty = entries.find(|(key, node)| METHODS.contains(key) && cx.tree.is_null(*node));
    if let Some((method, empty)) = empty {
        let message = format!("`{key}` stands beside the method `{method}`, not below it");
        cx.sink
            .error(Code::UnknownValue, At::Key(node), message)
            .label(At::Key(empty), "this method has no operation")
            .help("indent the fields of the operation further than its method");
        return;
    }
    let message = format!("`{key}` is neither a method nor a field of a path item");
    cx.sink
        .warning(Code::UnknownValue, At::Key(node), message)
        .help("it is left out; other methods belong in `additionalOperations`");
}

/// Reads an operation, or in its place the entries of its `x-overloads`.
fn read_operation<'t>(
    cx: &mut Cx<'t, '_>,
    spec: &mut Spec<'t>,
    item: &Item<'t>,
    method: &str,
    node: NodeId,
) {
    if cx.tree.is_null(node) {
        return;
    }
    if !cx.tree.is_map(node) {
        return cx.wrong_kind(node, method, "a map");
    }
    // OpenAPI has references to whole path items only, and what this one means is clear.
    let Some(stated) = cx.follow(node) else { return };
    if stated != node {
        cx.known_reference(node, &known::OPERATION);
    }
    let node = stated;
    cx.known(node, &known::OPERATION);
    let overloads = cx.list(node, "x-overloads");
    let objects = if overloads.is_empty() {
        vec![Object::from(node)]
    } else {
        overloads.iter().map(|entry| Object { at: *entry, base: Some(node) }).collect()
    };
    for object in objects {
        let operation = operation(cx, item, method, object);
        match item.target {
            Target::Path(_) => spec.operations.push(operation),
            Target::Webhook(_, callback) => {
                spec.webhooks.push(Webhook { operation, callback, causes: Vec::new() });
            }
        }
    }
}

fn operation<'t>(
    cx: &mut Cx<'t, '_>,
    item: &Item<'t>,
    method: &str,
    object: Object,
) -> Operation<'t> {
    let (Target::Path(path) | Target::Webhook(path, _)) = item.target;
    callbacks(cx, object, path);
    Operation {
        at: object.at,
        overload_of: object.base,
        method: method.to_owned(),
        path,
        path_at: item.object.at,
        id: id(cx, object.at),
        tags: cx.texts(object, "tags"),
        summary: cx.text(object, "summary").or_else(|| cx.text(item.object, "summary")),
        description: cx.text(object, "description"),
        docs: cx.docs(object),
        deprecated: cx.flag(object, "deprecated").unwrap_or(false),
        parameters: parameters(cx, item, object),
        body: cx.field(object, "requestBody").and_then(|body| body::id(cx, body)),
        responses: responses(cx, object),
        security: security::requirements(cx, object),
        servers: {
            let own = servers(cx, object);
            if own.is_empty() { servers(cx, item.object) } else { own }
        },
    }
}

/// `operationId`: of an overload, its own. A path item that is read twice has it once.
fn id<'t>(cx: &mut Cx<'t, '_>, at: NodeId) -> Option<&'t str> {
    let id = cx.text(at, "operationId").map(str::trim).filter(|id| !id.is_empty())?;
    let node = cx.field(at, "operationId")?;
    match cx.operation_ids.get(id).copied() {
        None => drop(cx.operation_ids.insert(id, node)),
        Some(first) if first == node => return None,
        Some(first) => {
            let message = format!("the operationId `{id}` is taken");
            cx.sink
                .error(Code::DuplicateOperationId, node, message)
                .label(first, "first used here")
                .help("give one of them another operationId");
        }
    }
    Some(id)
}

/// Parameters of the path item, less those that the operation overrides, then the operation's.
fn parameters<'t>(cx: &mut Cx<'t, '_>, item: &Item<'t>, object: Object) -> Vec<ParameterId> {
    let own = parameter::list(cx, object);
    let key = |cx: &Cx<'t, '_>, id: ParameterId| parameter::identity(&cx.parameters[id.0 as usize]);
    let keys: HashSet<_> = own.iter().map(|id| key(cx, *id)).collect();
    let shared = item.parameters.iter().copied().filter(|id| !keys.contains(&key(cx, *id)));
    let mut all: Vec<ParameterId> = shared.collect();
    all.extend(own);
    if let Target::Path(path) = item.target {
        check_path(cx, path, &mut all, item.object.at, object.at);
    }
    all
}

/// Every name in the path has a parameter, and every path parameter is in the path.
fn check_path<'t>(
    cx: &mut Cx<'t, '_>,
    path: &'t str,
    parameters: &mut Vec<ParameterId>,
    path_at: NodeId,
    operation: NodeId,
) {
    let known = |cx: &Cx<'t, '_>, id: &ParameterId| {
        let parameter = &cx.parameters[id.0 as usize];
        (parameter.place, parameter.name)
    };
    let declared: Vec<(Place, &str)> = parameters.iter().map(|id| known(cx, id)).collect();
    let template = template::read(path, &|place, name| declared.contains(&(place, name)));
    let names: Vec<&str> = template.variables().map(|variable| variable.name).collect();
    let is_absent = |name: &&str| !declared.contains(&(Place::Path, *name));
    let absent: HashSet<&str> = names.iter().copied().filter(is_absent).collect();
    for (position, name) in names.iter().copied().enumerate() {
        if names[..position].contains(&name) {
            let message = format!("the path names `{name}` twice");
            cx.sink
                .warning(Code::DuplicateParameter, At::Key(path_at), message)
                .help("both get the same value");
        } else if absent.contains(name) {
            let meant = meant(cx, parameters, &names, name, absent.len() == 1);
            let told = undeclared(cx, path_at, operation, name);
            let parameter = match meant {
                Some((other, at, called)) => {
                    told.label(at, "this one is taken for it")
                        .help(format!("call it `{name}`, or write `{{{called}}}`"));
                    parameters.retain(|id| *id != other);
                    parameter::renamed(cx, other, name)
                }
                // Read on with a text, so that what comes after sees a whole path.
                None => parameter::undeclared(cx, operation, name),
            };
            parameters.push(parameter);
        }
    }
    parameters.retain(|id| {
        let parameter = &cx.parameters[id.0 as usize];
        if parameter.place != Place::Path {
            return true;
        }
        let is_named = names.contains(&parameter.name);
        if !is_named {
            let (at, name) = (parameter.at, parameter.name);
            let message = format!("the path has no `{{{name}}}`");
            cx.sink
                .warning(Code::UnusedPathParameter, at, message)
                .label(At::Key(path_at), "this path")
                .help("the parameter is left out");
        }
        is_named
    });
}

fn undeclared<'c>(
    cx: &'c mut Cx<'_, '_>,
    path_at: NodeId,
    operation: NodeId,
    name: &str,
) -> &'c mut Diagnostic {
    let message = format!("the path parameter `{name}` isn't declared");
    cx.sink
        .error(Code::UndeclaredPathParameter, At::Key(operation), message)
        .label(At::Key(path_at), "the path names it")
        .help(format!("add `{{name: {name}, in: path, required: true}}` to `parameters`"))
}

/// The path parameter that is meant by a name which none has, of those that the path doesn't name:
/// one of the same words, or the only one, where there is no other such name.
fn meant<'t>(
    cx: &Cx<'t, '_>,
    parameters: &[ParameterId],
    names: &[&str],
    name: &str,
    is_alone: bool,
) -> Option<(ParameterId, NodeId, &'t str)> {
    let left = || {
        let stated = parameters.iter().map(|id| (*id, &cx.parameters[id.0 as usize]));
        stated.filter(|(_, it)| it.place == Place::Path && !names.contains(&it.name))
    };
    let letters = |text: &str| text.replace(|c: char| !c.is_alphanumeric(), "").to_lowercase();
    let akin = left().find(|(_, it)| letters(it.name) == letters(name));
    let (id, stated) =
        akin.or_else(|| left().next().filter(|_| is_alone && left().count() == 1))?;
    Some((id, stated.at, stated.name))
}

fn responses<'t>(
    cx: &mut Cx<'t, '_>,
    object: Object,
) -> Vec<(StatusKey, super::super::ResponseId)> {
    let mut responses = Vec::new();
    let stated = cx.map(object, "responses").filter(|(key, _)| !is_extension(key));
    let stated: Vec<(&str, NodeId)> = stated.collect();
    for (key, node) in stated.iter().copied() {
        let meant = status(key).or_else(|| {
            let message = format!("`{key}` is not a status");
            let meant = before_reason(key).filter(|code| stated.iter().all(|(key, _)| key != code));
            let help = match meant {
                Some(code) => format!("it is read as `{code}`; the rest belongs in `description`"),
                None => KEYS.to_owned(),
            };
            cx.sink.warning(Code::BadStatus, At::Key(node), message).help(help);
            meant.and_then(status)
        });
        if let Some(status) = meant {
            responses.extend(response::id(cx, node).map(|id| (status, id)));
        }
    }
    responses
}

/// What a key of `responses` has to be.
const KEYS: &str = "keys are a status such as `200`, a range such as `2XX`, or `default`";

/// The status in front of what is said of it: `200 OK`.
fn before_reason(key: &str) -> Option<&str> {
    let (code, rest) = (key.get(..3)?, key.get(3..)?);
    rest.starts_with(|c: char| !c.is_alphanumeric()).then_some(code)
}

/// `404`, `4XX` or `default`.
fn status(key: &str) -> Option<StatusKey> {
    if key.eq_ignore_ascii_case("default") {
        return Some(StatusKey::Default);
    }
    let bytes = key.as_bytes();
    match bytes {
        [first @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => Some(StatusKey::Range(first - b'0')),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(StatusKey::Code),
        _ => None,
    }
}

fn callbacks<'t>(cx: &mut Cx<'t, '_>, object: Object, path: &'t str) {
    let id = cx.field(object, "operationId").and_then(|node| cx.tree.text(node));
    let operation = id.map(str::trim).filter(|id| !id.is_empty()).unwrap_or(path);
    for (name, node) in cx.map(object, "callbacks") {
        let Some(callback) = cx.follow(node) else { continue };
        let causes = cx.callback_causes.entry(callback).or_default();
        if causes.is_empty() {
            cx.callbacks.push((name, callback, operation));
        }
        causes.push(object.at);
    }
}
