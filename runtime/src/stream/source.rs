//! The chunks of a body, and what is counted while they come.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http_body::Body as _;

use super::{StreamError, Unread};
use crate::BoxError;

/// Cuts bytes into raw items. It knows of no connection.
pub(super) trait Split {
    /// A raw item.
    type Item;

    /// Takes bytes off the front of `chunk`, up to the end of an item or of the chunk.
    fn take(&mut self, chunk: &mut Bytes) -> Option<Self::Item>;

    /// What is left when the body has come to its end.
    fn rest(&mut self) -> Option<Self::Item>;

    /// Bytes of the item that isn't complete yet.
    fn pending(&self) -> usize;

    /// Bytes of an item.
    fn size(item: &Self::Item) -> usize;
}

/// An item and its position, or why there is none.
type Positioned<I> = Result<(u64, I), StreamError>;

/// The raw items of a body.
pub(super) struct Source<S> {
    unread: Unread,
    chunk: Bytes,
    pub(super) split: S,
    /// Items given out.
    received: u64,
    /// Chunks taken in.
    chunks: u64,
    is_over: bool,
}

impl<S: Split> Source<S> {
    pub(super) fn new(unread: Unread, split: S) -> Self {
        Self { unread, chunk: Bytes::new(), split, received: 0, chunks: 0, is_over: false }
    }

    /// Goes on with the body of another connection.
    pub(super) fn resume(&mut self, unread: Unread) {
        self.unread = unread;
        self.is_over = false;
    }

    /// Items given out.
    pub(super) fn received(&self) -> u64 {
        self.received
    }

    /// Chunks taken in: anything that came, also what is no item.
    pub(super) fn chunks(&self) -> u64 {
        self.chunks
    }

    /// Ends the stream, whatever else comes.
    pub(super) fn close(&mut self) {
        self.is_over = true;
        self.chunk.clear();
        self.unread.body = crate::Body::empty();
    }

    /// The next raw item with its position.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Positioned<S::Item>>> {
        while !self.is_over {
            let item = self.split.take(&mut self.chunk);
            let size = item.as_ref().map_or_else(|| self.split.pending(), S::size);
            if size as u64 > self.unread.limit {
                return Poll::Ready(Some(Err(self.too_large())));
            }
            if let Some(item) = item {
                return Poll::Ready(self.give(item));
            }
            match ready!(poll_chunk(&mut self.unread.body, context)) {
                Some(Ok(chunk)) => {
                    self.chunk = chunk;
                    self.chunks += 1;
                }
                Some(Err(source)) => {
                    self.close();
                    let received = self.received;
                    return Poll::Ready(Some(Err(StreamError::Cut { received, source })));
                }
                None => {
                    self.close();
                    let rest = self.split.rest();
                    return Poll::Ready(rest.and_then(|item| self.give(item)));
                }
            }
        }
        Poll::Ready(None)
    }

    fn give(&mut self, item: S::Item) -> Option<Positioned<S::Item>> {
        let index = self.received;
        self.received += 1;
        Some(Ok((index, item)))
    }

    fn too_large(&mut self) -> StreamError {
        self.close();
        StreamError::TooLarge { index: self.received, limit: self.unread.limit }
    }
}

/// The next chunk that isn't empty.
pub(super) fn poll_chunk(
    body: &mut crate::Body,
    context: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, BoxError>>> {
    loop {
        let Some(frame) = ready!(Pin::new(&mut *body).poll_frame(context)) else {
            return Poll::Ready(None);
        };
        match frame.map(http_body::Frame::into_data) {
            Ok(Ok(chunk)) if chunk.has_remaining() => return Poll::Ready(Some(Ok(chunk))),
            // Trailers and empty chunks hold nothing.
            Ok(_) => {}
            Err(error) => return Poll::Ready(Some(Err(error))),
        }
    }
}
