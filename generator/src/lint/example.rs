//! Examples: that bodies have one, and say it once. That they are valid is judged by a validator, which this library
//! doesn't have: `cargo xtask lint` reports what it finds under the rule's code.

use std::collections::HashSet;

use super::cx::{Cx, is_json};
use crate::diag::At;
use crate::source::NodeId;
use crate::spec::{Media, SchemaId, StatusKey};

/// Left to the validator.
pub(super) fn valid(_: &mut Cx<'_, '_>) {}

/// What holds examples has `example` or `examples`, and an example has its value here or elsewhere.
pub(super) fn twice(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let bodies = spec.bodies.iter().flat_map(|body| &body.content);
    let replies = spec.responses.iter().flat_map(|response| &response.content);
    let parameters = spec.parameters.iter();
    let content = parameters.clone().flat_map(|parameter| &parameter.content);
    let media = bodies.chain(replies).chain(content).map(|media| media.at);
    let mut told = HashSet::new();
    for at in media.chain(parameters.map(|parameter| parameter.at)) {
        if !told.insert(at) {
            continue;
        }
        exclusive(cx, at, "example", "examples");
        named(cx, at);
    }
    if let Some(components) = cx.tree.get(cx.tree.root(), "components") {
        named(cx, components);
    }
}

/// The `examples` of an object by their names: each has its value in one place.
fn named(cx: &mut Cx<'_, '_>, holder: NodeId) {
    let examples = cx.tree.get(holder, "examples");
    for (_, example) in examples.into_iter().flat_map(|node| cx.tree.entries(node)) {
        exclusive(cx, example, "value", "externalValue");
    }
}

/// OpenAPI excludes one field by the other (3.1.0, sections 4.8.12, 4.8.14 and 4.8.19).
fn exclusive(cx: &mut Cx<'_, '_>, at: NodeId, one: &str, other: &str) {
    let (Some(first), Some(second)) = (cx.tree.get(at, one), cx.tree.get(at, other)) else {
        return;
    };
    cx.say(
        At::Key(second),
        format!("`{other}` stands beside `{one}`, and each excludes the other"),
    )
    .label(first, "the other one")
    .help("keep one of the two: tools differ in which they show");
}

/// Bodies of requests, and of replies of success, have an example.
pub(super) fn missing(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let mut content: Vec<(&Media<'_>, &str)> = Vec::new();
    for operation in &spec.operations {
        let body = operation.body.map(|id| spec.body(id));
        content.extend(body.iter().flat_map(|body| &body.content).map(|it| (it, "request")));
        for (status, id) in &operation.responses {
            if matches!(status, StatusKey::Code(200..=299) | StatusKey::Range(2)) {
                let reply = &spec.response(*id).content;
                content.extend(reply.iter().map(|it| (it, "reply")));
            }
        }
    }
    for (media, what) in content {
        let Some(schema) = media.schema.filter(|_| is_json(media)) else { continue };
        if media.examples.is_empty() && !is_shown(cx, schema) {
            cx.say(At::Key(media.at), format!("this {what} has no example"))
                .help("add `example` with a body from the vendor's page");
        }
    }
}

/// The schema, or one of its properties or items, has an example.
fn is_shown(cx: &Cx<'_, '_>, id: SchemaId) -> bool {
    let spec = cx.spec;
    let has_example =
        |id: SchemaId| cx.parts(id).into_iter().any(|part| !spec.schema(part).examples.is_empty());
    let mut level = vec![id];
    for _ in 0..3 {
        if level.iter().any(|id| has_example(*id)) {
            return true;
        }
        let parts = level.iter().flat_map(|id| cx.parts(*id)).collect::<Vec<_>>();
        let inner = parts.iter().map(|part| spec.schema(*part)).flat_map(|schema| {
            let properties = schema.properties.iter().map(|(_, id)| *id);
            let alternatives = schema.one_of.iter().chain(&schema.any_of).copied();
            properties.chain(schema.items).chain(schema.additional).chain(alternatives)
        });
        level = inner.take(500).collect();
    }
    false
}
