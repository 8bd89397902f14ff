//! The builder of a client: collects settings, and checks them in `build`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::sync::Semaphore;

use super::{BuildError, Core, Inner, Limits};
use crate::api::{Api, Scheme};
use crate::auth::Token;
use crate::server::Choice;
use crate::{Hook, RateLimits, RetryBudget, RetryPolicy, Transport};

/// Collects the settings of a client. [`client!`](crate::client!) gives each of its methods to the
/// generated builder, where they are described.
#[derive(Clone)]
pub struct Builder {
    api: &'static Api,
    server: Choice,
    tokens: Vec<Option<Token>>,
    headers: Vec<(String, String)>,
    hooks: Vec<Arc<dyn Hook>>,
    transport: Option<Arc<dyn Transport>>,
    limits: Limits,
    retry: Option<RetryPolicy>,
    budget: Option<RetryBudget>,
    rate_limits: RateLimits,
    concurrency: Option<usize>,
    #[cfg(feature = "hyper")]
    connection: crate::transport::Connection,
}

impl Builder {
    /// The settings of a client of this API, all at their defaults.
    pub fn new(api: &'static Api) -> Self {
        let server = Choice { variables: vec![None; api.variables.len()], ..Choice::default() };
        Self {
            api,
            server,
            tokens: vec![None; api.schemes.len()],
            headers: Vec::new(),
            hooks: Vec::new(),
            transport: None,
            limits: Limits::default(),
            retry: None,
            budget: None,
            rate_limits: RateLimits::default(),
            concurrency: None,
            #[cfg(feature = "hyper")]
            connection: crate::transport::Connection::default(),
        }
    }

    /// Sets the address.
    pub fn base_url(mut self, url: String) -> Self {
        self.server.base_url = Some(url);
        self
    }

    /// Chooses a server by index.
    pub fn template(mut self, index: usize) -> Self {
        self.server.template = Some(index);
        self
    }

    /// Sets a server variable by index.
    pub fn variable(mut self, index: usize, value: String) -> Self {
        if let Some(slot) = self.server.variables.get_mut(index) {
            *slot = Some(value);
        }
        self
    }

    /// Sets the credential of the scheme at this index.
    pub fn credential(mut self, index: usize, token: Token) -> Self {
        if let Some(slot) = self.tokens.get_mut(index) {
            *slot = Some(token);
        }
        self
    }

    /// Sets the time for a whole call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = Some(timeout);
        self
    }

    /// Sets the time for each try.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = timeout;
        self
    }

    /// Sets when calls are tried again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets how many repetitions the client may make.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// Sets how often requests may be sent.
    pub fn rate_limits(mut self, limits: RateLimits) -> Self {
        self.rate_limits = limits;
        self
    }

    /// Sets how many requests may be on their way at once.
    pub fn max_concurrency(mut self, requests: usize) -> Self {
        self.concurrency = Some(requests.clamp(1, Semaphore::MAX_PERMITS));
        self
    }

    /// Sets the most bytes of a reply's body; of a stream, of each event or line.
    pub fn max_reply_bytes(mut self, bytes: u64) -> Self {
        self.limits.reply_bytes = bytes;
        self
    }

    /// Adds a header to every request.
    pub fn header(mut self, name: String, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Adds a hook.
    pub fn hook(mut self, hook: Arc<dyn Hook>) -> Self {
        self.hooks.push(hook);
        self
    }

    /// Sets the transport.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Sends with a client of reqwest.
    #[cfg(feature = "reqwest")]
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(Arc::new(crate::transport::ReqwestTransport::new(client)))
    }

    /// Sends through a proxy.
    #[cfg(feature = "hyper")]
    pub fn proxy(mut self, url: crate::Secret) -> Self {
        self.connection.proxy = Some(url);
        self
    }

    /// Trusts a certificate.
    #[cfg(feature = "hyper")]
    pub fn root_certificate(mut self, pem: String) -> Self {
        self.connection.roots.push(pem);
        self
    }

    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// A [`BuildError`] that says which of them is wrong or missing.
    pub fn build(self) -> Result<Core, BuildError> {
        let base = self.server.resolve(self.api)?;
        for (scheme, token) in self.credentials() {
            if let Some(reason) = token.fault(&scheme.credential) {
                let setter = scheme.setter;
                return Err(BuildError::InvalidCredential { setter, reason });
            }
        }
        let headers = headers(self.api, &self.headers)?;
        let limiter = self.rate_limits.limiter(self.api.limits);
        let limiter = limiter.map_err(|plan| BuildError::UnknownPlan { plan })?;
        let transport_is_own = self.transport.is_some();
        let transport = self.carrier()?;
        Ok(Core::new(Inner {
            api: self.api,
            base,
            server: self.server,
            tokens: self.tokens,
            headers,
            hooks: self.hooks,
            transport,
            transport_is_own,
            limits: self.limits,
            retry: self.retry,
            budget: self.budget.unwrap_or_default(),
            limiter,
            pause: self.rate_limits.pause(),
            slots: self.concurrency.map(|requests| Arc::new(Semaphore::new(requests))),
        }))
    }
}

impl Builder {
    /// The schemes that have a credential.
    fn credentials(&self) -> impl Iterator<Item = (&'static Scheme, &Token)> {
        let schemes = self.api.schemes.iter().zip(&self.tokens);
        schemes.filter_map(|(scheme, token)| Some((scheme, token.as_ref()?)))
    }

    /// What carries requests: the caller's transport, or the built-in one with the caller's certificates.
    fn carrier(&self) -> Result<Arc<dyn Transport>, BuildError> {
        let mut identities = self
            .credentials()
            .filter_map(|(scheme, token)| Some((scheme.setter, token.identity()?)));
        let (first, second) = (identities.next(), identities.next());
        let refused = |setter, reason| BuildError::InvalidCredential { setter, reason };
        match (&self.transport, first, second) {
            (_, _, Some((setter, _))) => {
                Err(refused(setter, "a connection shows one certificate, and another is set"))
            }
            (Some(_), Some((setter, _)), _) => {
                Err(refused(setter, "the transport is the caller's own, and needs it by itself"))
            }
            #[cfg(feature = "hyper")]
            (Some(_), None, _) if !self.connection.is_default() => {
                Err(BuildError::UnusedConnection)
            }
            (Some(transport), None, _) => Ok(Arc::clone(transport)),
            #[cfg(feature = "hyper")]
            (None, identity, _) => Ok(Arc::new(self.connection.transport(identity)?)),
            #[cfg(not(feature = "hyper"))]
            (None, _, _) => Err(BuildError::NoTransport),
        }
    }
}

/// The headers of every request. A later one replaces an earlier one of its name. Their values are
/// marked sensitive: they may be credentials.
fn headers(api: &Api, set: &[(String, String)]) -> Result<HeaderMap, BuildError> {
    let mut headers = HeaderMap::new();
    if let Ok(agent) = HeaderValue::try_from(user_agent(api)) {
        headers.insert(USER_AGENT, agent);
    }
    for (name, value) in set {
        let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        let Some((name, mut value)) = header else {
            let name = name.escape_debug().to_string();
            return Err(BuildError::InvalidHeader { name });
        };
        value.set_sensitive(name != USER_AGENT);
        headers.insert(name, value);
    }
    Ok(headers)
}

/// `kandji/1.0.0 tenon/0.1.0` (RFC 9110, section 10.1.5).
fn user_agent(api: &Api) -> String {
    let token = |text: &str| -> String {
        let is_token = |c: char| c.is_ascii_alphanumeric() || "-._~+!".contains(c);
        text.chars().map(|c| if is_token(c) { c } else { '-' }).collect()
    };
    let (name, version) = (token(api.name), token(api.version));
    let own = concat!("tenon/", env!("CARGO_PKG_VERSION"));
    match (name.is_empty(), version.is_empty()) {
        (true, _) => own.to_owned(),
        (false, true) => format!("{name} {own}"),
        (false, false) => format!("{name}/{version} {own}"),
    }
}

/// Shows the API and which credentials are set, without any secret.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set: Vec<&str> = self.credentials().map(|(scheme, _)| scheme.setter).collect();
        f.debug_struct("Builder")
            .field("api", &self.api.name)
            .field("credentials", &set)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
