//! A client as it is registered with the authorization server, and what can be done with it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::authorization::Authorization;
use super::device::{self, DeviceLogin};
use super::discovery::{self, Provider};
use super::endpoint::{Endpoint, Endpoints};
use super::error::{OAuthError, Step};
use super::request::{Grant, ask};
use super::source::Source;
use super::store::{ErasedStore, MemoryStore, TokenStore, Tokens};
use super::{authorization, endpoint, revoke};
use tokio::sync::OnceCell;

use crate::auth::Lent;
use crate::auth::source::LEEWAY;
use crate::{ClientAuth, OAuth2, Secret, Token, Transport};

/// Time for a request to the authorization server.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A client as it is registered with the authorization server (RFC 6749, section 2): its id, its
/// secret, and where tokens are fetched.
///
/// It begins with [`OAuth2::client`]. [`refresh_token`](Self::refresh_token),
/// [`client_credentials`](Self::client_credentials) and [`stored`](Self::stored) make credentials for
/// a client builder; [`authorize`](Self::authorize) and [`device_login`](Self::device_login) get the
/// first tokens from a user. Clones share the token store. `Debug` shows no secret.
#[derive(Clone)]
#[must_use = "a registered client does nothing by itself"]
pub struct OAuthClient {
    pub(super) scheme: &'static OAuth2,
    pub(super) id: String,
    pub(super) secret: Option<Secret>,
    pub(super) auth: ClientAuth,
    pub(super) endpoints: Endpoints,
    /// What the provider told, once it was asked.
    pub(super) provider: Arc<OnceCell<Provider>>,
    discovery_url: Option<String>,
    pub(super) redirect_uri: Option<String>,
    pub(super) scopes: Vec<String>,
    pub(super) token_params: Vec<(String, String)>,
    pub(super) authorization_params: Vec<(String, String)>,
    pub(super) uses_pkce: bool,
    pub(super) store: Arc<dyn ErasedStore>,
    pub(super) leeway: Duration,
    pub(super) timeout: Duration,
    transport: Option<Arc<dyn Transport>>,
}

impl OAuth2 {
    /// A client that is registered with the authorization server under this id.
    pub fn client(&'static self, id: impl Into<String>) -> OAuthClient {
        let params = self.authorization_params.iter();
        OAuthClient {
            scheme: self,
            id: id.into(),
            secret: None,
            auth: self.client_auth,
            endpoints: Endpoints::default(),
            provider: Arc::default(),
            discovery_url: None,
            redirect_uri: None,
            scopes: Vec::new(),
            token_params: Vec::new(),
            authorization_params: params.map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
            uses_pkce: true,
            store: Arc::new(MemoryStore::new()),
            leeway: LEEWAY,
            timeout: TIMEOUT,
            transport: None,
        }
    }
}

/// Settings.
impl OAuthClient {
    /// Sets the client's secret. Public clients, such as programs on a user's machine, have none.
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sets how the token endpoint is told the id and the secret, where the document doesn't know
    /// better.
    pub fn client_auth(mut self, auth: ClientAuth) -> Self {
        self.auth = auth;
        self
    }

    /// Sets the scopes to ask for. The constants of an API are in its module `scopes`.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets where the browser comes back to: the address that was registered (RFC 6749, section
    /// 3.1.2).
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(uri.into());
        self
    }

    /// Takes the endpoints of another place where the vendor runs them: by a name that the document
    /// lists, such as `eu`, or by scheme and host.
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.endpoints.origin = Some(origin.into());
        self
    }

    /// Sets the authorization endpoint.
    pub fn authorization_url(mut self, url: impl Into<String>) -> Self {
        self.endpoints.set(Endpoint::Authorization, url.into());
        self
    }

    /// Sets the token endpoint, which renews tokens too unless
    /// [`refresh_url`](Self::refresh_url) is set.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.endpoints.set(Endpoint::Token, url.into());
        self
    }

    /// Sets the endpoint that renews tokens.
    pub fn refresh_url(mut self, url: impl Into<String>) -> Self {
        self.endpoints.set(Endpoint::Refresh, url.into());
        self
    }

    /// Sets the revocation endpoint.
    pub fn revocation_url(mut self, url: impl Into<String>) -> Self {
        self.endpoints.set(Endpoint::Revocation, url.into());
        self
    }

    /// Sets the device authorization endpoint.
    pub fn device_url(mut self, url: impl Into<String>) -> Self {
        self.endpoints.set(Endpoint::Device, url.into());
        self
    }

    /// Sets where the provider tells its endpoints, in place of the document's `openIdConnectUrl`:
    /// the issuer, and `/.well-known/openid-configuration` behind it.
    pub fn discovery_url(mut self, url: impl Into<String>) -> Self {
        self.discovery_url = Some(url.into());
        self.provider = Arc::default();
        self
    }

    /// Adds a parameter to each token request, such as `audience`.
    pub fn token_param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.token_params.push((name.into(), value.into()));
        self
    }

    /// Adds a parameter to the address at which the user consents, such as `prompt`. It replaces the
    /// document's of its name.
    pub fn authorization_param(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        let name = name.into();
        self.authorization_params.retain(|(known, _)| *known != name);
        self.authorization_params.push((name, value.into()));
        self
    }

    /// Leaves out PKCE (RFC 7636), for a server that refuses its parameters.
    pub fn without_pkce(mut self) -> Self {
        self.uses_pkce = false;
        self
    }

    /// Sets where tokens are kept, in place of memory.
    pub fn store(mut self, store: impl TokenStore) -> Self {
        self.store = Arc::new(store);
        self
    }

    /// Sets how long before its end a token is renewed: 30 seconds by default, and at most half its
    /// time.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Sets the time for each request to the authorization server: 30 seconds by default. Calls that
    /// wait for a token keep their own limits too.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets what carries requests to the authorization server. By default it is what carries the
    /// calls that need the token.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }
}

/// Credentials for a client builder.
impl OAuthClient {
    /// Access tokens got with this refresh token (RFC 6749, section 6). One that the store has goes
    /// before it, as servers may replace it at each renewal.
    pub fn refresh_token(self, token: impl Into<Secret>) -> Token {
        Token::erased(Arc::new(Source::renewing(self, Some(token.into()))))
    }

    /// Access tokens got with what the store has: after [`exchange`](Self::exchange),
    /// [`exchange_code`](Self::exchange_code) or a [`device_login`](Self::device_login), or in an
    /// earlier process.
    pub fn stored(self) -> Token {
        Token::erased(Arc::new(Source::renewing(self, None)))
    }

    /// Access tokens for the client itself, without a user (RFC 6749, section 4.4).
    pub fn client_credentials(self) -> Token {
        Token::erased(Arc::new(Source::of_client(self)))
    }
}

/// First tokens, and their end.
impl OAuthClient {
    /// Asks the provider for the endpoints that neither the document nor the caller gives (OpenID
    /// Connect Discovery 1.0), once for all clones: [`authorize`](Self::authorize) sends nothing, and
    /// needs them. Whatever else needs them asks by itself.
    ///
    /// # Errors
    ///
    /// The document names no provider, there was no reply, or the reply isn't the configuration of the
    /// issuer in its address (section 4.3), or has an endpoint without TLS.
    pub async fn discover(&self) -> Result<(), OAuthError> {
        discovery::discover(self, &self.carrier(Step::Discover)?).await
    }

    /// Begins an authorization: where to send the user's browser, and what to remember until it
    /// comes back (RFC 6749, section 4.1, with PKCE, RFC 7636). Nothing is sent.
    ///
    /// # Errors
    ///
    /// The document gives no authorization endpoint, the provider wasn't asked, or an address can't be
    /// read.
    pub fn authorize(&self) -> Result<Authorization, OAuthError> {
        authorization::begin(self)
    }

    /// Exchanges the code in the address that the browser came back to, whole or from its `?` on,
    /// after checking that it belongs to this authorization. The tokens are saved in the store.
    ///
    /// # Errors
    ///
    /// The address has another `state`, the user or the server refused, there was no reply, or the
    /// store failed.
    pub async fn exchange(
        &self,
        authorization: &Authorization,
        redirected: &str,
    ) -> Result<Tokens, OAuthError> {
        let code = authorization.code(redirected)?;
        let verifier = authorization.verifier();
        let grant = Grant::Code { code: &code, verifier, redirect_uri: self.redirect_uri.as_ref() };
        self.first(&grant).await
    }

    /// Exchanges a code that was handed over by other means, such as one of the vendor's console for
    /// clients without a browser. The tokens are saved in the store. Of a code that comes with a
    /// redirect, [`exchange`](Self::exchange) checks where it came from.
    ///
    /// # Errors
    ///
    /// The server refused, there was no reply, or the store failed.
    pub async fn exchange_code(&self, code: impl Into<Secret>) -> Result<Tokens, OAuthError> {
        let code = code.into();
        let grant =
            Grant::Code { code: &code, verifier: None, redirect_uri: self.redirect_uri.as_ref() };
        self.first(&grant).await
    }

    /// Begins an authorization for a device without a browser (RFC 8628): what to show to the user,
    /// who consents elsewhere.
    ///
    /// # Errors
    ///
    /// The document gives no device authorization endpoint, the server refused, or there was no
    /// reply.
    pub async fn device_login(&self) -> Result<DeviceLogin, OAuthError> {
        device::begin(self, self.carrier(Step::Device)?).await
    }

    /// Revokes a token (RFC 7009): a refresh token, and with it what was got with it. Neither the
    /// store nor running clients are told.
    ///
    /// # Errors
    ///
    /// The document gives no revocation endpoint, the server refused, or there was no reply.
    pub async fn revoke(&self, token: impl Into<Secret>) -> Result<(), OAuthError> {
        revoke::revoke(self, &token.into(), self.carrier(Step::Revoke)?).await
    }

    /// Where the provider tells its endpoints.
    pub(super) fn provider_url(&self) -> Option<&str> {
        self.discovery_url.as_deref().or(self.scheme.discovery_url)
    }

    async fn first(&self, grant: &Grant<'_>) -> Result<Tokens, OAuthError> {
        let tokens = ask(self, grant, self.carrier(Step::Exchange)?).await?;
        self.save(&tokens, Step::Exchange).await?;
        Ok(tokens)
    }

    pub(super) async fn save(&self, tokens: &Tokens, step: Step) -> Result<(), OAuthError> {
        self.store.save(tokens).await.map_err(|error| OAuthError::store(step, error))
    }

    /// What carries requests to the authorization server on behalf of a client's call.
    pub(super) fn on_behalf(&self, mut lent: Lent) -> Lent {
        if let Some(own) = &self.transport {
            lent.transport = Arc::clone(own);
        }
        lent
    }

    /// What carries requests that no client's call stands behind.
    fn carrier(&self, step: Step) -> Result<Lent, OAuthError> {
        let transport = match &self.transport {
            Some(own) => Arc::clone(own),
            None => endpoint::default_transport(step)?,
        };
        let agent = concat!("tenon/", env!("CARGO_PKG_VERSION"));
        let user_agent = Some(::http::HeaderValue::from_static(agent));
        Ok(Lent { transport, base_url: String::new(), user_agent })
    }
}

impl fmt::Debug for OAuthClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthClient")
            .field("id", &self.id)
            .field("secret", &self.secret)
            .field("auth", &self.auth)
            .field("endpoints", &self.endpoints)
            .field("scopes", &self.scopes)
            .field("leeway", &self.leeway)
            .finish_non_exhaustive()
    }
}
