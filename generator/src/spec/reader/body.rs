//! Request bodies and media types.

use super::super::http;
use super::super::model::{BodyId, Media, PartEncoding, RequestBody};
use super::cx::Cx;
use super::document::is_extension;
use super::{known, parameter, schema};
use crate::diag::{At, Code};
use crate::source::NodeId;

/// The request body at a node, or that its references lead to.
pub(super) fn id(cx: &mut Cx<'_, '_>, node: NodeId) -> Option<BodyId> {
    if !cx.tree.is_map(node) {
        cx.wrong_kind(node, "requestBody", "a map");
        return None;
    }
    let at = cx.follow(node)?;
    if let Some(id) = cx.body_of.get(&at) {
        return Some(*id);
    }
    cx.known(at, &known::BODY);
    let body = RequestBody {
        at,
        component: cx.component_names.get(&at).copied(),
        description: cx.text(at, "description"),
        required: cx.flag(at, "required").unwrap_or(false),
        content: content(cx, at),
    };
    let id = BodyId(cx.bodies.len() as u32);
    cx.bodies.push(body);
    cx.body_of.insert(at, id);
    Some(id)
}

/// `content` of a body, response, parameter or header.
pub(super) fn content<'t>(cx: &mut Cx<'t, '_>, object: NodeId) -> Vec<Media<'t>> {
    let stated = cx.map(object, "content");
    let named = |(name, node)| (http::media_type(cx.sink, At::Key(node), name), node);
    let entries: Vec<(Option<&str>, NodeId)> = stated.map(named).collect();
    let others = entries.iter().all(|(name, _)| name.is_none()).then_some(http::ANY);
    let entries = entries.into_iter().filter_map(|(name, node)| Some((name.or(others)?, node)));
    entries.filter_map(|(name, node)| media(cx, name, node)).collect()
}

fn media<'t>(cx: &mut Cx<'t, '_>, name: &'t str, node: NodeId) -> Option<Media<'t>> {
    if cx.tree.is_null(node) {
        // `application/json:` with nothing behind it says as much as `{}`.
        let empty = (None, None, Vec::new(), Vec::new());
        let (schema, item_schema, examples, encoding) = empty;
        return Some(Media { at: node, name, schema, item_schema, examples, encoding });
    }
    if !cx.tree.is_map(node) {
        cx.wrong_kind(node, "content", "a map of maps");
        return None;
    }
    let at = cx.follow(node)?;
    cx.known(at, &known::MEDIA);
    for key in ["prefixEncoding", "itemEncoding"] {
        if let Some(node) = cx.field(at, key) {
            cx.sink
                .warning(Code::Degraded, At::Key(node), format!("`{key}` is not followed"))
                .help("parts by position have no place in the client; it sends parts by name");
        }
    }
    Some(Media {
        at,
        name,
        schema: cx.field(at, "schema").map(|node| schema::id(cx, node)),
        item_schema: cx.field(at, "itemSchema").map(|node| schema::id(cx, node)),
        examples: cx.examples(at),
        encoding: cx.map(at, "encoding").filter_map(|(key, node)| part(cx, key, node)).collect(),
    })
}

fn part<'t>(cx: &mut Cx<'t, '_>, property: &'t str, at: NodeId) -> Option<PartEncoding<'t>> {
    if !cx.tree.is_map(at) {
        if !is_extension(property) {
            cx.wrong_kind(at, "encoding", "a map of maps");
        }
        return None;
    }
    cx.known(at, &known::ENCODING);
    Some(PartEncoding {
        property,
        content_type: cx.text(at, "contentType"),
        headers: parameter::headers(cx, at),
        style: cx.text(at, "style"),
        explode: cx.flag(at, "explode"),
        allow_reserved: cx.flag(at, "allowReserved").unwrap_or(false),
    })
}
