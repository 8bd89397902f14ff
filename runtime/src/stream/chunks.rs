//! Bytes as they come.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::source::poll_chunk;
use super::{StreamError, Unread};
use crate::Body;

/// A reply of bytes, read as they come instead of collected; made by `stream()` of a call.
///
/// ```
/// # use tenon_runtime::{ByteStream, StreamError};
/// # async fn count(mut bytes: ByteStream) -> Result<usize, StreamError> {
/// let mut length = 0;
/// while let Some(chunk) = bytes.next().await {
///     length += chunk?.len();
/// }
/// # Ok(length)
/// # }
/// ```
///
/// Neither the client's limit of a reply's size nor a time limit applies once it has begun.
#[must_use = "a stream does nothing unless it is read"]
pub struct ByteStream {
    body: Body,
    received: u64,
}

impl ByteStream {
    pub(crate) fn new(unread: Unread) -> Self {
        Self { body: unread.body, received: 0 }
    }

    /// The next chunk; absent at the end of the reply.
    ///
    /// # Errors
    ///
    /// [`StreamError::Cut`] when the connection fails before the reply is complete.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamError>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// What is left of it as the body of a request or of the `http-body` crate.
    pub fn into_body(self) -> Body {
        self.body
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, StreamError>>> {
        let Some(chunk) = ready!(poll_chunk(&mut self.body, context)) else {
            return Poll::Ready(None);
        };
        let received = self.received;
        Poll::Ready(Some(match chunk {
            Ok(chunk) => {
                self.received += 1;
                Ok(chunk)
            }
            Err(source) => {
                self.body = Body::empty();
                Err(StreamError::Cut { received, source })
            }
        }))
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").finish_non_exhaustive()
    }
}
