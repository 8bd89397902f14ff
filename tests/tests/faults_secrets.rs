//! Credentials: tokens that many callers share, and that nothing shows.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mdm_clients::manageengine::Client;
use mdm_clients::manageengine::models::CreateGroupRequest;
use tenon_runtime::{AccessToken, BoxError, ErrorKind, RetryPolicy, Token, TokenSource};
use tenon_tests::wire::{Act, ResponseTemplate, Script, Server};

const JSON: &str = "application/json;charset=UTF-8";
const CALLERS: usize = 50;
const SECRET: &str = "s3cr3t-t0ken";

/// Gives `token-1`, `token-2` and so on, each after a while.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl TokenSource for Counter {
    async fn fetch(&self) -> Result<AccessToken, BoxError> {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
        Ok(AccessToken::new(format!("token-{number}")).expires_in(Duration::from_secs(3600)))
    }
}

/// A source that is down.
struct Down;

impl TokenSource for Down {
    async fn fetch(&self) -> Result<AccessToken, BoxError> {
        Err("the vault is sealed".into())
    }
}

/// 200 for `token-<accepted>`, 401 for any other.
fn accepting(
    accepted: usize,
) -> impl Fn(&tenon_tests::wire::Received) -> ResponseTemplate + Send + Sync + 'static {
    let accepted = format!("Zoho-oauthtoken token-{accepted}");
    move |request| match request.headers.get("authorization") {
        Some(value) if value == accepted.as_str() => {
            ResponseTemplate::new(200).set_body_raw("{}", JSON)
        }
        _ => ResponseTemplate::new(401).set_body_raw("{}", JSON),
    }
}

/// Calls from many tasks at once; each has to succeed.
async fn call_at_once(client: &Client) {
    let calls: Vec<_> =
        (0..CALLERS).map(|_| tokio::spawn(client.groups().list_groups().send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_callers_at_once_fetch_one_token() {
    let server = Server::answering(accepting(1)).await;
    let source = Counter::default();
    let client = Client::builder()
        .base_url(server.url())
        .zoho_oauth(Token::source(source.clone()))
        .build()
        .unwrap();
    call_at_once(&client).await;
    assert_eq!(source.0.load(Ordering::SeqCst), 1);
    let requests = server.requests();
    assert_eq!(requests.len(), CALLERS);
    let is_first = |it: &tenon_tests::wire::Request| {
        it.header("authorization") == Some("Zoho-oauthtoken token-1")
    };
    assert!(requests.iter().all(is_first));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_callers_whose_token_is_refused_fetch_one_more() {
    let server = Server::answering(accepting(2)).await;
    let source = Counter::default();
    let client = Client::builder()
        .base_url(server.url())
        .zoho_oauth(Token::source(source.clone()))
        .build()
        .unwrap();
    call_at_once(&client).await;
    assert_eq!(source.0.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_source_that_fails_sends_nothing_and_is_told() {
    let server = Server::status(200).await;
    let client =
        Client::builder().base_url(server.url()).zoho_oauth(Token::source(Down)).build().unwrap();
    let error = client.groups().list_groups().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("`zoho_oauth`"), "{error}");
    assert!(sources(&error).contains("the vault is sealed"));
    assert_eq!(server.requests(), []);
}

/// The messages of all causes.
fn sources(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[track_caller]
fn assert_hidden(shown: &str) {
    for secret in [SECRET, "s3cr3t", "h1dden"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

fn assert_error_hides<E: Debug>(error: &tenon_runtime::Error<E>) {
    assert_hidden(&error.to_string());
    assert_hidden(&format!("{error:?}"));
    assert_hidden(&sources(error));
}

#[tokio::test]
async fn no_secret_is_shown_by_clients_builders_calls_replies_and_futures() {
    let server = Server::ok(JSON, "{}").await;
    let builder =
        Client::builder().base_url(server.url()).api_key(SECRET).header("x-key", "h1dden");
    assert_hidden(&format!("{builder:?} {builder:#?}"));
    let client = builder.build().unwrap();
    assert_hidden(&format!("{client:?} {client:#?}"));
    assert!(format!("{client:?}").contains("api_key"));
    assert_hidden(&format!("{:?}", client.groups()));
    let call = client.groups().create_group(CreateGroupRequest::new("h1dden", 1));
    assert_hidden(&format!("{call:?}"));
    let call = call.customize().header("x-token", "h1dden").query("key", "h1dden");
    assert_hidden(&format!("{call:?}"));
    let sending = call.send();
    assert_hidden(&format!("{sending:?}"));
    let reply = sending.await.unwrap();
    assert_hidden(&format!("{reply:?}"));
    let request = server.request();
    assert_eq!(request.header("authorization"), Some(SECRET));
    assert_eq!(request.line, "POST /groups?key=h1dden");
}

#[tokio::test]
async fn no_secret_is_shown_by_errors() {
    let echo = ResponseTemplate::new(418).set_body_raw(format!("you sent {SECRET}"), "text/plain");
    let echo = echo.insert_header("x-echo", SECRET);
    let server = Server::replying(echo).await;
    let settings =
        |url: &str| Client::builder().base_url(url).api_key(SECRET).retry(RetryPolicy::none());
    let client = settings(server.url()).build().unwrap();
    let error = client.groups().list_groups().customize().query("key", "h1dden").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_error_hides(&error);

    for act in [Act::Cut, Act::Hang, Act::json(b"[")] {
        let script = Script::start([act]).await;
        let client = settings(script.url()).timeout(Duration::from_millis(100)).build().unwrap();
        let call = client.groups().create_group(CreateGroupRequest::new("h1dden", 1)).customize();
        assert_error_hides(&call.query("key", "h1dden").await.unwrap_err());
    }

    let call = client.groups().list_groups().customize().header("x-bad\n", SECRET);
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_error_hides(&error);
    let error = Client::builder()
        .base_url(server.url())
        .api_key(format!("{SECRET}\n"))
        .build()
        .unwrap_err();
    assert_hidden(&format!("{error} {error:?}"));
    let error = Client::builder()
        .base_url(format!("https://me:{SECRET}@acme.example"))
        .build()
        .unwrap_err();
    assert_hidden(&format!("{error} {error:?}"));
}
