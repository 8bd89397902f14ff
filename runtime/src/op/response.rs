//! The static descriptor of a response.

use crate::error::ErrorFields;

/// A response of an operation (OpenAPI 3.1, section 4.8.17), in one media type.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Response {
    /// Statuses it stands for.
    pub status: Status,
    /// Media type; empty without content.
    pub media: &'static str,
    /// Kind of content.
    pub content: Content,
    /// Case of the success or failure outcome that it fills.
    pub case: usize,
    /// It belongs to the failure outcome.
    pub failure: bool,
    /// Where its body tells the vendor's code and message, if elsewhere than other errors do.
    pub fields: Option<ErrorFields>,
    /// It belongs to the outcome of [`Streaming`](super::Streaming), and not to that of awaiting
    /// the call.
    pub only_stream: bool,
}

impl Response {
    const fn new(status: Status, media: &'static str, content: Content, case: usize) -> Self {
        Self { status, media, content, case, failure: false, fields: None, only_stream: false }
    }

    /// A response of JSON.
    pub const fn json(status: Status, media: &'static str, case: usize) -> Self {
        Self::new(status, media, Content::Json, case)
    }

    /// A response of text.
    pub const fn text(status: Status, media: &'static str, case: usize) -> Self {
        Self::new(status, media, Content::Text, case)
    }

    /// A response of bytes.
    pub const fn bytes(status: Status, media: &'static str, case: usize) -> Self {
        Self::new(status, media, Content::Bytes, case)
    }

    /// A response of server-sent events.
    pub const fn events(status: Status, media: &'static str, case: usize) -> Self {
        Self::new(status, media, Content::Events, case)
    }

    /// A response of JSON texts in a row.
    pub const fn lines(status: Status, media: &'static str, case: usize) -> Self {
        Self::new(status, media, Content::Lines, case)
    }

    /// A response without content.
    pub const fn empty(status: Status, case: usize) -> Self {
        Self::new(status, "", Content::Empty, case)
    }

    /// Declares that it belongs to the failure outcome.
    pub const fn error(mut self) -> Self {
        self.failure = true;
        self
    }

    /// Says where its body tells the vendor's code and message.
    pub const fn fields(mut self, fields: ErrorFields) -> Self {
        self.fields = Some(fields);
        self
    }

    /// Declares that only [`Streaming`](super::Streaming) reads it: for its status there is
    /// another one, which is read whole.
    pub const fn only_stream(mut self) -> Self {
        self.only_stream = true;
        self
    }
}

/// Statuses that a response stands for (OpenAPI 3.1, section 4.8.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One status: `404`.
    Code(u16),
    /// A hundred of them, by first digit: `4XX`.
    Range(u8),
    /// All that no other response stands for.
    Default,
}

impl Status {
    /// How exactly it stands for `status`, 0 being the most exact; absent when it doesn't.
    pub(crate) fn rank(self, status: u16) -> Option<u8> {
        match self {
            Self::Code(code) => (code == status).then_some(0),
            Self::Range(digit) => (u16::from(digit) == status / 100).then_some(1),
            Self::Default => Some(2),
        }
    }
}

/// Kind of content of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// None.
    Empty,
    /// JSON.
    Json,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Server-sent events.
    Events,
    /// JSON texts in a row.
    Lines,
}
