//! JSON texts in a row, decoded.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::source::Source;
use super::texts::Texts;
use super::{StreamError, Unread};
use crate::codec::{self, Decode, Fault};

/// A reply of JSON texts, read as they come: NDJSON and JSON Lines (`application/x-ndjson`,
/// `application/jsonl`), and `application/json-seq` (RFC 7464).
///
/// ```
/// # use tenon_runtime::{Json, LineStream, StreamError};
/// # async fn show(mut lines: LineStream<Json>) -> Result<(), StreamError> {
/// while let Some(line) = lines.next().await {
///     println!("{}", line?);
/// }
/// # Ok(())
/// # }
/// ```
///
/// Blank lines are left out, and the last line needs no line feed. Neither the time limit of a try
/// nor that of the call applies once the stream has begun: put a limit of your own around
/// [`next`](Self::next), which may be dropped and called again.
#[must_use = "a stream does nothing unless it is read"]
pub struct LineStream<T> {
    source: Source<Texts>,
    decode: fn(&[u8]) -> Result<T, Fault>,
}

impl<T: Decode> LineStream<T> {
    pub(crate) fn new(unread: Unread) -> Self {
        Self { source: Source::new(unread, Texts::default()), decode: codec::from_slice }
    }
}

impl<T> LineStream<T> {
    /// The next value; absent at the end of the stream.
    ///
    /// Dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// A [`StreamError`]: the connection failed, or the line is too large or isn't what the
    /// document says.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, StreamError>>> {
        let item = ready!(self.source.poll(context)).map(|item| {
            let (index, line) = item?;
            (self.decode)(&line).map_err(|fault| StreamError::Decode { index, fault })
        });
        Poll::Ready(item)
    }
}

impl<T> Stream for LineStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T> fmt::Debug for LineStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineStream").finish_non_exhaustive()
    }
}
