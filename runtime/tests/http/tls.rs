//! A server that speaks TLS, with a certificate made for the test.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http_body::Body as _;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::api::{Client, ClientBuilder};

/// An authority, and what it says of `localhost`.
pub struct Identity {
    root: String,
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

impl Identity {
    pub fn new() -> Self {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let (root_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let root = authority.self_signed(&root_key).unwrap().pem();
        let issuer = Issuer::new(authority, root_key);
        let names = vec!["localhost".to_owned()];
        let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &issuer).unwrap();
        Self { root, certificate: certificate.der().clone(), key: key.serialize_der() }
    }

    /// The certificate of the authority, in PEM.
    pub fn root(&self) -> String {
        self.root.clone()
    }
}

/// A server that replies with JSON of what it was sent.
pub struct Https {
    address: SocketAddr,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    served: AtomicUsize,
}

impl Https {
    pub async fn start(identity: &Identity, protocols: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = acceptor(identity, protocols);
        let counts = Arc::new(Counts::default());
        let kept = counts.clone();
        tokio::spawn(async move {
            loop {
                let (connection, _) = listener.accept().await.unwrap();
                let (acceptor, counts) = (acceptor.clone(), kept.clone());
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(connection).await else { return };
                    counts.connections.fetch_add(1, Ordering::SeqCst);
                    let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                    let stream = TokioIo::new(stream);
                    // The tasks of a connection need what they use to be theirs.
                    let service = service_fn(move |request| {
                        let counts = counts.clone();
                        async move { reply(request, &counts).await }
                    });
                    let _ = if is_http2 {
                        let server = http2::Builder::new(TokioExecutor::new());
                        server.serve_connection(stream, service).await
                    } else {
                        http1::Builder::new().serve_connection(stream, service).await
                    };
                });
            }
        });
        Self { address, counts }
    }

    pub fn builder(&self) -> ClientBuilder {
        let url = format!("https://localhost:{}", self.address.port());
        Client::builder().base_url(url).bearer("t0ken")
    }

    /// Connections that came to be.
    pub fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// Requests that were replied to.
    pub fn served(&self) -> usize {
        self.counts.served.load(Ordering::SeqCst)
    }
}

fn acceptor(identity: &Identity, protocols: &[&str]) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let key = PrivateKeyDer::Pkcs8(identity.key.clone().into());
    let mut config = builder.with_single_cert(vec![identity.certificate.clone()], key).unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

async fn reply(
    request: hyper::Request<Incoming>,
    counts: &Counts,
) -> Result<hyper::Response<String>, Infallible> {
    let (head, body) = request.into_parts();
    let mut length = 0;
    let mut body = std::pin::pin!(body);
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await
    {
        length += frame.unwrap().data_ref().map_or(0, |data| data.len());
    }
    let authorization = head.headers.get("authorization").map(|value| value.to_str().unwrap());
    let json = serde_json::json!({
        "version": format!("{:?}", head.version),
        "target": head.uri.path_and_query().map(|target| target.as_str()),
        "authorization": authorization,
        "length": length,
    });
    counts.served.fetch_add(1, Ordering::SeqCst);
    let reply = hyper::Response::builder().header("content-type", "application/json");
    Ok(reply.body(json.to_string()).unwrap())
}
