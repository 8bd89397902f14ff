//! Request bodies: which media types are sent, and what each holds.
//!
//! JSON is preferred. What has another schema, or can hold what JSON can't (files), becomes a case
//! of an enum. What says the same again, in the same bytes, is a name that the caller may choose for
//! the body; what doesn't is reported and left out.

mod syntax;

use super::cx::{Cx, Hint};
use super::media::{is_json, is_range};
use super::merge::{Additional, Key, merge, unwrap};
use super::{docs, encoding, evidence, media, object, parts, rules, schema};
use crate::diag::{At, Code};
use crate::source::NodeId;
use crate::spec::http::MULTIPART;
use crate::spec::{BodyId, Media, SchemaId, Types};
use syntax::{Syntax, has_bytes_of, is_no_patch, name, sent_name, word};
use tenon_ir as ir;

/// A media type in which a body isn't described, in its syntax.
type Meant<'t> = (Syntax, Media<'t>);

/// The body of an operation, and the document's example of it; absent when nothing can be sent.
pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    operation: &str,
    id: BodyId,
) -> Option<(ir::RequestBody, Option<NodeId>)> {
    let spec = cx.spec;
    let stated = spec.body(id);
    let owner = stated.component.unwrap_or(operation);
    let mut choices: Vec<(Syntax, &Media<'_>)> =
        stated.content.iter().map(|media| (syntax::of(cx, media), media)).collect();
    // An exact JSON type comes before a range that holds JSON, and octets aren't called JSON.
    choices.sort_by_cached_key(|(syntax, media)| match syntax {
        Syntax::Json if is_range(media.name) => (*syntax, 2),
        Syntax::Json => (*syntax, u8::from(is_no_patch(cx, media) || !is_json(name(media)))),
        _ => (*syntax, u8::from(*syntax == Syntax::Bytes && is_json(media.name))),
    });
    if !stated.required && is_void(cx, &choices) {
        return None;
    }
    let preferred = choices.first().copied();
    let meant = meant(cx, &choices);
    let (sent, labels) = sent(cx, owner, operation, &choices, meant.as_ref());
    let body = ir::RequestBody {
        name: ir::Ident("body".to_owned()),
        presence: object::presence(stated.required),
        sent,
        labels,
        docs: docs::described(cx, stated.at, stated.description),
    };
    let media = preferred.map(|(_, media)| media);
    let example = media.and_then(|media| media.examples.first().copied()).or_else(|| {
        let schema = media?.schema?;
        docs::layers(cx, &[schema]).find_map(|id| spec.schema(id).examples.first().copied())
    });
    Some((body, example))
}

/// What a body is perhaps meant as that is described in a media type which can't hold it.
fn meant<'t>(cx: &mut Cx<'t, '_>, choices: &[(Syntax, &Media<'t>)]) -> Option<Meant<'t>> {
    let has = |wanted| choices.iter().any(|(syntax, _)| *syntax == wanted);
    match (has(Syntax::Multipart), has(Syntax::Json), has(Syntax::Form)) {
        (false, true, _) => upload(cx, choices),
        (false, false, false) => metadata(cx, choices),
        _ => None,
    }
}

/// The parts that a body of JSON with files in it is meant as: frameworks name JSON where nobody tells
/// them the media type of an upload.
fn upload<'t>(cx: &mut Cx<'t, '_>, choices: &[(Syntax, &Media<'t>)]) -> Option<Meant<'t>> {
    let mut json = choices.iter().filter(|(syntax, _)| *syntax == Syntax::Json);
    let (media, file) = json.find_map(|(_, media)| Some((*media, parts::upload(cx, media)?)))?;
    let message = format!("the property `{file}` is a file, which JSON can't hold");
    cx.sink
        .note(Code::Degraded, At::Node(media.at), message)
        .help("the body can be sent as `multipart/form-data`, too; in JSON the file is any text");
    Some((Syntax::Multipart, Media { name: MULTIPART, encoding: Vec::new(), ..media.clone() }))
}

/// The JSON that a file with properties is meant as: converters of Google's documents name the media
/// types of what can be uploaded, with the schema of what is told of it.
fn metadata<'t>(cx: &mut Cx<'t, '_>, choices: &[(Syntax, &Media<'t>)]) -> Option<Meant<'t>> {
    let mut files = choices.iter().filter(|(_, media)| syntax::is_of_files(media));
    let mut described =
        |media: &Media<'_>| media.schema.is_some_and(|id| media::is_structured(cx, id));
    let (_, media) = files.find(|(_, media)| described(media))?;
    Some((Syntax::Json, Media { name: "application/json", ..(*media).clone() }))
}

/// A form without fields, which some documents give to each `GET`.
fn is_void(cx: &mut Cx<'_, '_>, choices: &[(Syntax, &Media<'_>)]) -> bool {
    let [(Syntax::Form, Media { schema: Some(id), .. })] = choices else { return false };
    let merged = merge(cx, &Key::one(*id));
    merged.properties.is_empty()
        && merged.required.is_empty()
        && merged.unions.is_empty()
        && merged.additional == Additional::Closed
}

fn sent(
    cx: &mut Cx<'_, '_>,
    owner: &str,
    operation: &str,
    choices: &[(Syntax, &Media<'_>)],
    meant: Option<&Meant<'_>>,
) -> (ir::Sent, Vec<ir::MediaLabel>) {
    let Some(((first, media), others)) = choices.split_first() else {
        let (media, content) = (ir::Media::Range("*/*".to_owned()), ir::Content::Bytes);
        let payload = ir::Payload { media, content, rules: Vec::new() };
        return (ir::Sent::One(payload), Vec::new());
    };
    let hint = Hint::of_operation(owner, "request");
    let preferred = payload(cx, *first, media, &hint, operation);
    let mut known = vec![(*first, *media, preferred)];
    let mut labels = Vec::new();
    for (syntax, media) in others {
        let same = known.iter().position(|(_, other, _)| says_the_same(cx, *syntax, media, other));
        if let Some(at) = same {
            label(cx, &mut labels, &known, at, (*syntax, media));
            continue;
        }
        let place = format!("{} request", word(*syntax));
        let other = payload(cx, *syntax, media, &Hint::of_operation(owner, &place), operation);
        match known.iter().position(|(_, _, it)| same_content(&it.content, &other.content)) {
            Some(at) => label(cx, &mut labels, &known, at, (*syntax, media)),
            None => known.push((*syntax, media, other)),
        }
    }
    if let Some((syntax, media)) = meant {
        let hint = Hint::of_operation(owner, &format!("{} request", word(*syntax)));
        known.push((*syntax, media, payload(cx, *syntax, media, &hint, operation)));
    }
    let mut payloads: Vec<ir::Payload> = known.into_iter().map(|(.., payload)| payload).collect();
    if payloads.len() == 1 {
        return (ir::Sent::One(payloads.remove(0)), labels);
    }
    let cases = payloads.into_iter().map(|payload| ir::PayloadCase {
        name: ir::Ident(kind(&payload.content).to_owned()),
        payload,
        from: false,
    });
    let name = ir::Ident(format!("{operation} body"));
    (ir::Sent::Choice { name, cases: cases.collect() }, labels)
}

/// A media type of what is sent already, in the one at `at`: another name for the same bytes, unless
/// it would be other bytes.
fn label(
    cx: &mut Cx<'_, '_>,
    labels: &mut Vec<ir::MediaLabel>,
    known: &[(Syntax, &Media<'_>, ir::Payload)],
    at: usize,
    (syntax, media): (Syntax, &Media<'_>),
) {
    let (first, other, _) = &known[at];
    if !has_bytes_of(*first, syntax, name(media)) {
        return unused(cx, media, other.name);
    }
    let names = labels.iter().map(|label| label.media.as_str());
    if names.chain([name(other)]).all(|known| !media::is_same(known, name(media))) {
        let media = sent_name(cx, *first, media);
        let name = ir::Ident(media::without_charset(&media));
        labels.push(ir::MediaLabel { name, media, payload: at });
    }
}

fn unused(cx: &mut Cx<'_, '_>, media: &Media<'_>, other: &str) {
    cx.sink
        .note(
            Code::UnusedMedia,
            At::Node(media.at),
            format!("`{}` is not used, as `{other}` is there too", media.name),
        )
        .help("a body is sent in one media type, unless others hold something else");
}

/// Whether a media type adds nothing to another that is sent already.
fn says_the_same(
    cx: &mut Cx<'_, '_>,
    syntax: Syntax,
    media: &Media<'_>,
    other: &Media<'_>,
) -> bool {
    match syntax {
        // Whoever wants to write XML while something else is taken can do so as a raw body.
        Syntax::Xml | Syntax::Range => true,
        Syntax::Multipart => same_schema(cx, media, other) && !parts::has_files(cx, media),
        Syntax::Json | Syntax::Form | Syntax::Lines => same_schema(cx, media, other),
        Syntax::Text | Syntax::Bytes => media.schema.is_some() && same_schema(cx, media, other),
    }
}

/// The schemas are one, or written alike.
fn same_schema(cx: &Cx<'_, '_>, media: &Media<'_>, other: &Media<'_>) -> bool {
    let tree = cx.spec.tree;
    let node = |id: SchemaId| cx.spec.schema(id).at;
    match (media.schema, other.schema) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            let (a, b) = (unwrap(cx, a).0, unwrap(cx, b).0);
            a == b || tree.to_value(node(a)) == tree.to_value(node(b))
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// One Rust type stands for both.
fn same_content(one: &ir::Content, other: &ir::Content) -> bool {
    match (one, other) {
        (ir::Content::Text, ir::Content::Text) | (ir::Content::Bytes, ir::Content::Bytes) => true,
        (
            ir::Content::Multipart(ir::Multipart::Open),
            ir::Content::Multipart(ir::Multipart::Open),
        ) => true,
        _ => match (value_type(one), value_type(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        },
    }
}

fn value_type(content: &ir::Content) -> Option<&ir::Type> {
    match content {
        ir::Content::Json(ty) => Some(ty),
        ir::Content::Form(form) | ir::Content::Multipart(ir::Multipart::Value(form)) => {
            Some(&form.ty)
        }
        ir::Content::Text
        | ir::Content::Bytes
        | ir::Content::Lines(_)
        | ir::Content::Multipart(ir::Multipart::Parts(_) | ir::Multipart::Open) => None,
    }
}

/// What the variant of a content is called.
fn kind(content: &ir::Content) -> &'static str {
    match content {
        ir::Content::Json(_) => "Json",
        ir::Content::Text => "Text",
        ir::Content::Bytes => "Bytes",
        ir::Content::Lines(_) => "Lines",
        ir::Content::Form(_) => "Form",
        ir::Content::Multipart(_) => "Multipart",
    }
}

fn payload(
    cx: &mut Cx<'_, '_>,
    syntax: Syntax,
    media: &Media<'_>,
    hint: &Hint,
    operation: &str,
) -> ir::Payload {
    let sent = sent_name(cx, syntax, media);
    let exact = || ir::Media::Exact(sent.clone());
    let whole = |cx: &mut Cx<'_, '_>| media.schema.map(|id| rules::of(cx, &Key::one(id)));
    let (media_type, mut content, rules) = match syntax {
        Syntax::Json => {
            let ty = media.schema.map_or(ir::Type::Json, |id| schema::type_of(cx, id, hint));
            let name = if is_range(media.name) { "application/json".to_owned() } else { sent };
            (ir::Media::Exact(name), ir::Content::Json(ty), whole(cx))
        }
        Syntax::Form => {
            let (content, rules) = form(cx, media, hint, whole);
            (exact(), content, rules)
        }
        Syntax::Multipart => {
            let multipart = parts::lower(cx, media, hint, operation);
            let rules = match &multipart {
                ir::Multipart::Value(_) => whole(cx),
                ir::Multipart::Parts(_) | ir::Multipart::Open => None,
            };
            (exact(), ir::Content::Multipart(multipart), rules)
        }
        Syntax::Lines => {
            let is_list = media.schema.is_some_and(|id| !merge(cx, &Key::one(id)).items.is_empty());
            let rules = if is_list { whole(cx) } else { None };
            (exact(), ir::Content::Lines(line(cx, media, hint)), rules)
        }
        Syntax::Text => {
            media::report_structure(cx, media, "text that the caller writes");
            (exact(), ir::Content::Text, None)
        }
        Syntax::Xml => {
            cx.sink
                .note(
                    Code::Degraded,
                    At::Node(media.at),
                    format!("a body of `{}` is text that the caller writes", media.name),
                )
                .help("describe the body as `application/json` where the server takes it");
            (exact(), ir::Content::Text, None)
        }
        Syntax::Bytes => {
            report_bytes(cx, media);
            (exact(), ir::Content::Bytes, None)
        }
        Syntax::Range => (ir::Media::Range(media.name.to_owned()), ir::Content::Bytes, None),
    };
    evidence::mend_content(cx, &mut content, &media.examples);
    ir::Payload { media: media_type, content, rules: rules.unwrap_or_default() }
}

/// Says what becomes of properties that octets don't have.
fn report_bytes(cx: &mut Cx<'_, '_>, media: &Media<'_>) {
    let or_json = if syntax::is_of_files(media) { ", or JSON" } else { "" };
    media::report_structure(cx, media, &format!("bytes that the caller writes{or_json}"));
}

/// A form is the properties of an object; anything else is one that the caller has encoded.
fn form(
    cx: &mut Cx<'_, '_>,
    media: &Media<'_>,
    hint: &Hint,
    rules: impl Fn(&mut Cx<'_, '_>) -> Option<Vec<ir::Rule>>,
) -> (ir::Content, Option<Vec<ir::Rule>>) {
    let Some(id) = media.schema else {
        let text = Box::new(ir::Type::Text(ir::Text::Plain));
        let form = ir::Form { ty: ir::Type::Map(text), encoding: Vec::new() };
        return (ir::Content::Form(form), None);
    };
    let types = merge(cx, &Key::one(id)).solid_types();
    if !types.is_empty() && !types.contains(Types::OBJECT) {
        if types != Types::STRING {
            cx.sink
                .warning(
                    Code::Degraded,
                    At::Node(media.at),
                    format!(
                        "a body of `{}` that is no object is left to the caller, as text",
                        media.name
                    ),
                )
                .help("describe the fields of the form as properties of an object");
        }
        return (ir::Content::Text, None);
    }
    let ty = not_null(schema::type_of(cx, id, hint));
    let encoding = encoding::all(cx, media);
    (ir::Content::Form(ir::Form { ty, encoding }), rules(cx))
}

/// The type of an item: of `itemSchema` (OpenAPI 3.2), of the items of a list, or of the schema.
fn line(cx: &mut Cx<'_, '_>, media: &Media<'_>, hint: &Hint) -> ir::Type {
    if let Some(id) = media.item_schema {
        return schema::type_of(cx, id, hint);
    }
    let Some(id) = media.schema else { return ir::Type::Json };
    let items = merge(cx, &Key::one(id)).items;
    match items.as_slice() {
        [] => schema::type_of(cx, id, hint),
        items => schema::type_of_all(cx, &Key::all(items), hint),
    }
}

/// A form is there or it isn't.
pub(super) fn not_null(ty: ir::Type) -> ir::Type {
    match ty {
        ir::Type::Nullable(inner) => *inner,
        ty => ty,
    }
}
