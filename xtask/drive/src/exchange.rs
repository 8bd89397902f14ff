//! A request and its reply, read from the bytes on the line (RFC 9112).

use serde_json::{Map, Value, json};
use tenon_runtime::Base64;
use tenon_runtime::codec::to_vec;

/// A request and its reply, as JSON.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// `method`, `path`, `query`, `headers`, `body`; null when nothing was sent.
    pub(crate) request: Value,
    /// `status`, `headers`, `body`; null when nothing came.
    pub(crate) reply: Value,
}

impl Exchange {
    pub(crate) fn read(sent: &[u8], received: &[u8]) -> Self {
        Self {
            request: request(sent).unwrap_or_default(),
            reply: reply(received).unwrap_or_default(),
        }
    }
}

fn request(bytes: &[u8]) -> Option<Value> {
    let message = Message::read(bytes)?;
    let mut words = message.first.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    Some(json!({
        "method": method,
        "path": path,
        "query": query,
        "headers": message.headers,
        "body": message.body,
    }))
}

fn reply(bytes: &[u8]) -> Option<Value> {
    let message = Message::read(bytes)?;
    let status: u16 = message.first.split(' ').nth(1)?.parse().ok()?;
    if status == 100 {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        return reply(&bytes[end + 4..]);
    }
    Some(json!({"status": status, "headers": message.headers, "body": message.body}))
}

struct Message {
    first: String,
    headers: Map<String, Value>,
    body: Value,
}

impl Message {
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.split("\r\n");
        let first = lines.next()?.to_owned();
        let mut headers = Map::new();
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            // Fields of one name are one list (RFC 9110, section 5.3).
            let list = match headers.get(&name).and_then(Value::as_str) {
                Some(before) => format!("{before}, {value}"),
                None => value.to_owned(),
            };
            headers.insert(name, Value::String(list));
        }
        let body = &bytes[end + 4..];
        let coding = headers.get("transfer-encoding").and_then(Value::as_str);
        let body = match coding.is_some_and(|coding| coding.contains("chunked")) {
            true => shown(&unchunked(body)),
            false => shown(body),
        };
        Some(Self { first, headers, body })
    }
}

/// A body without the framing of chunks (RFC 9112, section 7.1).
fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = bytes.windows(2).position(|window| window == b"\r\n") {
        let size = String::from_utf8_lossy(&bytes[..end]);
        let size = size.split(';').next().unwrap_or_default().trim();
        let Ok(size @ 1..) = usize::from_str_radix(size, 16) else { break };
        let Some(chunk) = bytes.get(end + 2..end + 2 + size) else { break };
        body.extend_from_slice(chunk);
        bytes = bytes.get(end + 4 + size..).unwrap_or_default();
    }
    body
}

/// Text as it is, other bytes as `{"base64": …}`.
fn shown(body: &[u8]) -> Value {
    match std::str::from_utf8(body) {
        Ok("") => Value::Null,
        Ok(text) => Value::String(text.to_owned()),
        Err(_) => {
            let text = to_vec(&Base64::from(body.to_vec()));
            json!({"base64": serde_json::from_slice::<Value>(&text).unwrap_or_default()})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_is_read_from_its_bytes() {
        let sent = b"POST /a/b?c=d%20e HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
        let received = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: 1\r\na: 2\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n";
        let exchange = Exchange::read(sent, received);
        assert_eq!(
            exchange.request,
            json!({"method": "POST", "path": "/a/b", "query": "c=d%20e",
                "headers": {"host": "x", "content-length": "2"}, "body": "{}"})
        );
        assert_eq!(
            exchange.reply,
            json!({"status": 200, "headers": {"transfer-encoding": "chunked", "a": "1, 2"}, "body": "abcde"})
        );
    }

    #[test]
    fn nothing_sent_is_null() {
        assert_eq!(Exchange::read(b"", b"").request, Value::Null);
    }
}
