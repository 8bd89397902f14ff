//! Token sources: code that fetches access tokens.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderValue;
use tokio::time::Instant;

use crate::{BoxError, BoxFuture, Secret, Transport};

/// Longest time before its end at which a token is renewed, unless the source says otherwise.
pub(super) const LEEWAY: Duration = Duration::from_secs(30);

/// Fetches access tokens.
///
/// The tokens are kept until shortly before they expire. However many calls need one at the same
/// time, it is fetched once: one of them drives the fetch, and when that one is dropped, the next
/// goes on with it where it stands. A reply of 401 throws the token away and fetches another, once
/// per call.
///
/// ```
/// use std::time::Duration;
/// use tenon_runtime::{AccessToken, BoxError, TokenSource};
///
/// struct Vault;
///
/// impl TokenSource for Vault {
///     async fn fetch(&self) -> Result<AccessToken, BoxError> {
///         let secret = "…"; // ask the vault
///         Ok(AccessToken::new(secret).expires_in(Duration::from_secs(3600)))
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// Fetches a token. A fetch that nobody waits for any more is kept for a minute, for the next
    /// call to go on with; it should have a time limit of its own.
    ///
    /// # Errors
    ///
    /// The error becomes the source of the error of each call that waited for it. It is shown by
    /// that error's `Debug`, so it should not hold secrets.
    fn fetch(&self) -> impl Future<Output = Result<AccessToken, BoxError>> + Send;
}

/// What a client lends to the source that fetches for it.
#[derive(Clone)]
#[cfg_attr(not(feature = "oauth2"), allow(dead_code))]
pub(crate) struct Lent {
    pub(crate) transport: Arc<dyn Transport>,
    /// The client's address, for endpoints that the document gives relative to it.
    pub(crate) base_url: String,
    pub(crate) user_agent: Option<HeaderValue>,
}

/// A source as an object. What it returns lives on when the call that began it is dropped.
pub(super) trait ErasedSource: Send + Sync {
    fn fetch(self: Arc<Self>, lent: Lent) -> BoxFuture<'static, Result<AccessToken, BoxError>>;
}

impl<S: TokenSource> ErasedSource for S {
    fn fetch(self: Arc<Self>, _: Lent) -> BoxFuture<'static, Result<AccessToken, BoxError>> {
        Box::pin(async move { TokenSource::fetch(&*self).await })
    }
}

/// An access token and its end.
#[derive(Clone)]
pub struct AccessToken {
    pub(super) secret: Secret,
    /// When it is no longer accepted.
    pub(super) end: Option<Instant>,
    /// When it is renewed.
    pub(super) renewal: Option<Instant>,
}

impl AccessToken {
    /// A token that is used until a reply of 401.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secret: secret.into(), end: None, renewal: None }
    }

    /// Sets the time from now for which it is accepted (`expires_in` of RFC 6749, section 5.1). It
    /// is renewed 30 seconds before, or at half that time if it is shorter than a minute.
    pub fn expires_in(self, lifetime: Duration) -> Self {
        let end = Instant::now().checked_add(lifetime);
        Self { end, ..self }.leeway(LEEWAY)
    }

    /// Sets the moment until which it is accepted.
    pub fn expires_at(self, end: SystemTime) -> Self {
        self.expires_in(end.duration_since(SystemTime::now()).unwrap_or_default())
    }

    /// Sets how long before its end it is renewed, at most half the time that it has left. Without an
    /// end it does nothing.
    pub fn leeway(self, leeway: Duration) -> Self {
        let now = Instant::now();
        let left = self.end.map(|end| end.duration_since(now));
        let renewal = left.and_then(|left| now.checked_add(left - leeway.min(left / 2)));
        Self { renewal, ..self }
    }
}

/// Shows nothing of the secret.
impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").finish_non_exhaustive()
    }
}
