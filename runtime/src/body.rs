//! Bodies of requests and replies: bytes, a stream, a file, or several of them in a row.
//!
//! A [`Body`] is what a [`Transport`](crate::Transport) takes and gives. It is an
//! [`http_body::Body`], so it fits hyper, tower and reqwest.

use std::fmt;
#[cfg(feature = "fs")]
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use sync_wrapper::SyncWrapper;

use crate::BoxError;

mod chain;
#[cfg(feature = "fs")]
mod file;
mod held;
mod progress;
mod read;
mod stream;

use chain::Chain;
pub(crate) use progress::Observer;
pub use progress::Progress;
pub(crate) use read::{ReadError, read};
use stream::{Foreign, StreamBody};

/// The body of a request or reply.
///
/// Bytes and files can be sent again when a call is tried again; a stream can't.
pub struct Body(Inner);

enum Inner {
    Bytes(Bytes),
    /// The length is what is left of it, where it is known.
    Stream(SyncWrapper<Pin<Box<dyn Foreign + Send>>>, Option<u64>),
    #[cfg(feature = "fs")]
    File(PathBuf),
    Chain(Chain),
}

impl Body {
    /// A body without content.
    pub const fn empty() -> Self {
        Self(Inner::Bytes(Bytes::new()))
    }

    /// A stream of unknown length, sent in chunks as it comes.
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self::wrap(StreamBody::new(stream, None))
    }

    /// A stream of `length` bytes, sent with `Content-Length`. One that turns out shorter or longer
    /// fails the call.
    pub fn sized_stream<S, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self::wrap(StreamBody::new(stream, Some(length)))
    }

    /// A file, opened when the request is sent and once more when it is tried again. It is sent
    /// with `Content-Length`.
    #[cfg(feature = "fs")]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Inner::File(path.into()))
    }

    /// Any body of the `http-body` crate.
    pub fn wrap<B, E>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes, Error = E> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let length = body.size_hint().exact();
        Self(Inner::Stream(SyncWrapper::new(Box::pin(body)), length))
    }

    /// These bodies one after the other.
    pub(crate) fn chain(bodies: impl IntoIterator<Item = Self>) -> Self {
        match Chain::join(bodies) {
            Ok(chain) => Self(Inner::Chain(chain)),
            Err(bytes) => bytes.into(),
        }
    }

    /// The bytes, unless it is a stream or a file.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Whether it is known to have no content.
    pub(crate) fn is_empty(&self) -> bool {
        self.as_bytes().is_some_and(Bytes::is_empty)
    }

    /// Whether it can be sent more than once.
    pub(crate) fn is_replayable(&self) -> bool {
        match &self.0 {
            Inner::Stream(..) => false,
            Inner::Chain(chain) => chain.is_replayable(),
            _ => true,
        }
    }

    /// The body for one try: files are opened, a stream is handed over and leaves nothing behind.
    pub(crate) async fn for_try(&mut self) -> std::io::Result<Self> {
        match &mut self.0 {
            Inner::Bytes(bytes) => Ok(Self(Inner::Bytes(bytes.clone()))),
            Inner::Stream(..) => Ok(std::mem::take(self)),
            #[cfg(feature = "fs")]
            Inner::File(path) => file::open(path).await.map(Self::wrap),
            Inner::Chain(chain) => Ok(Self(Inner::Chain(chain.for_try().await?))),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

/// Shows the kind and the length, never the content.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Inner::Stream(..) => f.write_str("Body(stream)"),
            #[cfg(feature = "fs")]
            Inner::File(path) => write!(f, "Body(file {})", path.display()),
            Inner::Chain(_) => f.write_str("Body(parts)"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl<const N: usize> From<&'static [u8; N]> for Body {
    fn from(bytes: &'static [u8; N]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Inner::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Stream(body, left) => {
                let frame = body.get_mut().as_mut().poll(context);
                if let (Poll::Ready(Some(Ok(frame))), Some(left)) = (&frame, left) {
                    let length = frame.data_ref().map_or(0, Bytes::len);
                    *left = left.saturating_sub(length as u64);
                }
                frame
            }
            #[cfg(feature = "fs")]
            Inner::File(_) => Poll::Ready(Some(Err("a file has to be opened first".into()))),
            Inner::Chain(chain) => chain.poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.0, Inner::Bytes(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(_, Some(left)) => SizeHint::with_exact(*left),
            Inner::Chain(chain) => chain.size_hint(),
            _ => SizeHint::default(),
        }
    }
}
