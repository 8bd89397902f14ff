//! Outcomes: what the replies of an operation are read into.

use std::borrow::Cow;
use std::cell::Cell;
use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::HeaderMap;

use crate::charset;
use crate::codec::{self, Decode, Decoder, Fault};
use crate::op::Content;
use crate::stream::Unread;
use crate::{ByteStream, EventStream, LineStream};

/// What the replies of an operation are read into, by the case of its
/// [`Response`](super::Response).
///
/// An operation with one kind of reply uses an adapter of this module ([`Json`], [`TextBody`],
/// [`BytesBody`], [`Empty`], …), one with several a generated enum.
pub trait Outcome {
    /// What the caller gets.
    type Value;

    /// Reads the body of a reply to the response with this `case`.
    ///
    /// # Errors
    ///
    /// The body isn't what the document says.
    fn read(case: usize, body: &RawBody<'_>) -> Result<Self::Value, Fault>;
}

/// The body of a reply, not yet decoded.
pub struct RawBody<'a> {
    bytes: &'a Bytes,
    headers: &'a HeaderMap,
    /// What the response that it fits holds: the type that it is read into may be that of another
    /// response of the same case.
    content: Content,
    /// The body itself, where it isn't read yet.
    unread: Cell<Option<Unread>>,
}

impl<'a> RawBody<'a> {
    pub(crate) fn new(
        bytes: &'a Bytes,
        headers: &'a HeaderMap,
        content: Content,
        unread: Option<Unread>,
    ) -> Self {
        Self { bytes, headers, content, unread: Cell::new(unread) }
    }

    /// What is read while it comes. It can be taken once.
    fn unread(&self) -> Unread {
        let whole = || Unread::new(self.bytes().into(), u64::MAX);
        self.unread.take().unwrap_or_else(whole)
    }

    /// Server-sent events whose data is JSON.
    pub fn events<T: Decode>(&self) -> EventStream<T> {
        EventStream::json(self.unread())
    }

    /// Server-sent events whose data is a text.
    pub fn text_events<T: Decode>(&self) -> EventStream<T> {
        EventStream::text(self.unread())
    }

    /// Server-sent events that are described as objects of their fields.
    pub fn whole_events<T: Decode>(&self) -> EventStream<T> {
        EventStream::whole(self.unread())
    }

    /// JSON texts in a row.
    pub fn lines<T: Decode>(&self) -> LineStream<T> {
        LineStream::new(self.unread())
    }

    /// The bytes as they come.
    pub fn stream(&self) -> ByteStream {
        ByteStream::new(self.unread())
    }

    /// Decodes JSON; or text, where the response is of text: the value that has it for a string. No
    /// body at all is `null`, where the document allows that.
    ///
    /// # Errors
    ///
    /// The body isn't of that type.
    pub fn json<T: Decode>(&self) -> Result<T, Fault> {
        if let Some(words) = self.words()? {
            return codec::from_whole(Decoder::in_words(&words));
        }
        let fault = match codec::from_whole(Decoder::new(self.bytes)) {
            Ok(value) => return Ok(value),
            Err(fault) => fault,
        };
        let Some(mended) = self.mended() else { return Err(fault) };
        // Of a body that isn't there, the fault is that, and not the `null` in its place.
        let is_blank = self.is_blank();
        codec::from_whole(Decoder::new(&mended)).map_err(|own| if is_blank { fault } else { own })
    }

    /// The JSON text that a body stands for which isn't one in UTF-8; absent where nothing is left to
    /// try.
    fn mended(&self) -> Option<Vec<u8>> {
        if self.is_blank() {
            return Some(b"null".to_vec());
        }
        let text = charset::in_utf8(self.bytes, self.headers);
        let halved = codec::without_halves(text.as_deref().unwrap_or(self.bytes));
        halved.or(text)
    }

    fn is_blank(&self) -> bool {
        self.bytes.trim_ascii().is_empty()
    }

    /// The text as a string of JSON, where the response is of text.
    fn words(&self) -> Result<Option<Vec<u8>>, Fault> {
        match self.content {
            Content::Text => self.plain().map(|text| Some(codec::to_vec(&text.into_owned()))),
            _ => Ok(None),
        }
    }

    /// Decodes text in UTF-8 or ISO-8859-1, as the reply says; or a string of JSON, where the
    /// response is of JSON.
    ///
    /// # Errors
    ///
    /// The body is in another charset, or isn't a string.
    pub fn text(&self) -> Result<String, Fault> {
        match self.content {
            Content::Json => codec::from_slice(self.bytes),
            _ => self.plain().map(Cow::into_owned),
        }
    }

    /// The body as the text that it is.
    fn plain(&self) -> Result<Cow<'a, str>, Fault> {
        charset::decode(self.bytes, self.headers)
    }

    /// The bytes as they are; no copy is made.
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }
}

impl fmt::Debug for RawBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawBody({} bytes read)", self.bytes.len())
    }
}

/// The outcome of replies in JSON: a `T`.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: Decode> Outcome for Json<T> {
    type Value = T;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<T, Fault> {
        body.json()
    }
}

/// The outcome of replies in text.
#[derive(Debug)]
pub struct TextBody(Infallible);

impl Outcome for TextBody {
    type Value = String;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<String, Fault> {
        body.text()
    }
}

/// The outcome of replies in bytes.
#[derive(Debug)]
pub struct BytesBody(Infallible);

impl Outcome for BytesBody {
    type Value = Bytes;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<Bytes, Fault> {
        Ok(body.bytes())
    }
}

/// The outcome of server-sent events whose data is JSON.
#[derive(Debug)]
pub struct EventsBody<T>(PhantomData<fn() -> T>);

impl<T: Decode + 'static> Outcome for EventsBody<T> {
    type Value = EventStream<T>;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<EventStream<T>, Fault> {
        Ok(body.events())
    }
}

/// The outcome of server-sent events whose data is a text.
#[derive(Debug)]
pub struct TextEventsBody<T>(PhantomData<fn() -> T>);

impl<T: Decode + 'static> Outcome for TextEventsBody<T> {
    type Value = EventStream<T>;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<EventStream<T>, Fault> {
        Ok(body.text_events())
    }
}

/// The outcome of server-sent events that are described as objects of their fields: `data`,
/// `event`, `id`, `retry`.
#[derive(Debug)]
pub struct WholeEventsBody<T>(PhantomData<fn() -> T>);

impl<T: Decode + 'static> Outcome for WholeEventsBody<T> {
    type Value = EventStream<T>;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<EventStream<T>, Fault> {
        Ok(body.whole_events())
    }
}

/// The outcome of replies of JSON texts in a row.
#[derive(Debug)]
pub struct LinesBody<T>(PhantomData<fn() -> T>);

impl<T: Decode + 'static> Outcome for LinesBody<T> {
    type Value = LineStream<T>;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<LineStream<T>, Fault> {
        Ok(body.lines())
    }
}

/// The outcome of replies in bytes that are read as they come.
#[derive(Debug)]
pub struct StreamBody(Infallible);

impl Outcome for StreamBody {
    type Value = ByteStream;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<ByteStream, Fault> {
        Ok(body.stream())
    }
}

/// The outcome of replies without content; what they contain all the same is ignored.
#[derive(Debug)]
pub struct Empty(Infallible);

impl Outcome for Empty {
    type Value = ();

    fn read(_case: usize, _body: &RawBody<'_>) -> Result<(), Fault> {
        Ok(())
    }
}

/// The failure outcome of an operation without documented errors. It has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undocumented {}

impl Outcome for Undocumented {
    type Value = Self;

    fn read(_case: usize, _body: &RawBody<'_>) -> Result<Self, Fault> {
        Err(undocumented())
    }
}

/// What a reply to no case of an outcome is: the descriptor and the outcome don't fit each other.
#[doc(hidden)]
pub fn undocumented() -> Fault {
    Fault::new("$", "a documented response", "another", 0)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn json<T: Decode>(content_type: &'static str, body: &[u8]) -> Result<T, String> {
        let mut headers = HeaderMap::new();
        headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        let bytes = Bytes::copy_from_slice(body);
        let body = RawBody::new(&bytes, &headers, Content::Json, None);
        body.json().map_err(|fault| fault.to_string())
    }

    fn utf_16(text: &str, of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(of).collect()
    }

    #[test]
    fn no_body_is_null_where_the_document_allows_that() {
        assert_eq!(json::<Option<i64>>("application/json", b""), Ok(None));
        assert_eq!(json::<Option<i64>>("application/json", b" \r\n"), Ok(None));
        assert_eq!(json::<codec::Json>("application/json", b""), Ok(codec::Json::Null));
        let fault = json::<i64>("application/json", b"").unwrap_err();
        assert_eq!(fault, "at $: expected a JSON value, found the end of the text");
    }

    #[test]
    fn json_is_read_in_the_charset_that_it_comes_in() {
        let text = "[\"\u{e9}\u{1f600}\"]";
        let expected = Ok(vec!["\u{e9}\u{1f600}".to_owned()]);
        let read = |media, body: &[u8]| json::<Vec<String>>(media, body);
        let (little, big) = (utf_16(text, u16::to_le_bytes), utf_16(text, u16::to_be_bytes));
        assert_eq!(read("application/json; charset=utf-16", &little), expected);
        assert_eq!(read("application/json", &big), expected);
        assert_eq!(
            read("application/json", &utf_16(&format!("\u{feff}{text}"), u16::to_le_bytes)),
            expected
        );
        let latin = read("application/json; charset=ISO-8859-1", b"[\"\xe9\"]");
        assert_eq!(latin, Ok(vec!["\u{e9}".to_owned()]));
        // What is UTF-8 was labelled wrongly.
        let labelled = read("application/json; charset=iso-8859-1", text.as_bytes());
        assert_eq!(labelled, expected);
        assert!(read("application/json", b"[\"\xe9\"]").unwrap_err().contains("UTF-8"));
    }

    #[test]
    fn half_of_a_surrogate_pair_is_replaced() {
        let cut = json::<String>("application/json", br#""a\ud83d""#);
        assert_eq!(cut, Ok("a\u{fffd}".to_owned()));
        let wrong = json::<Vec<i64>>("application/json", br#"["\ud83d"]"#);
        assert!(wrong.unwrap_err().starts_with("at $[0]: expected integer"));
    }
}
