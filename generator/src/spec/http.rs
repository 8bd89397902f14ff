//! The words of HTTP that documents use: tokens, and media types.

use crate::diag::{At, Code, Sink};

/// A name as HTTP has them, of methods, headers and media types (RFC 9110, section 5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    let is_allowed = |c: u8| c.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&c);
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// The media type without parameters, in lower case.
pub(crate) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The text names a media type, or a range: a type and a subtype (RFC 9110, section 8.3.1).
pub(crate) fn is_media_type(name: &str) -> bool {
    essence(name).split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// JSON, or a type whose syntax is JSON (RFC 6839, section 3.1), by a hyphen or a dot as well.
pub(crate) fn is_json(name: &str) -> bool {
    let essence = essence(name);
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    subtype.rsplit(['+', '-', '.']).next() == Some("json") || subtype == "json-patch"
}

/// JSON (RFC 8259, section 11).
pub(crate) const JSON: &str = "application/json";
/// A form, as browsers write one by themselves (WHATWG URL, section 5).
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
/// A form in parts (RFC 7578).
pub(crate) const MULTIPART: &str = "multipart/form-data";
/// Bytes of which nothing is known (RFC 2046, section 4.5.1).
pub(crate) const OCTETS: &str = "application/octet-stream";

/// Words that tell what is meant by the name of a media type that is none.
const WORDS: [(&str, &str); 14] = [
    ("ndjson", "application/x-ndjson"),
    ("jsonl", "application/jsonl"),
    ("json", JSON),
    ("urlencoded", FORM),
    ("form-data", MULTIPART),
    ("formdata", MULTIPART),
    ("multipart", MULTIPART),
    ("xml", "application/xml"),
    ("html", "text/html"),
    ("csv", "text/csv"),
    ("pdf", "application/pdf"),
    ("octet", OCTETS),
    ("binary", OCTETS),
    ("text", "text/plain"),
];

/// Any media type.
pub(crate) const ANY: &str = "*/*";

/// The media type that a document names. One that is none, or no one's but the author's, is reported, and
/// what is meant by it is read; absent where nobody knows.
pub(crate) fn media_type<'t>(sink: &mut Sink, at: At, name: &'t str) -> Option<&'t str> {
    let meant = if is_media_type(name) { misspelled(name) } else { named(name) };
    let help = "a media type is `type/subtype`, as registered with IANA";
    match meant {
        None if is_media_type(name) => return Some(name),
        Some(meant) => {
            let message = format!("`{name}` is no media type: `{meant}` is read");
            sink.warning(Code::UnknownValue, at, message).help(help);
        }
        None => {
            let message =
                format!("`{name}` is no media type: it is any, and left out beside others");
            sink.warning(Code::UnknownValue, at, message).help(help);
        }
    }
    meant
}

/// What is meant by a media type that nobody has registered.
fn misspelled(name: &str) -> Option<&'static str> {
    let essence = essence(name);
    match essence.split_once('/')? {
        _ if essence == FORM || essence == MULTIPART => None,
        (_, subtype) if subtype.contains("urlencoded") => Some(FORM),
        (_, "form-data" | "formdata") => Some(MULTIPART),
        ("application", "text") => Some("text/plain"),
        (kind, "json") if kind != "application" && kind != "text" => Some(JSON),
        _ => None,
    }
}

/// What is meant by a name that is no media type: the first of a list, or what it speaks of.
fn named(name: &str) -> Option<&str> {
    let first = name.split(',').next().unwrap_or_default().trim();
    if is_media_type(first) {
        return Some(first);
    }
    let essence = essence(name);
    let known = WORDS.iter().find(|(word, _)| essence.contains(word));
    known.map(|(_, meant)| *meant).or((essence == "*").then_some(ANY))
}
