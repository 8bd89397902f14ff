//! Parameters and headers that describe their values themselves, and parameters that are bodies, as
//! Swagger 2.0 has both.

use super::super::make;
use super::super::place::{self, Found, HEADER, PARAMETER, Place};
use super::super::rewrite::Rewrite;
use super::super::swagger2::operation::{Media, is_body, listed, merged};
use super::super::swagger2::{body, parameter};
use super::{content, values};
use crate::diag::{At, Code};
use crate::source::NodeId;

/// Fields that say what a value is. By others alone, such as `default`, any text is meant.
const TELLING: [&str; 4] = ["type", "format", "items", "enum"];

/// A header: one that is a schema has it.
pub(super) fn header(rewrite: &mut Rewrite<'_>, node: NodeId) {
    match place::find(rewrite, node, &HEADER) {
        Some(Found::Right(at)) => describe(rewrite, at, &HEADER),
        Some(Found::Schema(at)) => content::wrap(rewrite, at),
        Some(Found::Other(at)) => rewrite.tree.replace_map(at, &[]),
        None => {}
    }
}

/// A parameter. One that is a schema has no name, and is left to [`settle`].
pub(super) fn parameter(rewrite: &mut Rewrite<'_>, node: NodeId) {
    let Some(Found::Right(at)) = place::find(rewrite, node, &PARAMETER) else { return };
    parameter::place(rewrite, at);
    if !is_body(rewrite.tree, at) {
        describe(rewrite, at, &PARAMETER);
    }
}

/// What it says of its values becomes its schema.
fn describe(rewrite: &mut Rewrite<'_>, at: NodeId, place: &Place) {
    if let Some(content) = rewrite.tree.get(at, "content") {
        return content::media_types(rewrite, content);
    }
    let has = |key: &str| rewrite.tree.get(at, key).is_some();
    let telling = TELLING.iter().find_map(|key| rewrite.tree.get(at, key));
    let Some(telling) = telling.filter(|_| !has("schema")) else { return };
    let is_joined = has("collectionFormat") && !has("style") && !has("explode");
    let message = format!("what {} says of its values belongs in its `schema`", place.name);
    rewrite
        .sink
        .warning(Code::UnknownField, At::Key(telling), message)
        .help("it is read so; put `type`, and what else describes the value, under `schema`");
    let mut entries = Vec::new();
    let schema = parameter::schema(rewrite, at, &[]);
    make::put(rewrite, "schema", schema, &mut entries);
    if is_joined {
        let is_query = make::text(rewrite.tree, at, "in") == Some("query");
        parameter::style(rewrite, at, is_query, &mut entries);
    }
    make::replace(rewrite, at, &[&parameter::SCHEMA, &["collectionFormat"]], entries);
}

/// The parameters that are a body, or fields of one, become the `requestBody` of their operation;
/// whether there were any is answered.
pub(super) fn take_body(
    rewrite: &mut Rewrite<'_>,
    operation: NodeId,
    shared: &[NodeId],
    media: Media,
) -> bool {
    let mut parts = merged(rewrite, shared, listed(rewrite, operation));
    parts.retain(|part| is_body(rewrite.tree, *part));
    for part in &parts {
        tell_body(rewrite, *part, operation);
    }
    if parts.is_empty() {
        return false;
    }
    if rewrite.tree.get(operation, "requestBody").is_none()
        && let Some(body) = body::body(rewrite, operation, &parts, media)
    {
        let mut entries = Vec::new();
        make::put(rewrite, "requestBody", body, &mut entries);
        make::replace(rewrite, operation, &[], entries);
    }
    true
}

fn tell_body(rewrite: &mut Rewrite<'_>, part: NodeId, operation: NodeId) {
    let at = rewrite.tree.get(part, "in").unwrap_or(part);
    let help = match rewrite.tree.get(operation, "requestBody") {
        Some(_) => "the operation's `requestBody` holds; remove the parameter",
        None => "it is read as the `requestBody`; write that in its place",
    };
    rewrite.sink.error(Code::UnknownValue, at, "a body is no parameter in OpenAPI 3").help(help);
}

/// Takes the parameters out of a list that are bodies, and those that are something else altogether:
/// they are told of.
pub(super) fn settle(rewrite: &mut Rewrite<'_>, object: NodeId) {
    let Some(list) = rewrite.tree.get(object, "parameters") else { return };
    let tree = &*rewrite.tree;
    let is_one = |node: &NodeId| {
        let at = make::follow(tree, *node).unwrap_or(*node);
        !is_body(tree, at) && !PARAMETER.is_missed(tree, *node)
    };
    let all = values(tree, object, "parameters");
    let kept: Vec<NodeId> = all.iter().copied().filter(is_one).collect();
    if kept.len() < all.len() {
        let list = make::follow(tree, list).unwrap_or(list);
        rewrite.tree.replace_list(list, &kept);
    }
}
