//! Without the feature `hyper`, the user brings the transport.
#![cfg(not(feature = "hyper"))]

use tenon_runtime::op::{Call, Core, Empty, Operation, Response, Status, Undocumented};
use tenon_runtime::{Api, Body, BoxFuture, BuildError, ServerTemplate, Transport, TransportError};

static API: Api =
    Api::new("test", "Test", "1").servers(&[ServerTemplate::new("Only", "https://test.test")]);

tenon_runtime::client! {
    /// A client.
    Client, ClientBuilder, API
}

static PING: Operation = Operation::new("ping", "GET", "/ping")
    .responses(&[Response::empty(Status::Code(204), 0)])
    .idempotent();

struct Ping {
    call: Call,
}
tenon_runtime::endpoint!(Ping: Empty, Undocumented);

struct Quiet;

impl Transport for Quiet {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        assert_eq!(request.uri(), "https://test.test/ping");
        Box::pin(async {
            let mut reply = http::Response::new(Body::empty());
            *reply.status_mut() = http::StatusCode::NO_CONTENT;
            Ok(reply)
        })
    }
}

#[test]
fn a_transport_has_to_be_set() {
    let error = Client::builder().build().unwrap_err();
    assert!(matches!(error, BuildError::NoTransport));
    assert!(error.to_string().contains("transport(…)"), "{error}");
}

#[tokio::test]
async fn the_users_transport_is_sent_with() {
    let client = Client::builder().transport(Quiet).build().unwrap();
    let core: &Core = client.core();
    let reply = Ping { call: core.call(&PING) }.await.unwrap();
    assert_eq!(reply.status(), 204);
}
