//! A request that the mock server received.

use bytes::Bytes;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;

use crate::codec::{self, Decode};
use crate::op::Operation;

/// A request that a mock server received.
#[derive(Clone, Debug)]
pub struct Received {
    pub(super) operation: Option<&'static Operation>,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) raw_query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// Parameters of the path, decoded.
    pub(super) params: Vec<(&'static str, String)>,
}

impl Received {
    /// The operation that was called; absent when the document has none for the method and path.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path as it was sent.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value of a path parameter, decoded.
    pub fn path_param(&self, name: &str) -> Option<&str> {
        let mut params = self.params.iter();
        params.find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
    }

    /// The query as it was sent, without its `?`.
    pub fn raw_query(&self) -> &str {
        &self.raw_query
    }

    /// The first value of this name in the query, decoded.
    pub fn query(&self, name: &str) -> Option<String> {
        self.query_values(name).into_iter().next()
    }

    /// Every value of this name in the query, decoded.
    pub fn query_values(&self, name: &str) -> Vec<String> {
        let pairs = pairs(&self.raw_query);
        pairs.filter(|(other, _)| other == name).map(|(_, value)| decoded(value)).collect()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The bytes of the body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON of a type, such as the operation's request model or
    /// [`Json`](crate::Json).
    ///
    /// # Errors
    ///
    /// The body isn't such JSON.
    pub fn json<T: Decode>(&self) -> Result<T, codec::Fault> {
        codec::from_slice(&self.body)
    }

    /// `POST /devices/7?force=true`
    pub(super) fn line(&self) -> String {
        let mark = if self.raw_query.is_empty() { "" } else { "?" };
        format!("{} {}{mark}{}", self.method, self.path, self.raw_query)
    }
}

/// Names, decoded, and values of a query or form, not decoded.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (String, &str)> {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    pieces.map(|piece| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        (decoded(name), value)
    })
}

/// A text of a query or form, decoded.
pub(super) fn decoded(text: &str) -> String {
    percent_decoded(&text.replace('+', " "))
}

/// A text of a path, decoded.
pub(super) fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
