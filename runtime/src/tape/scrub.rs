//! Takes secrets out of an exchange: by names, and by the values that those names have shown.

use bytes::Bytes;
use http::HeaderMap;

use super::Origin;
use super::redaction::Redaction;
use crate::style::shape::Shape;
use crate::{codec, form};

/// What stands in place of a secret.
pub(super) const REDACTED: &str = "REDACTED";

/// Shortest value that is looked for elsewhere: a shorter one may stand there by chance.
const SHORTEST: usize = 6;

/// Scrubs one exchange.
pub(super) struct Scrub<'a> {
    redaction: &'a Redaction,
    origin: Option<Origin>,
    /// Values that were secrets, and how they look in a URL.
    values: Vec<Vec<u8>>,
}

impl<'a> Scrub<'a> {
    pub(super) fn new(redaction: &'a Redaction, origin: Option<Origin>) -> Self {
        Self { redaction, origin, values: Vec::new() }
    }

    fn remember(&mut self, value: &[u8]) {
        if value.len() >= SHORTEST && !self.values.iter().any(|known| known == value) {
            self.values.push(value.to_vec());
        }
    }

    fn is_header(&self, name: &str) -> bool {
        let schemes = self.origin.into_iter().flat_map(Origin::headers);
        self.redaction.has_header(name)
            || schemes.into_iter().any(|it| it.eq_ignore_ascii_case(name))
    }

    fn is_query(&self, name: &str) -> bool {
        let schemes = self.origin.into_iter().flat_map(Origin::query_keys);
        self.redaction.has_field(name) || schemes.into_iter().any(|it| it == name)
    }

    /// Learns the credentials that headers hold, before anything is written.
    pub(super) fn learn(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            if value.is_sensitive() || self.is_header(name.as_str()) {
                let value = value.as_bytes();
                // Behind `Bearer `, or the name of a cookie.
                let pieces = value.split(|byte| matches!(byte, b' ' | b';' | b'='));
                for piece in pieces.filter(|piece| piece.len() > SHORTEST) {
                    self.remember(piece);
                }
            }
        }
    }

    /// The headers as they are written.
    pub(super) fn headers(&self, headers: &HeaderMap) -> Vec<(String, String)> {
        let written = headers.iter().map(|(name, value)| {
            let text = if value.is_sensitive() || self.is_header(name.as_str()) {
                REDACTED.to_owned()
            } else {
                String::from_utf8_lossy(&self.by_value(value.as_bytes())).into_owned()
            };
            (name.as_str().to_owned(), text)
        });
        written.collect()
    }

    /// A query, or a form.
    pub(super) fn query(&mut self, query: &str) -> String {
        let pieces: Vec<String> = query
            .split('&')
            .map(|piece| {
                let Some((name, value)) = piece.split_once('=') else { return piece.to_owned() };
                let plain = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
                if !self.is_query(&plain) {
                    return piece.to_owned();
                }
                let decoded: Vec<u8> = percent_encoding::percent_decode_str(value).collect();
                self.remember(value.as_bytes());
                self.remember(&decoded);
                format!("{name}={REDACTED}")
            })
            .collect();
        pieces.join("&")
    }

    /// Text without the values that are known.
    pub(super) fn text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.by_value(text.as_bytes())).into_owned()
    }

    /// A body. One without secrets stays as it is, byte by byte.
    pub(super) fn body(&mut self, media: &str, body: &Bytes) -> Bytes {
        let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let named = match essence.as_str() {
            "application/x-www-form-urlencoded" => {
                std::str::from_utf8(body).ok().map(|text| self.query(text).into_bytes())
            }
            _ if essence.starts_with("multipart/") => self.parts(media, body),
            _ if form::is_json(&essence) || is_whole_json(body) => self.json(body),
            _ => self.lines(body),
        };
        let body = named.map_or_else(|| body.clone(), Bytes::from);
        match self.by_value(&body) {
            scrubbed if scrubbed == body => body,
            scrubbed => scrubbed.into(),
        }
    }

    /// Lines of JSON, those of server-sent events too.
    fn lines(&mut self, body: &[u8]) -> Option<Vec<u8>> {
        let text = std::str::from_utf8(body).ok()?;
        let mut is_changed = false;
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| {
                let start = line.find(['{', '[']).unwrap_or(line.len());
                let (before, json) = line.split_at(start);
                let scrubbed =
                    is_whole_json(json.as_bytes()).then(|| self.json(json.as_bytes())).flatten();
                match scrubbed.and_then(|json| String::from_utf8(json).ok()) {
                    Some(json) => {
                        is_changed = true;
                        format!("{before}{json}")
                    }
                    None => line.to_owned(),
                }
            })
            .collect();
        is_changed.then(|| lines.join("\n").into_bytes())
    }

    /// The parts of a body whose names are secret.
    fn parts(&mut self, media: &str, body: &[u8]) -> Option<Vec<u8>> {
        let parts = crate::mock::parts(media, body)?;
        let mut out = Vec::with_capacity(body.len());
        let mut done = 0;
        for (name, range) in parts {
            let content = body.get(range.clone())?;
            let scrubbed = if self.redaction.has_field(&name) {
                self.remember(content);
                Some(REDACTED.as_bytes().to_vec())
            } else if is_whole_json(content) {
                self.json(content)
            } else {
                None
            };
            if let Some(scrubbed) = scrubbed {
                out.extend_from_slice(body.get(done..range.start)?);
                out.extend(scrubbed);
                done = range.end;
            }
        }
        out.extend_from_slice(body.get(done..)?);
        Some(out)
    }

    /// JSON text without secrets; absent where nothing of it is one.
    fn json(&mut self, json: &[u8]) -> Option<Vec<u8>> {
        let mut is_changed = false;
        let mut out = Vec::with_capacity(json.len());
        self.write_json(json, false, &mut is_changed, &mut out);
        is_changed.then_some(out)
    }

    fn write_json(&mut self, json: &[u8], is_secret: bool, changed: &mut bool, out: &mut Vec<u8>) {
        match Shape::of(json) {
            Shape::Object(members) => {
                out.push(b'{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    out.extend(codec::to_vec(name));
                    out.push(b':');
                    let is_secret = is_secret || self.redaction.has_field(name);
                    self.write_json(value, is_secret, changed, out);
                }
                out.push(b'}');
            }
            Shape::List(items) => {
                out.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    self.write_json(item, is_secret, changed, out);
                }
                out.push(b']');
            }
            Shape::Scalar(text) if is_secret => {
                *changed = true;
                self.remember(text.as_bytes());
                let is_text = json.trim_ascii_start().starts_with(b"\"");
                out.extend(if is_text { codec::to_vec(&REDACTED) } else { b"0".to_vec() });
            }
            Shape::Null | Shape::Scalar(_) => out.extend_from_slice(json.trim_ascii()),
        }
    }

    fn by_value(&self, text: &[u8]) -> Vec<u8> {
        // Longer values first: one may be the beginning of another.
        let mut values: Vec<&Vec<u8>> = self.values.iter().collect();
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        values.into_iter().fold(text.to_vec(), |text, value| replaced(&text, value))
    }
}

fn is_whole_json(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    (text.starts_with(b"{") || text.starts_with(b"["))
        && codec::from_slice::<codec::Json>(text).is_ok()
}

fn replaced(text: &[u8], value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.windows(value.len()).position(|window| window == value) {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        out.extend_from_slice(REDACTED.as_bytes());
        rest = rest.get(at + value.len()..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    out
}
