//! The body parameter, or the form fields, are a request body.

use super::super::make;
use super::super::rewrite::Rewrite;
use super::operation::Media;
use super::parameter;
use crate::diag::{At, Code};
use crate::source::{NodeId, Tree};
use crate::spec::http::{self, FORM, JSON, MULTIPART};
use crate::spec::reader::meant_flag;
use crate::spec::section::schema_keyword;
use std::collections::HashSet;

/// The request body of an operation, from its `body` and `formData` parameters.
pub(in super::super) fn body(
    rewrite: &mut Rewrite<'_>,
    operation: NodeId,
    parameters: &[NodeId],
    media: Media,
) -> Option<NodeId> {
    let is_body = |node: &&NodeId| {
        let place = rewrite.tree.get(**node, "in").and_then(|place| rewrite.tree.text(place));
        place == Some("body")
    };
    let (bodies, fields): (Vec<NodeId>, Vec<NodeId>) = parameters.iter().partition(is_body);
    let Some(body) = bodies.first() else {
        return (!parameters.is_empty()).then(|| form(rewrite, operation, parameters, media));
    };
    let field = fields.first().copied();
    if let Some(field) = field.filter(|_| is_part(rewrite.tree, &fields, media)) {
        rewrite
            .sink
            .warning(Code::SeveralBodies, *body, "a form has no body beside its fields")
            .label(field, "the operation has a form")
            .help("it is read as one of them; write `in: formData`");
        return Some(form(rewrite, operation, parameters, media));
    }
    stated(rewrite, operation, &bodies, &fields, media)
}

/// The body that the parameters called so make. Fields beside them are left out.
fn stated(
    rewrite: &mut Rewrite<'_>,
    operation: NodeId,
    bodies: &[NodeId],
    fields: &[NodeId],
    media: Media,
) -> Option<NodeId> {
    let (body, more) = bodies.split_first()?;
    let other = more.iter().chain(fields).next().copied();
    if let Some(other) = other.filter(|_| fields.is_empty() && are_fields(rewrite.tree, bodies)) {
        rewrite
            .sink
            .warning(Code::SeveralBodies, other, "a body is one value, and here are several")
            .label(*body, "the first stands here")
            .help("they are read as properties of an object; describe that as one body");
        return Some(object(rewrite, operation, bodies, media));
    }
    if other.is_none() && is_field(rewrite, *body, media) {
        let kind = rewrite.tree.get(*body, "type").unwrap_or(*body);
        let message = "a body has a `schema`, and no type of its own";
        rewrite
            .sink
            .warning(Code::UnknownField, At::Key(kind), message)
            .help("it is read as a property of an object; describe that under `schema`");
        return Some(object(rewrite, operation, bodies, media));
    }
    if let Some(other) = other {
        rewrite
            .sink
            .warning(Code::SeveralBodies, other, "the operation has a body already")
            .label(*body, "this one holds")
            .help("make them one body, or fields of one form");
    }
    Some(whole(rewrite, *body, media))
}

/// A value with a name of its own, in JSON or a form: servers look for it by that name.
fn is_field(rewrite: &mut Rewrite<'_>, body: NodeId, media: Media) -> bool {
    let text = |key: &str| make::text(rewrite.tree, body, key).unwrap_or_default();
    let kind = text("type").to_ascii_lowercase();
    let is_value = ["string", "number", "integer", "boolean"].contains(&kind.as_str());
    let is_bare =
        rewrite.tree.get(body, "schema").is_none() && !["", "body"].contains(&text("name"));
    let is_object = |name: &String| http::is_json(name) || name.starts_with(FORM);
    is_value && is_bare && names(rewrite, media.consumes, JSON).iter().any(is_object)
}

/// What is called a body beside these fields is a part of the form: it has a file, or the operation
/// consumes forms.
fn is_part(tree: &Tree, fields: &[NodeId], media: Media) -> bool {
    let mut consumed = media.consumes.into_iter().flat_map(|list| make::listed(tree, list));
    fields.iter().any(|field| is_file(tree, *field)) || consumed.any(is_form)
}

/// The media type of a form.
fn is_form(name: &str) -> bool {
    name.starts_with(MULTIPART) || name.starts_with(FORM)
}

/// Bodies that are the properties of one: no `schema` describes an object that could be the whole,
/// and not all of them are objects.
fn are_fields(tree: &Tree, bodies: &[NodeId]) -> bool {
    let schema = |body: NodeId| tree.get(body, "schema").and_then(|at| make::follow(tree, at));
    let is_object = |at: NodeId| match make::text(tree, at, "type") {
        Some(kind) => kind.eq_ignore_ascii_case("object"),
        None => schema_keyword(tree, at).is_some_and(|keyword| tree.key(keyword) != Some("enum")),
    };
    let names: HashSet<_> = bodies.iter().map(|body| make::text(tree, *body, "name")).collect();
    names.len() == bodies.len()
        && !names.contains(&None)
        && !bodies.iter().any(|body| schema(*body).is_some_and(is_object))
        && !bodies.iter().all(|body| is_object(*body))
}

fn whole(rewrite: &mut Rewrite<'_>, node: NodeId, media: Media) -> NodeId {
    let mut entry = Vec::new();
    if let Some(schema) = schema(rewrite, node) {
        make::put(rewrite, "schema", schema, &mut entry);
    }
    make::share(rewrite, node, &["example"], &mut entry);
    let names = names(rewrite, media.consumes, JSON);
    let content = in_each(rewrite, node, &names, &entry);
    request(rewrite, node, &content)
}

/// The entries of `content` where each media type holds the same.
fn in_each(
    rewrite: &mut Rewrite<'_>,
    at: NodeId,
    names: &[String],
    entry: &make::Entries,
) -> make::Entries {
    let entry = rewrite.tree.make_map(at, entry);
    let mut content = Vec::new();
    for name in names {
        make::put(rewrite, name, entry, &mut content);
    }
    content
}

/// The schema of a body, or what the body says of its value itself.
fn schema(rewrite: &mut Rewrite<'_>, node: NodeId) -> Option<NodeId> {
    if let Some(schema) = rewrite.tree.get(node, "schema") {
        return Some(schema);
    }
    let keyword = schema_keyword(rewrite.tree, node)?;
    let message = "what a body says of its value belongs in its `schema`";
    rewrite
        .sink
        .warning(Code::UnknownField, At::Key(keyword), message)
        .help("it is read so; put `type`, and what else describes the value, under `schema`");
    Some(parameter::schema(rewrite, node, &[]))
}

/// The body that is made of these properties.
fn object(rewrite: &mut Rewrite<'_>, operation: NodeId, bodies: &[NodeId], media: Media) -> NodeId {
    let names = names(rewrite, media.consumes, JSON);
    of_fields(rewrite, operation, bodies, &names, false)
}

fn request(rewrite: &mut Rewrite<'_>, node: NodeId, content: &make::Entries) -> NodeId {
    let content = rewrite.tree.make_map(node, content);
    let mut entries = Vec::new();
    make::share(rewrite, node, &["description", "required"], &mut entries);
    make::put(rewrite, "content", content, &mut entries);
    make::extensions(rewrite, node, &mut entries);
    rewrite.tree.make_map(node, &entries)
}

/// Media types of a list, or the usual one.
pub(super) fn names(rewrite: &mut Rewrite<'_>, list: Option<NodeId>, usual: &str) -> Vec<String> {
    let items = make::texts(rewrite, list);
    let tree = &*rewrite.tree;
    let names = items.iter().filter_map(|item| Some((At::Node(*item), tree.text(*item)?)));
    let names = names.filter_map(|(at, name)| http::media_type(rewrite.sink, at, name));
    let names: Vec<String> = names.map(str::to_owned).collect();
    if names.is_empty() { vec![usual.to_owned()] } else { names }
}

fn form(rewrite: &mut Rewrite<'_>, operation: NodeId, fields: &[NodeId], media: Media) -> NodeId {
    let has_file = fields.iter().any(|field| is_file(rewrite.tree, *field));
    let names = form_media(rewrite, media, has_file);
    of_fields(rewrite, operation, fields, &names, true)
}

/// The fields that have a name, with it.
fn named(tree: &Tree, fields: &[NodeId]) -> Vec<(String, NodeId)> {
    let name = |field: NodeId| make::text(tree, field, "name").map(str::to_owned);
    fields.iter().filter_map(|field| Some((name(*field)?, *field))).collect()
}

/// A body that is required where one of its fields is, the same in each media type. A form says how
/// its fields are written.
fn of_fields(
    rewrite: &mut Rewrite<'_>,
    operation: NodeId,
    fields: &[NodeId],
    names: &[String],
    is_form: bool,
) -> NodeId {
    let fields = named(rewrite.tree, fields);
    let schema = form_schema(rewrite, operation, &fields);
    let mut entry = Vec::new();
    make::put(rewrite, "schema", schema, &mut entry);
    if is_form {
        encoding(rewrite, operation, &fields, &mut entry);
    }
    let content = in_each(rewrite, operation, names, &entry);
    let mut entries = Vec::new();
    let content = rewrite.tree.make_map(operation, &content);
    make::put(rewrite, "content", content, &mut entries);
    let required = fields.iter().any(|(_, field)| is_required(rewrite, *field));
    make::put_bool(rewrite, "required", operation, required, &mut entries);
    rewrite.tree.make_map(operation, &entries)
}

/// `type: file`, and what a `schema` says of a file in the terms of OpenAPI 3.
fn is_file(tree: &Tree, field: NodeId) -> bool {
    let schema = tree.get(field, "schema").unwrap_or(NodeId::NULL);
    let items = tree.get(field, "items").unwrap_or(NodeId::NULL);
    let is_binary = make::text(tree, schema, "format") == Some("binary");
    let is = |at: &NodeId| make::text(tree, *at, "type") == Some("file");
    is_binary || [field, schema, items].iter().any(is)
}

fn is_required(rewrite: &Rewrite<'_>, field: NodeId) -> bool {
    let required = rewrite.tree.get(field, "required");
    required.and_then(|node| meant_flag(rewrite.tree, node)) == Some(true)
}

/// A file can't be sent but in parts.
fn form_media(rewrite: &mut Rewrite<'_>, media: Media, has_file: bool) -> Vec<String> {
    if has_file {
        return vec![MULTIPART.to_owned()];
    }
    let mut names = names(rewrite, media.consumes, FORM);
    names.retain(|name| is_form(name));
    if names.is_empty() { vec![FORM.to_owned()] } else { names }
}

fn form_schema(
    rewrite: &mut Rewrite<'_>,
    operation: NodeId,
    fields: &[(String, NodeId)],
) -> NodeId {
    let (mut properties, mut required) = (Vec::new(), Vec::new());
    for (name, field) in fields {
        let schema = parameter::schema(rewrite, *field, &["description"]);
        make::put(rewrite, name, schema, &mut properties);
        if is_required(rewrite, *field) {
            required.push(rewrite.tree.make_text(*field, name));
        }
    }
    let mut entries = Vec::new();
    make::put_text(rewrite, "type", operation, "object", &mut entries);
    let properties = rewrite.tree.make_map(operation, &properties);
    make::put(rewrite, "properties", properties, &mut entries);
    if !required.is_empty() {
        let required = rewrite.tree.make_list(operation, &required);
        make::put(rewrite, "required", required, &mut entries);
    }
    rewrite.tree.make_map(operation, &entries)
}

/// How lists among the fields are written.
fn encoding(
    rewrite: &mut Rewrite<'_>,
    operation: NodeId,
    fields: &[(String, NodeId)],
    entry: &mut make::Entries,
) {
    let mut encoding = Vec::new();
    for (name, field) in fields {
        let mut part = Vec::new();
        parameter::style(rewrite, *field, true, &mut part);
        if !part.is_empty() {
            let part = rewrite.tree.make_map(*field, &part);
            make::put(rewrite, name, part, &mut encoding);
        }
    }
    if !encoding.is_empty() {
        let encoding = rewrite.tree.make_map(operation, &encoding);
        make::put(rewrite, "encoding", encoding, entry);
    }
}
