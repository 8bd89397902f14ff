//! How far a body has come, told while it is sent or read.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use super::Body;
use crate::BoxError;

/// Bytes that are told of at once: a body in memory is told of in steps too.
const STEP: usize = 64 * 1024;

/// How far a body has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes so far. Each try begins at zero.
    pub bytes: u64,
    /// Bytes of the whole body, where they are known: those of files and of everything in memory;
    /// of a reply, where the server says so and the reply isn't compressed.
    pub total: Option<u64>,
}

/// Who is told.
pub(crate) type Observer = Arc<dyn Fn(Progress) + Send + Sync>;

impl Body {
    /// The same body, which tells how far it has come.
    pub(crate) fn observed(self, observer: Observer) -> Self {
        if self.is_empty() {
            return self;
        }
        let progress = Progress { bytes: 0, total: self.size_hint().exact() };
        Self::wrap(Observed { body: self, ready: Bytes::new(), observer, progress })
    }
}

/// A body whose chunks are counted when they are taken.
struct Observed {
    body: Body,
    /// What is left of a chunk of more than one step.
    ready: Bytes,
    observer: Observer,
    progress: Progress,
}

impl http_body::Body for Observed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.ready.is_empty() {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(chunk))) => self.ready = chunk,
                Some(Ok(Err(other))) => return Poll::Ready(Some(Ok(other))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let step = self.ready.len().min(STEP);
        let chunk = self.ready.split_to(step);
        self.progress.bytes += chunk.len() as u64;
        (self.observer)(self.progress);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn size_hint(&self) -> SizeHint {
        let left = self.progress.total.map(|total| total.saturating_sub(self.progress.bytes));
        left.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
