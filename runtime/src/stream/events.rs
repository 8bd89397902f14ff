//! Server-sent events, decoded.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::source::Source;
use super::sse::{Events, RawEvent};
use super::{StreamError, Unread};
use crate::codec::{self, Decode, Fault};

/// The text by which some APIs end a stream of JSON events, and which isn't one.
const DONE: &str = "[DONE]";

/// A server-sent event (WHATWG HTML, section 9.2.6).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its name (`event`). Absent where the server states none; browsers call it `message` then.
    pub event: Option<String>,
    /// Its id, where this very event states one. See
    /// [`last_event_id`](EventStream::last_event_id) for the one in force.
    pub id: Option<String>,
    /// How long to wait before a reconnection, where this event says so.
    pub retry: Option<Duration>,
    /// Its data: decoded JSON, or text where the document has a text there. Where the document
    /// describes the event as a whole, it is that.
    pub data: T,
}

/// A reply of server-sent events (`text/event-stream`), read as they come.
///
/// ```
/// # use tenon_runtime::{EventStream, Json, StreamError};
/// # async fn show(mut events: EventStream<Json>) -> Result<(), StreamError> {
/// while let Some(event) = events.next().await {
///     println!("{}", event?.data);
/// }
/// # Ok(())
/// # }
/// ```
///
/// Where data is JSON, an event that consists of `[DONE]` ends the stream. An event that the
/// connection's end cuts off is dropped, as the specification says; when the connection fails, the
/// last item is a [`StreamError::Cut`]. Neither the time limit of a try nor that of the call
/// applies once the stream has begun: put a limit of your own around [`next`](Self::next), which
/// may be dropped and called again.
#[must_use = "a stream does nothing unless it is read"]
pub struct EventStream<T> {
    source: Source<Events>,
    decode: fn(&RawEvent) -> Result<Option<T>, Fault>,
}

impl<T: Decode> EventStream<T> {
    /// Events whose data is JSON.
    pub(crate) fn json(unread: Unread) -> Self {
        Self { source: Source::new(unread, Events::default()), decode: json }
    }

    /// Events whose data is a text, as it stands.
    pub(crate) fn text(unread: Unread) -> Self {
        Self { source: Source::new(unread, Events::default()), decode: text }
    }

    /// Events that are described as objects with their name and data.
    pub(crate) fn whole(unread: Unread) -> Self {
        Self { source: Source::new(unread, Events::default()), decode: whole }
    }
}

fn json<T: Decode>(event: &RawEvent) -> Result<Option<T>, Fault> {
    if event.data == DONE { Ok(None) } else { codec::from_slice(event.data.as_bytes()).map(Some) }
}

/// A type of strings reads its text from JSON, as every type does.
fn text<T: Decode>(event: &RawEvent) -> Result<Option<T>, Fault> {
    codec::from_slice(&codec::to_vec(&event.data)).map(Some)
}

/// An object of the event's fields. Documents describe `data` as the JSON that it holds, or as the
/// text that it is: whichever of the two fits.
fn whole<T: Decode>(event: &RawEvent) -> Result<Option<T>, Fault> {
    let text = codec::to_vec(&event.data);
    let as_text = || codec::from_slice(&object(event, &text));
    match codec::from_slice::<codec::Json>(event.data.as_bytes()) {
        Ok(_) => {
            let fits = codec::from_slice(&object(event, event.data.as_bytes()));
            fits.or_else(|fault| as_text().map_err(|_| fault)).map(Some)
        }
        Err(_) if event.data == DONE => Ok(as_text().ok()),
        Err(_) => as_text().map(Some),
    }
}

fn object(event: &RawEvent, data: &[u8]) -> Vec<u8> {
    let mut json = b"{\"data\":".to_vec();
    json.extend_from_slice(data);
    let retry = event.retry.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
    let event_id = event.id.as_ref().map(|id| codec::to_vec(id));
    let name = event.event.as_ref().map(|name| codec::to_vec(name));
    let retry = retry.map(|wait| codec::to_vec(&wait));
    for (key, value) in [("event", name), ("id", event_id), ("retry", retry)] {
        if let Some(value) = value {
            json.extend_from_slice(format!(",\"{key}\":").as_bytes());
            json.extend(value);
        }
    }
    json.push(b'}');
    json
}

impl<T> EventStream<T> {
    /// The next event; absent at the end of the stream.
    ///
    /// Dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// A [`StreamError`]: the connection failed, or the event is too large or isn't what the
    /// document says.
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The id to resume after: that of the last event which had one, unless a later one took it
    /// back.
    pub fn last_event_id(&self) -> Option<&str> {
        self.source.split.last_id.as_deref()
    }

    /// How long the server last asked to wait before a reconnection (`retry`).
    pub fn retry(&self) -> Option<Duration> {
        self.source.split.retry
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, StreamError>>> {
        let (index, raw) = match ready!(self.source.poll(context)) {
            Some(Ok(item)) => item,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        Poll::Ready(match (self.decode)(&raw) {
            Ok(Some(data)) => {
                Some(Ok(Event { event: raw.event, id: raw.id, retry: raw.retry, data }))
            }
            Ok(None) => {
                self.source.close();
                None
            }
            Err(fault) => Some(Err(StreamError::Decode { index, fault })),
        })
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("last_event_id", &self.last_event_id())
            .finish_non_exhaustive()
    }
}
