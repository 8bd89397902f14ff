//! Codings of replies: what the features turn on is asked for, and decoded as it comes
//! (RFC 9110, section 8.4).

use hyper::body::Incoming;
use hyper_util::client::legacy::{Client, Error};

use super::connector::Https;
use crate::Body;

#[cfg(not(any(feature = "gzip", feature = "brotli", feature = "zstd")))]
pub(super) type Decoded = Incoming;
#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
pub(super) type Decoded = tower_http::decompression::DecompressionBody<Incoming>;

/// Sends a request. Without such a feature, replies come as they are.
#[cfg(not(any(feature = "gzip", feature = "brotli", feature = "zstd")))]
pub(super) fn send(
    client: &Client<Https, Body>,
    request: http::Request<Body>,
) -> impl Future<Output = Result<http::Response<Decoded>, Error>> + Send + use<> {
    client.request(request)
}

/// Sends a request.
#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
pub(super) fn send(
    client: &Client<Https, Body>,
    request: http::Request<Body>,
) -> impl Future<Output = Result<http::Response<Decoded>, Error>> + Send + use<> {
    use tower_service::Service;

    let client = tower_http::decompression::Decompression::new(client).no_deflate();
    // Another crate may have turned on what our features don't.
    let client = if cfg!(feature = "gzip") { client } else { client.no_gzip() };
    let client = if cfg!(feature = "brotli") { client } else { client.no_br() };
    let mut client = if cfg!(feature = "zstd") { client } else { client.no_zstd() };
    client.call(request)
}
