//! Tokens: the credential of a security scheme, as the caller configures it.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::SourceError;
use super::cache::Cache;
use super::source::{ErasedSource, Lent, TokenSource};
use crate::{Credential, Secret};

/// The credential of a security scheme: a fixed one, a user and a password, a certificate, or a
/// source that fetches one.
///
/// `Debug` shows its kind only.
#[derive(Clone)]
pub struct Token(Kind);

#[derive(Clone)]
enum Kind {
    Fixed(Arc<Secret>),
    Basic { user: String, password: Secret },
    Certificate(Arc<Identity>),
    Source(Arc<Cache>),
}

/// A certificate and its key, both in PEM form (RFC 7468).
#[cfg_attr(
    not(feature = "hyper"),
    allow(dead_code, reason = "only the default transport can show a certificate")
)]
pub(crate) struct Identity {
    pub(crate) certificates: String,
    pub(crate) key: Secret,
}

/// The text of a credential; with a number, if a source gave it.
pub(super) struct Text {
    pub(super) secret: Arc<Secret>,
    pub(super) generation: Option<u64>,
}

impl Token {
    /// A user and a password for the Basic scheme (RFC 7617). The user can't contain a colon.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (user, password) = (user.into(), password.into());
        Self(Kind::Basic { user, password })
    }

    /// Tokens that are fetched when they are needed. Clones share one of them.
    pub fn source(source: impl TokenSource) -> Self {
        Self::erased(Arc::new(source))
    }

    /// A certificate for mutual TLS, with those that stand between it and its root, and its private
    /// key (PKCS #8, PKCS #1 or SEC 1), each as text in PEM form.
    pub fn certificate(certificates: impl Into<String>, key: impl Into<Secret>) -> Self {
        let (certificates, key) = (certificates.into(), key.into());
        Self(Kind::Certificate(Arc::new(Identity { certificates, key })))
    }

    pub(super) fn erased(source: Arc<dyn ErasedSource>) -> Self {
        Self(Kind::Source(Arc::new(Cache::new(source))))
    }

    /// The certificate, if it is one.
    pub(crate) fn identity(&self) -> Option<&Identity> {
        match &self.0 {
            Kind::Certificate(identity) => Some(identity),
            _ => None,
        }
    }

    /// Why this can't be the credential of a scheme, if so.
    pub(crate) fn fault(&self, credential: &Credential) -> Option<&'static str> {
        match (&self.0, credential) {
            (Kind::Certificate(_), Credential::MutualTls) => None,
            (_, Credential::MutualTls) => Some("it has to be a certificate and its key"),
            (Kind::Certificate(_), _) => Some("it is a certificate, which is for mutual TLS only"),
            (kind, _) => kind.fault(),
        }
    }

    /// The text that the scheme sends, without its prefix.
    pub(super) async fn text(
        &self,
        credential: &Credential,
        lend: impl FnOnce() -> Lent,
    ) -> Result<Text, SourceError> {
        let (secret, generation) = match &self.0 {
            Kind::Fixed(secret) => (secret.clone(), None),
            Kind::Basic { user, password } => {
                (Secret::new(format!("{user}:{}", password.expose())).into(), None)
            }
            Kind::Source(cache) => {
                let token = cache.get(lend).await?;
                (token.secret.into(), Some(token.generation))
            }
            // The transport shows it.
            Kind::Certificate(_) => (Arc::default(), None),
        };
        let secret = match credential {
            Credential::Basic => Secret::new(BASE64_STANDARD.encode(secret.expose())).into(),
            _ => secret,
        };
        Ok(Text { secret, generation })
    }

    /// Throws away the fetched token of this number.
    pub(super) fn refuse(&self, generation: u64) {
        if let Kind::Source(cache) = &self.0 {
            cache.refuse(generation);
        }
    }
}

impl Kind {
    fn fault(&self) -> Option<&'static str> {
        match self {
            Self::Basic { user, .. } if user.contains(':') => Some("its user contains a colon"),
            Self::Fixed(secret) if has_control(secret.expose()) => {
                Some("it contains a control character, such as the end of a line")
            }
            _ => None,
        }
    }
}

fn has_control(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_control())
}

/// A fixed credential. For a Basic scheme it is the user, a colon and the password.
impl From<Secret> for Token {
    fn from(secret: Secret) -> Self {
        Self(Kind::Fixed(Arc::new(secret)))
    }
}

/// A fixed credential.
impl From<String> for Token {
    fn from(secret: String) -> Self {
        Secret::new(secret).into()
    }
}

/// A fixed credential.
impl From<&str> for Token {
    fn from(secret: &str) -> Self {
        Secret::new(secret).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Kind::Fixed(_) => "Token(fixed)",
            Kind::Basic { .. } => "Token(basic)",
            Kind::Certificate(_) => "Token(certificate)",
            Kind::Source(_) => "Token(source)",
        })
    }
}
