//! Request bodies as text: a line for each media type, property and part.

use tenon_ir::{
    Api, Content, Form, Multipart, PartField, PartValue, Payload, Presence, PropertyEncoding,
    RequestBody, Sent,
};

use super::types::{self, rules, ty};

/// The lines of a request body.
pub(super) fn lines(api: &Api, body: &RequestBody) -> String {
    let name = body.name.as_str();
    let (first, below) = match &body.sent {
        Sent::One(payload) => (content(api, payload), below(api, payload, "    ")),
        Sent::Choice { name, cases } => {
            let cases = cases.iter().map(|case| {
                let (name, payload) = (case.name.as_str(), &case.payload);
                let (kind, end) = (content(api, payload), end(payload));
                let from = if case.from { "  from" } else { "" };
                format!("    {name}: {kind}{end}{from}\n{}", below(api, payload, "      "))
            });
            (name.as_str().to_owned(), cases.collect())
        }
    };
    let content = match body.presence {
        Presence::Required => first,
        Presence::Optional => format!("Option<{first}>"),
    };
    let end = match &body.sent {
        Sent::One(payload) => end(payload),
        Sent::Choice { .. } => String::new(),
    };
    let labels = body.labels.iter();
    let labels = labels.map(|it| format!("    {}: {}\n", it.name.as_str(), it.media));
    format!("  body {name}: {content}{end}\n{below}{}", labels.collect::<String>())
}

fn end(payload: &Payload) -> String {
    format!("  {}{}", payload.media.name(), rules(&payload.rules))
}

fn content(api: &Api, payload: &Payload) -> String {
    match &payload.content {
        Content::Json(kind) => ty(api, kind),
        Content::Text => "text".to_owned(),
        Content::Bytes => "bytes".to_owned(),
        Content::Lines(kind) => format!("lines of {}", ty(api, kind)),
        Content::Form(form) => format!("form of {}", ty(api, &form.ty)),
        Content::Multipart(Multipart::Value(form)) => format!("parts of {}", ty(api, &form.ty)),
        Content::Multipart(Multipart::Parts(parts)) => format!("parts {}", parts.name.as_str()),
        Content::Multipart(Multipart::Open) => "any parts".to_owned(),
    }
}

/// What a payload is made of, one line each.
fn below(api: &Api, payload: &Payload, indent: &str) -> String {
    let properties = |form: &Form| -> String {
        form.encoding
            .iter()
            .map(|it| format!("{indent}{:?}{}\n", it.property, written(it)))
            .collect()
    };
    match &payload.content {
        Content::Json(_) | Content::Text | Content::Bytes | Content::Lines(_) => String::new(),
        Content::Form(form) | Content::Multipart(Multipart::Value(form)) => properties(form),
        Content::Multipart(Multipart::Parts(parts)) => {
            let mut lines: String = parts.fields.iter().map(|it| part(api, it, indent)).collect();
            if parts.open {
                lines += &format!("{indent}others\n");
            }
            lines
        }
        Content::Multipart(Multipart::Open) => String::new(),
    }
}

fn part(api: &Api, field: &PartField, indent: &str) -> String {
    let value = match &field.value {
        PartValue::File => "file".to_owned(),
        PartValue::Files => "files".to_owned(),
        PartValue::Value(kind) => ty(api, kind),
    };
    let value = match field.presence {
        Presence::Required => value,
        Presence::Optional => format!("Option<{value}>"),
    };
    let headers: String = field.headers.iter().map(|name| format!("  header {name}")).collect();
    let (encoding, default) = (written(&field.encoding), types::default(field.default.as_ref()));
    let (name, property) = (field.name.as_str(), &field.encoding.property);
    let rules = rules(&field.rules);
    format!("{indent}{name}: {value}  {property:?}{rules}{encoding}{headers}{default}\n")
}

fn written(encoding: &PropertyEncoding) -> String {
    let mut text = String::new();
    if let Some((style, explode)) = encoding.style {
        text += &format!("  style {style:?}{}", if explode { " exploded" } else { "" });
    }
    if encoding.allow_reserved {
        text += "  allow reserved";
    }
    if let Some(media) = &encoding.content_type {
        text += &format!("  as {media}");
    }
    for (name, value) in &encoding.headers {
        text += &format!("  with {name}: {value}");
    }
    text
}
