//! Bodies one after the other, as one.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame, SizeHint};

use super::Body;
use crate::BoxError;

/// Bodies that are sent in their order.
pub(super) struct Chain(VecDeque<Body>);

impl Chain {
    /// A chain of these, neighbouring bytes joined; or the bytes, when there is nothing else.
    pub(super) fn join(bodies: impl IntoIterator<Item = Body>) -> Result<Self, Bytes> {
        let (mut chain, mut open) = (VecDeque::new(), BytesMut::new());
        for body in bodies {
            match body.as_bytes() {
                Some(bytes) => open.extend_from_slice(bytes),
                None => {
                    chain.push_back(open.split().freeze().into());
                    chain.push_back(body);
                }
            }
        }
        if chain.is_empty() {
            return Err(open.freeze());
        }
        chain.push_back(open.freeze().into());
        Ok(Self(chain))
    }

    pub(super) fn is_replayable(&self) -> bool {
        self.0.iter().all(Body::is_replayable)
    }

    /// The chain for one try.
    pub(super) async fn for_try(&mut self) -> std::io::Result<Self> {
        let mut chain = VecDeque::with_capacity(self.0.len());
        for body in &mut self.0 {
            chain.push_back(Box::pin(body.for_try()).await?);
        }
        Ok(Self(chain))
    }

    pub(super) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while let Some(body) = self.0.front_mut() {
            match Pin::new(body).poll_frame(context) {
                Poll::Ready(None) => self.0.pop_front(),
                frame => return frame,
            };
        }
        Poll::Ready(None)
    }

    /// The length is known if that of each body is.
    pub(super) fn size_hint(&self) -> SizeHint {
        let lengths = self.0.iter().map(|body| body.size_hint().exact());
        let total = lengths.reduce(|sum, length| sum?.checked_add(length?));
        total.flatten().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
