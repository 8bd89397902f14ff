//! The built-in transport: hyper over rustls.
//!
//! It sends each request as it is: it follows no redirect, keeps no cookies, and sends nothing a
//! second time of which a byte has left.

use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connector::{Https, connector};
use super::tls::{self, TlsError};
use super::{BoxFuture, Transport, TransportError};
use crate::auth::Identity;
use crate::{Body, BuildError, Secret};

/// Time that a connection may be kept unused.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);

/// Sends over connections that are kept between requests.
pub(crate) struct HyperTransport {
    client: Client<Https, Body>,
    proxies: Arc<Matcher>,
}

impl HyperTransport {
    /// What a proxy wants to be shown of a request without TLS; others are sent through tunnels,
    /// which show it themselves.
    fn show_to_proxy(&self, request: &mut http::Request<Body>) {
        if request.uri().scheme() == Some(&Scheme::HTTP)
            && let Some(proxy) = self.proxies.intercept(request.uri())
            && let Some(credential) = proxy.basic_auth()
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, credential.clone());
        }
    }
}

impl Transport for HyperTransport {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.show_to_proxy(&mut request);
        let sent = super::coding::send(&self.client, request);
        Box::pin(async move { Ok(sent.await.map_err(failed)?.map(Body::wrap)) })
    }
}

fn failed(error: Error) -> TransportError {
    if error.is_connect() {
        TransportError::connect(error)
    } else {
        TransportError::interrupted(error)
    }
}

/// How the built-in transport connects.
#[derive(Clone, Default)]
pub(crate) struct Connection {
    /// Address of a proxy; may hold a password.
    pub(crate) proxy: Option<Secret>,
    /// Certificates in PEM that are trusted beside those of the platform.
    pub(crate) roots: Vec<String>,
}

impl Connection {
    /// Nothing is set.
    pub(crate) fn is_default(&self) -> bool {
        self.proxy.is_none() && self.roots.is_empty()
    }

    /// The transport used when the caller gives none. It shows the certificate of the method of the
    /// builder that is named, if there is one.
    pub(crate) fn transport(
        &self,
        identity: Option<(&'static str, &Identity)>,
    ) -> Result<HyperTransport, BuildError> {
        let tls = tls::config(identity.map(|(_, identity)| identity), &self.roots);
        let tls = tls.map_err(|error| match (error, identity) {
            (TlsError::Identity(reason), Some((setter, _))) => {
                BuildError::InvalidCredential { setter, reason }
            }
            (TlsError::Identity(reason), None) => BuildError::Transport(reason.into()),
            (TlsError::Root, _) => BuildError::InvalidCertificate,
            (TlsError::Other(error), _) => BuildError::Transport(error),
        })?;
        let proxies = Arc::new(self.proxies()?);
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector(tls, Arc::clone(&proxies)));
        Ok(HyperTransport { client, proxies })
    }

    /// The caller's proxy for everything, else those that the environment names.
    fn proxies(&self) -> Result<Matcher, BuildError> {
        let Some(proxy) = &self.proxy else { return Ok(Matcher::from_env()) };
        let proxies = Matcher::builder().all(proxy.expose()).build();
        // One that can't be read would be left out without a word.
        let found = proxies.intercept(&Uri::from_static("http://any.invalid"));
        let scheme = found.as_ref().and_then(|proxy| proxy.uri().scheme_str());
        match scheme {
            Some("http" | "https") => Ok(proxies),
            _ => Err(BuildError::InvalidProxy),
        }
    }
}

/// The transport of a client for which nothing is set.
#[cfg(any(feature = "mock", feature = "oauth2", feature = "tower"))]
pub(crate) fn built_in() -> Result<HyperTransport, BuildError> {
    Connection::default().transport(None)
}
