//! One try: credentials, hooks, the transport, and the reply's body.

use std::pin::pin;

use http::header::CONTENT_LENGTH;
use http::{Method, StatusCode};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};

use super::prepare::copied;
use super::{Run, dispatch, target, trace};
use crate::auth::{AuthError, Grants, Told, obtain};
use crate::body::{self, ReadError};
use crate::error::{Exchange, RawError, Refusal};
use crate::hook::HookContext;
use crate::rate::{Limiter, Paused, TooLong};
use crate::stream::Unread;
use crate::{Body, BoxError, ErrorKind, TransportError};

/// Why a try has no reply.
pub(super) enum Failed {
    /// Its turn under the client's rate limits would come too late.
    RateLimit(TooLong),
    /// The server asked for a pause that is too long for the call.
    Paused(Paused),
    /// Too many other requests were on their way for too long.
    NoSlot,
    Auth(AuthError),
    /// A token source took too long.
    NoToken,
    Hook(BoxError),
    Refused(Refusal),
    /// The body can't be opened.
    Body(std::io::Error),
    Transport(TransportError),
    /// The body of the reply didn't come to its end.
    Cut(BoxError),
    TooLarge(u64),
    Timeout {
        is_total: bool,
    },
}

/// Runs a future up to a moment, if there is one. It is held twice meanwhile: of a large one, a pinned
/// reference is given.
async fn until<F: Future>(limit: Option<Instant>, future: F) -> Option<F::Output> {
    match limit {
        Some(limit) => timeout_at(limit, future).await.ok(),
        None => Some(future.await),
    }
}

impl Run {
    /// Makes a try. The reply is put into the exchange; the credentials it was made with come back.
    pub(super) async fn attempt(&mut self) -> Result<Grants, Failed> {
        self.exchange.status = None;
        self.exchange.headers.clear();
        self.exchange.body = None;
        self.exchange.unread = None;
        self.exchange.version = None;
        let slot = self.slot().await?;
        self.turn().await?;
        let grants = self.grants().await?;
        let span = trace::attempt(&self.exchange, &self.request.method);
        let result = trace::within(span.clone(), self.send(&grants)).await;
        trace::end_try(&span, &self.exchange, &result);
        if let Some(unread) = &mut self.exchange.unread {
            unread.body = std::mem::take(&mut unread.body).holding(slot);
        }
        result.map(|()| grants)
    }

    /// Sends the request and reads the reply whole, unless it is a stream.
    async fn send(&mut self, grants: &Grants) -> Result<(), Failed> {
        let request = self.request(grants).await?;
        self.exchange.attempts += 1;
        let limit = self.limit();
        let settings = self.call.core.settings();
        let Some(reply) = until(limit, settings.transport.send(request)).await else {
            return Err(self.timeout());
        };
        let Some(body) = self.begin(reply.map_err(Failed::Transport)?)? else { return Ok(()) };
        let body = pin!(body::read(body, self.reply_limit()));
        let Some(body) = until(limit, body).await else { return Err(self.timeout()) };
        self.exchange.body = Some(body.map_err(|error| match error {
            ReadError::TooLarge => Failed::TooLarge(self.reply_limit()),
            ReadError::Cut(error) => Failed::Cut(error),
        })?);
        Ok(())
    }

    fn timeout(&self) -> Failed {
        Failed::Timeout { is_total: self.is_over() }
    }

    /// Most bytes of a body that is read whole.
    fn reply_limit(&self) -> u64 {
        self.call.core.settings().limits.reply_bytes
    }

    /// Waits until fewer requests are on their way than the client allows.
    async fn slot(&self) -> Result<Option<OwnedSemaphorePermit>, Failed> {
        let Some(slots) = &self.call.core.settings().slots else { return Ok(None) };
        match until(self.deadline, slots.clone().acquire_owned()).await {
            // It is never closed.
            Some(permit) => Ok(permit.ok()),
            None => Err(Failed::NoSlot),
        }
    }

    /// Waits until the client's rate limits let the request go.
    async fn turn(&self) -> Result<(), Failed> {
        let settings = self.call.core.settings();
        if self.call.custom().hurries {
            settings.limiter.iter().for_each(Limiter::record);
            return Ok(());
        }
        if let Some(pause) = &settings.pause {
            pause.over(self.deadline).await.map_err(Failed::Paused)?;
        }
        match &settings.limiter {
            Some(limiter) => limiter.turn(self.deadline).await.map_err(Failed::RateLimit),
            None => Ok(()),
        }
    }

    async fn grants(&self) -> Result<Grants, Failed> {
        let settings = self.call.core.settings();
        let grants = pin!(obtain(settings, &self.needed));
        match until(self.limit(), grants).await {
            Some(grants) => grants.map_err(Failed::Auth),
            None => Err(Failed::NoToken),
        }
    }

    /// The request of this try, after the hooks.
    async fn request(&mut self, grants: &Grants) -> Result<http::Request<Body>, Failed> {
        let mut body = self.request.body.for_try().await.map_err(Failed::Body)?;
        if let Some(observer) = &self.call.custom().on_upload {
            body = body.observed(observer.clone());
        }
        let (mut head, ()) = http::Request::new(()).into_parts();
        head.method = self.request.method.clone();
        let more = self.needed.len() + self.call.custom().headers.len();
        head.headers = copied(&self.request.headers, more);
        let mut query = String::new();
        grants.apply(&mut head.headers, &mut query).map_err(Failed::Auth)?;
        for (name, value) in &self.call.custom().headers {
            head.headers.insert(name, value.clone());
        }
        head.uri = match query.as_str() {
            "" => self.request.uri.clone(),
            more => target::with_query(&self.request.uri, more).map_err(Failed::Refused)?,
        };
        #[cfg(feature = "mock")]
        head.extensions.insert(crate::tape::Origin(self.call.core.api()));
        let context = self.context(1);
        for hook in &self.call.core.settings().hooks {
            hook.before(&context, &mut head).map_err(Failed::Hook)?;
        }
        Ok(http::Request::from_parts(head, body))
    }

    fn context(&self, ahead: u32) -> HookContext {
        HookContext { operation: self.call.operation, attempt: self.exchange.attempts + ahead }
    }

    /// Takes the reply's head, and gives back its body unless that is read while it comes.
    fn begin(&mut self, reply: http::Response<Body>) -> Result<Option<Body>, Failed> {
        let settings = self.call.core.settings();
        let (mut head, mut body) = reply.into_parts();
        if let Some(observer) = &self.call.custom().on_download {
            body = body.observed(observer.clone());
        }
        let context = self.context(0);
        for hook in &settings.hooks {
            hook.after(&context, &mut head);
        }
        let limit = settings.limits.reply_bytes;
        self.exchange.status = Some(head.status);
        self.exchange.headers = head.headers;
        self.exchange.version = Some(head.version);
        self.exchange.unread = Some(Unread::new(body, limit));
        if dispatch::is_stream(&self.exchange) {
            return Ok(None);
        }
        let body = self.exchange.unread.take().map(|unread| unread.body).unwrap_or_default();
        if self.announced_length().is_some_and(|length| length > limit) {
            return Err(Failed::TooLarge(limit));
        }
        Ok(Some(body))
    }

    /// `Content-Length` of a reply that has a body (RFC 9110, section 8.6).
    fn announced_length(&self) -> Option<u64> {
        let is_bodiless = self.exchange.status == Some(StatusCode::NOT_MODIFIED);
        if is_bodiless || self.request.method == Method::HEAD {
            return None;
        }
        self.exchange.headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
    }
}

impl Failed {
    /// Another try may have more luck.
    pub(super) fn is_transient(&self) -> bool {
        match self {
            Self::Transport(error) => !error.is_refused(),
            Self::Cut(_) => true,
            Self::Timeout { is_total } => !is_total,
            _ => false,
        }
    }

    /// Nothing of the request has left.
    pub(super) fn is_unsent(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// The kind of its error.
    #[cfg(feature = "tracing")]
    pub(super) fn kind(&self) -> ErrorKind {
        match self {
            Self::RateLimit(_) | Self::Paused(_) => ErrorKind::RateLimit,
            Self::Auth(_) => ErrorKind::Auth,
            Self::NoSlot | Self::NoToken | Self::Timeout { .. } => ErrorKind::Timeout,
            Self::Hook(_) => ErrorKind::Hook,
            Self::Refused(_) | Self::Body(_) => ErrorKind::InvalidInput,
            Self::Transport(_) | Self::Cut(_) => ErrorKind::Connection,
            Self::TooLarge(_) => ErrorKind::TooLarge,
        }
    }

    pub(super) fn into_error(self, exchange: Exchange, retryable: bool) -> RawError {
        let told = match &self {
            Self::Auth(error) => error.told(),
            _ => Told::default(),
        };
        let (kind, message, source): (_, String, Option<BoxError>) = match self {
            Self::RateLimit(late) => return late.into_error(exchange),
            Self::Paused(paused) => return paused.into_error(exchange),
            Self::NoSlot => {
                let not = if exchange.attempts == 0 { "not sent: " } else { "" };
                let message = format!(
                    "{not}other requests were on their way up to the deadline; see \
                     `max_concurrency(…)` of the client builder"
                );
                (ErrorKind::Timeout, message, None)
            }
            Self::Auth(error @ AuthError::Missing(_)) => {
                (ErrorKind::Auth, format!("not sent: {error}"), None)
            }
            Self::Auth(error) => (ErrorKind::Auth, error.to_string(), Some(error.into())),
            Self::NoToken => (ErrorKind::Timeout, "the token source took too long".into(), None),
            Self::Hook(error) => {
                (ErrorKind::Hook, "a hook refused the request".into(), Some(error))
            }
            Self::Refused(refusal) => return RawError::refused(exchange, refusal),
            Self::Body(error) => {
                (ErrorKind::InvalidInput, "the body can't be read".into(), Some(error.into()))
            }
            Self::Transport(error) => {
                (ErrorKind::Connection, error.to_string(), Some(error.into()))
            }
            Self::Cut(error) => {
                let message = "the connection failed before the reply was complete".into();
                (ErrorKind::Connection, message, Some(error))
            }
            Self::TooLarge(limit) => {
                (ErrorKind::TooLarge, format!("the reply has more than {limit} bytes"), None)
            }
            Self::Timeout { is_total } => {
                let what = if is_total { "call" } else { "try" };
                (ErrorKind::Timeout, format!("the time for the {what} ran out"), None)
            }
        };
        let mut error = RawError::new(kind, exchange, message);
        // Without a token nothing was sent, so the call is safe to repeat.
        error.0.retryable = retryable || told.is_temporary;
        error.0.wait = told.retry_after;
        match source {
            Some(source) => error.because(source),
            None => error,
        }
    }
}
