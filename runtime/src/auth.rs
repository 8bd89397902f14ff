//! Authentication: what the caller configured becomes a part of each request.
//!
//! A [`Token`] is a credential, or a [`TokenSource`] that fetches one. Which of them an operation
//! needs stands in its alternatives of security schemes; [`choose`] picks the alternative,
//! [`Grants`] holds what is sent. No secret is shown by `Debug` or by an error, and header values
//! made of them are marked sensitive.

mod alternative;
mod cache;
mod grant;
mod source;
mod token;

pub(crate) use alternative::{choose, configured};
pub(crate) use grant::{Grants, obtain};
pub use source::{AccessToken, TokenSource};
pub use token::Token;

use crate::BoxError;

/// Why a request has no credentials.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum AuthError {
    /// None of the alternatives is configured.
    #[error("{0}")]
    Missing(String),
    /// The source of a token failed.
    #[error("the token source of `{setter}` failed")]
    Source { setter: &'static str, source: SourceError },
    /// The credential can't be put into a header.
    #[error("the credential of `{0}` has a character that a header can't hold")]
    Unsendable(&'static str),
}

/// The error of a token source; the callers that waited for it share it.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct SourceError(std::sync::Arc<BoxError>);
