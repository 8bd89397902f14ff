//! The error of a call: what failed, at which status, and what the server said.
//!
//! [`Error`] is one pointer wide. Its non-generic part is made by
//! [`execute`](crate::execute); the documented body joins it at the very end. Neither `Display` nor
//! `Debug` shows a credential, a query string or a header value; a body shows in `Debug` only where it
//! is a documented one, decoded.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use crate::codec::{Decode, Fault, Violation};
use crate::op::Operation;
use crate::{BoxError, ReplyHeader};

mod raw;
mod refusal;
mod vendor;

pub(crate) use raw::{Exchange, Failure, RawError, RawReply, status_text, without_query};
pub use refusal::Refusal;
pub use vendor::ErrorFields;
pub(crate) use vendor::request_id;

/// The error of a call whose documented error bodies are `E`.
///
/// ```
/// # use tenon_runtime::Error;
/// # fn handle(error: Error<String>) {
/// match error.documented() {
///     Some(body) => println!("the server refused: {body}"),
///     None if error.is_timeout() => println!("try again later"),
///     None => eprintln!("{error}"),
/// }
/// # }
/// ```
pub struct Error<E> {
    inner: Box<Inner<E>>,
}

struct Inner<E> {
    failure: RawError,
    documented: Option<E>,
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input breaks a documented rule or can't be put into a request. Nothing was sent.
    InvalidInput,
    /// A credential is missing, or a token source failed. Nothing was sent.
    Auth,
    /// A hook refused the request. Nothing was sent.
    Hook,
    /// Its turn under the client's rate limits would come too late. Nothing was sent.
    RateLimit,
    /// A blocking call was made inside of an async task. Nothing was sent.
    Blocking,
    /// No connection, or one that was cut before the reply was complete.
    Connection,
    /// The time for a try or for the whole call ran out.
    Timeout,
    /// The reply is larger than the limit of the client.
    TooLarge,
    /// The server replied with a documented error.
    Documented,
    /// The server replied with a status that the document doesn't list.
    UnexpectedStatus,
    /// The reply has another content type than the document lists for its status.
    UnexpectedContentType,
    /// The body of a documented success isn't what the document says.
    Decode,
    /// The reply doesn't lead to a next page of the list, or not to one that may be read; see
    /// [`PagingError`](crate::PagingError), which is the source.
    Paging,
}

#[cfg(feature = "tracing")]
impl ErrorKind {
    /// A name for traces, in snake case.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::Auth => "auth",
            Self::Hook => "hook",
            Self::RateLimit => "rate_limit",
            Self::Blocking => "blocking",
            Self::Connection => "connection",
            Self::Timeout => "timeout",
            Self::TooLarge => "too_large",
            Self::Documented => "documented",
            Self::UnexpectedStatus => "unexpected_status",
            Self::UnexpectedContentType => "unexpected_content_type",
            Self::Decode => "decode",
            Self::Paging => "paging",
        }
    }
}

impl<E> Error<E> {
    pub(crate) fn new(failure: RawError, documented: Option<E>) -> Self {
        let inner = Box::new(Inner { failure, documented });
        Self { inner }
    }

    fn failure(&self) -> &Failure {
        &self.inner.failure.0
    }

    /// The documented error body. Absent when the server sent none, when the document doesn't list
    /// the status, or when the body isn't what the document says; see
    /// [`source`](std::error::Error::source) for the last.
    pub fn documented(&self) -> Option<&E> {
        self.inner.documented.as_ref()
    }

    /// The documented error body by value.
    pub fn into_documented(self) -> Option<E> {
        self.inner.documented
    }

    /// The same error with another type of documented body.
    pub fn map<F>(self, convert: impl FnOnce(E) -> F) -> Error<F> {
        let Inner { failure, documented } = *self.inner;
        Error::new(failure, documented.map(convert))
    }

    /// What failed.
    pub fn kind(&self) -> ErrorKind {
        self.failure().kind
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.failure().exchange.operation
    }

    /// Status of the reply, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.failure().exchange.status
    }

    /// Headers of the reply; none without a reply.
    pub fn headers(&self) -> &HeaderMap {
        &self.failure().exchange.headers
    }

    /// A documented header of the reply, decoded; absent when the reply has none, or when there is
    /// no reply. The constants of an API are in its module `headers`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when the header isn't what the document says.
    pub fn header<H: Decode>(&self, header: ReplyHeader<H>) -> Result<Option<H>, Fault> {
        header.read(self.headers())
    }

    /// Body of the reply, if it was read whole.
    pub fn body(&self) -> Option<&[u8]> {
        self.failure().exchange.body.as_deref()
    }

    /// The vendor's code for the error, where the document marks its place (`x-error-code`) and the
    /// reply has a text or number there.
    pub fn code(&self) -> Option<&str> {
        self.failure().said().code.as_deref()
    }

    /// The vendor's words for the error, where the document marks their place (`x-error-message`):
    /// one line, shortened to 300 characters.
    pub fn message(&self) -> Option<&str> {
        self.failure().said().message.as_deref()
    }

    /// The id under which the vendor finds the request: the header that the document names
    /// (`x-request-id-header`), else one of the usual ones, such as `x-request-id` and `cf-ray`.
    pub fn request_id(&self) -> Option<&str> {
        self.failure().exchange.request_id()
    }

    /// Number of times that the request was sent.
    pub fn attempts(&self) -> u32 {
        self.failure().exchange.attempts
    }

    /// Documented rules that the input breaks.
    pub fn violations(&self) -> &[Violation] {
        &self.failure().violations
    }

    /// The time for a try or for the whole call ran out.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// There was no connection, or it was cut before the reply was complete.
    pub fn is_connection(&self) -> bool {
        self.kind() == ErrorKind::Connection
    }

    /// The input breaks a rule or can't be put into a request; nothing was sent.
    pub fn is_invalid_input(&self) -> bool {
        self.kind() == ErrorKind::InvalidInput
    }

    /// The reply isn't what the document says: its body, or its content type.
    pub fn is_decode(&self) -> bool {
        matches!(self.kind(), ErrorKind::Decode | ErrorKind::UnexpectedContentType)
    }

    /// The credentials were missing, couldn't be fetched, or the server replied 401.
    pub fn is_unauthorized(&self) -> bool {
        self.kind() == ErrorKind::Auth || self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// The vendor refused the call because there were too many (status 429), or the client's own
    /// rate limits did.
    pub fn is_rate_limited(&self) -> bool {
        self.kind() == ErrorKind::RateLimit || self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The same call may succeed later, and is safe to repeat: the connection, the time or a status
    /// such as 503 was at fault, and the request is idempotent, has an idempotency key, or never
    /// left.
    pub fn is_retryable(&self) -> bool {
        self.failure().retryable
    }

    /// Why the authorization server gave no token, if that is what failed.
    #[cfg(feature = "oauth2")]
    pub fn oauth(&self) -> Option<&crate::OAuthError> {
        let failed = self.failure().source.as_ref()?.source()?;
        failed.downcast_ref()
    }

    /// The wait that the server asked for in `Retry-After` (RFC 9110, section 10.2.3), the
    /// authorization server included, or the one that the client's rate limits would take.
    pub fn retry_after(&self) -> Option<Duration> {
        if let Some(wait) = self.failure().wait {
            return Some(wait);
        }
        crate::retry::retry_after(self.headers(), SystemTime::now())
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure().fmt(f)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failure = self.failure();
        f.debug_struct("Error")
            .field("kind", &failure.kind)
            .field("message", &format_args!("{failure}"))
            .field("documented", &self.inner.documented)
            .field("body_length", &self.body().map(<[u8]>::len))
            .field("source", &failure.source)
            .finish()
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        failure_source(self.failure().source.as_ref())
    }
}

fn failure_source(source: Option<&BoxError>) -> Option<&(dyn std::error::Error + 'static)> {
    source.map(|source| &**source as &(dyn std::error::Error + 'static))
}
