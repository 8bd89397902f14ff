//! Streams: replies that are sequences of events or of JSON texts, and the type of their items.
//!
//! The type is `itemSchema` (OpenAPI 3.2, section 4.14.4); before there was one, documents wrote a
//! `schema` of the items, or of the array that the items would be.

use super::cx::{Cx, Hint};
use super::media::{essence, is_json};
use super::merge::{Key, merge};
use super::{held, origin, schema};
use crate::diag::{At, Code};
use crate::spec::{Media, Spec, Types};
use tenon_ir as ir;

/// Media types of JSON texts in a row. Only the last is registered (RFC 7464).
const LINES: [&str; 8] = [
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonl",
    "application/jsonlines",
    "application/x-jsonlines",
    "application/stream+json",
    "application/json-seq",
];

/// Properties of a server-sent event (WHATWG HTML, section 9.2.6).
const EVENT: [&str; 5] = ["data", "event", "id", "retry", "comment"];

/// Classes by which servers send events, and that say nothing of them: those of Spring.
const WRITERS: [&str; 2] = ["SseEmitter", "ServerSentEvent"];

/// Properties of an event as a server of ASP.NET Core holds it.
const HELD: [&str; 4] = ["data", "eventType", "eventId", "reconnectionInterval"];

/// How deep alternatives of alternatives are looked into.
const DEPTH: usize = 8;

/// A media type whose items are read while they come, or JSON that is written for each of them.
pub(super) fn is_stream(spec: &Spec<'_>, media: &Media<'_>) -> bool {
    is_events(media.name)
        || is_lines(&essence(media.name))
        || is_json(media.name) && is_of_gateway(spec, media)
}

/// gRPC-Gateway describes the messages of a stream by such a title, and writes each on a line of its
/// own, whatever the media type.
fn is_of_gateway(spec: &Spec<'_>, media: &Media<'_>) -> bool {
    let schema = media.schema.map(|id| spec.schema(id));
    let behind = schema.and_then(|schema| schema.reference).map(|id| spec.schema(id));
    let mut titles = schema.into_iter().chain(behind).filter_map(|schema| schema.title);
    titles.any(|title| title.starts_with("Stream result of "))
}

/// JSON texts in a row.
pub(super) fn is_lines(essence: &str) -> bool {
    LINES.contains(&essence) || essence.ends_with("+json-seq")
}

pub(super) fn is_events(name: &str) -> bool {
    essence(name) == "text/event-stream"
}

/// What a stream holds.
pub(super) fn content(cx: &mut Cx<'_, '_>, media: &Media<'_>, hint: &Hint) -> ir::Body {
    let is_lines = !is_events(media.name);
    let item = if is_lines && is_whole_text(cx, media) { None } else { item(cx, media) };
    if is_lines {
        return ir::Body::Lines(typed(cx, item.as_ref(), hint).unwrap_or(ir::Type::Json));
    }
    let Some(key) = item.and_then(|key| of_server(cx, media, key)) else {
        return ir::Body::Events(ir::Type::Text(ir::Text::Plain), ir::EventData::Text);
    };
    let data = if is_event(cx, &key, DEPTH) {
        ir::EventData::Whole
    } else if is_string(cx, &key) {
        ir::EventData::Text
    } else {
        ir::EventData::Json
    };
    ir::Body::Events(typed(cx, Some(&key), hint).unwrap_or(ir::Type::Json), data)
}

fn typed(cx: &mut Cx<'_, '_>, item: Option<&Key>, hint: &Hint) -> Option<ir::Type> {
    match item?.parts.as_slice() {
        [one] => Some(schema::type_of(cx, *one, hint)),
        // Several `items` of an `allOf`: the first describes each.
        parts => parts.first().map(|first| schema::type_of(cx, *first, hint)),
    }
}

/// What describes an item.
fn item(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> Option<Key> {
    if let Some(id) = media.item_schema {
        return Some(Key::one(id));
    }
    let key = Key::one(media.schema?);
    let merged = merge(cx, &key);
    match merged.solid_types() == Types::ARRAY && !merged.items.is_empty() {
        true => Some(Key::all(&merged.items)),
        false => Some(key),
    }
}

/// The schema is that of all lines together, which are a text: of a line it says nothing.
pub(super) fn is_whole_text(cx: &mut Cx<'_, '_>, media: &Media<'_>) -> bool {
    let Some(id) = media.schema.filter(|_| media.item_schema.is_none()) else { return false };
    let merged = merge(cx, &Key::one(id));
    merged.solid_types() == Types::STRING && merged.values.is_none()
}

/// What is described where a web framework describes the class of its server that sends the events:
/// the data in it, or nothing.
fn of_server(cx: &mut Cx<'_, '_>, media: &Media<'_>, key: Key) -> Option<Key> {
    let merged = merge(cx, &key);
    let data = merged.properties.iter().find(|(name, _)| *name == "data");
    let has_type = merged.properties.iter().any(|(name, _)| *name == "eventType");
    if let Some((_, data)) = data.filter(|_| has_type)
        && merged.properties.iter().all(|(name, _)| HELD.contains(name))
    {
        return Some(Key::all(data));
    }
    let names = merged.sources.iter();
    let mut names =
        names.filter_map(|id| origin::defined_name(cx.spec.tree, cx.spec.schema(*id).at));
    let is_known = merged.properties.iter().all(|(name, _)| *name == "timeout");
    let written_by = |name: &str| WRITERS.iter().any(|writer| name.starts_with(writer));
    let Some(writer) = names.find(|name| is_known && written_by(name)) else { return Some(key) };
    let message = format!("`{writer}` is what the server sends events by; they are given as text");
    cx.sink
        .note(Code::Degraded, At::Node(media.at), message)
        .help("describe what the `data` of an event holds");
    None
}

/// It describes a whole event: an object with `data` beside other fields of an event, or with
/// `data` that is a text, or a choice of such objects.
fn is_event(cx: &mut Cx<'_, '_>, key: &Key, depth: usize) -> bool {
    if depth == 0 {
        return false;
    }
    let merged = merge(cx, key);
    if merged.properties.is_empty() {
        let mut ids = merged.unions.iter().flat_map(|union| &union.schemas).peekable();
        return ids.peek().is_some() && ids.all(|id| is_event(cx, &Key::one(*id), depth - 1));
    }
    let is_known = merged.properties.iter().all(|(name, _)| EVENT.contains(name));
    let data = merged.properties.iter().find(|(name, _)| *name == "data");
    let Some((_, data)) = data.filter(|_| is_known) else { return false };
    merged.properties.len() > 1 || held::is_held(cx, data) || is_string(cx, &Key::all(data))
}

fn is_string(cx: &mut Cx<'_, '_>, key: &Key) -> bool {
    let merged = merge(cx, key);
    let listed = merged
        .values
        .as_ref()
        .is_some_and(|(_, values)| values.iter().all(|value| cx.spec.tree.text(*value).is_some()));
    merged.solid_types() == Types::STRING || (merged.types.is_empty() && listed)
}
