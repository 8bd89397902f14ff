//! The client: what all calls of an API share, and the builder that checks it.
//!
//! [`client!`](crate::client!) puts a generated client and its builder around [`Core`] and
//! [`Builder`]; neither knows of any operation.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, Method};
use tokio::sync::Semaphore;

use crate::api::Api;
use crate::auth::{Lent, Token};
use crate::op::{Call, Customized, Operation, Request};
use crate::rate::{Limiter, Pause};
use crate::server::{Base, Choice};
use crate::{Hook, RetryBudget, RetryPolicy, Transport};

mod build_error;
mod builder;
mod macros;

pub use build_error::BuildError;
pub use builder::Builder;

/// What all calls of a client share. Clones are cheap, and share it too.
#[derive(Clone)]
pub struct Core {
    inner: Arc<Inner>,
}

/// The settings of a client.
pub(crate) struct Inner {
    pub(crate) api: &'static Api,
    pub(crate) base: Base,
    /// What the caller said about the server. Where that is an address, operations with one of their
    /// own use it too.
    pub(crate) server: Choice,
    /// Credentials, by index into the API's schemes.
    pub(crate) tokens: Vec<Option<Token>>,
    /// Headers of every request.
    pub(crate) headers: HeaderMap,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) transport: Arc<dyn Transport>,
    /// The caller brought the transport.
    pub(crate) transport_is_own: bool,
    pub(crate) limits: Limits,
    /// The caller's policy; without one, the document's counts.
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) budget: RetryBudget,
    /// Absent where nothing limits the calls.
    pub(crate) limiter: Option<Limiter>,
    /// Absent where a refusal concerns the refused call alone.
    pub(crate) pause: Option<Pause>,
    /// Room for requests on their way; absent where there may be any number.
    pub(crate) slots: Option<Arc<Semaphore>>,
}

impl Inner {
    /// What a token source may use of the client.
    pub(crate) fn lend(&self) -> Lent {
        Lent {
            transport: Arc::clone(&self.transport),
            base_url: self.base_url(),
            user_agent: self.headers.get(USER_AGENT).cloned(),
        }
    }

    fn base_url(&self) -> String {
        self.base.to_string()
    }
}

/// Limits of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Time for the whole call.
    pub(crate) timeout: Option<Duration>,
    /// Time for each try.
    pub(crate) attempt_timeout: Duration,
    /// Most bytes of a reply's body.
    pub(crate) reply_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: None,
            attempt_timeout: Duration::from_secs(30),
            reply_bytes: 64 * 1024 * 1024,
        }
    }
}

impl Core {
    /// Begins a call of an operation.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }

    /// Begins a call of an operation that the document doesn't know; see
    /// [`Request`].
    pub fn request(&self, method: Method, path: impl Into<String>) -> Customized<Request> {
        Request::begin(self, method, path.into())
    }

    /// The API that the client calls.
    pub fn api(&self) -> &'static Api {
        self.inner.api
    }

    /// The address that requests go to, without a `/` at its end.
    pub fn base_url(&self) -> String {
        self.inner.base_url()
    }

    pub(crate) fn new(inner: Inner) -> Self {
        let inner = Arc::new(inner);
        Self { inner }
    }

    pub(crate) fn settings(&self) -> &Inner {
        &self.inner
    }
}

/// Shows the API, the address and which credentials are set, without any secret.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes = self.inner.api.schemes.iter().zip(&self.inner.tokens);
        let set = schemes.filter(|(_, token)| token.is_some());
        let set: Vec<&str> = set.map(|(scheme, _)| scheme.setter).collect();
        f.debug_struct("Core")
            .field("api", &self.inner.api.name)
            .field("base_url", &self.base_url())
            .field("credentials", &set)
            .field("limits", &self.inner.limits)
            .field("retry", &self.inner.retry)
            .finish_non_exhaustive()
    }
}
