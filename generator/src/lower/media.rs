//! Media types: what each of them holds.

use super::cx::{Cx, Hint};
use super::merge::{Key, merge};
use super::schema;
use crate::diag::{At, Code};
use crate::spec::{Media, SchemaId, Types};
use tenon_ir as ir;

/// The media type without parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// JSON, or a type whose syntax is JSON (RFC 6839, section 3.1).
pub(super) fn is_json(name: &str) -> bool {
    let essence = essence(name);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// A range of media types.
pub(super) fn is_range(name: &str) -> bool {
    essence(name).contains('*')
}

/// Text, or a type whose syntax is that of XML.
pub(super) fn is_text(name: &str) -> bool {
    let essence = essence(name);
    essence.starts_with("text/") || essence == "application/xml" || essence.ends_with("+xml")
}

/// What a body of this media type holds, and the media type as it is sent.
pub(super) fn content(
    cx: &mut Cx<'_, '_>,
    media: &Media<'_>,
    hint: &Hint,
) -> (ir::Media, ir::Body) {
    let exact = || ir::Media::Exact(media.name.to_owned());
    if media.schema.is_some_and(|id| is_file(cx, id)) {
        let name = media.name.to_owned();
        let is_range = is_range(media.name);
        let media = if is_range { ir::Media::Range(name) } else { ir::Media::Exact(name) };
        return (media, ir::Body::Bytes);
    }
    if is_json(media.name) {
        return (exact(), json(cx, media.schema, hint));
    }
    if is_range(media.name) {
        return match media.schema {
            Some(id) if !is_binary(cx, id) => {
                (ir::Media::Exact("application/json".to_owned()), json(cx, Some(id), hint))
            }
            _ => (ir::Media::Range(media.name.to_owned()), ir::Body::Bytes),
        };
    }
    if is_text(media.name) {
        return (exact(), ir::Body::Text);
    }
    let form = ["multipart/form-data", "application/x-www-form-urlencoded"];
    if form.contains(&essence(media.name).as_str()) {
        cx.sink
            .warning(
                Code::Degraded,
                At::Node(media.at),
                format!("a body of `{}` is left to the caller, as bytes", media.name),
            )
            .help("describe the body as `application/json` where the server takes it");
    }
    (exact(), ir::Body::Bytes)
}

fn json(cx: &mut Cx<'_, '_>, schema: Option<SchemaId>, hint: &Hint) -> ir::Body {
    ir::Body::Json(schema.map_or(ir::Type::Json, |id| schema::type_of(cx, id, hint)))
}

/// The content as it comes, of whatever media type (Swagger 2.0, "Response Object": `type: file`).
pub(super) fn is_file(cx: &mut Cx<'_, '_>, id: SchemaId) -> bool {
    let merged = merge(cx, &Key::one(id));
    let (spec, tree) = (cx.spec, cx.spec.tree);
    let kind = |id: &SchemaId| tree.text(tree.get(spec.schema(*id).at, "type")?);
    merged.sources.iter().any(|id| kind(id) == Some("file"))
}

/// The schema describes bytes: `format: binary`, or a string with a media type of its own.
pub(super) fn is_binary(cx: &mut Cx<'_, '_>, id: SchemaId) -> bool {
    let merged = merge(cx, &Key::one(id));
    let string = merged.types.is_empty() || merged.types.contains(Types::STRING);
    string && matches!(merged.format, Some("binary" | "byte" | "file"))
        || merged.sources.len() == 1 && {
            let schema = cx.spec.schema(id);
            schema.rare.as_ref().is_some_and(|rare| rare.content_media_type.is_some())
        }
}
