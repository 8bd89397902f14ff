//! Token sources: user code that fetches access tokens.

use std::fmt;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::{BoxError, BoxFuture, Secret};

/// Longest time before its end at which a token is renewed.
const EARLY: Duration = Duration::from_secs(30);

/// Fetches access tokens.
///
/// The tokens are kept until shortly before they expire. However many calls need one at the same
/// time, one of them fetches it and the others wait; when that one is dropped, the next takes over.
/// A reply of 401 throws the token away and fetches another, once per call.
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
    /// Fetches a token.
    ///
    /// # Errors
    ///
    /// The error becomes the source of the error of each call that waited for it. It is shown by
    /// that error's `Debug`, so it should not hold secrets.
    fn fetch(&self) -> impl Future<Output = Result<AccessToken, BoxError>> + Send;
}

/// A [`TokenSource`] as an object.
pub(super) trait ErasedSource: Send + Sync {
    fn fetch(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>>;
}

impl<S: TokenSource> ErasedSource for S {
    fn fetch(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>> {
        Box::pin(TokenSource::fetch(self))
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
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        let now = Instant::now();
        let renewal = lifetime.saturating_sub(EARLY.min(lifetime / 2));
        self.end = now.checked_add(lifetime);
        self.renewal = now.checked_add(renewal);
        self
    }

    /// Sets the moment until which it is accepted.
    pub fn expires_at(self, end: SystemTime) -> Self {
        self.expires_in(end.duration_since(SystemTime::now()).unwrap_or_default())
    }
}

/// Shows nothing of the secret.
impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken").finish_non_exhaustive()
    }
}
