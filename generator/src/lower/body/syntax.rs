//! In which syntax each media type of a body is written.

use super::super::cx::Cx;
use super::super::media::{self, essence, is_binary, is_json, is_range, is_text};
use super::super::merge::{Key, merge};
use super::super::stream;
use crate::spec::{Media, Types};

/// Syntax of a media type, the preferred one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Syntax {
    Json,
    Form,
    Multipart,
    Lines,
    Text,
    Xml,
    Bytes,
    /// Bytes whose media type the caller names.
    Range,
}

/// The syntax of a media type.
pub(super) fn of(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> Syntax {
    let essence = essence(name(media));
    match essence.split_once('/') {
        Some(("multipart", _)) => Syntax::Multipart,
        Some(("application", "x-www-form-urlencoded")) => Syntax::Form,
        _ if !is_range(media.name) && media::is_octets(cx, media) => Syntax::Bytes,
        _ if stream::is_lines(&essence) => match stream::is_whole_text(cx, media) {
            true => Syntax::Bytes,
            false => Syntax::Lines,
        },
        _ if is_json(name(media)) || media::is_object_of_script(cx, media) => Syntax::Json,
        _ if media::is_number_in_text(cx, media) => Syntax::Json,
        // What can be JSON is, unless its schema is of bytes.
        Some(("*" | "application", _)) if is_range(media.name) => match media.schema {
            Some(id) if !is_binary(cx, id) => Syntax::Json,
            _ => Syntax::Range,
        },
        _ if is_range(media.name) => Syntax::Range,
        _ if essence.ends_with("/xml") || essence.ends_with("+xml") => Syntax::Xml,
        _ if is_text(name(media)) => Syntax::Text,
        _ => Syntax::Bytes,
    }
}

/// The same bytes are a body of the other media type as well: JSON is YAML, too (YAML 1.2, section
/// 1.3), and text may be of a type that is not known for one.
pub(super) fn has_bytes_of(first: Syntax, other: Syntax, label: &str) -> bool {
    match (first, other) {
        _ if is_range(label) => false,
        (Syntax::Json, _) if is_yaml(label) => true,
        (Syntax::Text, Syntax::Bytes) => true,
        (Syntax::Json | Syntax::Text | Syntax::Xml | Syntax::Bytes, _) => first == other,
        (Syntax::Form | Syntax::Multipart | Syntax::Lines | Syntax::Range, _) => false,
    }
}

/// What is of this media type is a file, whatever it is called.
pub(super) fn is_of_files(media: &Media<'_>) -> bool {
    let essence = essence(name(media));
    let kind = essence.split_once('/').map_or("", |(kind, _)| kind);
    essence == media::OCTETS || ["audio", "image", "message", "video"].contains(&kind)
}

/// Called a JSON patch, which is a list of changes (RFC 6902, section 3), and no list: ASP.NET names
/// patches among the media types of any body.
pub(super) fn is_no_patch(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> bool {
    let Some(id) = media.schema.filter(|_| essence(name(media)).contains("json-patch")) else {
        return false;
    };
    let merged = merge(cx, &Key::one(id));
    let types = merged.solid_types();
    let has_type = types != Types::default() && !types.contains(Types::ARRAY);
    has_type || !merged.properties.is_empty()
}

/// YAML, or a type whose syntax is YAML (RFC 9512).
fn is_yaml(name: &str) -> bool {
    let essence = essence(name);
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    ["yaml", "x-yaml"].contains(&subtype) || subtype.ends_with("+yaml")
}

/// The media type as it is sent: the first, where the key lists several.
pub(super) fn name<'t>(media: &Media<'t>) -> &'t str {
    media.name.split(',').next().unwrap_or_default().trim()
}

/// The media type that goes out with a body: what the client writes is in UTF-8, whatever charset
/// is stated.
pub(super) fn sent_name(cx: &mut Cx<'_, '_>, syntax: Syntax, media: &Media<'_>) -> String {
    match syntax {
        // Bytes are the caller's; a body of parts has no charset.
        Syntax::Bytes | Syntax::Range | Syntax::Multipart => name(media).to_owned(),
        Syntax::Json | Syntax::Form | Syntax::Lines | Syntax::Text | Syntax::Xml => {
            media::written(cx, media.at, name(media))
        }
    }
}

/// How a body in this syntax is called where there are several.
pub(super) fn word(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::Json => "json",
        Syntax::Form => "form",
        Syntax::Multipart => "multipart",
        Syntax::Lines => "line",
        Syntax::Text => "text",
        Syntax::Xml => "xml",
        Syntax::Bytes | Syntax::Range => "bytes",
    }
}
