//! Why there is no token: what the server said, without any secret.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ::http::StatusCode;

use crate::{BoxError, Secret};

/// Why the authorization server gave no token.
///
/// It is the source of the error of each call that needed the token; see
/// [`Error::oauth`](crate::Error::oauth). Neither `Display` nor `Debug` shows a secret, even where
/// the server's words repeat one.
#[derive(Clone, Debug)]
pub struct OAuthError(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    kind: OAuthErrorKind,
    step: Step,
    /// What went wrong, where the server didn't say.
    message: String,
    code: Option<String>,
    description: Option<String>,
    status: Option<StatusCode>,
    retry_after: Option<Duration>,
    is_rate_limited: bool,
    /// How many refresh tokens a user can have.
    max_refresh_tokens: Option<u32>,
    source: Option<BoxError>,
}

/// What failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OAuthErrorKind {
    /// The server refused, with a code (RFC 6749, section 5.2).
    Refused,
    /// The server replied that there were too many requests, or with an error of its own.
    Unavailable,
    /// There was no connection, or it was cut.
    Connection,
    /// The time for a request ran out.
    Timeout,
    /// The reply isn't that of a token endpoint, or not the configuration of the provider.
    InvalidReply,
    /// The address that the browser came back to isn't the answer to this authorization.
    InvalidRedirect,
    /// A setting is missing or can't be used.
    Configuration,
    /// The token store failed.
    Store,
}

/// What the server was asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Discover,
    Authorize,
    Exchange,
    Issue,
    Renew,
    Revoke,
    Device,
}

/// Codes that servers give when a refresh token is void: the RFC's, and what vendors made of it.
const VOID: [&str; 4] = ["invalid_grant", "invalid_code", "invalid_refresh_token", "invalid_token"];

/// The most characters of the server's words that are shown.
const LONGEST: usize = 300;

impl OAuthError {
    pub(super) fn new(kind: OAuthErrorKind, step: Step, message: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            kind,
            step,
            message: message.into(),
            code: None,
            description: None,
            status: None,
            retry_after: None,
            is_rate_limited: false,
            max_refresh_tokens: None,
            source: None,
        }))
    }

    pub(super) fn configuration(step: Step, message: impl Into<String>) -> Self {
        Self::new(OAuthErrorKind::Configuration, step, message)
    }

    pub(super) fn store(step: Step, source: BoxError) -> Self {
        Self::new(OAuthErrorKind::Store, step, "the token store failed").because(source)
    }

    /// The server's own words, from which these secrets are cut out.
    pub(super) fn refused(
        step: Step,
        code: &str,
        description: Option<&str>,
        secrets: &[&Secret],
    ) -> Self {
        let clean = |text: &str| clean(text, secrets);
        Self::new(OAuthErrorKind::Refused, step, "").with(|inner| {
            inner.code = Some(clean(code));
            inner.description = description.map(clean).filter(|text| !text.is_empty());
        })
    }

    pub(super) fn at(self, status: Option<StatusCode>, retry_after: Option<Duration>) -> Self {
        self.with(|inner| {
            inner.status = status;
            inner.retry_after = retry_after;
            // Some vendors refuse what is too much with another status, in words.
            let says_so = |text: &String| text.to_ascii_lowercase().contains("too many requests");
            inner.is_rate_limited = status == Some(StatusCode::TOO_MANY_REQUESTS)
                || inner.description.as_ref().is_some_and(says_so);
            let is_broken = status.is_some_and(|status| status.is_server_error());
            if inner.is_rate_limited || is_broken {
                inner.kind = OAuthErrorKind::Unavailable;
            }
        })
    }

    pub(super) fn limit(self, max_refresh_tokens: Option<u32>) -> Self {
        self.with(|inner| inner.max_refresh_tokens = max_refresh_tokens)
    }

    pub(super) fn because(self, source: impl Into<BoxError>) -> Self {
        self.with(|inner| inner.source = Some(source.into()))
    }

    /// Errors are made before they are shared.
    fn with(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            change(inner);
        }
        self
    }

    /// What failed.
    pub fn kind(&self) -> OAuthErrorKind {
        self.0.kind
    }

    /// The server's code, such as `invalid_grant` (RFC 6749, sections 4.1.2.1 and 5.2).
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The server's words (`error_description`): one line, shortened to 300 characters.
    pub fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Status of the server's reply.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The wait that the server asked for.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The same request may succeed later: there was no connection, no reply in time, or too much
    /// for the server to do.
    pub fn is_temporary(&self) -> bool {
        use OAuthErrorKind::{Connection, Timeout, Unavailable};
        matches!(self.0.kind, Connection | Timeout | Unavailable)
    }

    /// There were too many requests for tokens.
    pub fn is_rate_limited(&self) -> bool {
        self.0.is_rate_limited
    }

    /// The refresh token is void: the user has to consent again.
    pub fn needs_consent(&self) -> bool {
        let is_void = self.code().is_some_and(|code| VOID.contains(&code));
        self.0.kind == OAuthErrorKind::Refused && self.0.step == Step::Renew && is_void
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match (&inner.code, inner.kind) {
            (Some(code), _) => {
                write!(f, "the authorization server refused to {}: {code}", inner.step)?;
            }
            (None, OAuthErrorKind::Unavailable) => {
                write!(f, "the authorization server couldn't {}", inner.step)?;
            }
            (None, _) => write!(f, "can't {}: {}", inner.step, inner.message)?,
        }
        if let Some(description) = &inner.description {
            write!(f, ": {description}")?;
        }
        if let Some(status) = inner.status {
            write!(f, " ({status})")?;
        }
        if let Some(wait) = inner.retry_after {
            write!(f, "; it asks to wait for {} s", wait.as_secs())?;
        }
        if self.needs_consent() {
            f.write_str("; the refresh token is void: it was revoked or replaced")?;
            if let Some(number) = inner.max_refresh_tokens {
                write!(
                    f,
                    ", or it was the oldest when its user got more than the {number} that the \
                     vendor keeps"
                )?;
            }
            f.write_str("; have the user consent again, and keep the new one")?;
        }
        Ok(())
    }
}

impl std::error::Error for OAuthError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| &**source as &(dyn std::error::Error + 'static))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Discover => "discover the endpoints",
            Self::Authorize => "authorize the client",
            Self::Exchange => "exchange the code",
            Self::Issue => "issue an access token",
            Self::Renew => "renew the access token",
            Self::Revoke => "revoke the token",
            Self::Device => "authorize the device",
        })
    }
}

/// One line of the server's words, without secrets that they repeat.
fn clean(text: &str, secrets: &[&Secret]) -> String {
    let mut text = text.to_owned();
    // What is shorter is no secret, and part of any text.
    for secret in secrets.iter().filter(|secret| secret.expose().len() >= 4) {
        text = text.replace(secret.expose(), "[redacted]");
    }
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.trim();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
