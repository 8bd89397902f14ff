//! No secret is shown by what a user may print.

use std::error::Error as _;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tenon_runtime::op::{Operation, Security};
use tenon_runtime::{AccessToken, BoxError, Hook, HookContext, RetryPolicy, Token, TokenSource};

use super::api::{Client, ClientBuilder, Device, OK};
use super::server::{Act, Server, json, reply};

const SECRET: &str = "hunter2";

fn is_silent(what: &str, shown: &str) {
    assert!(!shown.contains(SECRET), "{what} shows a secret: {shown}");
    // The Base64 of `user:hunter2`.
    assert!(!shown.contains("dXNlcjpodW50ZXIy"), "{what} shows a secret: {shown}");
}

fn with_secrets(builder: ClientBuilder) -> ClientBuilder {
    builder
        .bearer(SECRET)
        .basic("user", SECRET)
        .api_key(SECRET)
        .query_key(SECRET)
        .cookie_key(SECRET)
        .zoho(Token::source(Fixed))
        .header("x-secret", SECRET)
}

struct Fixed;

impl TokenSource for Fixed {
    async fn fetch(&self) -> Result<AccessToken, BoxError> {
        Ok(AccessToken::new(SECRET))
    }
}

#[test]
fn builders_clients_tokens_and_calls_are_silent() {
    let builder = with_secrets(Client::builder().subdomain("acme"));
    is_silent("the builder", &format!("{builder:?}"));
    let client = builder.build().unwrap();
    is_silent("the client", &format!("{client:?} {client:#?}"));
    assert!(format!("{client:?}").contains("bearer"));
    let devices = client.devices();
    is_silent("the group", &format!("{devices:?}"));
    let call = devices.get(SECRET).trace(SECRET).theme(SECRET);
    is_silent("the call", &format!("{call:?}"));
    let call = devices.create(Device { id: 1, name: Some(SECRET.into()) });
    is_silent("the call", &format!("{call:?}"));
    let call = call.customize().header("x", SECRET).query("y", SECRET).idempotency_key(SECRET);
    is_silent("the call", &format!("{call:?}"));
    is_silent("the future", &format!("{:?}", call.send()));
    for token in [SECRET.into(), Token::basic("user", SECRET), Token::source(Fixed)] {
        is_silent("the token", &format!("{token:?} {token:#?}"));
    }
    let token = AccessToken::new(SECRET);
    is_silent("the access token", &format!("{token:?}"));
}

fn error_is_silent<E: Debug>(what: &str, error: &tenon_runtime::Error<E>) {
    is_silent(what, &format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        is_silent(what, &format!("{cause} {cause:?}"));
        source = cause.source();
    }
}

/// A call with a credential in the query, and a secret body in the reply.
async fn failed(act: Act) -> tenon_runtime::Error<tenon_runtime::op::Undocumented> {
    let server = Server::start(vec![act]).await;
    let client = with_secrets(Client::builder().base_url(server.url()));
    let client = client.retry(RetryPolicy::none()).max_reply_bytes(1000).build().unwrap();
    const QUERY: &[&[Security]] = &[&[Security::new(3, &[]), Security::new(0, &[])]];
    let operation = Operation::new("x", "GET", "/x").responses(OK).security(QUERY);
    client.devices().any(operation).await.unwrap_err()
}

#[tokio::test]
async fn errors_are_silent() {
    let body = format!(r#"{{"token":"{SECRET}"}}"#);
    let cookie = format!("set-cookie: a={SECRET}\r\ncontent-type: text/html\r\n");
    error_is_silent("an unexpected status", &failed(json("500 Oops", &body)).await);
    error_is_silent("an unexpected type", &failed(reply("200 OK", &cookie, &body)).await);
    error_is_silent("a cut connection", &failed(Act::Cut).await);
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx";
    error_is_silent("a cut body", &failed(Act::Reply(cut.into())).await);
    error_is_silent("no HTTP", &failed(Act::Reply("nonsense\r\n\r\n".into())).await);
    let large = json("200 OK", &body.repeat(100));
    error_is_silent("a large reply", &failed(large).await);

    let builder = with_secrets(Client::builder().base_url("http://127.0.0.1:1"));
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    const QUERY: &[&[Security]] = &[&[Security::new(3, &[])]];
    let operation = Operation::new("x", "GET", "/x").security(QUERY);
    error_is_silent("no connection", &client.devices().any(operation).await.unwrap_err());
    let error = client.devices().get("1").trace(format!("{SECRET}\n")).await.unwrap_err();
    error_is_silent("a refusal", &error);
}

#[tokio::test]
async fn replies_are_silent_but_for_their_value() {
    let head = format!("content-type: application/json\r\nset-cookie: a={SECRET}\r\n");
    let server = Server::start(vec![reply("200 OK", &head, r#"{"id":1}"#)]).await;
    let reply = server.client().devices().get("1").await.unwrap();
    is_silent("the reply", &format!("{reply:?}"));
    assert!(format!("{reply:?}").contains("id: 1"));
}

#[tokio::test]
async fn credentials_in_requests_are_marked_sensitive() {
    #[derive(Clone, Default)]
    struct Seen(Arc<Mutex<String>>);
    impl Hook for Seen {
        fn before(
            &self,
            _context: &HookContext,
            request: &mut http::request::Parts,
        ) -> Result<(), BoxError> {
            *self.0.lock().unwrap() = format!("{:?}", request.headers);
            Ok(())
        }
    }
    let server = Server::start(vec![json("200 OK", "1")]).await;
    let seen = Seen::default();
    let builder = with_secrets(Client::builder().base_url(server.url()));
    let client = builder.hook(seen.clone()).build().unwrap();
    const ALL: &[&[Security]] =
        &[&[Security::new(0, &[]), Security::new(2, &[]), Security::new(4, &[])]];
    let operation = Operation::new("x", "GET", "/x").responses(OK).security(ALL);
    client.devices().any(operation).await.unwrap();
    let headers = seen.0.lock().unwrap();
    is_silent("a header map", &headers);
    assert!(headers.contains("Sensitive"), "{headers}");
}
