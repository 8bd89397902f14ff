//! Parameters: where each is written, and how.

use super::cx::{Cx, Hint};
use super::merge::Key;
use super::{auth, docs, evidence, media, object, rules, schema, value};
use crate::diag::{At, Code};
use crate::source::NodeId;
use crate::spec::http::{FORM, is_token};
use crate::spec::template::Variable;
use crate::spec::{Media, Operation, Parameter, ParameterId, Place, SchemaId};
use tenon_ir as ir;

/// A parameter, and the document's example of it.
pub(super) struct Lowered {
    /// The parameter.
    pub(super) param: ir::Parameter,
    /// A documented value.
    pub(super) example: Option<NodeId>,
}

/// Headers that media types stand for (OpenAPI 3.1, section 4.8.12.1).
const RESERVED_HEADERS: [&str; 2] = ["accept", "content-type"];

/// Headers that frame a message or are about one connection: they follow from the body and from how
/// it is sent (RFC 9110, section 8.6; RFC 9113, section 8.2.2).
const FRAMING_HEADERS: [&str; 6] = [
    "connection",
    "content-length",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "upgrade",
];

/// The parameters of an operation, path ones first in the order of the template.
pub(super) fn lower(cx: &mut Cx<'_, '_>, operation: &Operation<'_>, name: &str) -> Vec<Lowered> {
    let named: Vec<Variable<'_>> = cx.spec.template(operation).variables().collect();
    let mut params: Vec<Lowered> = operation
        .parameters
        .iter()
        .filter_map(|id| one(cx, operation, name, *id, &named))
        .collect();
    let position = |lowered: &Lowered| match lowered.param.place {
        ir::Place::Path => named
            .iter()
            .position(|variable| variable.name == lowered.param.wire)
            .unwrap_or(named.len()),
        ir::Place::Query | ir::Place::Header | ir::Place::Cookie => usize::MAX,
    };
    params.sort_by_key(position);
    params
}

fn one(
    cx: &mut Cx<'_, '_>,
    operation: &Operation<'_>,
    name: &str,
    id: ParameterId,
    named: &[Variable<'_>],
) -> Option<Lowered> {
    let spec = cx.spec;
    let stated = spec.parameter(id);
    let place = place(stated);
    if is_written(cx, operation, stated) || is_unsendable(cx, stated) {
        return None;
    }
    let hint = Hint::of_operation(name, stated.name);
    let media = stated.content.first();
    let content = stated.schema.or(media.and_then(|media| media.schema));
    let content = content.filter(|_| !is_written_by_caller(cx, stated));
    let is_json = media.is_some_and(|media| media::is_json(media.name));
    let nothing = if is_json { ir::Type::Json } else { ir::Type::Text(ir::Text::Plain) };
    let ty = content.map_or(nothing, |id| schema::type_of(cx, id, &hint));
    let mut ty = match ty {
        // A parameter is there or it isn't; none of the styles can write `null`.
        ir::Type::Nullable(inner) if media.is_none() => *inner,
        ir::Type::Text(ir::Text::Plain) if is_authorization(stated) => {
            ir::Type::Text(ir::Text::Secret)
        }
        ty => ty,
    };
    evidence::mend(cx, &mut ty, &stated.examples);
    if let Some(id) = content {
        let layers: Vec<SchemaId> = docs::layers(cx, &[id]).collect();
        evidence::mend_by(cx, &mut ty, &layers);
    }
    let named = named.iter().find(|it| place == ir::Place::Path && it.name == stated.name);
    let named = named.copied().unwrap_or_default();
    let style = style(cx, stated, place, named.style);
    let default =
        content.and_then(|id| docs::layers(cx, &[id]).find_map(|id| spec.schema(id).default));
    let mut docs = docs::described(cx, stated.at, stated.description);
    if let (None, Some(id)) = (&docs.description, content) {
        docs.description = docs::of_use(cx, &[id]).description;
    }
    docs.deprecated = stated.deprecated;
    let example = stated.examples.first().copied().or_else(|| {
        content.and_then(|id| {
            docs::layers(cx, &[id]).find_map(|id| spec.schema(id).examples.first().copied())
        })
    });
    let mut rules = content.map(|id| rules::of(cx, &Key::one(id))).unwrap_or_default();
    rules::hold_to(cx, &mut rules, &stated.examples);
    let param = ir::Parameter {
        name: ir::Ident(stated.name.to_owned()),
        wire: stated.name.to_owned(),
        place,
        style,
        explode: stated
            .explode
            .unwrap_or(named.explode || matches!(style, ir::Style::Form | ir::Style::Cookie)),
        allow_reserved: stated.allow_reserved || named.reserved,
        ty,
        presence: object::presence(stated.required || place == ir::Place::Path),
        constant: None,
        default: default.map(|at| value::of(cx, at)),
        rules,
        docs,
    };
    Some(Lowered { param, example })
}

/// The content is of a syntax that the client doesn't write, and no plain text.
fn is_written_by_caller(cx: &mut Cx<'_, '_>, stated: &Parameter<'_>) -> bool {
    let media = stated.content.first().filter(|_| stated.schema.is_none());
    let Some(media) = media else { return false };
    let is_query = stated.place == Place::QueryString && media::essence(media.name) == FORM;
    let is_known = media::is_json(media.name) || media::is_range(media.name) || is_query;
    let is_text = |id: SchemaId| !media::is_xml(media.name) && media::is_scalar(cx, &Key::one(id));
    if is_known || media.schema.is_none_or(is_text) {
        return false;
    }
    cx.sink
        .note(
            Code::Degraded,
            At::Node(media.at),
            format!("a parameter of `{}` is text that the caller writes", media.name),
        )
        .help("describe the parameter as `application/json` where the server takes it");
    true
}

fn place(stated: &Parameter<'_>) -> ir::Place {
    match stated.place {
        Place::Path => ir::Place::Path,
        Place::Query | Place::QueryString => ir::Place::Query,
        Place::Cookie => ir::Place::Cookie,
        Place::Header => ir::Place::Header,
    }
}

/// Whether the client writes it without being told. `Authorization` is for security schemes as well,
/// but a parameter of this name is the only way to send one where the operation has no scheme.
fn is_written(cx: &mut Cx<'_, '_>, operation: &Operation<'_>, stated: &Parameter<'_>) -> bool {
    let (kind, name) = (place_word(stated.place), stated.name);
    let scheme = auth::writer(cx, operation, stated.place, name);
    let is_among = |headers: &[&str]| {
        stated.place == Place::Header && headers.iter().any(|it| it.eq_ignore_ascii_case(name))
    };
    let (is_media, is_framing) = (is_among(&RESERVED_HEADERS), is_among(&FRAMING_HEADERS));
    let (message, help) = match scheme {
        Some(scheme) => (
            format!("the {kind} `{name}` is written by the security scheme `{scheme}`"),
            "the parameter is left out; its value is the credential of the client",
        ),
        None if is_media => (
            format!("the header `{name}` is written by the client itself"),
            "OpenAPI ignores this parameter; describe it by media types",
        ),
        None if is_framing => (
            format!("the header `{name}` follows from the body and the connection"),
            "the parameter is left out; another value than the true one would break the request",
        ),
        None if is_authorization(stated) => (
            format!("no security scheme of the operation writes the header `{name}`"),
            "OpenAPI ignores this parameter; it is kept until a security scheme describes it",
        ),
        None => return false,
    };
    cx.sink.note(Code::ReservedParameter, At::Node(stated.at), message).help(help);
    scheme.is_some() || is_media || is_framing
}

/// No request has a header of that name (RFC 9110, section 5.1): sent with each call that sets it, it
/// would fail them all.
fn is_unsendable(cx: &mut Cx<'_, '_>, stated: &Parameter<'_>) -> bool {
    let name = stated.name;
    if stated.place != Place::Header || is_token(name) {
        return false;
    }
    let at = cx.spec.tree.get(stated.at, "name").unwrap_or(stated.at);
    cx.sink
        .warning(Code::Degraded, At::Node(at), format!("no header can be called `{name}`"))
        .help(
            "the parameter is left out; a name is of letters, digits and hyphens, without a value",
        );
    true
}

fn is_authorization(stated: &Parameter<'_>) -> bool {
    stated.place == Place::Header && stated.name.eq_ignore_ascii_case("authorization")
}

fn place_word(place: Place) -> &'static str {
    match place {
        Place::Path => "part of the path",
        Place::Query | Place::QueryString => "query parameter",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

/// How it is written: as stated, else as the path's decoration has it, else as is usual.
fn style(
    cx: &mut Cx<'_, '_>,
    stated: &Parameter<'_>,
    place: ir::Place,
    decoration: Option<&str>,
) -> ir::Style {
    let media = stated.content.first().filter(|_| stated.schema.is_none());
    let is_json = media.is_some_and(|media| media::is_json(media.name));
    if stated.place == Place::QueryString {
        return query_string(cx, media, is_json);
    }
    if is_json {
        return ir::Style::Json;
    }
    let styles = styles(place);
    let (usual, default) = styles[0];
    let Some(name) = stated.style.or(decoration) else { return default };
    if let Some((_, style)) = styles.iter().find(|(known, _)| *known == name) {
        return *style;
    }
    let at = cx.spec.tree.get(stated.at, "style").unwrap_or(stated.at);
    let names: Vec<String> = styles.iter().map(|(name, _)| format!("`{name}`")).collect();
    let place = format!("{place:?}").to_lowercase();
    cx.sink
        .warning(
            Code::InvalidStyle,
            At::Node(at),
            format!("a {place} parameter can't be written in the style `{name}`"),
        )
        .help(format!("`{usual}` is taken; {place} parameters can have {}", names.join(", ")));
    default
}

/// How the whole query is written: as a form, unless its content is something else (OpenAPI 3.2,
/// section 4.12.2).
fn query_string(cx: &mut Cx<'_, '_>, media: Option<&Media<'_>>, is_json: bool) -> ir::Style {
    let is_form = media.is_none_or(|media| media::essence(media.name) == FORM);
    if is_json {
        return ir::Style::QueryJson;
    }
    if !is_form {
        return ir::Style::QueryText;
    }
    if let Some(media) = media.filter(|media| !media.encoding.is_empty()) {
        let at = cx.spec.tree.get(media.at, "encoding").unwrap_or(media.at);
        cx.sink
            .warning(Code::Degraded, At::Key(at), "`encoding` of a query string isn't followed")
            .help("lists are repeated, objects are JSON, as where nothing is stated");
    }
    ir::Style::QueryString
}

/// The styles of a kind of parameter, the default first (OpenAPI 3.1, section 4.8.12.3).
fn styles(place: ir::Place) -> &'static [(&'static str, ir::Style)] {
    match place {
        ir::Place::Path => &[
            ("simple", ir::Style::Simple),
            ("label", ir::Style::Label),
            ("matrix", ir::Style::Matrix),
        ],
        ir::Place::Query => &[
            ("form", ir::Style::Form),
            ("spaceDelimited", ir::Style::SpaceDelimited),
            ("pipeDelimited", ir::Style::PipeDelimited),
            ("deepObject", ir::Style::DeepObject),
        ],
        ir::Place::Header => &[("simple", ir::Style::Simple)],
        ir::Place::Cookie => &[("form", ir::Style::Form), ("cookie", ir::Style::Cookie)],
    }
}
