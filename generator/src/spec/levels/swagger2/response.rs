//! Responses: a schema and `produces` are `content`.

use super::super::make;
use super::super::place::{self, Found};
use super::super::rewrite::Rewrite;
use super::{body, foreign, parameter};
use crate::diag::Code;
use crate::source::{NodeId, Tree};
use crate::spec::http::{self, JSON, OCTETS};

/// Every response of a map.
pub(super) fn all(
    rewrite: &mut Rewrite<'_>,
    responses: NodeId,
    produces: Option<NodeId>,
) -> NodeId {
    let mut entries = Vec::new();
    let statuses: Vec<String> =
        rewrite.tree.entries(responses).map(|(status, _)| status.to_owned()).collect();
    for ((key, node), status) in rewrite.tree.keyed(responses).into_iter().zip(statuses) {
        let found = place::find(rewrite, node, &place::RESPONSE_OF_V2);
        let target = make::follow(rewrite.tree, node).unwrap_or(node);
        let response = if let Some(Found::Schema(at)) = found {
            of_schema(rewrite, at, produces)
        } else if rewrite.tree.is_map(target) && rewrite.tree.get(target, "$ref").is_none() {
            let produces = produced(rewrite, &status, target, produces);
            response(rewrite, target, produces)
        } else {
            target
        };
        entries.push((key, response));
    }
    rewrite.tree.make_map(responses, &entries)
}

/// The media types of a response: those that the operation produces. A failure that is an object is
/// none of files, which the operation produces when it succeeds, but of the document's or in JSON.
fn produced(
    rewrite: &mut Rewrite<'_>,
    status: &str,
    response: NodeId,
    produces: Option<NodeId>,
) -> Option<NodeId> {
    let tree = &*rewrite.tree;
    let is_success = status.starts_with(['1', '2', '3']);
    let schema = tree.get(response, "schema").filter(|_| !is_success);
    let schema = schema.filter(|schema| is_object(tree, *schema));
    let files = produces.filter(|list| !may_hold(tree, *list));
    let (Some(schema), Some(files)) = (schema, files) else { return produces };
    let first = make::listed(tree, files).next().unwrap_or_default();
    let message = format!("`{first}` is not used here, as it holds no object");
    let other = tree.get(tree.root(), "produces").filter(|list| may_hold(tree, *list));
    rewrite
        .sink
        .note(Code::UnusedMedia, schema, message)
        .label(files, "this is what is produced")
        .help("this failure is read as JSON; add its media type to `produces`");
    other
}

/// The schema describes an object.
fn is_object(tree: &Tree, schema: NodeId) -> bool {
    let at = make::follow(tree, schema).unwrap_or(schema);
    match make::text(tree, at, "type") {
        Some(kind) => kind == "object",
        None => ["properties", "allOf"].iter().any(|key| tree.get(at, key).is_some()),
    }
}

/// Objects can be written in one of these media types, as far as is known.
fn may_hold(tree: &Tree, list: NodeId) -> bool {
    let is_one = |name: &str| {
        let essence = http::essence(name);
        let holds = ["xml", "yaml", "urlencoded", "form-data", "*"];
        http::is_json(name) || holds.iter().any(|end| essence.ends_with(end))
    };
    make::listed(tree, list).next().is_none() || make::listed(tree, list).any(is_one)
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

/// One response. A component that several operations refer to is rewritten once for each list of
/// media types that holds where it is referred to.
fn response(rewrite: &mut Rewrite<'_>, node: NodeId, produces: Option<NodeId>) -> NodeId {
    if let Some(known) = rewrite.responses.get(&(node, produces)) {
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
    rewrite.responses.insert((node, produces), made);
    made
}

fn content(rewrite: &mut Rewrite<'_>, node: NodeId, produces: Option<NodeId>) -> Option<NodeId> {
    match rewrite.tree.get(node, "schema") {
        Some(schema) => {
            let schema = nullable(rewrite, node, schema);
            Some(described(rewrite, node, schema, produces))
        }
        None => shown(rewrite, node),
    }
}

/// The schema of a response whose body may be null, as NSwag says beside the schema.
fn nullable(rewrite: &mut Rewrite<'_>, node: NodeId, schema: NodeId) -> NodeId {
    const KEY: &str = "x-nullable";
    let flag = rewrite.tree.get(node, KEY).filter(|flag| rewrite.tree.bool(*flag) == Some(true));
    let Some(flag) = flag.filter(|_| rewrite.tree.get(schema, KEY).is_none()) else {
        return schema;
    };
    let mut entries = rewrite.tree.keyed(schema);
    make::put(rewrite, KEY, flag, &mut entries);
    rewrite.tree.make_map(schema, &entries)
}

/// `content` of a response that only examples describe, by their media types.
fn shown(rewrite: &mut Rewrite<'_>, node: NodeId) -> Option<NodeId> {
    let examples = rewrite.tree.get(node, "examples")?;
    let keys = rewrite.tree.entries(examples).map(|(key, _)| key.to_owned());
    let names: Vec<String> = keys.filter(|key| http::is_media_type(key)).collect();
    let mut content = Vec::new();
    for name in names {
        let mut media = Vec::new();
        if let Some(example) = rewrite.tree.get(examples, &name) {
            make::put(rewrite, "example", example, &mut media);
        }
        let media = rewrite.tree.make_map(examples, &media);
        make::put(rewrite, &name, media, &mut content);
    }
    (!content.is_empty()).then(|| rewrite.tree.make_map(node, &content))
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
