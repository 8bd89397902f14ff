//! The token of a source, shared by all clones of a client.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::SourceError;
use super::source::{AccessToken, ErasedSource, Lent};
use crate::{BoxError, BoxFuture, Secret};

/// How long a fetch is worth going on with that its caller has left.
const ABANDONED: Duration = Duration::from_secs(60);

/// A source and the token it gave last.
pub(super) struct Cache {
    source: Arc<dyn ErasedSource>,
    held: Mutex<Held>,
    /// Whoever holds it drives the fetch. One that is dropped on the way leaves the fetch to the
    /// next in line, who goes on with it: a refresh token that the server has replaced already must
    /// not get lost, and a slow server isn't asked again by each caller that runs out of time.
    fetching: tokio::sync::Mutex<Option<Fetch>>,
}

/// A fetch on its way.
struct Fetch {
    future: BoxFuture<'static, Result<AccessToken, BoxError>>,
    begun: Instant,
}

/// Takes a fetch away that panicked: it can't be polled again.
struct Guarded<'a>(&'a mut Option<Fetch>);

impl Drop for Guarded<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            *self.0 = None;
        }
    }
}

#[derive(Default)]
struct Held {
    token: Option<AccessToken>,
    /// Number of the token, so that a 401 throws away the one it was about and no later one.
    generation: u64,
    /// Number of fetches that came to an end.
    finished: u64,
    /// The error of the last one.
    failure: Option<SourceError>,
}

/// A token and its number.
pub(super) struct Numbered {
    pub(super) secret: Secret,
    pub(super) generation: u64,
}

impl Held {
    /// The token, if `is_good` at this moment.
    fn usable(&self, is_good: impl Fn(&AccessToken) -> bool) -> Option<Numbered> {
        let token = self.token.as_ref().filter(|token| is_good(token))?;
        Some(Numbered { secret: token.secret.clone(), generation: self.generation })
    }

    fn fresh(&self) -> Option<Numbered> {
        self.usable(|token| token.renewal.is_none_or(|at| Instant::now() < at))
    }

    fn valid(&self) -> Option<Numbered> {
        self.usable(|token| token.end.is_none_or(|at| Instant::now() < at))
    }
}

impl Cache {
    pub(super) fn new(source: Arc<dyn ErasedSource>) -> Self {
        let fetching = tokio::sync::Mutex::const_new(None);
        Self { source, held: Mutex::default(), fetching }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token; fetched, if there is none or it is about to expire. While one caller renews a
    /// token that is still accepted, the others go on with it.
    pub(super) async fn get(&self, lend: impl FnOnce() -> Lent) -> Result<Numbered, SourceError> {
        let (seen, valid) = {
            let held = self.held();
            if let Some(token) = held.fresh() {
                return Ok(token);
            }
            (held.finished, held.valid())
        };
        let mut fetching = match (self.fetching.try_lock(), valid) {
            (Ok(guard), _) => guard,
            (Err(_), Some(token)) => return Ok(token),
            (Err(_), None) => self.fetching.lock().await,
        };
        if let Some(answer) = self.answered_since(seen) {
            return answer;
        }
        let fetched = self.fetch(&mut fetching, lend).await;
        self.store(fetched.map_err(|error| SourceError(Arc::new(error))))
    }

    /// Begins a fetch, or goes on with the one that another caller left.
    async fn fetch(
        &self,
        slot: &mut Option<Fetch>,
        lend: impl FnOnce() -> Lent,
    ) -> Result<AccessToken, BoxError> {
        let slot = Guarded(slot);
        if slot.0.as_ref().is_some_and(|fetch| fetch.begun.elapsed() >= ABANDONED) {
            *slot.0 = None;
        }
        let fetch = slot.0.get_or_insert_with(|| Fetch {
            future: Arc::clone(&self.source).fetch(lend()),
            begun: Instant::now(),
        });
        let fetched = fetch.future.as_mut().await;
        *slot.0 = None;
        fetched
    }

    /// What another caller fetched while this one waited.
    fn answered_since(&self, seen: u64) -> Option<Result<Numbered, SourceError>> {
        let held = self.held();
        if let Some(token) = held.fresh() {
            return Some(Ok(token));
        }
        let failure = held.failure.clone().filter(|_| held.finished > seen)?;
        Some(held.valid().ok_or(failure))
    }

    /// A renewal that fails is no error while the old token is accepted.
    fn store(&self, fetched: Result<AccessToken, SourceError>) -> Result<Numbered, SourceError> {
        let mut held = self.held();
        held.finished += 1;
        match fetched {
            Ok(token) => {
                held.generation += 1;
                held.failure = None;
                let secret = token.secret.clone();
                held.token = Some(token);
                Ok(Numbered { secret, generation: held.generation })
            }
            Err(error) => {
                held.failure = Some(error.clone());
                held.valid().ok_or(error)
            }
        }
    }

    /// Throws away the token of this number, which the server refused.
    pub(super) fn refuse(&self, generation: u64) {
        let mut held = self.held();
        if held.generation == generation {
            held.token = None;
        }
    }
}
