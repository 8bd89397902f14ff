//! The authorization code grant, up to the code: the address for the browser, and the check of
//! what comes back.

use std::fmt;

use ::oauth2::basic::BasicClient;
use ::oauth2::url::{Url, form_urlencoded};
use ::oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, RedirectUrl};

use super::client::OAuthClient;
use super::endpoint::{self, Endpoint};
use super::error::{OAuthError, OAuthErrorKind, Step};
use super::request::scope;
use crate::Secret;

/// An authorization that the user hasn't answered yet (RFC 6749, section 4.1.1).
///
/// [`state`](Self::state) and [`verifier`](Self::verifier) are to be kept with the user's session,
/// where nobody else sees them, until the browser comes back. `Debug` shows neither.
#[derive(Clone)]
pub struct Authorization {
    url: String,
    state: Secret,
    verifier: Option<Secret>,
}

impl Authorization {
    /// An authorization that was begun in another process: its state and verifier.
    pub fn resume(state: impl Into<Secret>, verifier: Option<Secret>) -> Self {
        Self { url: String::new(), state: state.into(), verifier }
    }

    /// Where to send the user's browser. Empty for one that was resumed.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the server has to repeat (RFC 6749, section 10.12).
    pub fn state(&self) -> &Secret {
        &self.state
    }

    /// What proves that the code is exchanged by who began (RFC 7636); absent without PKCE.
    pub fn verifier(&self) -> Option<&Secret> {
        self.verifier.as_ref()
    }

    /// The code in the address that the browser came back to.
    pub(super) fn code(&self, redirected: &str) -> Result<Secret, OAuthError> {
        let query = redirected.split('#').next().unwrap_or_default();
        let query = query.split_once('?').map_or(query, |(_, query)| query);
        let value = |name: &str| {
            let mut found = form_urlencoded::parse(query.as_bytes());
            found.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        let invalid = |message: &str| {
            OAuthError::new(OAuthErrorKind::InvalidRedirect, Step::Authorize, message)
        };
        // First, as anybody can send a browser here with a code or an error.
        if !value("state").is_some_and(|state| is_same(&state, self.state.expose())) {
            return Err(invalid("the redirect's `state` is not that of this authorization"));
        }
        if let Some(code) = value("error") {
            let words = value("error_description");
            return Err(OAuthError::refused(Step::Authorize, &code, words.as_deref(), &[]));
        }
        let code = value("code").filter(|code| !code.is_empty());
        code.map(Secret::new).ok_or_else(|| invalid("the redirect has no `code`"))
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization").finish_non_exhaustive()
    }
}

/// Makes the address for the browser.
pub(super) fn begin(client: &OAuthClient) -> Result<Authorization, OAuthError> {
    let step = Step::Authorize;
    let url = endpoint::url(client, Endpoint::Authorization, "", step)?;
    let unusable =
        |setter| move |_| OAuthError::configuration(step, format!("`{setter}(…)` got no address"));
    let url = AuthUrl::new(url).map_err(unusable("authorization_url"))?;
    let mut registered = BasicClient::new(ClientId::new(client.id.clone())).set_auth_uri(url);
    if let Some(uri) = &client.redirect_uri {
        let uri = RedirectUrl::new(uri.clone()).map_err(unusable("redirect_uri"))?;
        registered = registered.set_redirect_uri(uri);
    }
    let mut request = registered.authorize_url(CsrfToken::new_random);
    request = request.add_scopes(scope(client));
    for (name, value) in &client.authorization_params {
        request = request.add_extra_param(name, value);
    }
    let mut kept = None;
    if client.uses_pkce {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        request = request.set_pkce_challenge(challenge);
        kept = Some(Secret::new(verifier.into_secret()));
    }
    let (url, state): (Url, CsrfToken) = request.url();
    let state = Secret::new(state.secret());
    Ok(Authorization { url: url.into(), state, verifier: kept })
}

/// Compares without telling by its time where the first difference is.
fn is_same(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differences == 0
}
