//! Media types: what each of them holds.

use super::cx::{Cx, Hint};
use super::merge::{Key, merge};
use super::schema;
use crate::diag::{At, Code};
use crate::source::NodeId;
use crate::spec::http::{FORM, MULTIPART};
pub(super) use crate::spec::http::{OCTETS, essence, is_json};
use crate::spec::{Media, SchemaId, Types};
use tenon_ir as ir;

/// The charset that a parameter of a media type states, in lower case.
fn charset(param: &str) -> Option<String> {
    let param = param.trim().to_ascii_lowercase();
    Some(param.strip_prefix("charset=")?.trim_matches('"').to_owned())
}

/// The media type without its charset.
pub(super) fn without_charset(name: &str) -> String {
    name.split(';').filter(|part| charset(part).is_none()).collect::<Vec<_>>().join(";")
}

/// One media type, whatever the charset.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let parts = |name: &str| -> Vec<String> {
        let name = without_charset(name).to_ascii_lowercase();
        let params = name.split(';').skip(1).map(str::trim).filter(|param| !param.is_empty());
        std::iter::once(essence(&name)).chain(params.map(str::to_owned)).collect()
    };
    parts(one) == parts(other)
}

/// The media type with UTF-8 in place of another charset; absent, when it states no other.
fn in_utf8(name: &str) -> Option<String> {
    let is_other = |param: &str| charset(param).is_some_and(|it| it != "utf-8" && it != "utf8");
    let params = || name.split(';');
    let named = params().map(|it| if is_other(it) { " charset=utf-8" } else { it });
    params().any(is_other).then(|| named.collect::<Vec<_>>().join(";"))
}

/// The media type of what the client writes.
pub(super) fn written(cx: &mut Cx<'_, '_>, at: NodeId, name: &str) -> String {
    let Some(written) = in_utf8(name) else { return name.to_owned() };
    let message = format!("`{name}` is sent as `{written}`");
    cx.sink.note(Code::Degraded, At::Node(at), message).help("the client writes text in UTF-8");
    written
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

/// XML, or a type whose syntax is XML (RFC 7303, section 4.2).
pub(super) fn is_xml(name: &str) -> bool {
    let essence = essence(name);
    essence == "application/xml" || essence == "text/xml" || essence.ends_with("+xml")
}

/// A range of media types that JSON may be one of.
pub(super) fn may_be_json(name: &str) -> bool {
    ["*/*", "application/*"].contains(&essence(name).as_str())
}

/// How a body of a media type is read.
pub(super) struct Reading {
    /// Media types, as `Accept` names them, and what is taken to be in each.
    pub(super) ways: Vec<(String, ir::Body)>,
    /// What the caller gets, whichever it was.
    pub(super) held: ir::Body,
}

impl Reading {
    pub(super) fn one(media: &str, content: ir::Body) -> Self {
        Self { ways: vec![(media.to_owned(), content.clone())], held: content }
    }
}

/// What a reply of this media type holds. In a range that JSON may be one of, a string is in JSON
/// or the text itself, as the reply says; everything else is JSON, whatever it is called.
pub(super) fn reading(cx: &mut Cx<'_, '_>, media: &Media<'_>, hint: &Hint) -> Reading {
    let one = |content| Reading::one(media.name, content);
    if is_octets(cx, media) {
        return one(ir::Body::Bytes);
    }
    if is_json(media.name) || is_object_of_script(cx, media) || is_number_in_text(cx, media) {
        return one(json(cx, media.schema, hint));
    }
    if is_text(media.name) {
        if !is_xml(media.name) {
            report_structure(cx, media, "given as text");
        }
        return one(ir::Body::Text);
    }
    if may_be_json(media.name)
        && let Some(id) = media.schema.filter(|id| !is_binary(cx, *id))
    {
        let held = json(cx, Some(id), hint);
        let way = |name: &str, content: &ir::Body| (name.to_owned(), content.clone());
        let other = match is_string(cx, id) {
            // Text fits no worse than JSON does, unless the reply says that it is JSON.
            true => way(media.name, &ir::Body::Text),
            false => way("application/json", &held),
        };
        return Reading { ways: vec![other, way(media.name, &held)], held };
    }
    let form = [MULTIPART, FORM];
    if form.contains(&essence(media.name).as_str()) {
        cx.sink
            .warning(
                Code::Degraded,
                At::Node(media.at),
                format!("a body of `{}` is left to the caller, as bytes", media.name),
            )
            .help("describe the body as `application/json` where the server takes it");
    } else if essence(media.name) != OCTETS {
        report_structure(cx, media, "given as bytes");
    }
    one(ir::Body::Bytes)
}

/// An object in JavaScript is written in JSON.
pub(super) fn is_object_of_script(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> bool {
    let scripts = ["application/javascript", "application/x-javascript", "text/javascript"];
    scripts.contains(&essence(media.name).as_str())
        && media.schema.is_some_and(|id| is_structured(cx, id))
}

/// A number is the same in text as in JSON, and so are `true` and `false`.
pub(super) fn is_number_in_text(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> bool {
    let is_text = is_text(media.name) && !is_xml(media.name) && !is_range(media.name);
    let Some(id) = media.schema.filter(|_| is_text) else { return false };
    let key = Key::one(id);
    is_scalar(cx, &key) && !merge(cx, &key).solid_types().contains(Types::STRING)
}

/// Says what becomes of properties or items in a media type of which the client doesn't know how it
/// writes them.
pub(super) fn report_structure(cx: &mut Cx<'_, '_>, media: &Media<'_>, fate: &str) {
    if media.schema.is_some_and(|id| is_structured(cx, id)) {
        let message = format!("a body of `{}` is {fate}, whatever its schema says", media.name);
        cx.sink
            .note(Code::Degraded, At::Node(media.at), message)
            .help("describe it as `application/json` where it is JSON");
    }
}

/// The media type is a range that JSON may be one of, and the schema one of values that are no
/// strings.
pub(super) fn is_json_range(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> bool {
    may_be_json(media.name)
        && media.schema.is_some_and(|id| !is_binary(cx, id) && !is_string(cx, id))
}

/// The schema describes a string, or `null`.
fn is_string(cx: &mut Cx<'_, '_>, id: SchemaId) -> bool {
    merge(cx, &Key::one(id)).solid_types() == Types::STRING
}

/// The schema describes values whose JSON text is their text as well, but for the quotes of a
/// string.
pub(super) fn is_scalar(cx: &mut Cx<'_, '_>, key: &Key) -> bool {
    let types = merge(cx, key).solid_types();
    types != Types::default() && types.without(Types::ARRAY).without(Types::OBJECT) == types
}

fn json(cx: &mut Cx<'_, '_>, schema: Option<SchemaId>, hint: &Hint) -> ir::Body {
    ir::Body::Json(schema.map_or(ir::Type::Json, |id| schema::type_of(cx, id, hint)))
}

/// The content as it comes, of whatever media type: any octets, which no JSON text and no other text
/// can hold (OpenAPI 3.0, section 4.4: `format: binary`; Swagger 2.0, "Response Object": `type: file`;
/// RFC 2045, section 6.2: `binary`).
pub(super) fn is_octets(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> bool {
    let Some(id) = media.schema else { return false };
    let merged = merge(cx, &Key::one(id));
    let (spec, tree) = (cx.spec, cx.spec.tree);
    let kind = |id: &SchemaId| tree.text(tree.get(spec.schema(*id).at, "type")?);
    let types = merged.solid_types();
    let is_binary = merged.format == Some("binary") || merged.encoding == Some("binary");
    (is_binary && (types.is_empty() || types == Types::STRING))
        || merged.sources.iter().any(|id| kind(id) == Some("file"))
}

/// Nesting of alternatives in which properties and items are looked for.
const DEPTH: usize = 4;

/// The schema describes what neither text nor bytes have: properties, or items that are no octets.
pub(super) fn is_structured(cx: &mut Cx<'_, '_>, id: SchemaId) -> bool {
    has_structure(cx, id, DEPTH)
}

fn has_structure(cx: &mut Cx<'_, '_>, id: SchemaId, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let merged = merge(cx, &Key::one(id));
    let mut arms = merged.unions.iter().flat_map(|union| &union.schemas);
    !merged.properties.is_empty()
        || (!merged.items.is_empty() && !is_octet(cx, &Key::all(&merged.items)))
        || arms.any(|arm| has_structure(cx, *arm, depth))
}

/// An item of what is written as a list of octets: a number, or some octets.
fn is_octet(cx: &mut Cx<'_, '_>, key: &Key) -> bool {
    let merged = merge(cx, key);
    merged.solid_types() == Types::INTEGER || matches!(merged.format, Some("binary" | "byte"))
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
