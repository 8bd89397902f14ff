//! The token source of OAuth: the store first, then the token endpoint.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::client::OAuthClient;
use super::error::{OAuthError, OAuthErrorKind, Step};
use super::request::{Grant, ask};
use super::store::Tokens;
use crate::auth::source::{AccessToken, ErasedSource, Lent};
use crate::{BoxError, BoxFuture, Secret};

/// How long a server isn't asked that was asked too often, and didn't say how long.
const PAUSE: Duration = Duration::from_secs(10);

/// Fetches tokens for clients. One fetch is under way at a time: those who need the token wait.
pub(super) struct Source {
    client: OAuthClient,
    way: Way,
    state: Mutex<State>,
}

enum Way {
    Client,
    /// With the refresh token that the store has, else with this one.
    Renewing(Option<Secret>),
}

#[derive(Default)]
struct State {
    /// The access token that was given last: it expires or was refused when another is asked for.
    given: Option<Secret>,
    /// Tokens that the store couldn't save.
    unsaved: Option<Tokens>,
    /// The server is not to be asked before this moment.
    closed: Option<(Instant, OAuthError)>,
}

impl Source {
    pub(super) fn renewing(client: OAuthClient, refresh_token: Option<Secret>) -> Self {
        Self { client, way: Way::Renewing(refresh_token), state: Mutex::default() }
    }

    pub(super) fn of_client(client: OAuthClient) -> Self {
        Self { client, way: Way::Client, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(&self) -> Step {
        match self.way {
            Way::Client => Step::Issue,
            Way::Renewing(_) => Step::Renew,
        }
    }

    async fn get(&self, lent: Lent) -> Result<AccessToken, OAuthError> {
        let unsaved = self.state().unsaved.clone();
        let stored = match unsaved {
            Some(tokens) => {
                self.save(&tokens).await?;
                Some(tokens)
            }
            None => self.load().await?,
        };
        if let Some(tokens) = stored.as_ref().filter(|tokens| self.is_good(tokens)) {
            return Ok(self.give(tokens));
        }
        let tokens = match self.fetch(stored.as_ref(), &lent).await {
            Err(error) if error.needs_consent() => {
                // Another process may have replaced the refresh token in the meantime.
                let newer = self.load().await?.filter(|tokens| self.is_good(tokens));
                let newer = newer.filter(|tokens| stored.as_ref() != Some(tokens));
                return newer.map(|tokens| self.give(&tokens)).ok_or(error);
            }
            fetched => fetched?,
        };
        // A server that replaces refresh tokens takes the old one no more: the new one is kept
        // before anything can go wrong with a call.
        self.save(&tokens).await?;
        Ok(self.give(&tokens))
    }

    async fn load(&self) -> Result<Option<Tokens>, OAuthError> {
        let loaded = self.client.store.load().await;
        loaded.map_err(|error| OAuthError::store(self.step(), error))
    }

    /// The store's access token is not the one that needs replacing, and has time left.
    fn is_good(&self, tokens: &Tokens) -> bool {
        let is_new = self.state().given.as_ref() != Some(&tokens.access_token);
        let left = tokens.expires_at.map(left);
        is_new && left.is_none_or(|left| left > self.client.leeway)
    }

    fn give(&self, tokens: &Tokens) -> AccessToken {
        self.state().given = Some(tokens.access_token.clone());
        let token = AccessToken::new(tokens.access_token.clone());
        match tokens.expires_at {
            Some(end) => token.expires_in(left(end)).leeway(self.client.leeway),
            None => token,
        }
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), OAuthError> {
        self.state().unsaved = Some(tokens.clone());
        self.client.save(tokens, self.step()).await?;
        self.state().unsaved = None;
        Ok(())
    }

    async fn fetch(&self, stored: Option<&Tokens>, lent: &Lent) -> Result<Tokens, OAuthError> {
        if let Some((until, error)) = &self.state().closed
            && Instant::now() < *until
        {
            return Err(error.clone());
        }
        let fetched = match &self.way {
            Way::Client => ask(&self.client, &Grant::Client, lent.clone()).await,
            Way::Renewing(own) => {
                self.renew(stored.and_then(|it| it.refresh_token.as_ref()), own.as_ref(), lent)
                    .await
            }
        };
        let failed = fetched.as_ref().err().filter(|error| error.is_temporary());
        self.state().closed = failed.and_then(closed);
        fetched
    }

    /// Tries the store's refresh token, and where that one is void, the one that the program was
    /// started with: it may be newer.
    async fn renew(
        &self,
        stored: Option<&Secret>,
        own: Option<&Secret>,
        lent: &Lent,
    ) -> Result<Tokens, OAuthError> {
        let Some(first) = stored.or(own) else {
            let message = "there is no refresh token: the store is empty, or has none";
            return Err(OAuthError::new(OAuthErrorKind::Configuration, Step::Renew, message));
        };
        match self.renew_with(first, lent).await {
            Err(error) if error.needs_consent() => match own.filter(|own| *own != first) {
                Some(own) => self.renew_with(own, lent).await,
                None => Err(error),
            },
            renewed => renewed,
        }
    }

    async fn renew_with(&self, refresh: &Secret, lent: &Lent) -> Result<Tokens, OAuthError> {
        let mut tokens = ask(&self.client, &Grant::Refresh(refresh), lent.clone()).await?;
        tokens.refresh_token.get_or_insert_with(|| refresh.clone());
        Ok(tokens)
    }
}

impl ErasedSource for Source {
    fn fetch(self: Arc<Self>, lent: Lent) -> BoxFuture<'static, Result<AccessToken, BoxError>> {
        Box::pin(async move {
            let lent = self.client.on_behalf(lent);
            self.get(lent).await.map_err(BoxError::from)
        })
    }
}

/// The pause that a server wants which was asked too much.
fn closed(error: &OAuthError) -> Option<(Instant, OAuthError)> {
    let unsaid = error.is_rate_limited().then_some(PAUSE);
    let until = Instant::now().checked_add(error.retry_after().or(unsaid)?)?;
    Some((until, error.clone()))
}

/// The time until then.
fn left(end: SystemTime) -> Duration {
    end.duration_since(SystemTime::now()).unwrap_or_default()
}
