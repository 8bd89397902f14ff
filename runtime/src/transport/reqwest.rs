//! A client of reqwest, which the caller brings, as transport.

use std::sync::OnceLock;

use http::Uri;
use http::uri::PathAndQuery;
use reqwest::Url;

use super::{BoxFuture, Transport, TransportError};
use crate::{Body, BoxError, server};

/// Sends with a [`reqwest::Client`].
pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
    /// The server that is asked first, and mostly the only one.
    server: OnceLock<(Uri, Url)>,
}

impl ReqwestTransport {
    pub(crate) fn new(client: reqwest::Client) -> Self {
        Self { client, server: OnceLock::new() }
    }

    /// reqwest takes WHATWG URLs, whose parser rewrites some addresses. One that it would rewrite is
    /// refused rather than sent to another place.
    fn url(&self, uri: &Uri) -> Result<Url, BoxError> {
        let url = match self.server(uri)? {
            // The name of the server needn't be read again, which is the costlier half.
            Some(server) => server.join(target(uri))?,
            None => parse(uri)?,
        };
        if (url.path(), url.query()) != (uri.path(), uri.query()) {
            return Err("the address would be rewritten on the way".into());
        }
        Ok(url)
    }

    /// The address of the server, if it is the one that is known, and what follows can't be taken for
    /// the name of another.
    fn server(&self, uri: &Uri) -> Result<Option<&Url>, BoxError> {
        if self.server.get().is_none() {
            let _ = self.server.set((uri.clone(), parse(uri)?));
        }
        let known = self.server.get().filter(|(known, _)| {
            (known.scheme(), known.authority()) == (uri.scheme(), uri.authority())
        });
        Ok(known.map(|(_, url)| url).filter(|_| !uri.path().starts_with("//")))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let url = self.url(request.uri()).map_err(TransportError::refused);
        // The request isn't part of the future, which is small that way.
        let sent = url.map(|url| self.client.execute(convert(request, url)));
        Box::pin(async move {
            let reply = sent?.await.map_err(failed)?;
            let reply = http::Response::<reqwest::Body>::from(reply);
            Ok(reply.map(|body| Body::wrap(Opaque(body))))
        })
    }
}

fn convert(request: http::Request<Body>, url: Url) -> reqwest::Request {
    let (head, body) = request.into_parts();
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    *request.body_mut() = match body.as_bytes() {
        Some(bytes) if bytes.is_empty() => None,
        Some(bytes) => Some(bytes.clone().into()),
        None => Some(reqwest::Body::wrap(body)),
    };
    request
}

/// The path and query, as they are sent.
fn target(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", PathAndQuery::as_str)
}

fn parse(uri: &Uri) -> Result<Url, BoxError> {
    Ok(Url::parse(&server::address(uri, target(uri)))?)
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
