//! Encodings: how a form or a multipart body writes each of its properties.

use super::cx::Cx;
use super::media::{self, essence};
use super::merge::{Key, merge};
use super::part_header;
use crate::diag::{At, Code};
use crate::source::NodeId;
use crate::spec::{Media, PartEncoding};
use tenon_ir as ir;

/// Properties of a form that are not written as usual.
pub(super) fn all(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> Vec<ir::PropertyEncoding> {
    let usual = |encoding: &ir::PropertyEncoding| {
        encoding.style.is_none()
            && !encoding.allow_reserved
            && encoding.content_type.is_none()
            && encoding.headers.is_empty()
    };
    // Forms have no parts that could have headers.
    let is_multipart = essence(media.name).starts_with("multipart/");
    let all = media.encoding.iter().map(|stated| {
        let mut encoding = match is_multipart {
            true => of_part(cx, media, stated, false),
            false => one(cx, media, stated),
        };
        let schemas = media.schema.map(|id| merge(cx, &Key::one(id)).properties);
        let mut schemas = schemas.iter().flatten().filter(|(name, _)| *name == stated.property);
        if schemas.any(|(name, schemas)| is_markup(cx, media, name, &Key::all(schemas))) {
            report_markup(cx, media, stated.property, "sent as JSON");
            encoding.content_type = None;
        }
        encoding
    });
    all.filter(|encoding| !usual(encoding)).collect()
}

/// A property is stated to be XML, and is no plain text.
pub(super) fn is_markup(cx: &mut Cx<'_, '_>, media: &Media<'_>, property: &str, key: &Key) -> bool {
    let stated = media.encoding.iter().find(|stated| stated.property == property);
    let is_xml = stated.and_then(|stated| stated.content_type).is_some_and(media::is_xml);
    is_xml && !media::is_scalar(cx, key)
}

/// Says what becomes of a property that is XML.
pub(super) fn report_markup(cx: &mut Cx<'_, '_>, media: &Media<'_>, property: &str, fate: &str) {
    let message = format!("the property `{property}` is to be XML: it is {fate}");
    cx.sink
        .note(Code::Degraded, At::Node(place(cx, media, property)), message)
        .help("describe it as `application/json` where the server takes it");
}

/// How a part is written: a file, or a value that becomes one when it is sent.
pub(super) fn of_part(
    cx: &mut Cx<'_, '_>,
    media: &Media<'_>,
    stated: &PartEncoding<'_>,
    is_file: bool,
) -> ir::PropertyEncoding {
    let mut encoding = one(cx, media, stated);
    encoding.headers = part_header::fixed(cx, stated, is_file);
    if !is_file {
        let at = place(cx, media, stated.property);
        encoding.content_type = stated.content_type.map(|name| media::written(cx, at, name));
    }
    encoding
}

/// How a property is written. A style counts when any of its fields is stated (OpenAPI 3.1, section
/// 4.8.15.1.2).
fn one(cx: &mut Cx<'_, '_>, media: &Media<'_>, stated: &PartEncoding<'_>) -> ir::PropertyEncoding {
    let styled = stated.style.is_some() || stated.explode.is_some() || stated.allow_reserved;
    let style = match stated.style {
        None | Some("form") => ir::Style::Form,
        Some("spaceDelimited") => ir::Style::SpaceDelimited,
        Some("pipeDelimited") => ir::Style::PipeDelimited,
        Some("deepObject") => ir::Style::DeepObject,
        Some(other) => {
            cx.sink
                .warning(
                    Code::InvalidStyle,
                    At::Node(media.at),
                    format!("the property `{}` can't be written in the style `{other}`", stated.property),
                )
                .help("`form` is taken; properties can have `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`");
            ir::Style::Form
        }
    };
    let explode = stated.explode.unwrap_or(style == ir::Style::Form);
    ir::PropertyEncoding {
        property: stated.property.to_owned(),
        style: styled.then_some((style, explode)),
        allow_reserved: stated.allow_reserved,
        content_type: stated.content_type.map(str::to_owned),
        headers: Vec::new(),
    }
}

/// Where the encoding of a property is stated.
fn place(cx: &Cx<'_, '_>, media: &Media<'_>, property: &str) -> NodeId {
    let tree = cx.spec.tree;
    let stated = tree.get(media.at, "encoding").and_then(|at| tree.get(at, property));
    stated.unwrap_or(media.at)
}
