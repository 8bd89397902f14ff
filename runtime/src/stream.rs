//! Replies that are read while they come: server-sent events, JSON lines, bytes.
//!
//! In goes the body of a reply whose head has been matched to the document, out come its items one
//! by one. What they share is not generic: bytes become raw items here, and only decoding knows a
//! type. A stream isn't tried again once it has begun, unless its reader asks for that, and no time
//! limit of the call cuts it.

mod chunks;
mod error;
mod events;
mod lines;
mod reconnect;
mod silence;
mod source;
mod sse;
mod texts;

pub use chunks::ByteStream;
pub use error::StreamError;
pub use events::{Event, EventStream};
pub use lines::LineStream;
pub(crate) use reconnect::Again;

use crate::Body;

/// A body that hasn't been read, and the most bytes that one item of it may have.
pub(crate) struct Unread {
    pub(crate) body: Body,
    pub(crate) limit: u64,
    /// How to ask for it once more, where that is safe and of use.
    pub(crate) again: Option<Box<dyn Again>>,
    /// The id after which it was asked for.
    pub(crate) last_event_id: Option<String>,
}

impl Unread {
    pub(crate) fn new(body: Body, limit: u64) -> Self {
        Self { body, limit, again: None, last_event_id: None }
    }
}
