//! Where the authorization server is: the caller's addresses, else the document's, else those that
//! the provider tells.

use std::sync::Arc;

use ::oauth2::url::Url;

use super::client::OAuthClient;
use super::discovery;
use super::error::{OAuthError, Step};
use crate::Transport;
use crate::auth::Lent;

/// An endpoint of the authorization server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endpoint {
    Authorization,
    Token,
    Refresh,
    Revocation,
    Device,
}

/// The addresses that the caller set.
#[derive(Clone, Debug, Default)]
pub(super) struct Endpoints {
    /// Name or address of the place whose endpoints are meant.
    pub(super) origin: Option<String>,
    set: Vec<(Endpoint, String)>,
}

impl Endpoints {
    pub(super) fn set(&mut self, endpoint: Endpoint, url: String) {
        self.set.retain(|(known, _)| *known != endpoint);
        self.set.push((endpoint, url));
    }

    fn get(&self, endpoint: Endpoint) -> Option<&str> {
        let found = self.set.iter().find(|(known, _)| *known == endpoint);
        found.map(|(_, url)| url.as_str())
    }
}

/// The address of an endpoint, for which the provider is asked where nobody else knows it.
pub(super) async fn found(
    client: &OAuthClient,
    endpoint: Endpoint,
    lent: &Lent,
    step: Step,
) -> Result<String, OAuthError> {
    discovery::for_endpoint(client, endpoint, lent).await?;
    url(client, endpoint, &lent.base_url, step)
}

/// The caller or the document gives the address.
pub(super) fn is_known(client: &OAuthClient, endpoint: Endpoint) -> bool {
    own(client, endpoint).or_else(|| stated(client, endpoint)).is_some()
}

/// The address that the caller set.
fn own(client: &OAuthClient, endpoint: Endpoint) -> Option<&str> {
    client.endpoints.get(endpoint).or_else(|| match endpoint {
        Endpoint::Refresh => client.endpoints.get(Endpoint::Token),
        _ => None,
    })
}

/// The address of an endpoint. One that the document gives without a host is relative to `base`.
pub(super) fn url(
    client: &OAuthClient,
    endpoint: Endpoint,
    base: &str,
    step: Step,
) -> Result<String, OAuthError> {
    let setter = endpoint.setter();
    if let Some(own) = own(client, endpoint) {
        let fault = || OAuthError::configuration(step, format!("`{setter}(…)` got no address"));
        return Url::parse(own).map(|_| own.to_owned()).map_err(|_| fault());
    }
    let Some(stated) = stated(client, endpoint) else {
        return told(client, endpoint, step);
    };
    let unusable = || {
        let message = format!("the document's `{stated}` is no address: call `{setter}(…)`");
        OAuthError::configuration(step, message)
    };
    let url = match Url::parse(stated) {
        Ok(url) => url,
        // `https://host/v1` is a folder here: what is relative to it lies below.
        Err(_) => {
            let base = Url::parse(&format!("{}/", base.trim_end_matches('/')));
            base.and_then(|base| base.join(stated)).map_err(|_| unusable())?
        }
    };
    let url = moved(client, url, step)?;
    if !is_safe(&url) {
        let message = format!("the document gives an address without TLS: call `{setter}(…)`");
        return Err(OAuthError::configuration(step, message));
    }
    Ok(url.into())
}

/// The address that the provider tells.
fn told(client: &OAuthClient, endpoint: Endpoint, step: Step) -> Result<String, OAuthError> {
    let provider = client.provider.get();
    if let Some(url) = provider.and_then(|provider| provider.get(endpoint)) {
        return Ok(url.to_owned());
    }
    let setter = endpoint.setter();
    let message = match (client.provider_url(), provider) {
        (Some(_), None) => "the provider tells the address: call `discover()` before".to_owned(),
        (Some(_), Some(_)) => format!("the provider tells no address for it: call `{setter}(…)`"),
        (None, _) => format!("the document gives no address for it: call `{setter}(…)`"),
    };
    Err(OAuthError::configuration(step, message))
}

/// What carries requests when nothing else is set.
#[cfg(feature = "hyper")]
pub(super) fn default_transport(step: Step) -> Result<Arc<dyn Transport>, OAuthError> {
    match crate::transport::built_in() {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(_) => Err(OAuthError::configuration(step, "the transport couldn't be set up")),
    }
}

#[cfg(not(feature = "hyper"))]
pub(super) fn default_transport(step: Step) -> Result<Arc<dyn Transport>, OAuthError> {
    Err(OAuthError::configuration(step, "there is no transport: call `transport(…)`"))
}

fn stated(client: &OAuthClient, endpoint: Endpoint) -> Option<&'static str> {
    let scheme = client.scheme;
    match endpoint {
        Endpoint::Authorization => scheme.authorization_url,
        Endpoint::Token => scheme.token_url,
        Endpoint::Refresh => scheme.refresh_url.or(scheme.token_url),
        Endpoint::Revocation => scheme.revocation_url,
        Endpoint::Device => scheme.device_url,
    }
}

/// The same endpoint where the caller wants it.
fn moved(client: &OAuthClient, url: Url, step: Step) -> Result<Url, OAuthError> {
    let Some(wanted) = &client.endpoints.origin else { return Ok(url) };
    let known = client.scheme.origins;
    let named = known.iter().find(|(name, _)| *name == wanted.as_str());
    let origin = named.map_or(wanted.as_str(), |(_, origin)| *origin);
    let Some(mut moved) = Url::parse(origin).ok().filter(Url::has_host) else {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let message = format!(
            "`origin(…)` got neither an address nor a name that the document lists ({names})"
        );
        return Err(OAuthError::configuration(step, message));
    };
    moved.set_path(url.path());
    moved.set_query(url.query());
    Ok(moved)
}

/// Secrets go over TLS (RFC 6749, section 3.2), or don't leave the machine.
pub(super) fn is_safe(url: &Url) -> bool {
    let is_local = match url.host() {
        Some(::oauth2::url::Host::Domain(name)) => name == "localhost",
        Some(::oauth2::url::Host::Ipv4(address)) => address.is_loopback(),
        Some(::oauth2::url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || is_local
}

impl Endpoint {
    fn setter(self) -> &'static str {
        match self {
            Self::Authorization => "authorization_url",
            Self::Token => "token_url",
            Self::Refresh => "refresh_url",
            Self::Revocation => "revocation_url",
            Self::Device => "device_url",
        }
    }
}
