//! What an error's reply says for people and their support tickets: the vendor's code and message,
//! and the id of the request. Bytes and headers in, short texts out.

use std::borrow::Cow;

use http::HeaderMap;
use serde_json::Value;

use crate::codec::without_mark;

/// Where the body of an error tells the vendor's code and message (`x-error-code`,
/// `x-error-message`), as JSON pointers (RFC 6901).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorFields {
    /// Place of the code.
    pub code: Option<&'static str>,
    /// Place of the message.
    pub message: Option<&'static str>,
}

impl ErrorFields {
    /// Nowhere.
    pub const fn new() -> Self {
        Self { code: None, message: None }
    }

    /// Sets the place of the code.
    pub const fn code(mut self, pointer: &'static str) -> Self {
        self.code = Some(pointer);
        self
    }

    /// Sets the place of the message.
    pub const fn message(mut self, pointer: &'static str) -> Self {
        self.message = Some(pointer);
        self
    }
}

/// Bodies longer than this aren't searched.
const LONGEST_BODY: usize = 64 * 1024;
/// The most characters of a code or message that are shown.
const LONGEST_TEXT: usize = 300;
/// The most characters of a request's id.
const LONGEST_ID: usize = 128;

/// Headers that name a request, where the document doesn't say: most specific first.
const REQUEST_IDS: [&str; 10] = [
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "correlation-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-github-request-id",
    "x-trace-id",
    "cf-ray",
];

/// What the vendor says of an error.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

/// Reads the vendor's code and message. What isn't JSON, or has neither there, says nothing.
pub(crate) fn said(fields: ErrorFields, body: Option<&[u8]>) -> Said {
    let body = body.filter(|body| !body.is_empty() && body.len() <= LONGEST_BODY);
    let (Some(body), true) = (body, fields != ErrorFields::new()) else { return Said::default() };
    let Ok(json) = serde_json::from_slice::<Value>(without_mark(body)) else {
        return Said::default();
    };
    let at = |pointer: Option<&str>| scalar(json.pointer(pointer?)?);
    Said { code: at(fields.code), message: at(fields.message) }
}

/// A text, number or word; nothing of an object or array, which may hold anything.
fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => Cow::Borrowed(text.trim()),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Bool(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then(|| line(&text, LONGEST_TEXT))
}

/// One line of at most so many characters.
fn line(text: &str, longest: usize) -> String {
    let is_broken = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let mut chars = text.chars().map(|c| if is_broken(c) { ' ' } else { c });
    let mut line: String = chars.by_ref().take(longest).collect();
    if chars.next().is_some() {
        line.push('…');
    }
    line
}

/// The id of the request: in the header that the document names, else in one of the usual ones.
pub(crate) fn request_id<'a>(headers: &'a HeaderMap, named: Option<&str>) -> Option<&'a str> {
    let names = named.into_iter().chain(REQUEST_IDS);
    let values = names.filter_map(|name| headers.get(name)?.to_str().ok());
    values.map(str::trim).find(|id| !id.is_empty() && id.len() <= LONGEST_ID)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: ErrorFields = ErrorFields::new().code("/error/code").message("/error/message");

    fn read(body: &str) -> (Option<String>, Option<String>) {
        let said = said(FIELDS, Some(body.as_bytes()));
        (said.code, said.message)
    }

    #[test]
    fn scalars_at_the_marked_places_are_read() {
        let both = read(r#"{"error":{"code":3001,"message":" Entity not found\n"}}"#);
        assert_eq!(both, (Some("3001".into()), Some("Entity not found".into())));
        assert_eq!(read(r#"{"error":{"code":"X1"}}"#), (Some("X1".into()), None));
        assert_eq!(read(r#"{"error":{"code":{"a":1},"message":[]}}"#), (None, None));
        for body in ["", "{", "null", "[]", r#"{"error":"x"}"#, r#"{"error":{"message":""}}"#] {
            assert_eq!(read(body), (None, None), "{body}");
        }
        assert_eq!(said(ErrorFields::new(), Some(b"{}")), Said::default());
        assert_eq!(said(FIELDS, None), Said::default());
    }

    #[test]
    fn a_message_is_one_short_line() {
        let long =
            format!(r#"{{"error":{{"message":"a\nb\u001b[31m\u2028{}"}}}}"#, "é".repeat(400));
        let message = read(&long).1.unwrap();
        assert!(message.starts_with("a b [31m é"), "{message}");
        assert_eq!(message.chars().count(), LONGEST_TEXT + 1);
        let huge = format!(r#"{{"error":{{"message":"{}"}}}}"#, "x".repeat(LONGEST_BODY));
        assert_eq!(read(&huge), (None, None));
    }

    #[test]
    fn the_documented_header_goes_before_the_usual_ones() {
        let mut headers = HeaderMap::new();
        assert_eq!(request_id(&headers, Some("x-trace")), None);
        headers.insert("cf-ray", http::HeaderValue::from_static("ray"));
        assert_eq!(request_id(&headers, Some("x-trace")), Some("ray"));
        headers.insert("x-request-id", http::HeaderValue::from_static("usual"));
        assert_eq!(request_id(&headers, None), Some("usual"));
        headers.insert("x-trace", http::HeaderValue::from_static("named"));
        assert_eq!(request_id(&headers, Some("x-trace")), Some("named"));
        headers.insert("x-trace", http::HeaderValue::from_str(&"x".repeat(129)).unwrap());
        assert_eq!(request_id(&headers, Some("x-trace")), Some("usual"));
    }
}
