//! The settings of TLS for the default transport: whom it trusts, and the certificate it shows.

use std::sync::{Arc, OnceLock};

use rustls::client::WantsClientCert;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, WantsVerifier};
use rustls_platform_verifier::BuilderVerifierExt;
#[cfg(not(target_os = "android"))]
use rustls_platform_verifier::Verifier;

use crate::BoxError;
use crate::auth::Identity;

/// Why there are no settings.
pub(crate) enum TlsError {
    /// The certificate to show, or its key, is at fault.
    Identity(&'static str),
    /// A certificate to trust isn't in PEM form.
    Root,
    Other(BoxError),
}

/// The settings for a client. Those without certificates of the caller's are made once, as loading
/// the platform's takes a while.
pub(super) fn config(
    identity: Option<&Identity>,
    roots: &[String],
) -> Result<ClientConfig, TlsError> {
    static SHARED: OnceLock<ClientConfig> = OnceLock::new();
    if identity.is_some() || !roots.is_empty() {
        return new(identity, roots);
    }
    if let Some(config) = SHARED.get() {
        return Ok(config.clone());
    }
    let config = new(None, &[])?;
    Ok(SHARED.get_or_init(|| config).clone())
}

fn new(identity: Option<&Identity>, roots: &[String]) -> Result<ClientConfig, TlsError> {
    let extra: Option<Vec<_>> = roots.iter().map(|text| certificates(text)).collect();
    let extra = extra.ok_or(TlsError::Root)?.concat();
    let trusting = trusting(extra).map_err(TlsError::Other)?;
    let mut config = match identity {
        Some(identity) => with_identity(trusting, identity)?,
        None => trusting.with_no_client_auth(),
    };
    #[cfg(feature = "http2")]
    config.alpn_protocols.push(b"h2".to_vec());
    config.alpn_protocols.push(b"http/1.1".to_vec());
    Ok(config)
}

type Trusting = ConfigBuilder<ClientConfig, WantsClientCert>;

/// Certificates are checked by the platform. The cryptography is the one that the process has
/// installed, else ring.
fn trusting(extra: Vec<CertificateDer<'static>>) -> Result<Trusting, BoxError> {
    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    match extra.is_empty() {
        true => Ok(builder.with_platform_verifier()?),
        false => trusting_more(builder, extra),
    }
}

#[cfg(not(target_os = "android"))]
fn trusting_more(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    extra: Vec<CertificateDer<'static>>,
) -> Result<Trusting, BoxError> {
    let provider = Arc::clone(builder.crypto_provider());
    let verifier = Verifier::new_with_extra_roots(extra, provider)?;
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)))
}

/// The verifier of this platform takes none.
#[cfg(target_os = "android")]
fn trusting_more(
    _builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    _extra: Vec<CertificateDer<'static>>,
) -> Result<Trusting, BoxError> {
    Err("Android has no way to trust a certificate for one client: add it to the app".into())
}

fn with_identity(trusting: Trusting, identity: &Identity) -> Result<ClientConfig, TlsError> {
    let chain = certificates(&identity.certificates)
        .ok_or(TlsError::Identity("its certificate isn't in PEM form"))?;
    let key = PrivateKeyDer::from_pem_slice(identity.key.expose().as_bytes())
        .map_err(|_| TlsError::Identity("its key isn't in PEM form (PKCS #8, PKCS #1 or SEC 1)"))?;
    trusting.with_client_auth_cert(chain, key).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => {
            TlsError::Identity("its key is not that of its certificate")
        }
        _ => TlsError::Identity("its certificate or key can't be used"),
    })
}

/// The certificates of a text in PEM form; absent when there is none, or one is broken.
fn certificates(text: &str) -> Option<Vec<CertificateDer<'static>>> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text.as_bytes()).collect();
    found.ok().filter(|found| !found.is_empty())
}
