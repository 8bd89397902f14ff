//! Responses: a schema and `produces` are `content`.

use super::super::make;
use super::super::place::{self, Found};
use super::super::rewrite::Rewrite;
use super::{body, foreign, parameter};
use crate::source::NodeId;
use crate::spec::http::{JSON, OCTETS};

/// Every response of a map.
pub(super) fn all(
    rewrite: &mut Rewrite<'_>,
    responses: NodeId,
    produces: Option<NodeId>,
) -> NodeId {
    let mut entries = Vec::new();
    for (key, node) in rewrite.tree.keyed(responses) {
        let found = place::find(rewrite, node, &place::RESPONSE);
        let target = make::follow(rewrite.tree, node).unwrap_or(node);
        let response = if let Some(Found::Schema(at)) = found {
            of_schema(rewrite, at, produces)
        } else if rewrite.tree.is_map(target) && rewrite.tree.get(target, "$ref").is_none() {
            response(rewrite, target, produces)
        } else {
            target
        };
        entries.push((key, response));
    }
    rewrite.tree.make_map(responses, &entries)
}

/// A response or request body in whose place its schema stands, perhaps among its own fields.
pub(in super::super) fn of_schema(
    rewrite: &mut Rewrite<'_>,
    at: NodeId,
    media: Option<NodeId>,
) -> NodeId {
    let required = rewrite.tree.get(at, "required");
    let is_flag = required.is_some_and(|node| rewrite.tree.bool(node).is_some());
    let own: &[&str] = if is_flag { &["description", "required"] } else { &["description"] };
    let mut entries = Vec::new();
    make::share(rewrite, at, own, &mut entries);
    let all = rewrite.tree.keyed(at);
    let schema = rewrite.tree.make_map(at, &all);
    make::replace(rewrite, schema, &[own], Vec::new());
    let content = described(rewrite, at, schema, media);
    make::put(rewrite, "content", content, &mut entries);
    rewrite.tree.make_map(at, &entries)
}

/// One response. A component that several operations refer to is rewritten once, with the media
/// types of the document.
fn response(rewrite: &mut Rewrite<'_>, node: NodeId, produces: Option<NodeId>) -> NodeId {
    if let Some(known) = rewrite.responses.get(&node) {
        return *known;
    }
    let mut entries = Vec::new();
    make::share(rewrite, node, &["description"], &mut entries);
    make::extensions(rewrite, node, &mut entries);
    let content = content(rewrite, node, produces);
    if let Some(content) = foreign::or_read(rewrite, content, node, "content") {
        make::put(rewrite, "content", content, &mut entries);
    }
    if let Some(headers) = rewrite.tree.get(node, "headers") {
        let headers = self::headers(rewrite, headers);
        make::put(rewrite, "headers", headers, &mut entries);
    }
    let made = rewrite.tree.make_map(node, &entries);
    rewrite.responses.insert(node, made);
    made
}

fn content(rewrite: &mut Rewrite<'_>, node: NodeId, produces: Option<NodeId>) -> Option<NodeId> {
    let schema = rewrite.tree.get(node, "schema")?;
    Some(described(rewrite, node, schema, produces))
}

/// `content` of a response or request body that this schema describes in each of these media types.
pub(in super::super) fn described(
    rewrite: &mut Rewrite<'_>,
    node: NodeId,
    schema: NodeId,
    media: Option<NodeId>,
) -> NodeId {
    let described = make::follow(rewrite.tree, schema).unwrap_or(schema);
    let is_file = make::text(rewrite.tree, described, "type") == Some("file");
    let usual = if is_file { OCTETS } else { JSON };
    let examples = rewrite.tree.get(node, "examples");
    let mut content = Vec::new();
    for name in body::names(rewrite, media, usual) {
        let mut media = Vec::new();
        make::put(rewrite, "schema", schema, &mut media);
        if let Some(example) = examples.and_then(|examples| rewrite.tree.get(examples, &name)) {
            make::put(rewrite, "example", example, &mut media);
        }
        let media = rewrite.tree.make_map(schema, &media);
        make::put(rewrite, &name, media, &mut content);
    }
    rewrite.tree.make_map(node, &content)
}

fn headers(rewrite: &mut Rewrite<'_>, headers: NodeId) -> NodeId {
    let mut entries = Vec::new();
    for (key, node) in rewrite.tree.keyed(headers) {
        let mut header = Vec::new();
        make::share(rewrite, node, &["description"], &mut header);
        make::extensions(rewrite, node, &mut header);
        let schema = parameter::schema(rewrite, node, &[]);
        make::put(rewrite, "schema", schema, &mut header);
        parameter::style(rewrite, node, false, &mut header);
        let header = rewrite.tree.make_map(node, &header);
        entries.push((key, header));
    }
    rewrite.tree.make_map(headers, &entries)
}
