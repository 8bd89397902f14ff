//! Parameters, and headers of responses and parts.

use std::collections::HashMap;

use super::super::model::{Parameter, ParameterId, Place};
use super::cx::Cx;
use super::fields::{Object, meant_flag};
use super::{body, known, schema};
use crate::diag::{At, Code};
use crate::source::NodeId;

/// `parameters` of a path item or an operation; of two alike, the first.
pub(super) fn list(cx: &mut Cx<'_, '_>, object: Object) -> Vec<ParameterId> {
    let mut ids: Vec<ParameterId> = Vec::new();
    let mut first: HashMap<(Place, String), NodeId> = HashMap::new();
    for node in cx.list(object, "parameters") {
        let Some(id) = parameter_id(cx, *node) else { continue };
        let new = &cx.parameters[id.0 as usize];
        match first.get(&identity(new)).copied() {
            None => {
                first.insert(identity(new), new.at);
                ids.push(id);
            }
            Some(first) => {
                let message = format!("the parameter `{}` is declared twice", new.name);
                cx.sink
                    .warning(Code::DuplicateParameter, *node, message)
                    .label(first, "first declared here")
                    .help("the first holds; remove the other");
            }
        }
    }
    ids
}

/// What no two parameters of a list have in common. Names of headers are the same whatever their
/// case (RFC 9110, section 5.1).
pub(super) fn identity(stated: &Parameter<'_>) -> (Place, String) {
    let name = match stated.place {
        Place::Header => stated.name.to_ascii_lowercase(),
        _ => stated.name.to_owned(),
    };
    (stated.place, name)
}

fn parameter_id(cx: &mut Cx<'_, '_>, node: NodeId) -> Option<ParameterId> {
    if !cx.tree.is_map(node) {
        cx.wrong_kind(node, "parameters", "a list of maps");
        return None;
    }
    let at = cx.follow(node)?;
    if let Some(id) = cx.parameter_of.get(&at) {
        return Some(*id);
    }
    let place = place(cx, at)?;
    let name = match cx.text(at, "name") {
        // White space around the name of a header isn't part of it (RFC 9110, section 5.1).
        Some(name) if place == Place::Header => name.trim(),
        Some(name) => name,
        None => {
            cx.missing(at, "name");
            return None;
        }
    };
    let parameter = read(cx, at, name, place);
    check(cx, &parameter);
    let id = add(cx, parameter);
    cx.parameter_of.insert(at, id);
    Some(id)
}

fn place(cx: &mut Cx<'_, '_>, at: NodeId) -> Option<Place> {
    let Some(node) = cx.field(at, "in") else {
        cx.sink
            .error(Code::MissingField, at, "the parameter doesn't say where it goes")
            .help("add `in: path`, `query`, `header` or `cookie`");
        return None;
    };
    match cx.tree.text(node) {
        Some("path") => Some(Place::Path),
        Some("query") => Some(Place::Query),
        Some("querystring") => Some(Place::QueryString),
        Some("header") => Some(Place::Header),
        Some("cookie") => Some(Place::Cookie),
        other => {
            let message = format!("a parameter can't be in `{}`", other.unwrap_or_default());
            cx.sink.error(Code::UnknownValue, node, message).help(
                "known are `path`, `query`, `header` and `cookie`; a body is a `requestBody`",
            );
            None
        }
    }
}

fn read<'t>(cx: &mut Cx<'t, '_>, at: NodeId, name: &'t str, place: Place) -> Parameter<'t> {
    cx.known(at, &known::PARAMETER);
    let required = cx.flag(at, "required").unwrap_or(false);
    Parameter {
        at,
        name,
        place,
        description: cx.text(at, "description"),
        required: required || place == Place::Path,
        deprecated: cx.flag(at, "deprecated").unwrap_or(false),
        allow_empty: cx.flag(at, "allowEmptyValue").unwrap_or(false),
        style: cx.text(at, "style"),
        explode: cx.flag(at, "explode"),
        allow_reserved: cx.flag(at, "allowReserved").unwrap_or(false),
        schema: cx.field(at, "schema").map(|node| schema::id(cx, node)),
        content: body::content(cx, at),
        examples: cx.examples(at),
    }
}

fn check(cx: &mut Cx<'_, '_>, parameter: &Parameter<'_>) {
    let at = parameter.at;
    let required = cx.field(at, "required").and_then(|node| meant_flag(cx.tree, node));
    if parameter.place == Place::Path && !required.unwrap_or(false) {
        let message = format!("the path parameter `{}` isn't marked as required", parameter.name);
        cx.sink
            .warning(Code::OptionalPathParameter, at, message)
            .help("add `required: true`; a path without it would be another path");
    }
    described_once(cx, parameter);
    if parameter.schema.is_none() && parameter.content.is_empty() {
        let message = format!("the parameter `{}` has no schema", parameter.name);
        cx.sink.warning(Code::NoSchema, at, message).help("add `schema: {type: string}`");
    }
}

/// A parameter or header has a schema, or content of one media type.
fn described_once(cx: &mut Cx<'_, '_>, parameter: &Parameter<'_>) {
    if parameter.content.len() + usize::from(parameter.schema.is_some()) <= 1 {
        return;
    }
    let message = format!("`{}` is described twice", parameter.name);
    cx.sink
        .warning(Code::SeveralSchemas, parameter.at, message)
        .help("state `schema`, or `content` with one media type; the schema holds, or the first");
}

/// A parameter that only the path names.
pub(super) fn undeclared<'t>(cx: &mut Cx<'t, '_>, operation: NodeId, name: &'t str) -> ParameterId {
    let mut parameter = read(cx, NodeId::NULL, name, Place::Path);
    parameter.at = operation;
    add(cx, parameter)
}

/// The parameter under another name.
pub(super) fn renamed<'t>(cx: &mut Cx<'t, '_>, id: ParameterId, name: &'t str) -> ParameterId {
    let Parameter { at, place, .. } = cx.parameters[id.0 as usize];
    let parameter = read(cx, at, name, place);
    add(cx, parameter)
}

/// `headers` of a response or part.
pub(super) fn headers(cx: &mut Cx<'_, '_>, object: NodeId) -> Vec<ParameterId> {
    // A key that begins with `x-` is a header like any other here.
    let mut ids: Vec<ParameterId> = Vec::new();
    for (name, node) in cx.map(object, "headers") {
        let known = ids.iter().map(|id| &cx.parameters[id.0 as usize]);
        let known = known.clone().find(|header| header.name.eq_ignore_ascii_case(name));
        if let Some(first) = known.map(|header| header.at) {
            let message = format!("the header `{name}` is declared twice");
            cx.sink
                .warning(Code::DuplicateParameter, At::Key(node), message)
                .label(first, "first declared here")
                .help("the case of a header's name means nothing; the first holds");
        } else {
            ids.extend(header_id(cx, name, node));
        }
    }
    ids
}

fn header_id<'t>(cx: &mut Cx<'t, '_>, name: &'t str, node: NodeId) -> Option<ParameterId> {
    if !cx.tree.is_map(node) {
        cx.wrong_kind(node, "headers", "a map of maps");
        return None;
    }
    let at = cx.follow(node)?;
    if let Some(id) = cx.header_of.get(&(at, name)) {
        return Some(*id);
    }
    let header = read(cx, at, name, Place::Header);
    described_once(cx, &header);
    let id = add(cx, header);
    cx.header_of.insert((at, name), id);
    Some(id)
}

fn add<'t>(cx: &mut Cx<'t, '_>, parameter: Parameter<'t>) -> ParameterId {
    let id = ParameterId(cx.parameters.len() as u32);
    cx.parameters.push(parameter);
    id
}
