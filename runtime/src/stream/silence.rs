//! The longest silence of a stream: a connection that is half open says nothing for ever.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};

/// Watches how long nothing comes.
pub(super) struct Silence {
    limit: Duration,
    timer: Pin<Box<Sleep>>,
    /// Chunks that had come when the timer was set; absent while the reader doesn't wait.
    chunks: Option<u64>,
}

impl Silence {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, timer: Box::pin(sleep(limit)), chunks: None }
    }

    /// The reader has what it waited for: the time that it takes with it doesn't count.
    pub(super) fn stop(&mut self) {
        self.chunks = None;
    }

    /// Whether nothing has come for too long, now that so many chunks have.
    pub(super) fn is_too_long(&mut self, chunks: u64, context: &mut Context<'_>) -> bool {
        // A limit beyond what the clock knows is none.
        if self.chunks.replace(chunks) != Some(chunks)
            && let Some(end) = Instant::now().checked_add(self.limit)
        {
            self.timer.as_mut().reset(end);
        }
        matches!(self.timer.as_mut().poll(context), Poll::Ready(()))
    }
}
