//! What the wire tests of Kandji share: a client, and what each request has.

use mdm_clients::kandji::Client;
use tenon_runtime::RetryPolicy;

use crate::wire::{Request, Server};

/// The device of the documented examples.
pub const DEVICE: &str = "0bc8f610-5b88-49a6-b9ef-a68bf04e1e59";

/// The media type of every body.
pub const JSON: &str = "application/json";

/// The `User-Agent` of a client that sets none.
const AGENT: &str = concat!("kandji/v1 tenon/", env!("CARGO_PKG_VERSION"));

/// A client of this server, which tries once.
///
/// # Panics
///
/// The client can't be built.
pub fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).bearer("t0ken");
    builder.retry(RetryPolicy::none()).build().expect("a client")
}

/// The request line of an action on the device.
pub fn action(name: &str) -> String {
    format!("POST /api/v1/devices/{DEVICE}/action/{name}")
}

/// The one request that came, after what every request has is asserted.
///
/// # Panics
///
/// It has something else, or there isn't one.
pub fn sent(server: &Server, line: &str) -> Request {
    let request = server.request();
    assert_eq!(request.line, line);
    assert_eq!(request.header("host"), Some(server.host()));
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(request.header("user-agent"), Some(AGENT));
    request
}

/// Asserts that a request without a body came, to an action without one in its reply.
///
/// # Panics
///
/// There wasn't one.
pub fn assert_bare(server: &Server, line: &str) {
    let request = sent(server, line);
    assert_eq!(request.header("accept"), Some("*/*"));
    request.assert_bodiless();
}

/// Asserts that a request with this JSON body came, to an action without one in its reply.
///
/// # Panics
///
/// There wasn't one.
pub fn assert_json(server: &Server, line: &str, body: &str) {
    let request = sent(server, line);
    assert_eq!(request.header("accept"), Some("*/*"));
    request.assert_json(JSON, body);
}
