//! Alternatives: in which of its media types a response is read, and as what.
//!
//! JSON is preferred. What says the same in another media type isn't read, unless it is the text of
//! the same value; what says something else is an alternative with a case of its own, and a stream
//! beside something whole is read only where the caller asks for it.

use super::cx::{Cx, Hint};
use super::media::{self, Reading, essence, is_json, is_octets, is_text, is_xml, may_be_json};
use super::merge::Key;
use super::{evidence, stream};
use crate::diag::{At, Code};
use crate::spec::{Media, SchemaId};
use tenon_ir as ir;

/// One way in which a response may come.
pub(super) struct Alternative<'a, 't> {
    /// Where it is described.
    pub(super) stated: &'a Media<'t>,
    /// Media type, as `Accept` names it.
    pub(super) media: String,
    /// What it holds.
    pub(super) content: ir::Body,
    /// What it is read into: text into the type of the same value in JSON.
    pub(super) held: ir::Body,
    /// What tells it from the plain one of its status; absent for that one.
    pub(super) word: Option<String>,
    /// Only a caller that wants a stream gets it.
    pub(super) only_stream: bool,
}

/// The ways in which a response of this content may come, the preferred one first.
pub(super) fn of<'a, 't>(
    cx: &mut Cx<'_, '_>,
    stated: &'a [Media<'t>],
    hint: &Hint,
    success: bool,
) -> Vec<Alternative<'a, 't>> {
    let spec = cx.spec;
    let is_stream = |media: &&Media<'_>| success && stream::is_stream(spec, media);
    let (streams, whole): (Vec<&Media<'t>>, Vec<&Media<'t>>) = stated.iter().partition(is_stream);
    let mut found: Vec<Alternative<'a, 't>> = Vec::new();
    let chosen = choose(cx, &whole);
    for media in chosen.into_iter().chain(whole.iter().copied()) {
        if found.iter().any(|known| std::ptr::eq(known.stated, media)) {
            continue;
        }
        let first = found.first().map(|first| first.stated);
        match first.filter(|first| is_told_by(cx, first, media)) {
            Some(_) if is_its_text(cx, media) => {
                let held = found.first().map_or(ir::Body::Text, |first| first.held.clone());
                // Of a number, the text may have white space around it, as JSON may.
                let content = match media::is_number_in_text(cx, media) {
                    true => held.clone(),
                    false => ir::Body::Text,
                };
                let ways = vec![(media.name.to_owned(), content)];
                add(&mut found, media, Reading { ways, held }, false);
            }
            Some(first) => report_unused(cx, media, first),
            None => {
                let hint = below(hint, &found, media);
                let reading = read_whole(cx, media, &hint);
                add(&mut found, media, reading, false);
                if first.is_none_or(|first| !is_json(first.name))
                    && let Some(json) = perhaps_json(cx, media)
                {
                    report_perhaps(cx, media);
                    let reading = read_whole(cx, &json, &hint);
                    add(&mut found, media, reading, false);
                }
            }
        }
    }
    found.extend(found.first().filter(|_| success && are_mislabelled(&found)).map(of_any_type));
    let only_stream = !found.is_empty();
    let mut streamed = Vec::new();
    for media in streams {
        let mut held = stream::content(cx, media, &below(hint, &streamed, media));
        evidence::mend_body(cx, &mut held, &media.examples);
        let ways = vec![(media.name.to_owned(), held.clone())];
        add(&mut streamed, media, Reading { ways, held }, only_stream);
    }
    found.extend(streamed);
    found
}

/// All are octets by names that octets don't have: the media types of the other operations, which a
/// framework gave to this one as well.
fn are_mislabelled(found: &[Alternative<'_, '_>]) -> bool {
    let is_markup = |media: &str| is_json(media) || is_xml(media);
    found.iter().all(|it| it.content == ir::Body::Bytes && is_markup(&it.media))
}

/// The same in whatever media type the server has it in: where only JSON is asked for, a server that
/// has none of it refuses (RFC 9110, section 15.5.7).
fn of_any_type<'a, 't>(known: &Alternative<'a, 't>) -> Alternative<'a, 't> {
    Alternative {
        media: "*/*".to_owned(),
        content: known.content.clone(),
        held: known.held.clone(),
        word: known.word.clone(),
        ..*known
    }
}

/// The preferred media type alone.
pub(super) fn preferred<'a, 't>(
    cx: &mut Cx<'_, '_>,
    stated: &'a [Media<'t>],
    hint: &Hint,
) -> Option<(&'a Media<'t>, String, ir::Body)> {
    let chosen = choose(cx, &stated.iter().collect::<Vec<_>>())?;
    let json = perhaps_json(cx, chosen);
    let Reading { ways, held } = read_whole(cx, json.as_ref().unwrap_or(chosen), hint);
    let (media, _) = ways.into_iter().find(|(_, content)| *content == held)?;
    Some((chosen, media, held))
}

/// The media type to prefer: JSON, by its name or by what a range holds, else text, else the first. Of
/// octets, those that aren't called JSON.
fn choose<'a, 't>(cx: &mut Cx<'_, '_>, content: &[&'a Media<'t>]) -> Option<&'a Media<'t>> {
    let values: Vec<&Media<'t>> =
        content.iter().copied().filter(|media| !is_octets(cx, media)).collect();
    let find = |is: fn(&str) -> bool| values.iter().find(|media| is(media.name));
    find(is_json)
        .or_else(|| values.iter().find(|media| media::is_json_range(cx, media)))
        .or_else(|| find(is_text))
        .or_else(|| find(may_be_json))
        .or_else(|| content.iter().find(|media| !is_json(media.name)))
        .or_else(|| content.first())
        .copied()
}

/// What is read in place of `other` says as much.
fn is_told_by(cx: &mut Cx<'_, '_>, chosen: &Media<'_>, other: &Media<'_>) -> bool {
    let as_json = (is_json(chosen.name) || may_be_json(chosen.name)) && !is_octets(cx, chosen);
    let says_nothing = other.schema.is_none() && (is_json(other.name) || is_xml(other.name));
    as_json && (says_nothing || is_same(cx, chosen.schema, other.schema))
}

/// The text of a value that is read as JSON, too: other bytes, or the same by another name.
fn is_its_text(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> bool {
    is_text(media.name)
        && !is_json(media.name)
        && !is_xml(media.name)
        && media.schema.is_some_and(|id| media::is_scalar(cx, &Key::one(id)))
}

/// The same schema, by reference or written twice.
fn is_same(cx: &Cx<'_, '_>, one: Option<SchemaId>, other: Option<SchemaId>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return one == other };
    let at = |id| cx.spec.schema(id).at;
    let tree = cx.spec.tree;
    one == other || at(one) == at(other) || tree.to_value(at(one)) == tree.to_value(at(other))
}

fn report_unused(cx: &mut Cx<'_, '_>, media: &Media<'_>, chosen: &Media<'_>) {
    let message = format!("`{}` is not used, as `{}` says the same", media.name, chosen.name);
    cx.sink
        .note(Code::UnusedMedia, At::Node(media.at), message)
        .help("the client asks for what it reads");
}

/// A hint for the models of a media type: beside others, it has its name.
fn below(hint: &Hint, found: &[Alternative<'_, '_>], media: &Media<'_>) -> Hint {
    if found.is_empty() { hint.clone() } else { hint.inner(&word(media.name)) }
}

/// How it is read whole.
fn read_whole(cx: &mut Cx<'_, '_>, stated: &Media<'_>, hint: &Hint) -> Reading {
    let mut reading = media::reading(cx, stated, hint);
    if is_xml(stated.name) && reading.held == ir::Body::Text {
        report_xml(cx, stated);
    }
    let before = reading.held.clone();
    evidence::mend_body(cx, &mut reading.held, &stated.examples);
    let same = reading.ways.iter_mut().filter(|(_, content)| *content == before);
    same.for_each(|(_, content)| content.clone_from(&reading.held));
    reading
}

/// Octets have no properties: what is described so may be JSON by another name.
fn perhaps_json<'t>(cx: &mut Cx<'_, '_>, stated: &Media<'t>) -> Option<Media<'t>> {
    let is_so = essence(stated.name) == media::OCTETS
        && stated.schema.is_some_and(|id| media::is_structured(cx, id));
    is_so.then(|| Media { name: "application/json", ..stated.clone() })
}

fn report_perhaps(cx: &mut Cx<'_, '_>, stated: &Media<'_>) {
    let message =
        format!("`{}` is given as bytes, unless the reply says that it is JSON", stated.name);
    cx.sink
        .note(Code::Degraded, At::Node(stated.at), message)
        .help("describe a file by `format: binary`, and JSON as `application/json`");
}

fn add<'a, 't>(
    found: &mut Vec<Alternative<'a, 't>>,
    stated: &'a Media<'t>,
    Reading { ways, held }: Reading,
    only_stream: bool,
) {
    let first = found.first().map(|first| first.held.clone());
    // What holds the same as the preferred one needs no case of its own.
    let is_plain = first.as_ref().is_none_or(|first| is_as(first, &held));
    let name = ways.last().map_or(stated.name, |(media, _)| media);
    let word = (!is_plain).then(|| word(name));
    let held = first.filter(|_| is_plain).unwrap_or(held);
    found.extend(ways.into_iter().map(|(media, content)| Alternative {
        stated,
        media,
        content,
        held: held.clone(),
        word: word.clone(),
        only_stream,
    }));
}

/// One Rust type is made of both: a string of JSON, in a range of what it may be, is text.
fn is_as(one: &ir::Body, other: &ir::Body) -> bool {
    let string = ir::Body::Json(ir::Type::Text(ir::Text::Plain));
    one == other || (*one == ir::Body::Text && *other == string)
}

fn report_xml(cx: &mut Cx<'_, '_>, stated: &Media<'_>) {
    if std::mem::replace(&mut cx.has_xml, true) {
        return;
    }
    cx.sink
        .note(Code::Degraded, At::Node(stated.at), "replies in XML are given as text")
        .help("describe the reply as `application/json` where the server can send it");
}

/// What a media type is called in the name of a case.
fn word(media: &str) -> String {
    let essence = essence(media);
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    match (kind, subtype) {
        ("text", "plain") => "text".to_owned(),
        (_, "octet-stream") => "bytes".to_owned(),
        ("text", "event-stream") => "events".to_owned(),
        ("*" | "", "*") => "other".to_owned(),
        (kind, "*") => kind.to_owned(),
        (_, subtype) => subtype.strip_prefix("x-").unwrap_or(subtype).to_owned(),
    }
}
