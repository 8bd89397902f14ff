//! A body that keeps room for itself until it is read or dropped.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::OwnedSemaphorePermit;

use super::Body;
use crate::BoxError;

impl Body {
    /// The same body, holding this until its end.
    pub(crate) fn holding(self, permit: Option<OwnedSemaphorePermit>) -> Self {
        if permit.is_none() {
            return self;
        }
        Self::wrap(Held { body: self, permit })
    }
}

struct Held {
    body: Body,
    permit: Option<OwnedSemaphorePermit>,
}

impl http_body::Body for Held {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if !matches!(frame, Some(Ok(_))) {
            self.permit = None;
        }
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
