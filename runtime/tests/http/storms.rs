//! Bad days of a server: refusals without end, redirects, trickling bodies, slow token endpoints.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tenon_runtime::op::{Operation, Security};
use tenon_runtime::{
    AccessToken, BoxError, ErrorKind, RateLimits, RetryBudget, RetryPolicy, Token, TokenSource,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::api::{Client, OK};
use super::marked::{MarkedClient, PING};
use super::server::{Server, json, reply};

#[tokio::test]
async fn a_storm_of_refusals_is_met_by_a_bounded_number_of_requests() {
    let act = reply("429 Too Many Requests", "retry-after: 0\r\n", "");
    let server = Server::start(vec![act]).await;
    let policy = RetryPolicy::new().attempts(10).base_delay(Duration::ZERO);
    let client =
        server.builder().retry(policy).retry_budget(RetryBudget::new(100)).build().unwrap();
    let calls: Vec<_> = (0..200).map(|_| tokio::spawn(client.devices().get("1").send())).collect();
    let mut tries = 0;
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(error.is_rate_limited() && error.is_retryable(), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::ZERO));
        tries += error.attempts() as usize;
    }
    // Each call once, and as many repetitions as the budget pays for.
    assert_eq!((tries, server.requests().len()), (220, 220));
}

#[tokio::test]
async fn a_redirect_to_itself_is_followed_by_nobody() {
    for status in
        ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let server = Server::start(vec![reply(status, "location: /devices/1\r\n", "")]).await;
        let error = server.client().devices().get("1").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::UnexpectedStatus, 1));
        assert_eq!(error.headers()["location"], "/devices/1");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn credentials_do_not_follow_a_redirect_to_another_origin() {
    const EVERY: &[&[Security]] = &[&[
        Security::new(0, &[]),
        Security::new(2, &[]),
        Security::new(3, &[]),
        Security::new(4, &[]),
    ]];
    let elsewhere = Server::start(vec![json("200 OK", "{}")]).await;
    let location = format!("location: {}/stolen\r\n", elsewhere.url());
    let server = Server::start(vec![reply("307 Temporary Redirect", &location, "")]).await;
    let builder = server.builder().api_key("s1").query_key("s2").cookie_key("s3");
    let client = builder.build().unwrap();
    let operation = Operation::new("x", "GET", "/x").responses(OK).security(EVERY).idempotent();
    let error = client.devices().any(operation).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert_eq!(server.requests().len(), 1);
    assert!(elsewhere.requests().is_empty());
}

/// A server that sends a byte of an endless body each few milliseconds; what it counts are
/// connections, and those that the client closed.
async fn trickle() -> (String, Arc<AtomicUsize>, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (opened, closed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counts = (opened.clone(), closed.clone());
    tokio::spawn(async move {
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            let (opened, closed) = counts.clone();
            tokio::spawn(async move {
                opened.fetch_add(1, Ordering::SeqCst);
                let mut buffer = vec![0; 65_536];
                let _ = connection.read(&mut buffer).await;
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
                            content-length: 1000000\r\n\r\n";
                let _ = connection.write_all(head.as_bytes()).await;
                while connection.write_all(b" ").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                closed.fetch_add(1, Ordering::SeqCst);
            });
        }
    });
    (url, opened, closed)
}

async fn until(count: &AtomicUsize, wanted: usize) {
    while count.load(Ordering::SeqCst) < wanted {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_trickling_body_runs_into_both_limits_and_its_connection_is_closed() {
    let (url, opened, closed) = trickle().await;
    let client = Client::builder().base_url(url).bearer("t").build().unwrap();
    let call = client.devices().get("1").customize().timeout(Duration::from_millis(150));
    let error = call.await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("for the call"), "{error}");
    assert_eq!(error.attempts(), 1);
    let policy = RetryPolicy::new().attempts(2).base_delay(Duration::ZERO);
    let call = client.devices().get("1").customize().retry(policy);
    let error = call.attempt_timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("for the try"), "{error}");
    assert_eq!((error.attempts(), opened.load(Ordering::SeqCst)), (2, 3));
    until(&closed, 3).await;
}

#[tokio::test]
async fn a_call_that_is_dropped_closes_its_connection() {
    let (url, opened, closed) = trickle().await;
    let client = Client::builder().base_url(url).bearer("t").build().unwrap();
    let call = tokio::spawn(client.devices().get("1").send());
    until(&opened, 1).await;
    call.abort();
    until(&closed, 1).await;
    assert_eq!(opened.load(Ordering::SeqCst), 1);
}

/// A token endpoint that takes an hour.
struct Slow(Arc<AtomicUsize>);

impl TokenSource for Slow {
    async fn fetch(&self) -> Result<AccessToken, BoxError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_secs(3600)).await;
        Ok(AccessToken::new("late"))
    }
}

#[tokio::test]
async fn a_slow_token_endpoint_runs_into_the_deadline_of_each_waiting_call() {
    let server = Server::start(vec![json("200 OK", "{}")]).await;
    let fetches = Arc::new(AtomicUsize::new(0));
    let builder = Client::builder().base_url(server.url());
    let client = builder.bearer(Token::source(Slow(fetches.clone()))).build().unwrap();
    let call = || client.devices().get("1").customize().timeout(Duration::from_millis(100)).send();
    let calls: Vec<_> = (0..20).map(|_| tokio::spawn(call())).collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(error.is_timeout() && error.to_string().contains("token source"), "{error}");
        assert_eq!(error.attempts(), 0);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_half_open_connection_runs_into_the_time_for_the_try() {
    // The listener takes connections and never looks at them.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let builder =
        MarkedClient::builder().base_url(format!("http://{}", listener.local_addr().unwrap()));
    let client = builder.bearer("t").rate_limits(RateLimits::none()).build().unwrap();
    let call = client.any(PING).customize().attempt_timeout(Duration::from_millis(100));
    let error = call.retry(RetryPolicy::new().base_delay(Duration::ZERO)).await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable(), "{error}");
    assert_eq!(error.attempts(), 3);
}
