//! OpenID Connect Discovery 1.0: the provider tells the endpoints that the document doesn't give.

use ::oauth2::url::Url;
use serde_json::{Map, Value};

use super::client::OAuthClient;
use super::endpoint::{self, Endpoint, is_safe};
use super::error::{OAuthError, OAuthErrorKind, Step};
use super::http::{Http, unanswered};
use crate::auth::Lent;

/// What stands behind the issuer in the address of its configuration (section 4).
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// The most characters of the provider's words that are shown.
const LONGEST: usize = 300;

/// Metadata of a provider (section 3, and RFC 8414, section 2; RFC 8628, section 4).
const ENDPOINTS: [(&str, Endpoint); 4] = [
    ("authorization_endpoint", Endpoint::Authorization),
    ("token_endpoint", Endpoint::Token),
    ("revocation_endpoint", Endpoint::Revocation),
    ("device_authorization_endpoint", Endpoint::Device),
];

/// What a provider tells of itself.
#[derive(Debug)]
pub(super) struct Provider(Vec<(Endpoint, String)>);

impl Provider {
    pub(super) fn get(&self, endpoint: Endpoint) -> Option<&str> {
        // There is no other endpoint for refreshed tokens.
        let endpoint = if endpoint == Endpoint::Refresh { Endpoint::Token } else { endpoint };
        let found = self.0.iter().find(|(known, _)| *known == endpoint);
        found.map(|(_, url)| url.as_str())
    }
}

/// Asks the provider if it alone knows the endpoint, and hasn't been asked before.
pub(super) async fn for_endpoint(
    client: &OAuthClient,
    endpoint: Endpoint,
    lent: &Lent,
) -> Result<(), OAuthError> {
    match client.provider_url() {
        Some(_) if !endpoint::is_known(client, endpoint) => discover(client, lent).await,
        _ => Ok(()),
    }
}

/// Asks the provider for its endpoints, once.
pub(super) async fn discover(client: &OAuthClient, lent: &Lent) -> Result<(), OAuthError> {
    let Some(url) = client.provider_url() else {
        let message = "the document names no provider: call `discovery_url(…)`";
        return Err(OAuthError::configuration(Step::Discover, message));
    };
    client.provider.get_or_try_init(|| ask(url, client, lent)).await.map(|_| ())
}

async fn ask(url: &str, client: &OAuthClient, lent: &Lent) -> Result<Provider, OAuthError> {
    let issuer = issuer(url)?;
    let http = Http::new(lent.clone(), client.timeout);
    let reply = http.get(url).await.map_err(|error| unanswered(Step::Discover, error))?;
    let seen = http.seen();
    if !reply.status().is_success() {
        let error = invalid("the provider's configuration isn't there");
        return Err(error.at(seen.status, seen.retry_after));
    }
    let Ok(metadata) = serde_json::from_slice::<Map<String, Value>>(reply.body()) else {
        return Err(invalid("the reply is not a provider's configuration"));
    };
    provider(issuer, &metadata)
}

/// The issuer whose configuration has this address, which goes over TLS (section 4.1).
fn issuer(url: &str) -> Result<&str, OAuthError> {
    let unusable = |what: &str| {
        let message = format!("`{url}` {what}: call `discovery_url(…)`, or set the endpoints");
        OAuthError::configuration(Step::Discover, message)
    };
    let parsed = Url::parse(url).map_err(|_| unusable("is no address"))?;
    if !is_safe(&parsed) {
        return Err(unusable("is an address without TLS"));
    }
    url.strip_suffix(WELL_KNOWN).ok_or_else(|| unusable(&format!("doesn't end in `{WELL_KNOWN}`")))
}

/// The endpoints, if the configuration is that of the issuer: another one could send the client's
/// secret elsewhere (section 4.3). The slash at an issuer's end isn't in the address (section 4.1).
fn provider(issuer: &str, metadata: &Map<String, Value>) -> Result<Provider, OAuthError> {
    let text = |name: &str| metadata.get(name).and_then(Value::as_str);
    let told = text("issuer").unwrap_or_default();
    if told.strip_suffix('/').unwrap_or(told) != issuer {
        let told: String = told.chars().take(LONGEST).collect();
        return Err(invalid(&format!("the issuer is {told:?}, and should be {issuer:?}")));
    }
    let mut endpoints = Vec::new();
    for (name, endpoint) in ENDPOINTS {
        let Some(url) = text(name) else { continue };
        if !Url::parse(url).is_ok_and(|url| is_safe(&url)) {
            return Err(invalid(&format!("`{name}` is no address that goes over TLS")));
        }
        endpoints.push((endpoint, url.to_owned()));
    }
    Ok(Provider(endpoints))
}

fn invalid(message: &str) -> OAuthError {
    OAuthError::new(OAuthErrorKind::InvalidReply, Step::Discover, message)
}
