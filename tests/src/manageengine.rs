//! What the wire tests of ManageEngine share: a client, and the errors that each operation documents.

use mdm_clients::manageengine::Client;
use mdm_clients::manageengine::models::Error;
use serde_json::Value;
use tenon_runtime::{RetryPolicy, codec};

use crate::document::{Document, same};
use crate::wire::{Request, Server, json_reply};

/// The media type of every JSON body.
pub const JSON: &str = "application/json;charset=UTF-8";

/// The `User-Agent` of a client that sets none.
const AGENT: &str = concat!("manageengine/1 tenon/", env!("CARGO_PKG_VERSION"));

/// The statuses of the errors that every operation documents.
const STATUSES: [u16; 11] = [400, 401, 403, 404, 405, 406, 409, 412, 422, 429, 500];

/// A client of this server, with the path that the cloud edition has.
///
/// # Panics
///
/// The client can't be built.
pub fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(format!("{}/api/v1", server.url()));
    builder.zoho_token("t0ken").retry(RetryPolicy::none()).build().expect("a client")
}

/// A server that gives the documented reply of an operation.
pub async fn documented(operation: &str) -> Server {
    Server::ok(JSON, &Document::of("manageengine").operation(operation).reply(200)).await
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
    assert_eq!(request.header("authorization"), Some("Zoho-oauthtoken t0ken"));
    assert_eq!(request.header("user-agent"), Some(AGENT));
    request
}

/// Asserts that a request without a body came, to an operation without one in its reply.
///
/// # Panics
///
/// There wasn't one.
pub fn assert_bare(server: &Server, line: &str) {
    let request = sent(server, line);
    assert_eq!(request.header("accept"), Some("*/*"));
    request.assert_bodiless();
}

/// Asserts that a request without a body came, to an operation whose reply is JSON.
///
/// # Panics
///
/// There wasn't one.
pub fn assert_get(server: &Server, line: &str) {
    let request = sent(server, line);
    assert_eq!(request.header("accept"), Some(JSON));
    request.assert_bodiless();
}

/// Asserts that a request with this JSON body came, to an operation whose reply is JSON.
///
/// # Panics
///
/// There wasn't one.
pub fn assert_json(server: &Server, line: &str, body: &str) {
    let request = sent(server, line);
    assert_eq!(request.header("accept"), Some(JSON));
    request.assert_json(JSON, body);
}

/// Asserts that a request with this JSON body came, to an operation without one in its reply.
///
/// # Panics
///
/// There wasn't one.
pub fn assert_json_for_nothing(server: &Server, line: &str, body: &str) {
    let request = sent(server, line);
    assert_eq!(request.header("accept"), Some("*/*"));
    request.assert_json(JSON, body);
}

/// Gives each documented error of an operation to `call`, which tells the status that the error's variant stands for,
/// and its body; asserts that both are as documented.
///
/// # Panics
///
/// They aren't, or a status is missing in the document.
pub async fn tells_errors_apart(operation: &str, call: impl AsyncFn(Client) -> (u16, Error)) {
    let operation = Document::of("manageengine").operation(operation);
    let mut statuses = Vec::new();
    for reply in operation.errors() {
        let content = reply.content.as_ref().expect("a documented body");
        assert_eq!(content.media, JSON);
        assert!(!content.examples.is_empty(), "no example of {}", reply.status);
        for example in &content.examples {
            let server = Server::replying(json_reply(reply.status, JSON, &example.value)).await;
            let (status, body) = call(client(&server)).await;
            let body: Value = serde_json::from_slice(&codec::to_vec(&body)).expect("JSON");
            assert_eq!(status, reply.status);
            assert!(same(&body, &example.value), "{body} instead of {}", example.value);
            assert_eq!(server.requests().len(), 1);
        }
        statuses.push(reply.status);
    }
    assert_eq!(statuses, STATUSES);
}

/// Sends a call that fails: the status that the variant of its documented error stands for, and the error's body.
#[macro_export]
macro_rules! refused {
    ($errors:ident, $call:expr) => {{
        let error = $call.await.expect_err("a reply that tells of an error");
        let (status, body) = match error.documented() {
            Some($errors::BadRequest(body)) => (400, body),
            Some($errors::Unauthorized(body)) => (401, body),
            Some($errors::Forbidden(body)) => (403, body),
            Some($errors::NotFound(body)) => (404, body),
            Some($errors::MethodNotAllowed(body)) => (405, body),
            Some($errors::NotAcceptable(body)) => (406, body),
            Some($errors::Conflict(body)) => (409, body),
            Some($errors::PreconditionFailed(body)) => (412, body),
            Some($errors::UnprocessableContent(body)) => (422, body),
            Some($errors::TooManyRequests(body)) => (429, body),
            Some($errors::InternalServerError(body)) => (500, body),
            other => panic!("{error} isn't documented: {other:?}"),
        };
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
        (status, body.clone())
    }};
}
