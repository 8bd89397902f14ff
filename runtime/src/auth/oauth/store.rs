//! Token stores: where tokens outlive the process.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

use crate::{BoxError, BoxFuture, Secret};

/// The tokens of one authorization.
///
/// `Debug` shows none of them.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tokens {
    /// What calls are made with.
    pub access_token: Secret,
    /// What the access token is renewed with.
    pub refresh_token: Option<Secret>,
    /// When the access token is no longer accepted, if the server said so.
    pub expires_at: Option<SystemTime>,
    /// What the tokens allow, as the server wrote it, if it did.
    pub scope: Option<String>,
}

impl Tokens {
    /// An access token alone.
    pub fn new(access_token: impl Into<Secret>) -> Self {
        let access_token = access_token.into();
        Self { access_token, refresh_token: None, expires_at: None, scope: None }
    }

    /// Sets the refresh token.
    pub fn refresh_token(mut self, token: impl Into<Secret>) -> Self {
        self.refresh_token = Some(token.into());
        self
    }

    /// Sets when the access token is no longer accepted.
    pub fn expires_at(mut self, end: SystemTime) -> Self {
        self.expires_at = Some(end);
        self
    }

    /// All of it as one line of JSON, for a store. It holds the secrets as they are.
    pub fn to_json(&self) -> String {
        let mut fields = Map::new();
        let mut put = |name: &str, text: Option<&str>| {
            text.map(|text| fields.insert(name.to_owned(), text.into()));
        };
        put("access_token", Some(self.access_token.expose()));
        put("refresh_token", self.refresh_token.as_ref().map(Secret::expose));
        put("scope", self.scope.as_deref());
        let end = self.expires_at.and_then(|end| end.duration_since(UNIX_EPOCH).ok());
        if let Some(end) = end {
            fields.insert("expires_at".to_owned(), end.as_secs().into());
        }
        Value::Object(fields).to_string()
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    ///
    /// The text isn't JSON, or has no access token. The error doesn't quote it.
    pub fn from_json(text: &str) -> Result<Self, BoxError> {
        let json: Value = serde_json::from_str(text).map_err(|_| "stored tokens aren't JSON")?;
        let text = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
        let access_token = text("access_token").ok_or("stored tokens have no access token")?;
        let end = json.get("expires_at").and_then(Value::as_u64);
        Ok(Self {
            access_token: access_token.into(),
            refresh_token: text("refresh_token").map(Secret::new),
            expires_at: end.and_then(|end| UNIX_EPOCH.checked_add(Duration::from_secs(end))),
            scope: text("scope"),
        })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("access_token", &self.access_token)
            .field("refresh_token", &self.refresh_token)
            .field("expires_at", &self.expires_at)
            .field("scope", &self.scope)
            .finish()
    }
}

/// Keeps the tokens of one authorization.
///
/// New tokens are saved before they are used, as a server that replaces refresh tokens accepts the
/// old one no more. What is loaded goes before what the program was started with, and a stored
/// access token that is still good is used as it is: several processes may share a store. Where two
/// of them renew at once and the server takes the refresh token of one only, the other uses what
/// that one saved. The module [`auth`](crate::auth) shows a store in a file.
pub trait TokenStore: Send + Sync + 'static {
    /// Loads the tokens; none when none were saved.
    ///
    /// # Errors
    ///
    /// The call that needs the token fails with it.
    fn load(&self) -> impl Future<Output = Result<Option<Tokens>, BoxError>> + Send;

    /// Saves the tokens in place of the earlier ones.
    ///
    /// # Errors
    ///
    /// The call that needs the token fails with it. The tokens are kept, and saved when the next
    /// call needs them.
    fn save(&self, tokens: &Tokens) -> impl Future<Output = Result<(), BoxError>> + Send;
}

/// A [`TokenStore`] as an object.
pub(super) trait ErasedStore: Send + Sync {
    fn load(&self) -> BoxFuture<'_, Result<Option<Tokens>, BoxError>>;
    fn save<'a>(&'a self, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), BoxError>>;
}

impl<S: TokenStore> ErasedStore for S {
    fn load(&self) -> BoxFuture<'_, Result<Option<Tokens>, BoxError>> {
        Box::pin(TokenStore::load(self))
    }

    fn save<'a>(&'a self, tokens: &'a Tokens) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(TokenStore::save(self, tokens))
    }
}

/// Keeps the tokens for as long as the process lives: the store unless another is set.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Option<Tokens>>);

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

impl TokenStore for MemoryStore {
    async fn load(&self) -> Result<Option<Tokens>, BoxError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), BoxError> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(tokens.clone());
        Ok(())
    }
}
