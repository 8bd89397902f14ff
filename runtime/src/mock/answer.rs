//! Outcomes the other way round: a value becomes the body of a reply.

use std::convert::Infallible;

use bytes::Bytes;

use crate::client::{Builder, Core};
use crate::codec::{self, Decode, Encode};
use crate::op::{
    BytesBody, Empty, Endpoint, EventsBody, Json, LinesBody, Operation, Outcome, StreamBody,
    TextBody, TextEventsBody, Undocumented, WholeEventsBody,
};
use crate::{Api, Secret};

/// A call whose operation can be mocked. Generated code implements it.
pub trait Mocked: Endpoint {
    /// The operation.
    fn operation() -> &'static Operation;
}

/// A client that a mock server can make. Generated code implements it.
pub trait MockedClient: Sized {
    /// Its builder.
    type Builder;
    /// Its API.
    const API: &'static Api;

    /// Wraps the settings.
    fn of_builder(builder: Builder) -> Self::Builder;

    /// Wraps what the calls share.
    fn of_core(core: Core) -> Self;
}

/// An outcome that a test can give.
pub trait Given: Outcome {
    /// What is given: the value that a call resolves to; of streams, the items.
    type Given;

    /// The case of the outcome, and its content.
    fn write(given: Self::Given) -> (usize, Content);
}

/// Content of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// None.
    Empty,
    /// These bytes.
    Bytes(Bytes),
    /// A JSON text.
    Json(Bytes),
    /// JSON texts in a row, each with a line feed before the next: the media type says how they are
    /// sent.
    Lines(Vec<Vec<u8>>),
    /// A stream that can't be read again.
    Once,
}

impl Content {
    /// JSON.
    pub fn json(value: &dyn Encode) -> Self {
        Self::Json(codec::to_vec(value).into())
    }

    /// Text.
    pub fn text(text: String) -> Self {
        Self::Bytes(text.into())
    }

    /// Bytes.
    pub fn bytes(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }

    /// Server-sent events of JSON: a stream that was given can't be sent.
    pub fn events<T>(_stream: T) -> Self {
        Self::Once
    }

    /// Server-sent events of text; as [`events`](Self::events).
    pub fn text_events<T>(_stream: T) -> Self {
        Self::Once
    }

    /// Server-sent events with their fields; as [`events`](Self::events).
    pub fn whole_events<T>(_stream: T) -> Self {
        Self::Once
    }

    /// JSON texts in a row; as [`events`](Self::events).
    pub fn lines<T>(_stream: T) -> Self {
        Self::Once
    }
}

impl<T: Decode + Encode> Given for Json<T> {
    type Given = T;

    fn write(given: T) -> (usize, Content) {
        (0, Content::json(&given))
    }
}

impl Given for TextBody {
    type Given = String;

    fn write(given: String) -> (usize, Content) {
        (0, Content::text(given))
    }
}

impl Given for BytesBody {
    type Given = Bytes;

    fn write(given: Bytes) -> (usize, Content) {
        (0, Content::Bytes(given))
    }
}

impl Given for StreamBody {
    type Given = Bytes;

    fn write(given: Bytes) -> (usize, Content) {
        (0, Content::Bytes(given))
    }
}

impl Given for Empty {
    type Given = ();

    fn write((): ()) -> (usize, Content) {
        (0, Content::Empty)
    }
}

impl Given for Undocumented {
    type Given = Infallible;

    fn write(given: Infallible) -> (usize, Content) {
        match given {}
    }
}

impl<T: Decode + Encode + 'static> Given for LinesBody<T> {
    type Given = Vec<T>;

    fn write(given: Vec<T>) -> (usize, Content) {
        (0, Content::Lines(given.iter().map(|item| codec::to_vec(item)).collect()))
    }
}

impl<T: Decode + Encode + 'static> Given for EventsBody<T> {
    type Given = Vec<T>;

    fn write(given: Vec<T>) -> (usize, Content) {
        let events = given.iter().map(|item| event(&[("data", &codec::to_vec(item))]));
        (0, Content::Bytes(events.collect::<String>().into()))
    }
}

impl<T: Decode + Encode + 'static> Given for TextEventsBody<T> {
    type Given = Vec<T>;

    fn write(given: Vec<T>) -> (usize, Content) {
        let events =
            given.iter().map(|item| event(&[("data", plain(&codec::to_vec(item)).as_bytes())]));
        (0, Content::Bytes(events.collect::<String>().into()))
    }
}

impl<T: Decode + Encode + 'static> Given for WholeEventsBody<T> {
    type Given = Vec<T>;

    fn write(given: Vec<T>) -> (usize, Content) {
        let events = given.iter().map(|item| {
            let fields = crate::form::properties(&codec::to_vec(item))
                .into_iter()
                .map(|(name, value)| (name, plain(value)))
                .collect::<Vec<_>>();
            let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
            event(&fields.collect::<Vec<_>>())
        });
        (0, Content::Bytes(events.collect::<String>().into()))
    }
}

/// A string of JSON as its text; anything else as it is.
fn plain(json: &[u8]) -> String {
    codec::from_slice::<String>(json).unwrap_or_else(|_| String::from_utf8_lossy(json).into_owned())
}

/// A server-sent event; a line of its own for each line of a field.
fn event(fields: &[(&str, &[u8])]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        for line in String::from_utf8_lossy(value).split('\n') {
            text.push_str(&format!("{name}: {line}\n"));
        }
    }
    text + "\n"
}

/// The credential that clients of a mock server have.
pub(super) fn credential() -> Secret {
    Secret::new("mock-credential")
}
