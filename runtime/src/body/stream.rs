//! Streams and foreign bodies in the shape of [`Body`](super::Body).

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use crate::BoxError;

/// A stream as a body; with a length, it holds the stream to it.
pub(super) struct StreamBody<S> {
    stream: Pin<Box<S>>,
    left: Option<u64>,
}

impl<S> StreamBody<S> {
    pub(super) fn new(stream: S, length: Option<u64>) -> Self {
        let stream = Box::pin(stream);
        Self { stream, left: length }
    }
}

/// Takes `length` off what is left.
fn take(left: &mut Option<u64>, length: usize) -> Result<(), BoxError> {
    let Some(left) = left else { return Ok(()) };
    match left.checked_sub(length as u64) {
        Some(rest) => *left = rest,
        None => return Err("the stream is longer than its declared length".into()),
    }
    Ok(())
}

impl<S, E> http_body::Body for StreamBody<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let result = match ready!(self.stream.as_mut().poll_next(context)) {
            Some(Ok(chunk)) => take(&mut self.left, chunk.len()).map(|()| Frame::data(chunk)),
            Some(Err(error)) => Err(error.into()),
            None if self.left.is_some_and(|left| left > 0) => {
                Err("the stream is shorter than its declared length".into())
            }
            None => return Poll::Ready(None),
        };
        Poll::Ready(Some(result))
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Any body, as an object: what it fails with is boxed.
pub(super) trait Foreign {
    fn poll(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>>;
}

impl<B> Foreign for B
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    fn poll(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.poll_frame(context).map_err(Into::into)
    }
}
