//! The static descriptor of a request body: its media types, and how a form writes its properties.

use crate::codec::Rule;

use super::Style;

/// A request body (OpenAPI 3.1, section 4.8.13) in its preferred media type.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RequestBody {
    /// Media type; a range when the caller names the type.
    pub media: &'static str,
    /// Kind of content.
    pub payload: Payload,
    /// It can't be left out.
    pub required: bool,
    /// Rules of the whole value.
    pub rules: &'static [Rule],
    /// `media` is a range.
    pub any: bool,
    /// How properties of a form or of a multipart body are written, where it isn't as usual.
    pub encoding: &'static [Encoding],
    /// Other media types that the same bytes may be sent as.
    pub labels: &'static [&'static str],
    /// What can be sent instead, in other media types.
    pub others: &'static [RequestBody],
}

/// Kinds of request content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Payload {
    /// JSON.
    Json,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A line of JSON for each item: `application/x-ndjson`, `application/jsonl`; or a text sequence
    /// (RFC 7464) where the media type is `application/json-seq`.
    Lines,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` and its relatives.
    Multipart,
}

impl RequestBody {
    const fn new(media: &'static str, payload: Payload) -> Self {
        Self {
            media,
            payload,
            required: false,
            rules: &[],
            any: false,
            encoding: &[],
            labels: &[],
            others: &[],
        }
    }

    /// A JSON body.
    pub const fn json(media: &'static str) -> Self {
        Self::new(media, Payload::Json)
    }

    /// A body of text.
    pub const fn text(media: &'static str) -> Self {
        Self::new(media, Payload::Text)
    }

    /// A body of bytes.
    pub const fn bytes(media: &'static str) -> Self {
        Self::new(media, Payload::Bytes)
    }

    /// A body of bytes whose media type the caller names, such as `*/*` or `image/*`.
    pub const fn any_bytes(media: &'static str) -> Self {
        let mut body = Self::new(media, Payload::Bytes);
        body.any = true;
        body
    }

    /// A body of JSON values, one after the other.
    pub const fn lines(media: &'static str) -> Self {
        Self::new(media, Payload::Lines)
    }

    /// A form of names and values.
    pub const fn form(media: &'static str) -> Self {
        Self::new(media, Payload::Form)
    }

    /// A body of parts.
    pub const fn multipart(media: &'static str) -> Self {
        Self::new(media, Payload::Multipart)
    }

    /// Declares that it can't be left out.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets other media types that the same bytes may be sent as.
    pub const fn also(mut self, labels: &'static [&'static str]) -> Self {
        self.labels = labels;
        self
    }

    /// Sets the rules of the whole value.
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// Sets how properties are written.
    pub const fn encoding(mut self, encoding: &'static [Encoding]) -> Self {
        self.encoding = encoding;
        self
    }

    /// Sets what can be sent instead. A call refers to it by index, this body being 0.
    pub const fn or(mut self, others: &'static [RequestBody]) -> Self {
        self.others = others;
        self
    }

    /// This body for 0, one of the others from 1 on.
    pub(crate) fn alternative(&'static self, index: usize) -> &'static Self {
        index.checked_sub(1).and_then(|index| self.others.get(index)).unwrap_or(self)
    }
}

/// How a form or multipart body writes one property (OpenAPI 3.1, section 4.8.15).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Encoding {
    /// Property.
    pub name: &'static str,
    /// Style, when the document states one. Without it, a list is written item by item under one
    /// name, and an object as JSON text.
    pub style: Option<Style>,
    /// Each item of an array or object stands for itself; for a property with a style.
    pub explode: bool,
    /// Reserved characters of RFC 3986 stay as they are; in forms only.
    pub allow_reserved: bool,
    /// Media type of the value or part; empty where the document doesn't state it.
    pub content_type: &'static str,
    /// Headers of the part, each with its value, unless the caller gives another.
    pub headers: &'static [(&'static str, &'static str)],
    /// Rules of the value, where nothing around it checks them.
    pub rules: &'static [Rule],
}

impl Encoding {
    /// A property that is written as usual.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            style: None,
            explode: false,
            allow_reserved: false,
            content_type: "",
            headers: &[],
            rules: &[],
        }
    }

    /// A property that is written in this style; `explode` tells whether each item of an array or
    /// object stands for itself.
    pub const fn styled(name: &'static str, style: Style, explode: bool) -> Self {
        let mut encoding = Self::new(name);
        encoding.style = Some(style);
        encoding.explode = explode;
        encoding
    }

    /// Keeps reserved characters of RFC 3986 as they are.
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Sets the media type.
    pub const fn content_type(mut self, media: &'static str) -> Self {
        self.content_type = media;
        self
    }

    /// Sets the headers of the part.
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Sets the rules of the value.
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }
}
