//! A body that is copied while it is read.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};

use crate::{Body, BoxError};

/// What was read of a body so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Copy(Arc<Mutex<BytesMut>>);

impl Copy {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(Arc::new(Mutex::new(BytesMut::from(bytes))))
    }

    pub(super) fn take(&self) -> Bytes {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *bytes).freeze()
    }

    fn add(&self, chunk: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(chunk);
    }
}

/// Tells of the end of a body.
type Done = Box<dyn FnOnce(Bytes, bool) + Send>;

/// Copies a body; at its end, or when it is dropped, tells what was read and whether it failed.
pub(super) struct Tee {
    body: Body,
    copy: Copy,
    done: Option<Done>,
}

impl Tee {
    pub(super) fn new(body: Body, copy: Copy, done: Option<Done>) -> Self {
        Self { body, copy, done }
    }

    fn finish(&mut self, is_cut: bool) {
        if let Some(done) = self.done.take() {
            done(self.copy.take(), is_cut);
        }
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        self.finish(false);
    }
}

impl http_body::Body for Tee {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        match &frame {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(chunk) = frame.data_ref() {
                    self.copy.add(chunk);
                }
            }
            Poll::Ready(Some(Err(_))) => self.finish(true),
            Poll::Ready(None) => self.finish(false),
            Poll::Pending => {}
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
