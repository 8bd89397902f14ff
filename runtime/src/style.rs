//! Parameter styles: a value as JSON text becomes a part of a path, query, header or cookie.
//!
//! In goes the JSON text of a value and its [`Param`], out comes text that is ready for its place.
//! The expansions are those of RFC 6570 as OpenAPI 3.1, section 4.8.12.3, refers to them: `null` is
//! undefined there, and so are lists and objects without members; what is undefined isn't written.
//! What OpenAPI leaves open is settled here: a list or object inside a list or object is written as
//! JSON text, except by `deepObject`, which goes down (`a%5Bb%5D%5B0%5D=1`), and except for a list in
//! an object whose members become parameters: it repeats its own (`sort=name&sort=id`). JSON in a
//! header is ASCII, with escapes for all else.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::form;
use crate::op::{Param, Place, Style};

pub(crate) mod shape;

use shape::Shape;
pub(crate) use shape::text;

/// Everything but unreserved characters (RFC 3986, section 2.3).
const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a name in a query keeps: some APIs compare `$filter` before decoding it.
const NAME: &AsciiSet = &STRICT.remove(b'$').remove(b'@').remove(b':');

/// Reserved characters that a query value keeps under `allowReserved`. Those that would end it or
/// be read as something else are encoded all the same: `#`, `&`, `+`, `[`, `]`, and `'`, which URL
/// libraries encode.
const RESERVED_IN_QUERY: &AsciiSet = &STRICT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Reserved characters that a path value keeps under `allowReserved`: all but `?`, `#`, `[`, `]`.
const RESERVED_IN_PATH: &AsciiSet =
    &RESERVED_IN_QUERY.add(b'?').remove(b'&').remove(b'\'').remove(b'+');

/// What a value of a cookie can't hold (RFC 6265, section 4.1.1).
const COOKIE: &AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// How an expansion is put together (RFC 6570, appendix A).
struct Syntax {
    /// Before everything.
    first: &'static str,
    /// Between exploded items.
    separator: &'static str,
    /// Between items that are not exploded.
    comma: &'static str,
    /// Items are preceded by their name.
    named: bool,
    /// Between a name and an empty value.
    if_empty: &'static str,
    /// What is percent-encoded; absent: nothing.
    encode: Option<&'static AsciiSet>,
    /// Percent-encoded triplets stay.
    keep_triplets: bool,
}

/// The text of a path, query, header or cookie parameter; absent when its value is undefined. It is
/// a piece between `&` for a query, and between `; ` for a cookie.
pub(crate) fn text_of(param: &Param, json: &[u8]) -> Option<String> {
    let mut text = String::new();
    write(param, json, &mut text).then_some(text)
}

/// Writes that text behind what is there. False when the value is undefined: then nothing is written.
pub(crate) fn write(param: &Param, json: &[u8], out: &mut String) -> bool {
    let syntax = syntax(param);
    let name = match param.place {
        Place::Query => Cow::from(utf8_percent_encode(param.name, NAME)),
        _ => Cow::Borrowed(param.name),
    };
    let text = match param.style {
        Style::Json if param.place == Place::Header => Some(ascii(json)),
        Style::Json => {
            let value = syntax.encoded(&String::from_utf8_lossy(json));
            Some(if syntax.named { format!("{name}={value}") } else { value })
        }
        Style::QueryJson => Some(percent_encoded(&String::from_utf8_lossy(json))),
        Style::QueryText => text(json).map(|text| percent_encoded(&text)),
        Style::QueryString => {
            let query = form::urlencoded(json, &[]);
            (!query.is_empty()).then_some(query)
        }
        Style::DeepObject => {
            let mut pieces = Vec::new();
            deep(&syntax, &name, json, &mut pieces);
            (!pieces.is_empty()).then(|| pieces.join("&"))
        }
        _ => return expand(&syntax, &name, param.explode, json, out),
    };
    if let Some(text) = &text {
        out.push_str(text);
    }
    text.is_some()
}

/// JSON text with escapes for what isn't ASCII: other bytes in a header are opaque (RFC 9110, section
/// 5.5).
fn ascii(json: &[u8]) -> String {
    let mut out = String::with_capacity(json.len());
    for c in String::from_utf8_lossy(json).chars() {
        if c.is_ascii() && c != '\x7f' {
            out.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, STRICT).to_string()
}

/// Writes a name and value of a query that no parameter describes.
pub(crate) fn pair(name: &str, value: &str, out: &mut String) {
    out.extend(utf8_percent_encode(name, NAME));
    out.push('=');
    out.extend(utf8_percent_encode(value, STRICT));
}

/// A cookie as it stands; only what a value of one can't hold is percent-encoded.
pub(crate) fn cookie(name: &str, value: &str) -> String {
    format!("{name}={}", utf8_percent_encode(value, COOKIE))
}

fn syntax(param: &Param) -> Syntax {
    let (first, separator, named, if_empty) = match (param.place, param.style) {
        (_, Style::Label) => (".", ".", false, ""),
        (_, Style::Matrix) => (";", ";", true, ""),
        (Place::Query, _) => ("", "&", true, "="),
        (Place::Cookie, _) => ("", "; ", true, "="),
        (Place::Path | Place::Header, _) => ("", ",", false, ""),
    };
    let comma = match param.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    let encode = match (param.place, param.allow_reserved) {
        (Place::Header, _) => None,
        (Place::Cookie, _) if param.style == Style::Cookie => Some(COOKIE),
        (Place::Path, true) => Some(RESERVED_IN_PATH),
        (Place::Query, true) => Some(RESERVED_IN_QUERY),
        _ => Some(STRICT),
    };
    Syntax { first, separator, comma, named, if_empty, encode, keep_triplets: param.allow_reserved }
}

impl Syntax {
    fn encoded(&self, text: &str) -> String {
        match self.encode {
            None => text.to_owned(),
            Some(set) if self.keep_triplets => encode_around_triplets(text, set),
            Some(set) => utf8_percent_encode(text, set).to_string(),
        }
    }

    /// `name=value`, or `name` and what stands for an empty value.
    fn named(&self, name: &str, value: &str) -> String {
        if value.is_empty() {
            format!("{name}{}", self.if_empty)
        } else {
            format!("{name}={value}")
        }
    }
}

/// RFC 6570, section 3.2.1.
fn expand(syntax: &Syntax, name: &str, explode: bool, json: &[u8], out: &mut String) -> bool {
    let items = match Shape::of(json) {
        Shape::Null => return false,
        Shape::Scalar(value) => {
            scalar(syntax, name, &value, out);
            return true;
        }
        Shape::List(items) => list(syntax, name, explode, &items),
        Shape::Object(members) => object(syntax, explode, &members),
    };
    if items.is_empty() {
        return false;
    }
    out.push_str(syntax.first);
    if explode {
        out.push_str(&items.join(syntax.separator));
    } else {
        let joined = items.join(syntax.comma);
        out.push_str(&if syntax.named { syntax.named(name, &joined) } else { joined });
    }
    true
}

/// A value alone, as most are.
fn scalar(syntax: &Syntax, name: &str, value: &str, out: &mut String) {
    out.push_str(syntax.first);
    if syntax.named {
        out.push_str(name);
        out.push_str(if value.is_empty() { syntax.if_empty } else { "=" });
    }
    match syntax.encode {
        Some(set) if !syntax.keep_triplets => out.extend(utf8_percent_encode(value, set)),
        Some(set) => out.push_str(&encode_around_triplets(value, set)),
        None => out.push_str(value),
    }
}

fn list(syntax: &Syntax, name: &str, explode: bool, items: &[&[u8]]) -> Vec<String> {
    let values = items.iter().filter_map(|item| text(item)).map(|item| syntax.encoded(&item));
    if explode && syntax.named {
        values.map(|value| syntax.named(name, &value)).collect()
    } else {
        values.collect()
    }
}

fn object(syntax: &Syntax, explode: bool, members: &[(String, &[u8])]) -> Vec<String> {
    let mut items = Vec::new();
    for (key, value) in members {
        let key = syntax.encoded(key);
        let value = match Shape::of(value) {
            Shape::List(values) if explode && syntax.named => {
                items.extend(list(syntax, &key, explode, &values));
                continue;
            }
            shape => shape.text(value),
        };
        let Some(value) = value.map(|text| syntax.encoded(&text)) else { continue };
        if !explode {
            items.extend([key, value]);
        } else if syntax.named {
            items.push(syntax.named(&key, &value));
        } else {
            items.push(format!("{key}={value}"));
        }
    }
    items
}

fn deep(syntax: &Syntax, name: &str, json: &[u8], pieces: &mut Vec<String>) {
    match Shape::of(json) {
        Shape::Null => {}
        Shape::Scalar(value) => pieces.push(format!("{name}={}", syntax.encoded(&value))),
        Shape::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(syntax, &format!("{name}%5B{index}%5D"), item, pieces);
            }
        }
        Shape::Object(members) => {
            for (key, value) in members {
                let key = utf8_percent_encode(&key, STRICT);
                deep(syntax, &format!("{name}%5B{key}%5D"), value, pieces);
            }
        }
    }
}

/// Reserved expansion leaves `%41` as it is, and encodes a `%` that starts no triplet (RFC 6570,
/// section 3.2.3).
pub(crate) fn encode_around_triplets(text: &str, set: &'static AsciiSet) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, tail) = rest.split_at(at);
        out.extend(utf8_percent_encode(before, set));
        let is_triplet = tail.len() >= 3 && tail.as_bytes()[1..3].iter().all(u8::is_ascii_hexdigit);
        let taken = if is_triplet { 3 } else { 1 };
        out.push_str(if is_triplet { &tail[..3] } else { "%25" });
        rest = &tail[taken..];
    }
    out.extend(utf8_percent_encode(rest, set));
    out
}

#[cfg(test)]
mod tests;
