//! Connections of the built-in transport: straight, or by a proxy; with TLS, or without.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tower_service::Service;

use crate::{BoxError, BoxFuture};

/// Time for a connection, proxies and TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Time without traffic before it is asked whether the other side is still there, and between asking
/// and asking again.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// Connects in bounded time, and speaks TLS where the address says so.
#[derive(Clone)]
pub(super) struct Https(HttpsConnector<Connector>);

/// Connects to a server, or by a proxy, without TLS to the server.
#[derive(Clone)]
struct Connector {
    direct: HttpConnector,
    /// To proxies, some of which speak TLS themselves.
    to_proxy: HttpsConnector<HttpConnector>,
    proxies: Arc<Matcher>,
}

/// What connects with these settings of TLS.
pub(super) fn connector(tls: ClientConfig, proxies: Arc<Matcher>) -> Https {
    let mut direct = HttpConnector::new();
    direct.enforce_http(false);
    direct.set_nodelay(true);
    direct.set_connect_timeout(Some(CONNECT_TIMEOUT));
    direct.set_keepalive(Some(KEEPALIVE));
    direct.set_keepalive_interval(Some(KEEPALIVE));
    // A proxy isn't asked for HTTP/2.
    let mut to_proxy = tls.clone();
    to_proxy.alpn_protocols.clear();
    let to_proxy = HttpsConnector::from((direct.clone(), to_proxy));
    Https(HttpsConnector::from((Connector { direct, to_proxy, proxies }, tls)))
}

impl Service<Uri> for Https {
    type Response = MaybeHttpsStream<Link>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let connecting = self.0.call(to);
        Box::pin(async move {
            let connected = timeout(CONNECT_TIMEOUT, connecting).await;
            connected.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
        })
    }
}

impl Service<Uri> for Connector {
    type Response = Link;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Link, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.direct.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let Some(proxy) = self.proxies.intercept(&to) else {
            let connecting = self.direct.call(to);
            return Box::pin(async move {
                let stream = MaybeHttpsStream::Http(connecting.await?);
                Ok(Link { stream, is_proxied: false })
            });
        };
        let mut to_proxy = self.to_proxy.clone();
        if to.scheme() != Some(&Scheme::HTTPS) {
            let connecting = to_proxy.call(proxy.uri().clone());
            return Box::pin(
                async move { Ok(Link { stream: connecting.await?, is_proxied: true }) },
            );
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
        if let Some(credential) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credential.clone());
        }
        let connecting = tunnel.call(to);
        Box::pin(async move { Ok(Link { stream: connecting.await?, is_proxied: false }) })
    }
}

/// A connection before TLS with the server.
pub(super) struct Link {
    stream: MaybeHttpsStream<TokioIo<TcpStream>>,
    /// The proxy reads the requests, so they begin with the whole address (RFC 9112, section 3.2.2).
    is_proxied: bool,
}

impl Connection for Link {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.is_proxied)
    }
}

impl Read for Link {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Link {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }
}
