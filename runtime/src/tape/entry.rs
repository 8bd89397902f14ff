//! An exchange as an entry of an HTTP Archive (HAR 1.2), and back.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

/// An exchange, without its secrets.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) method: String,
    /// The whole address.
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
    pub(super) status: u16,
    pub(super) reply_headers: Vec<(String, String)>,
    pub(super) reply: Bytes,
    /// The coding of a body that couldn't be read, which is left out.
    pub(super) coding: Option<String>,
    /// The connection failed before the reply was complete.
    pub(super) is_cut: bool,
    pub(super) started: SystemTime,
    pub(super) time: Duration,
}

impl Entry {
    pub(super) fn to_json(&self) -> Value {
        let time = self.time.as_secs_f64() * 1000.0;
        let started = DateTime::<Utc>::from(self.started);
        let mut request = json!({
            "method": self.method,
            "url": self.url,
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": pairs(&self.headers),
            "queryString": query(&self.url),
            "headersSize": -1,
            "bodySize": self.body.len(),
        });
        if !self.body.is_empty() {
            let (text, encoding) = text(&self.body);
            request["postData"] = json!({"mimeType": media(&self.headers), "text": text});
            if let Some(encoding) = encoding {
                request["postData"]["_encoding"] = encoding.into();
            }
        }
        let (text, encoding) = text(&self.reply);
        let mut content =
            json!({"size": self.reply.len(), "mimeType": media(&self.reply_headers), "text": text});
        if let Some(encoding) = encoding {
            content["encoding"] = encoding.into();
        }
        if let Some(coding) = &self.coding {
            content["_leftOut"] = coding.as_str().into();
        }
        let reason = http::StatusCode::from_u16(self.status).ok();
        let reason = reason.and_then(|status| status.canonical_reason()).unwrap_or_default();
        let mut response = json!({
            "status": self.status,
            "statusText": reason,
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": pairs(&self.reply_headers),
            "content": content,
            "redirectURL": header(&self.reply_headers, "location").unwrap_or_default(),
            "headersSize": -1,
            // What came over the line, which is another length where it was compressed.
            "bodySize": if self.coding.is_some() { -1 } else { self.reply.len() as i64 },
        });
        if self.is_cut {
            response["_cut"] = true.into();
        }
        json!({
            "startedDateTime": started.to_rfc3339_opts(SecondsFormat::Micros, true),
            "time": time,
            "request": request,
            "response": response,
            "cache": {},
            "timings": {"send": 0, "wait": time, "receive": 0},
        })
    }

    /// Reads an entry; absent where something is missing that a replay needs.
    pub(super) fn of_json(json: &Value) -> Option<Self> {
        let (request, response) = (json.get("request")?, json.get("response")?);
        let body = match request.get("postData") {
            Some(data) => bytes(data, "_encoding")?,
            None => Bytes::new(),
        };
        let started = json.get("startedDateTime").and_then(Value::as_str);
        let started = started.and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        Some(Self {
            method: request.get("method")?.as_str()?.to_owned(),
            url: request.get("url")?.as_str()?.to_owned(),
            headers: read_pairs(request.get("headers")?),
            body,
            status: u16::try_from(response.get("status")?.as_u64()?).ok()?,
            reply_headers: read_pairs(response.get("headers")?),
            reply: response
                .get("content")
                .map_or(Some(Bytes::new()), |it| bytes(it, "encoding"))?,
            coding: response
                .get("content")
                .and_then(|it| Some(it.get("_leftOut")?.as_str()?.to_owned())),
            is_cut: response.get("_cut").and_then(Value::as_bool).unwrap_or(false),
            started: started.map_or(SystemTime::UNIX_EPOCH, SystemTime::from),
            time: Duration::ZERO,
        })
    }
}

fn pairs(headers: &[(String, String)]) -> Value {
    headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect()
}

fn read_pairs(json: &Value) -> Vec<(String, String)> {
    let pairs = json.as_array().into_iter().flatten().filter_map(|pair| {
        let text = |key| Some(pair.get(key)?.as_str()?.to_owned());
        Some((text("name")?, text("value")?))
    });
    pairs.collect()
}

fn query(url: &str) -> Value {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    let pairs = pieces.map(|piece| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        let plain = |text| percent_encoding::percent_decode_str(text).decode_utf8_lossy();
        json!({"name": plain(name), "value": plain(value)})
    });
    pairs.collect()
}

fn media(headers: &[(String, String)]) -> &str {
    header(headers, "content-type").unwrap_or_default()
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// Text as it is, and anything else in Base64.
fn text(bytes: &[u8]) -> (String, Option<&'static str>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (BASE64_STANDARD.encode(bytes), Some("base64")),
    }
}

fn bytes(data: &Value, encoding: &str) -> Option<Bytes> {
    let text = data.get("text").and_then(Value::as_str).unwrap_or_default();
    match data.get(encoding).and_then(Value::as_str) {
        Some("base64") => BASE64_STANDARD.decode(text).ok().map(Bytes::from),
        Some(_) => None,
        None => Some(Bytes::copy_from_slice(text.as_bytes())),
    }
}
