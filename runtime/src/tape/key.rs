//! By what a recorded exchange is known again: method, path, query and body.

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::entry::Entry;
use super::scrub::Scrub;

/// Stands for the boundary of a multipart body, which is another one each time.
const BOUNDARY: &str = "boundary";

/// What is compared of a request.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) body: Content,
}

/// A body as it is compared: JSON by its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Json(Value),
    Bytes(Bytes),
}

impl Content {
    pub(super) fn of(bytes: &Bytes) -> Self {
        match serde_json::from_slice(bytes) {
            Ok(json) => Self::Json(json),
            Err(_) => Self::Bytes(bytes.clone()),
        }
    }
}

/// A request without its secrets.
#[derive(Clone, Debug)]
pub(super) struct Plain {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

impl Plain {
    /// Takes the secrets out of a request.
    pub(super) fn of(scrub: &mut Scrub<'_>, head: &http::request::Parts, body: &Bytes) -> Self {
        scrub.learn(&head.headers);
        let url = head.uri.to_string();
        let (address, query) = url.split_once('?').unwrap_or((&url, ""));
        let query = scrub.query(query);
        let mark = if query.is_empty() { "" } else { "?" };
        let media = media(&head.headers);
        let body = scrub.body(&media, body);
        let url = scrub.text(&format!("{address}{mark}{query}"));
        let mut headers = scrub.headers(&head.headers);
        let body = plain_boundary(&media, &mut headers, body);
        Self { method: head.method.to_string(), url, headers, body }
    }

    pub(super) fn key(&self) -> Key {
        key(&self.method, &self.url, &self.body)
    }
}

impl Entry {
    pub(super) fn key(&self) -> Key {
        key(&self.method, &self.url, &self.body)
    }
}

fn key(method: &str, url: &str, body: &Bytes) -> Key {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    Key {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        body: Content::of(body),
    }
}

pub(super) fn media(headers: &HeaderMap) -> String {
    let media = headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    media.map(|media| media.into_owned()).unwrap_or_default()
}

/// Gives a multipart body the boundary that every record has.
fn plain_boundary(media: &str, headers: &mut [(String, String)], body: Bytes) -> Bytes {
    let Some((_, boundary)) = media.split_once("boundary=") else { return body };
    let boundary = boundary.split(';').next().unwrap_or_default().trim().trim_matches('"');
    if boundary.is_empty() || !media.to_ascii_lowercase().starts_with("multipart/") {
        return body;
    }
    for (name, value) in headers.iter_mut() {
        if name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()) {
            *value = value.replace(boundary, BOUNDARY);
        }
    }
    let old = [b"--", boundary.as_bytes()].concat();
    let mut out = Vec::with_capacity(body.len());
    let mut rest = &body[..];
    while let Some(at) = rest.windows(old.len()).position(|window| window == old) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(b"--");
        out.extend_from_slice(BOUNDARY.as_bytes());
        rest = &rest[at + old.len()..];
    }
    out.extend_from_slice(rest);
    out.into()
}
