//! Reconnection of server-sent events (WHATWG HTML, section 9.2.3).
//!
//! A stream that came to its end is asked for once more, with the id of the last event. The request
//! is made elsewhere: all that is known here is [`Again`].

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::StatusCode;
use sync_wrapper::SyncWrapper;
use tokio::time::{Sleep, sleep};

use super::{StreamError, Unread};
use crate::BoxFuture;
use crate::error::{Error, RawError, RawReply};
use crate::op::{Content, Undocumented};

/// The wait before a reconnection where the server asks for none.
const WAIT: Duration = Duration::from_secs(3);

/// Sends the request of a stream once more. Only what may be sent twice has one.
pub(crate) trait Again: Send + Sync {
    /// The stream that goes on after the event of this id.
    fn again(
        self: Box<Self>,
        last_event_id: Option<String>,
    ) -> BoxFuture<'static, Result<RawReply, RawError>>;
}

/// The way back to an open stream.
pub(super) struct Reconnect {
    again: Option<Box<dyn Again>>,
    step: Step,
}

enum Step {
    Idle,
    Waiting(Pin<Box<Sleep>>),
    Connecting(SyncWrapper<BoxFuture<'static, Result<RawReply, RawError>>>),
}

impl Reconnect {
    pub(super) fn new(again: Option<Box<dyn Again>>) -> Self {
        Self { again, step: Step::Idle }
    }

    /// A connection that ended can be made anew.
    pub(super) fn is_possible(&self) -> bool {
        self.again.is_some()
    }

    /// The connection is lost: waits as long as the server asked.
    pub(super) fn begin(&mut self, wait: Option<Duration>) {
        self.step = Step::Waiting(Box::pin(sleep(wait.unwrap_or(WAIT))));
    }

    /// The body of the new connection, once it is there; nothing where the server says that there is
    /// no more (204), and `Ready(None)` at once where none was begun.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        last_event_id: Option<&str>,
    ) -> Poll<Option<Result<Option<Unread>, crate::BoxError>>> {
        loop {
            match &mut self.step {
                Step::Idle => return Poll::Ready(None),
                Step::Waiting(wait) => {
                    ready!(wait.as_mut().poll(context));
                    let Some(again) = self.again.take() else { return Poll::Ready(Some(Ok(None))) };
                    let future = again.again(last_event_id.map(str::to_owned));
                    self.step = Step::Connecting(SyncWrapper::new(future));
                }
                Step::Connecting(future) => {
                    let result = ready!(future.get_mut().as_mut().poll(context));
                    self.step = Step::Idle;
                    return Poll::Ready(Some(opened(result).map(|unread| {
                        let mut unread = unread?;
                        self.again = unread.again.take();
                        Some(unread)
                    })));
                }
            }
        }
    }
}

/// The events of a new connection. A reply that is anything else fails the stream.
fn opened(result: Result<RawReply, RawError>) -> Result<Option<Unread>, crate::BoxError> {
    let mut reply = result.map_err(|error| Error::<Undocumented>::new(error, None))?;
    if reply.exchange.status == Some(StatusCode::NO_CONTENT) {
        return Ok(None);
    }
    if reply.response.failure {
        return Err(Error::<Undocumented>::new(reply.refused(None), None).into());
    }
    match reply.exchange.unread.take() {
        Some(unread) if reply.response.content == Content::Events => Ok(Some(unread)),
        _ => Err("the reply isn't a stream of events".into()),
    }
}

/// What a stream tells when its connection couldn't be made anew.
pub(super) fn failed(received: u64, source: crate::BoxError) -> StreamError {
    StreamError::Reconnect { received, source }
}
