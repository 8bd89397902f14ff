//! What goes wrong with an answer.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::BoxError;

/// What goes wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is reset (TCP `RST`) when the request is there, in place of an answer.
    Reset,
    /// The head of the answer and so many bytes of its body, then the end of the connection.
    Truncated(usize),
    /// The body comes at this rate.
    Slow {
        /// Bytes of the body in a second; 0 counts as 1.
        bytes_per_second: u32,
    },
    /// No answer at all, on a connection that stays open.
    Silent,
}

/// Chunks that a slow body has in a second.
const TICKS: u32 = 20;

/// The body of an answer, with its fault.
pub(super) struct Faulty {
    left: Bytes,
    mode: Mode,
}

enum Mode {
    Whole,
    /// The length that is announced, and where the body stands.
    Cut {
        announced: u64,
        is_flushed: bool,
    },
    Slow {
        chunk: usize,
        pause: Duration,
        sleep: Option<Pin<Box<Sleep>>>,
    },
}

impl Faulty {
    pub(super) fn new(body: Bytes, fault: Option<Fault>) -> Self {
        match fault {
            Some(Fault::Truncated(length)) => {
                let announced = body.len() as u64;
                let left = body.slice(..length.min(body.len()));
                // A body that isn't longer is cut all the same: its end is announced further on.
                let announced = announced.max(left.len() as u64 + 1);
                Self { left, mode: Mode::Cut { announced, is_flushed: false } }
            }
            Some(Fault::Slow { bytes_per_second }) => {
                let rate = bytes_per_second.max(1);
                let chunk = (rate / TICKS).max(1);
                let pause = Duration::from_secs_f64(f64::from(chunk) / f64::from(rate));
                let chunk = usize::try_from(chunk).unwrap_or(usize::MAX);
                Self { left: body, mode: Mode::Slow { chunk, pause, sleep: None } }
            }
            Some(Fault::Reset | Fault::Silent) | None => Self { left: body, mode: Mode::Whole },
        }
    }
}

impl http_body::Body for Faulty {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Self { left, mode } = &mut *self;
        match mode {
            Mode::Whole if left.is_empty() => Poll::Ready(None),
            Mode::Whole => Poll::Ready(Some(Ok(Frame::data(std::mem::take(left))))),
            Mode::Cut { .. } if !left.is_empty() => {
                Poll::Ready(Some(Ok(Frame::data(std::mem::take(left)))))
            }
            // What was given has to reach the socket before the connection ends.
            Mode::Cut { is_flushed, .. } if !*is_flushed => {
                *is_flushed = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Mode::Cut { .. } => Poll::Ready(Some(Err("the answer is cut here".into()))),
            Mode::Slow { .. } if left.is_empty() => Poll::Ready(None),
            Mode::Slow { chunk, pause, sleep: timer } => {
                let timer = timer.get_or_insert_with(|| Box::pin(sleep(*pause)));
                if timer.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                timer.set(sleep(*pause));
                let length = (*chunk).min(left.len());
                Poll::Ready(Some(Ok(Frame::data(left.split_to(length)))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        !matches!(self.mode, Mode::Cut { .. }) && self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        match self.mode {
            Mode::Cut { announced, .. } => SizeHint::with_exact(announced),
            Mode::Whole | Mode::Slow { .. } => SizeHint::with_exact(self.left.len() as u64),
        }
    }
}
