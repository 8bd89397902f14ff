//! Schemas where `content` belongs, or a media type: under `schema`, or by themselves.

use super::super::make;
use super::super::place::{self, Found, Place};
use super::super::rewrite::Rewrite;
use super::super::swagger2::response;
use crate::diag::{At, Code};
use crate::source::{Key, NodeId};

/// A request body or response. Its schema, and the media types that are listed elsewhere, become
/// `content`; whether that was so is answered.
pub(super) fn hold(
    rewrite: &mut Rewrite<'_>,
    node: NodeId,
    place: &Place,
    media: Option<NodeId>,
) -> bool {
    match place::find(rewrite, node, place) {
        None => false,
        Some(Found::Other(at)) => {
            rewrite.tree.replace_map(at, &[]);
            false
        }
        Some(Found::Schema(at)) => {
            let made = response::of_schema(rewrite, at, media);
            let entries = rewrite.tree.keyed(made);
            rewrite.tree.replace_map(at, &entries);
            true
        }
        Some(Found::Right(at)) => match rewrite.tree.get(at, "content") {
            Some(content) => {
                media_types(rewrite, content);
                false
            }
            None => from_schema(rewrite, at, place, media),
        },
    }
}

fn from_schema(
    rewrite: &mut Rewrite<'_>,
    at: NodeId,
    place: &Place,
    media: Option<NodeId>,
) -> bool {
    let schema = rewrite.tree.get(at, "schema").filter(|node| !rewrite.tree.is_null(*node));
    let Some(schema) = schema else { return false };
    let message = format!("`schema` is no field of {}", place.name);
    rewrite.sink.warning(Code::UnknownField, At::Key(schema), message).help(
        "it is read as what `content` describes; write `content: {application/json: {schema: …}}`",
    );
    let content = response::described(rewrite, at, schema, media);
    let content = (rewrite.tree.new_key("content"), content);
    make::replace(rewrite, at, &[&["schema"]], vec![content]);
    true
}

/// The media types of `content`. A schema by itself is JSON.
pub(super) fn media_types(rewrite: &mut Rewrite<'_>, content: NodeId) {
    let names: Vec<String> =
        rewrite.tree.entries(content).map(|(name, _)| name.to_owned()).collect();
    let mut entries: Vec<(Key, NodeId)> = rewrite.tree.keyed(content);
    for (name, (key, node)) in names.iter().zip(&mut entries) {
        if name == "schema" {
            let message = "`schema` is no media type";
            rewrite
                .sink
                .warning(Code::UnknownField, At::Key(*node), message)
                .help("it is read as that of `application/json`; put it under the media type");
            let schema = (rewrite.tree.new_key("schema"), *node);
            *key = rewrite.tree.new_key("application/json");
            *node = rewrite.tree.make_map(*node, &[schema]);
        } else {
            match place::find(rewrite, *node, &place::MEDIA) {
                Some(Found::Schema(at)) => wrap(rewrite, at),
                Some(Found::Other(at)) => rewrite.tree.replace_map(at, &[]),
                Some(Found::Right(_)) | None => {}
            }
        }
    }
    if names.iter().any(|name| name == "schema") {
        rewrite.tree.replace_map(content, &entries);
    }
}

/// Puts a schema under `schema`.
pub(super) fn wrap(rewrite: &mut Rewrite<'_>, at: NodeId) {
    let entries = rewrite.tree.keyed(at);
    let schema = rewrite.tree.make_map(at, &entries);
    let schema = (rewrite.tree.new_key("schema"), schema);
    rewrite.tree.replace_map(at, &[schema]);
}
