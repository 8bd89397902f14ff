//! Authentication: what the caller configured becomes a part of each request.
//!
//! A [`Token`] is a credential, or a [`TokenSource`] that fetches one. Which of them an operation
//! needs stands in its alternatives of security schemes: the first is taken whose credentials are all
//! configured. No secret is shown by `Debug` or by an error, and header values made of them are
//! marked sensitive.
//!
#![doc = include_str!("auth/guide.md")]
#![cfg_attr(feature = "oauth2", doc = "", doc = include_str!("auth/oauth.md"))]

mod alternative;
mod cache;
mod grant;
#[cfg(feature = "oauth2")]
mod oauth;
mod source;
mod token;

pub(crate) use alternative::{choose, configured};
pub(crate) use grant::{Grants, obtain};
#[cfg(feature = "oauth2")]
pub use oauth::{
    Authorization, DeviceLogin, MemoryStore, OAuthClient, OAuthError, OAuthErrorKind, TokenStore,
    Tokens,
};
pub(crate) use source::Lent;
pub use source::{AccessToken, TokenSource};
#[cfg(feature = "hyper")]
pub(crate) use token::Identity;
pub use token::Token;

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::BoxError;

/// Why a request has no credentials.
#[derive(Clone, Debug)]
pub(crate) enum AuthError {
    /// None of the alternatives is configured.
    Missing(String),
    /// The source of a token failed.
    Source { setter: &'static str, source: SourceError },
    /// The credential can't be put into a header.
    Unsendable(&'static str),
}

/// The error of a token source; the callers that waited for it share it.
#[derive(Clone, Debug)]
pub(crate) struct SourceError(std::sync::Arc<BoxError>);

/// What is known of a source's error.
#[derive(Default)]
pub(crate) struct Told {
    message: Option<String>,
    pub(crate) is_temporary: bool,
    pub(crate) retry_after: Option<Duration>,
}

impl AuthError {
    /// What is known of the source's error.
    pub(crate) fn told(&self) -> Told {
        match self {
            Self::Source { source, .. } => source.told(),
            Self::Missing(_) | Self::Unsendable(_) => Told::default(),
        }
    }
}

impl SourceError {
    fn get(&self) -> &(dyn Error + 'static) {
        &**self.0
    }

    /// What may be shown of it, and whether it is worth trying later, and when.
    #[cfg(feature = "oauth2")]
    fn told(&self) -> Told {
        match self.get().downcast_ref::<OAuthError>() {
            Some(error) => Told {
                message: Some(error.to_string()),
                is_temporary: error.is_temporary(),
                retry_after: error.retry_after(),
            },
            None => Told::default(),
        }
    }

    #[cfg(not(feature = "oauth2"))]
    fn told(&self) -> Told {
        Told::default()
    }
}

/// How OAuth failed is told; what errors of the caller's sources say is left to the chain of
/// sources, as it may hold anything.
impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(text) => f.write_str(text),
            Self::Source { setter, source } => match source.told().message {
                Some(told) => write!(f, "the token of `{setter}` couldn't be fetched: {told}"),
                None => write!(f, "the token source of `{setter}` failed"),
            },
            Self::Unsendable(setter) => {
                write!(f, "the credential of `{setter}` has a character that a header can't hold")
            }
        }
    }
}

impl Error for AuthError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Source { source, .. } => Some(source.get()),
            Self::Missing(_) | Self::Unsendable(_) => None,
        }
    }
}
