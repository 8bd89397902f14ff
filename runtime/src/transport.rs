//! The transport: what carries a request to the server and brings the reply back.
//!
//! It is an object, so it adds nothing to the compile time of calls. It sees finished requests
//! only: it doesn't follow redirects, doesn't try again and keeps no time, as the rest of the
//! crate does that or leaves it to the caller.

use std::fmt;
use std::pin::Pin;

use crate::{Body, BoxError};

#[cfg(feature = "hyper")]
mod coding;
#[cfg(feature = "hyper")]
mod connector;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "hyper")]
mod tls;

#[cfg(feature = "tower")]
pub mod tower;

#[cfg(feature = "hyper")]
pub(crate) use self::hyper::Connection;
#[cfg(all(feature = "hyper", any(feature = "mock", feature = "oauth2", feature = "tower")))]
pub(crate) use self::hyper::built_in;
#[cfg(feature = "reqwest")]
pub(crate) use self::reqwest::ReqwestTransport;

/// A boxed future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests to servers.
///
/// ```
/// use tenon_runtime::{Body, BoxFuture, Transport, TransportError};
///
/// /// Replies 204 to everything.
/// struct Quiet;
///
/// impl Transport for Quiet {
///     fn send(
///         &self,
///         _request: http::Request<Body>,
///     ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
///         Box::pin(async {
///             let mut reply = http::Response::new(Body::empty());
///             *reply.status_mut() = http::StatusCode::NO_CONTENT;
///             Ok(reply)
///         })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request with an absolute address, and resolves when the head of the reply is there.
    /// The address has to reach the wire byte by byte as it is. Dropping the future cancels the
    /// request.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// Why a transport couldn't bring a reply.
#[derive(Debug, thiserror::Error)]
#[error("{}", .kind)]
pub struct TransportError {
    kind: Kind,
    source: BoxError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Connect,
    Interrupted,
    Refused,
}

impl TransportError {
    /// There was no connection, so nothing was sent. Such a request may be sent again, whatever it
    /// does: say this only where not a byte of it has left.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Self { kind: Kind::Connect, source }
    }

    /// The exchange failed on the way; the server may have acted on the request.
    pub fn interrupted(source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Self { kind: Kind::Interrupted, source }
    }

    /// The transport can't send such a request at all; trying again is of no use.
    pub fn refused(source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Self { kind: Kind::Refused, source }
    }

    /// There was no connection, so nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.kind == Kind::Connect
    }

    /// The transport can't send such a request at all.
    pub fn is_refused(&self) -> bool {
        self.kind == Kind::Refused
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "can't connect",
            Self::Interrupted => "the connection failed before the reply was complete",
            Self::Refused => "the transport can't send this request",
        })
    }
}
