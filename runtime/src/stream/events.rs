//! Server-sent events, decoded.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::reconnect::{Reconnect, failed};
use super::silence::Silence;
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
/// Where data is JSON, an event that consists of `[DONE]` ends the stream, and one without data is
/// passed over: servers show by it that they are alive. An event that the connection's end cuts off
/// is dropped, as the specification says; when the connection fails, the last item is a
/// [`StreamError::Cut`], unless it is to [`reconnect`](Self::reconnect). Neither the time limit of a
/// try nor that of the call applies once the stream has begun: put a limit of your own around
/// [`next`](Self::next), which may be dropped and called again.
#[must_use = "a stream does nothing unless it is read"]
pub struct EventStream<T> {
    source: Source<Events>,
    decode: fn(&RawEvent) -> Result<Option<T>, Fault>,
    reconnect: Reconnect,
    /// The reader asked for reconnections, and the stream isn't over for good.
    reconnects: bool,
    silence: Option<Silence>,
}

/// An event and its position, or why there is none.
type Positioned = Result<(u64, RawEvent), StreamError>;

impl<T: Decode> EventStream<T> {
    /// Events whose data is JSON.
    pub(crate) fn json(unread: Unread) -> Self {
        Self::new(unread, json)
    }

    /// Events whose data is a text, as it stands.
    pub(crate) fn text(unread: Unread) -> Self {
        Self::new(unread, text)
    }

    /// Events that are described as objects with their name and data.
    pub(crate) fn whole(unread: Unread) -> Self {
        Self::new(unread, whole)
    }

    fn new(mut unread: Unread, decode: fn(&RawEvent) -> Result<Option<T>, Fault>) -> Self {
        let reconnect = Reconnect::new(unread.again.take());
        let events = Events::after(unread.last_event_id.take());
        let source = Source::new(unread, events);
        Self { source, decode, reconnect, reconnects: false, silence: None }
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
    /// Goes on after the connection is lost or the server ends it, as browsers do (WHATWG HTML,
    /// section 9.2.3): the request is sent once more with the id of the last event in
    /// `Last-Event-ID`, after the wait that the server asked for last (`retry`), or three seconds.
    /// An event that was cut off comes again, whole, from a server that heeds the id.
    ///
    /// The stream ends when the server replies 204, or with `[DONE]` where that ends it. It ends
    /// with [`StreamError::Reconnect`] where the request fails, after the tries that the call's
    /// [`RetryPolicy`](crate::RetryPolicy) allows, or where the reply isn't a stream of events.
    ///
    /// A request that may act twice isn't sent twice: without an idempotency key, the stream of a
    /// `POST` ends where it ends without this.
    pub fn reconnect(mut self) -> Self {
        self.reconnects = true;
        self
    }

    /// Takes a connection for lost on which nothing came for so long: no event, and no comment, by
    /// which servers show that they are alive. There is no such limit by default. What counts is the
    /// time while an event is waited for.
    pub fn max_silence(mut self, limit: Duration) -> Self {
        self.silence = Some(Silence::new(limit));
        self
    }

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
    /// back; at first the one that the request had in `Last-Event-ID`.
    pub fn last_event_id(&self) -> Option<&str> {
        self.source.split.last_id.as_deref()
    }

    /// How long the server last asked to wait before a reconnection (`retry`).
    pub fn retry(&self) -> Option<Duration> {
        self.source.split.retry
    }

    /// The next raw event, of this connection or of one that comes after it.
    fn poll_raw(&mut self, context: &mut Context<'_>) -> Poll<Option<Positioned>> {
        loop {
            let last_id = self.source.split.last_id.as_deref();
            match ready!(self.reconnect.poll(context, last_id)) {
                Some(Ok(Some(unread))) => self.resume(unread),
                Some(Ok(None)) => self.reconnects = false,
                Some(Err(source)) => {
                    self.reconnects = false;
                    return Poll::Ready(Some(Err(failed(self.source.received(), source))));
                }
                None => {}
            }
            match ready!(self.poll_source(context)) {
                None | Some(Err(StreamError::Cut { .. }))
                    if self.reconnects && self.reconnect.is_possible() =>
                {
                    self.reconnect.begin(self.retry());
                }
                item => return Poll::Ready(item),
            }
        }
    }

    /// Goes on with a new connection.
    fn resume(&mut self, unread: Unread) {
        self.source.split.restart();
        self.source.resume(unread);
    }

    /// The next raw event of this connection, unless it is silent for too long.
    fn poll_source(&mut self, context: &mut Context<'_>) -> Poll<Option<Positioned>> {
        let item = self.source.poll(context);
        let Some(silence) = &mut self.silence else { return item };
        if item.is_ready() {
            silence.stop();
        } else if silence.is_too_long(self.source.chunks(), context) {
            self.source.close();
            let received = self.source.received();
            let source = "the server said nothing for too long".into();
            return Poll::Ready(Some(Err(StreamError::Cut { received, source })));
        }
        item
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, StreamError>>> {
        loop {
            let (index, raw) = match ready!(self.poll_raw(context)) {
                Some(Ok(item)) => item,
                Some(Err(error)) => {
                    self.reconnects = false;
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(None),
            };
            return Poll::Ready(match (self.decode)(&raw) {
                Ok(Some(data)) => {
                    Some(Ok(Event { event: raw.event, id: raw.id, retry: raw.retry, data }))
                }
                Ok(None) => {
                    self.source.close();
                    self.reconnects = false;
                    None
                }
                // No JSON is blank: the server shows that it is alive.
                Err(_) if raw.data.trim().is_empty() => continue,
                Err(fault) => Some(Err(StreamError::Decode { index, fault })),
            });
        }
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
