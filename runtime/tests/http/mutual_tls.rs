//! Mutual TLS against a real TLS server, which asks for certificates of an authority made here.

use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use tenon_runtime::op::{Operation, Security};
use tenon_runtime::{BuildError, ErrorKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use super::api::{Client, ClientBuilder, OK};
use super::script::{Script, status};

/// The certificate alone, and with a key in a header.
static ALONE: &[&[Security]] = &[&[Security::new(7, &[])]];
static BESIDE: &[&[Security]] = &[&[Security::new(7, &[]), Security::new(2, &[])]];

fn needs(security: &'static [&'static [Security]]) -> Operation {
    Operation::new("x", "GET", "/x").responses(OK).security(security).idempotent()
}

/// An authority that signs.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "An authority");
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// A certificate and its key, in PEM form.
    fn sign(&self, name: &str) -> (String, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key)
    }
}

/// What the server saw of a connection: the certificate's bytes, and the request.
type Seen = Arc<Mutex<Vec<(Vec<u8>, String)>>>;

/// A TLS server that takes only clients with a certificate of the authority.
async fn serve(authority: &Authority) -> (String, Seen) {
    let json = "content-type: application/json";
    serve_with(authority, &format!("200 OK\r\n{json}\r\ncontent-length: 1"), "1").await
}

/// The same with this head and body of its replies.
async fn serve_with(authority: &Authority, head: &str, body: &str) -> (String, Seen) {
    let reply = format!("HTTP/1.1 {head}\r\nconnection: close\r\n\r\n{body}");
    let mut roots = RootCertStore::empty();
    roots.add(der(&authority.pem)).unwrap();
    let provider = Arc::new(default_provider());
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let (certificate, key) = authority.sign("localhost");
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier.build().unwrap())
        .with_single_cert(vec![der(&certificate)], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    tokio::spawn(async move {
        loop {
            let (connection, _) = listener.accept().await.unwrap();
            let (acceptor, kept) = (acceptor.clone(), Arc::clone(&kept));
            let reply = reply.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(connection).await else { return };
                let mut buffer = vec![0; 65_536];
                let mut count = 0;
                while !buffer[..count].ends_with(b"\r\n\r\n") {
                    match stream.read(&mut buffer[count..]).await {
                        Ok(more @ 1..) => count += more,
                        _ => return,
                    }
                }
                let shown = stream.get_ref().1.peer_certificates().unwrap_or_default();
                let shown = shown.first().map(|it| it.to_vec()).unwrap_or_default();
                let request = String::from_utf8_lossy(&buffer[..count]).into_owned();
                kept.lock().unwrap().push((shown, request));
                let _ = stream.write_all(reply.as_bytes()).await;
                let _ = stream.shutdown().await;
                // Closed with something unread, the connection would be reset under the reply.
                while stream.read(&mut buffer).await.is_ok_and(|count| count > 0) {}
            });
        }
    });
    (url, seen)
}

fn der(pem: &str) -> tokio_rustls::rustls::pki_types::CertificateDer<'static> {
    use tokio_rustls::rustls::pki_types::pem::PemObject;
    tokio_rustls::rustls::pki_types::CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

fn trusting(url: &str, authority: &Authority) -> ClientBuilder {
    Client::builder().base_url(url).root_certificate(&authority.pem)
}

#[tokio::test]
async fn the_server_sees_the_client_s_certificate() {
    let authority = Authority::new();
    let (url, seen) = serve(&authority).await;
    let (certificate, key) = authority.sign("a client");
    let builder = trusting(&url, &authority).certificate(&certificate, key.serialize_pem());
    let client = builder.api_key("k").build().unwrap();
    client.devices().any(needs(ALONE)).await.unwrap();
    client.devices().any(needs(BESIDE)).await.unwrap();
    let seen = seen.lock().unwrap();
    for (shown, request) in seen.iter() {
        assert_eq!(*shown, der(&certificate).to_vec());
        assert!(request.starts_with("GET /x HTTP/1.1\r\n"), "{request}");
        assert!(!request.contains("authorization"), "{request}");
    }
    assert!(!seen[0].1.contains("x-api-key") && seen[1].1.contains("x-api-key: Token k"));
}

#[tokio::test]
async fn a_certificate_of_another_authority_or_none_is_refused_by_the_server() {
    let (authority, other) = (Authority::new(), Authority::new());
    let (url, seen) = serve(&authority).await;
    let (certificate, key) = other.sign("a client");
    let with = trusting(&url, &authority).certificate(certificate, key.serialize_pem());
    let without = trusting(&url, &authority);
    for builder in [with, without] {
        let client = builder.build().unwrap();
        let error = client.devices().any(needs(&[])).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection);
    }
    assert!(seen.lock().unwrap().is_empty());
    // Nor is a server trusted whose authority isn't.
    let (certificate, key) = authority.sign("a client");
    let client = Client::builder().base_url(url).certificate(certificate, key.serialize_pem());
    let error = client.build().unwrap().devices().any(needs(ALONE)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
}

#[tokio::test]
async fn no_credential_follows_a_redirect_from_tls_to_plain_text() {
    let plain = super::server::Server::start(vec![super::server::json("200 OK", "1")]).await;
    let authority = Authority::new();
    let head = format!("307 Temporary Redirect\r\nlocation: {}/x", plain.url());
    let (url, seen) = serve_with(&authority, &format!("{head}\r\ncontent-length: 0"), "").await;
    let (certificate, key) = authority.sign("a client");
    let builder = trusting(&url, &authority).certificate(certificate, key.serialize_pem());
    let client = builder.api_key("k").build().unwrap();
    let error = client.devices().any(needs(BESIDE)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert_eq!(seen.lock().unwrap().len(), 1);
    assert!(plain.requests().is_empty());
}

#[tokio::test]
async fn a_missing_certificate_is_told_before_anything_is_sent() {
    let client = Client::builder().base_url("https://localhost:1").build().unwrap();
    let error = client.devices().any(needs(BESIDE)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 0));
    let told = error.to_string();
    assert!(told.contains("call `certificate(…)` and `api_key(…)` on"), "{told}");
    // A transport of the caller's may have one.
    let script = Script::new([status(200)]);
    script.builder().build().unwrap().devices().any(needs(ALONE)).await.unwrap();
}

#[test]
fn what_is_no_certificate_is_told_when_the_client_is_built() {
    let authority = Authority::new();
    let (certificate, key) = authority.sign("a client");
    let (_, other) = authority.sign("another");
    let (key, other) = (key.serialize_pem(), other.serialize_pem());
    let cases = [
        ("no PEM", key.as_str(), "its certificate isn't in PEM form"),
        (&certificate, "hunter2", "its key isn't in PEM form"),
        (&certificate, &other, "its key is not that of its certificate"),
    ];
    for (certificate, key, told) in cases {
        let builder = Client::builder().base_url("https://localhost:1");
        let error = builder.certificate(certificate, key).build().unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("`certificate(…)`") && shown.contains(told), "{shown}");
        assert!(!shown.contains("hunter2"));
    }
    let client = Script::new([]).builder().certificate(&certificate, key.as_str()).build();
    assert!(client.unwrap_err().to_string().contains("the transport is the caller's own"));
    let client = Client::builder().base_url("https://localhost:1").root_certificate("no PEM");
    assert!(matches!(client.build().unwrap_err(), BuildError::InvalidCertificate));
    let shown = format!("{:?}", Client::builder().certificate(&certificate, key.as_str()));
    assert!(shown.contains("certificate") && !shown.contains("PRIVATE"), "{shown}");
}
