//! Forms: the properties of a value as names and texts.
//!
//! In goes the JSON text of an object and the table of how its properties are written
//! ([`Encoding`], OpenAPI 3.1, section 4.8.15), out come pairs. [`urlencoded`] joins them to a body
//! of `application/x-www-form-urlencoded` as the WHATWG URL standard serializes one, section 5.2;
//! a multipart body makes parts of them. As in queries, `null` is undefined and isn't written, and
//! neither is a list without items.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::op::{Encoding, Style};
use crate::style::encode_around_triplets;
use crate::style::shape::{Shape, text};

/// What the WHATWG serializer leaves as it is, beside letters and digits. A space becomes `+` in
/// the end.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// Reserved characters that a value keeps under `allowReserved`: all but `&` and `+`, which would
/// be read as something else.
const RESERVED: &AsciiSet = &FORM
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'#')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// A name with its value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// Name.
    pub(crate) name: String,
    /// The value; several texts where a delimiter stands between them.
    pub(crate) texts: Vec<String>,
    /// What stands between the texts.
    pub(crate) delimiter: char,
    /// The value is the JSON text of a list or object, or was asked for as JSON.
    pub(crate) json: bool,
}

impl Pair {
    fn one(name: &str, text: impl Into<String>) -> Self {
        let (name, texts) = (name.to_owned(), vec![text.into()]);
        Self { name, texts, delimiter: ',', json: false }
    }

    fn json(name: &str, text: Cow<'_, str>) -> Self {
        Self { json: true, ..Self::one(name, text) }
    }
}

/// A body of `application/x-www-form-urlencoded`: the properties of the object in JSON text.
pub(crate) fn urlencoded(json: &[u8], table: &[Encoding]) -> String {
    let mut out = String::new();
    for (property, value) in properties(json) {
        let encoding = table.iter().find(|encoding| encoding.name == property);
        // As a whole: a list in JSON is one value here.
        let pairs = match encoding {
            Some(stated) if stated.style.is_none() && is_json(stated.content_type) => {
                vec![Pair::json(&property, String::from_utf8_lossy(value))]
            }
            _ => pairs(&property, value, encoding),
        };
        for pair in &pairs {
            if !out.is_empty() {
                out.push('&');
            }
            write(pair, encoding.is_some_and(|it| it.allow_reserved), &mut out);
        }
    }
    out
}

fn write(pair: &Pair, allow_reserved: bool, out: &mut String) {
    let encoded = |text: &String| match allow_reserved {
        true => encode_around_triplets(text, RESERVED),
        false => utf8_percent_encode(text, FORM).to_string(),
    };
    let texts: Vec<String> = pair.texts.iter().map(encoded).collect();
    let delimiter = match pair.delimiter {
        ' ' => "%20",
        '|' => "%7C",
        _ => ",",
    };
    let name = utf8_percent_encode(&pair.name, FORM);
    out.push_str(&format!("{name}={}", texts.join(delimiter)).replace("%20", "+"));
}

/// The items of a list in JSON text, each on its line; or as a text sequence (RFC 7464, section 2.2).
pub(crate) fn lines(json: &[u8], media: &str) -> Vec<u8> {
    let essence = media.split(';').next().unwrap_or_default().trim();
    let before: &[u8] =
        if essence.eq_ignore_ascii_case("application/json-seq") { b"\x1e" } else { b"" };
    let lines = items(json).flat_map(|item| [before, item, b"\n"]);
    lines.collect::<Vec<_>>().concat()
}

/// The members of an object, each with its JSON text; none of anything else.
pub(crate) fn properties(json: &[u8]) -> Vec<(String, &[u8])> {
    match Shape::of(json) {
        Shape::Object(members) => members,
        Shape::Null | Shape::Scalar(_) | Shape::List(_) => Vec::new(),
    }
}

/// The pairs that one property is written as.
pub(crate) fn pairs(name: &str, json: &[u8], encoding: Option<&Encoding>) -> Vec<Pair> {
    let style = encoding.and_then(|encoding| Some((encoding.style?, encoding.explode)));
    let as_json = encoding.is_some_and(|encoding| is_json(encoding.content_type));
    match style {
        None if as_json => items(json).map(|item| Pair::json(name, lossy(item))).collect(),
        None => items(json).filter_map(|item| plain(name, item)).collect(),
        Some((Style::DeepObject, _)) => {
            let mut pairs = Vec::new();
            deep(name, json, &mut pairs);
            pairs
        }
        Some((style, explode)) => styled(name, json, style, explode),
    }
}

/// The items of a list, or the value that is none.
fn items(json: &[u8]) -> std::vec::IntoIter<&[u8]> {
    let items = match Shape::of(json) {
        Shape::List(items) => items,
        Shape::Null => Vec::new(),
        Shape::Scalar(_) | Shape::Object(_) => vec![json],
    };
    items.into_iter()
}

fn plain(name: &str, json: &[u8]) -> Option<Pair> {
    match Shape::of(json) {
        Shape::Null => None,
        Shape::Scalar(text) => Some(Pair::one(name, text)),
        Shape::List(_) | Shape::Object(_) => Some(Pair::json(name, lossy(json))),
    }
}

/// By the styles of query parameters (OpenAPI 3.1, section 4.8.12.3).
fn styled(name: &str, json: &[u8], style: Style, explode: bool) -> Vec<Pair> {
    let delimiter = match style {
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        _ => ',',
    };
    let joined = |texts: Vec<String>| match texts.is_empty() {
        true => Vec::new(),
        false => vec![Pair { delimiter, texts, ..Pair::one(name, "") }],
    };
    let owned = |json: &[u8]| text(json).map(Cow::into_owned);
    match Shape::of(json) {
        Shape::Null => Vec::new(),
        Shape::Scalar(value) => vec![Pair::one(name, value)],
        Shape::List(items) => {
            let texts = items.iter().filter_map(|item| owned(item));
            match explode {
                true => texts.map(|text| Pair::one(name, text)).collect(),
                false => joined(texts.collect()),
            }
        }
        Shape::Object(members) => {
            let members = members.iter().filter_map(|(key, value)| Some((key, owned(value)?)));
            match explode {
                true => members.map(|(key, text)| Pair::one(key, text)).collect(),
                false => joined(members.flat_map(|(key, text)| [key.clone(), text]).collect()),
            }
        }
    }
}

fn deep(name: &str, json: &[u8], pairs: &mut Vec<Pair>) {
    match Shape::of(json) {
        Shape::Null => {}
        Shape::Scalar(value) => pairs.push(Pair::one(name, value)),
        Shape::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(&format!("{name}[{index}]"), item, pairs);
            }
        }
        Shape::Object(members) => {
            for (key, value) in members {
                deep(&format!("{name}[{key}]"), value, pairs);
            }
        }
    }
}

fn lossy(json: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(json)
}

/// `application/json`, or a type whose syntax is JSON (RFC 6839, section 3.1).
pub(crate) fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

#[cfg(test)]
mod tests;
