//! Building a client, hooks, and what the types promise.

use std::sync::{Arc, Mutex};

use tenon_runtime::{BoxError, BuildError, ErrorKind, Hook, HookContext, Method, Token};

use super::api::{Client, GetDeviceError};
use super::script::{Script, status};
use super::server::{Server, header, json, reply};

fn build_error(result: Result<Client, BuildError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn a_client_that_can_not_work_is_not_built() {
    let missing = build_error(Client::builder().build());
    assert!(missing.contains("`subdomain(…)`"), "{missing}");
    let ok = || Client::builder().subdomain("acme").only_server();
    ok().build().unwrap();
    assert!(build_error(ok().header("a b", "c").build()).contains("`a b`"));
    assert!(build_error(ok().header("a", "b\nc").build()).contains("`a`"));
    assert!(build_error(ok().user_agent("a\r\nb").build()).contains("user-agent"));
    let control = build_error(ok().bearer("s3cret\n").build());
    assert!(control.contains("`bearer(…)`") && !control.contains("s3cret"), "{control}");
    let colon = build_error(ok().basic("a:b", "s3cret").build());
    assert!(colon.contains("`basic(…)`") && !colon.contains("s3cret"), "{colon}");
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn a_client_of_the_users_is_sent_with() {
    let server = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut headers = http::HeaderMap::new();
    headers.insert("x-own", http::HeaderValue::from_static("1"));
    let own = reqwest::Client::builder().default_headers(headers).build().unwrap();
    let client = server.builder().http_client(own).build().unwrap();
    client.devices().get("1").await.unwrap();
    assert_eq!(header(&server.request(), "x-own"), Some("1"));
}

/// What the standard of URLs for browsers would write in another way.
const TO_THE_LETTER: &str = "/x?q='a'";

#[tokio::test]
async fn an_address_is_sent_to_the_letter() {
    let server = Server::start(vec![json("200 OK", "{}")]).await;
    server.client().request(Method::GET, TO_THE_LETTER).await.unwrap();
    assert_eq!(server.target(), format!("GET {TO_THE_LETTER}"));
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn an_address_that_reqwest_would_rewrite_is_not_sent() {
    let server = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = server.builder().http_client(reqwest::Client::new()).build().unwrap();
    let error = client.request(Method::GET, TO_THE_LETTER).await.unwrap_err();
    assert!(error.to_string().contains("can't send"), "{error}");
    assert_eq!(error.attempts(), 1, "it isn't tried again");
    client.devices().get("1").await.unwrap();
    assert_eq!(server.target(), "GET /devices/1", "nothing was sent before");
}

#[tokio::test]
async fn a_base_path_and_a_user_agent_are_kept() {
    let server = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
    let builder = Client::builder().base_url(format!("{}/base/v1/", server.url())).bearer("a");
    let client = builder.user_agent("mine/1").build().unwrap();
    client.devices().get("1").await.unwrap();
    assert_eq!(server.target(), "GET /base/v1/devices/1");
    assert_eq!(header(&server.request(), "user-agent"), Some("mine/1"));
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Hook for Log {
    fn before(
        &self,
        context: &HookContext,
        request: &mut http::request::Parts,
    ) -> Result<(), BoxError> {
        let line =
            format!("{} {} {}", context.attempt(), context.operation().id, request.uri.path());
        self.0.lock().unwrap().push(line);
        request.headers.insert("x-attempt", context.attempt().into());
        Ok(())
    }

    fn after(&self, context: &HookContext, reply: &mut http::response::Parts) {
        let line = format!("{} {}", context.attempt(), reply.status);
        self.0.lock().unwrap().push(line);
        if reply.status == 418 {
            reply.status = http::StatusCode::OK;
        }
    }
}

#[tokio::test]
async fn hooks_see_and_alter_each_request_and_reply() {
    let acts = vec![
        reply("503 Service Unavailable", "retry-after: 0\r\n", ""),
        json("418 I'm a teapot", r#"{"id":1}"#),
    ];
    let server = Server::start(acts).await;
    let log = Log::default();
    let client = server.builder().hook(log.clone()).build().unwrap();
    assert_eq!(client.devices().get("1").await.unwrap().status(), 200);
    let expected = [
        "1 getDevice /devices/1",
        "1 503 Service Unavailable",
        "2 getDevice /devices/1",
        "2 418 I'm a teapot",
    ];
    assert_eq!(*log.0.lock().unwrap(), expected);
    let requests = server.requests();
    assert_eq!(header(&requests[0], "x-attempt"), Some("1"));
    assert_eq!(header(&requests[1], "x-attempt"), Some("2"));
}

#[tokio::test]
async fn a_hook_can_stop_a_call() {
    struct Never;
    impl Hook for Never {
        fn before(
            &self,
            _context: &HookContext,
            _request: &mut http::request::Parts,
        ) -> Result<(), BoxError> {
            Err("not today".into())
        }
    }
    let script = Script::new([]);
    let client = script.builder().hook(Never).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), script.count()), (ErrorKind::Hook, 0, 0));
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "not today");
}

#[test]
fn what_a_user_holds_can_be_sent_to_threads_and_is_small() {
    fn is_sent<T: Send + Sync + 'static>(_: &T) {}
    fn is_future<T: Send + Unpin + 'static>(_: &T) {}
    let client = Script::new([status(200)]).client();
    is_sent(&client);
    is_future(&client.devices().get("1").send());
    type Error = tenon_runtime::Error<GetDeviceError>;
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
    is_error::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    is_sent(&Token::from("a"));
}
