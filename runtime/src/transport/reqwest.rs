//! The default transport: reqwest over rustls.

use std::time::Duration;

use reqwest::Url;
use reqwest::redirect::Policy;

use super::tls::{self, TlsError};
use super::{BoxFuture, Transport, TransportError};
use crate::auth::Identity;
use crate::{Body, BoxError};

/// Time for a connection, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends with a [`reqwest::Client`].
pub(crate) struct ReqwestTransport(pub(crate) reqwest::Client);

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = convert(request).map_err(TransportError::refused)?;
            let reply = self.0.execute(request).await.map_err(failed)?;
            let reply = http::Response::<reqwest::Body>::from(reply);
            Ok(reply.map(|body| Body::wrap(Opaque(body))))
        })
    }
}

/// The client used when the caller gives none: it follows no redirect and never sends twice. It
/// shows the certificate, if there is one, and trusts the roots beside the platform's.
pub(crate) fn default_client(
    identity: Option<&Identity>,
    roots: &[String],
) -> Result<reqwest::Client, TlsError> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls::config(identity, roots)?)
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(CONNECT_TIMEOUT)
        .build()
        .map_err(|error| TlsError::Other(error.into()))
}

/// reqwest takes WHATWG URLs, whose parser rewrites some addresses. One that it would rewrite is
/// refused rather than sent to another place.
fn convert(request: http::Request<Body>) -> Result<reqwest::Request, BoxError> {
    let (head, body) = request.into_parts();
    let address = head.uri.to_string();
    let url = Url::parse(&address)?;
    let wanted = head.uri.path_and_query().map_or("/", |target| target.as_str());
    let parsed = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    if parsed != wanted {
        return Err("the address would be rewritten on the way".into());
    }
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    *request.body_mut() = match body.as_bytes() {
        Some(bytes) if bytes.is_empty() => None,
        Some(bytes) => Some(bytes.clone().into()),
        None => Some(reqwest::Body::wrap(body)),
    };
    Ok(request)
}

/// The error without the address, whose query may hold a credential.
fn failed(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_connect() {
        TransportError::connect(error)
    } else if error.is_builder() || error.is_request() && error.is_redirect() {
        TransportError::refused(error)
    } else {
        TransportError::interrupted(error)
    }
}

/// A reply body whose errors don't tell the address.
struct Opaque(reqwest::Body);

impl http_body::Body for Opaque {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, BoxError>>> {
        std::pin::Pin::new(&mut self.0)
            .poll_frame(context)
            .map_err(|error| error.without_url().into())
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.0.size_hint()
    }
}
