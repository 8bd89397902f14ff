//! Prepares the request: everything of it that all tries share.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{
    ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue,
};
use http::{Method, Uri};

use super::{fields, target};
use crate::error::Refusal;
use crate::op::{CallParts, Content, Operation, Payload, Place, Response, new_key};
use crate::{Body, style};

/// Headers that most requests have beside the client's: what is accepted, the type of the body, the
/// credential.
const ROOM: usize = 3;

/// A request without its credentials.
pub(super) struct Prepared {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    /// The body can be sent again.
    pub(super) is_replayable: bool,
    /// The request may be sent again after a try whose fate is unknown.
    pub(super) is_repeatable: bool,
}

/// Puts the inputs of a call into a request.
pub(super) fn prepare(call: &mut CallParts) -> Result<Prepared, Refusal> {
    if let Some(refusal) = call.custom.as_mut().and_then(|custom| custom.refusal.take()) {
        return Err(refusal);
    }
    let operation = call.operation;
    let method = match &call.custom().target {
        Some(target) => target.method.clone(),
        None => Method::from_bytes(operation.method.as_bytes())
            .map_err(|_| Refusal::new("the operation's method", "is not an HTTP method"))?,
    };
    add_fields(call)?;
    // An address that can't be sent is refused before tokens are fetched.
    let uri = target::uri(call)?;
    let mut headers = headers(call)?;
    let is_empty = call.body.as_ref().is_none_or(Body::is_empty);
    if is_empty && [Method::POST, Method::PUT, Method::PATCH].contains(&method) {
        // Transports leave it out, and some servers insist on it (RFC 9110, section 8.6).
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    let is_replayable = call.body.as_ref().is_none_or(Body::is_replayable);
    let is_safe = operation.idempotent || has_key(call, &headers);
    Ok(Prepared {
        method,
        uri,
        headers,
        is_replayable,
        is_repeatable: is_safe && is_replayable,
        body: call.body.take().unwrap_or_default(),
    })
}

/// Puts the caller's additions into the body.
fn add_fields(call: &mut CallParts) -> Result<(), Refusal> {
    let fields = call.custom.as_mut().map(|custom| std::mem::take(&mut custom.fields));
    for (place, json) in fields.unwrap_or_default() {
        if call.body.is_none() && call.described().is_none() {
            call.content_type.get_or_insert_with(|| "application/json".to_owned());
        }
        let old = call.body.take().unwrap_or_else(|| "{}".into());
        let old = old.as_bytes().map_or(&b""[..], |bytes| bytes);
        call.body = Some(fields::set(old, &place, &json)?.into());
    }
    Ok(())
}

fn headers(call: &CallParts) -> Result<HeaderMap, Refusal> {
    let mut headers = copied(&call.core.settings().headers, ROOM);
    if let Some(accept) = accept(call) {
        headers.entry(ACCEPT).or_insert(accept);
    }
    if let Some(media) = content_type(call)? {
        let subject = "the body's content type";
        let value = match media {
            Cow::Borrowed(media) => fixed(media).ok_or_else(|| unsendable(subject))?,
            Cow::Owned(media) => value(media.as_bytes(), subject)?,
        };
        headers.insert(CONTENT_TYPE, value);
    }
    if let Some((header, key)) = idempotency_key(call) {
        let subject = "the idempotency key";
        headers.insert(name(header, subject)?, value(key.as_bytes(), subject)?);
    }
    let mut cookies = Vec::new();
    for (param, json) in call.params() {
        match param.place {
            Place::Header => {
                let Some(text) = style::text_of(param, json) else { continue };
                headers.insert(name(param.name, param)?, value(text.as_bytes(), param)?);
            }
            Place::Cookie => cookies.extend(style::text_of(param, json)),
            Place::Path | Place::Query => {}
        }
    }
    if !cookies.is_empty() {
        headers.insert(COOKIE, value(cookies.join("; ").as_bytes(), "a cookie parameter")?);
    }
    Ok(headers)
}

/// The same headers, with room for so many more: a map that grows is moved.
pub(super) fn copied(headers: &HeaderMap, more: usize) -> HeaderMap {
    let mut copy = HeaderMap::with_capacity(headers.len() + more);
    copy.extend(headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    copy
}

/// The header and value of the idempotency key: the caller's, or a new one where the operation heeds
/// keys. A parameter or header of the call by that name replaces it.
fn idempotency_key(call: &CallParts) -> Option<(&'static str, Cow<'_, str>)> {
    let documented = call.operation.idempotency_key;
    let key = match (&call.custom().idempotency_key, documented) {
        (Some(key), _) => Cow::Borrowed(key.as_str()),
        (None, Some(_)) => Cow::Owned(new_key()),
        (None, None) => return None,
    };
    Some((documented.unwrap_or("idempotency-key"), key))
}

/// The request says which others are the same, so that the server acts on one of them.
fn has_key(call: &CallParts, headers: &HeaderMap) -> bool {
    let documented = call.operation.idempotency_key;
    call.custom().idempotency_key.is_some()
        || documented.is_some_and(|header| headers.contains_key(header))
}

fn name(name: &str, subject: impl std::fmt::Display) -> Result<HeaderName, Refusal> {
    HeaderName::try_from(name)
        .map_err(|_| Refusal::new(subject, "has a name that no header can have"))
}

/// A header value (RFC 9110, section 5.5): no control characters, so nothing can begin another
/// header.
fn value(bytes: &[u8], subject: impl std::fmt::Display) -> Result<HeaderValue, Refusal> {
    HeaderValue::from_bytes(bytes).map_err(|_| unsendable(subject))
}

fn unsendable(subject: impl std::fmt::Display) -> Refusal {
    Refusal::new(subject, "has a character that a header can't hold")
}

/// A header value of the document, which isn't copied.
fn fixed(text: &'static str) -> Option<HeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes())).ok()
}

/// Media types of the documented successes, in the document's order (RFC 9110, section 12.5.1), and
/// behind files and texts that of errors in JSON. A reply that is handed over as it is may be any of
/// them. Where the document names none, anything is accepted: some servers refuse requests that don't
/// say.
fn accept(call: &CallParts) -> Option<HeaderValue> {
    let anything = HeaderValue::from_static("*/*");
    let (custom, operation, streaming) = (call.custom(), call.operation, call.streaming);
    if custom.raw && custom.target.is_some() {
        return Some(anything);
    }
    let is_wanted = |response: &&Response| custom.raw || operation.is_readable(response, streaming);
    let successes = || {
        let wanted = operation.responses.iter().filter(is_wanted);
        wanted.filter(|response| !response.failure && !response.media.is_empty())
    };
    let Some(first) = successes().next() else { return Some(anything) };
    let error = if successes().all(excludes_json) { error_media(operation) } else { None };
    let mut all = Vec::new();
    for other in successes().map(|response| response.media) {
        if other != first.media && !all.contains(&other) {
            all.push(other);
        }
    }
    if all.is_empty() && error.is_none() {
        return fixed(first.media);
    }
    all.insert(0, first.media);
    let all = all.join(", ");
    let error = error.map(|json| format!(", {json};q=0.1")).unwrap_or_default();
    HeaderValue::try_from(all + &error).ok()
}

/// Whoever asks for this asks for no JSON.
fn excludes_json(success: &Response) -> bool {
    let is_whole = matches!(success.content, Content::Bytes | Content::Text);
    let may_be_json = ["*/*", "application/*"].contains(&success.media);
    is_whole && !may_be_json && !success.media.contains("json")
}

/// The media type of documented errors in JSON. Where a file is asked for and nothing else, servers
/// that heed `Accept` have no way to tell an error: they reply with another one, or without a body.
fn error_media(operation: &Operation) -> Option<&'static str> {
    let mut responses = operation.responses.iter();
    responses.find(|it| it.failure && it.content == Content::Json).map(|it| it.media)
}

/// The media type of the body, if there is one: the caller's, else the document's.
fn content_type(call: &CallParts) -> Result<Option<Cow<'static, str>>, Refusal> {
    if call.body.is_none() {
        return Ok(None);
    }
    let documented = call.described();
    if let Some(label) = call.label
        && documented.is_some_and(|body| !body.labels.contains(&label))
    {
        return Err(Refusal::new("the body", format!("isn't one that is sent as `{label}`")));
    }
    let usual =
        documented.map(|body| if body.any { "application/octet-stream" } else { body.media });
    let own = call.content_type.clone().map(Cow::Owned);
    Ok(own.or_else(|| {
        let media = call.label.or(usual)?;
        Some(if needs_charset(call, media) {
            Cow::Owned(format!("{media}; charset=utf-8"))
        } else {
            Cow::Borrowed(media)
        })
    }))
}

/// The body is text beyond ASCII, and nothing says in which charset: a server may take it for ASCII
/// (RFC 2046, section 4.1.2) or for ISO-8859-1, as HTTP once had it (RFC 2616, section 3.7.1).
fn needs_charset(call: &CallParts, media: &str) -> bool {
    let is_text = call.described().is_some_and(|body| body.payload == Payload::Text);
    let body = call.body.as_ref().and_then(Body::as_bytes);
    is_text
        && media.starts_with("text/")
        && !media.contains("charset")
        && body.is_some_and(|body| !body.is_ascii())
}
