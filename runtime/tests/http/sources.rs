//! Token sources: how they are asked, and what becomes of a fetch that fails, hangs or is left.

use std::error::Error as _;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tenon_runtime::op::RequestBody;
use tenon_runtime::{
    AccessToken, Body, BoxError, BoxFuture, Bytes, ErrorKind, Token, TokenSource, Transport,
    TransportError,
};

use super::api::Client;
use super::auth::{ONLY, needs};
use super::script::{Script, status};
use super::server::{Server, header, json, reply};

/// Gives `token-1`, `token-2` and so on, after some time.
#[derive(Clone)]
struct Counting {
    fetches: Arc<AtomicU32>,
    lifetime: Option<Duration>,
    delay: Duration,
    /// The first so many fail.
    failures: u32,
}

impl Counting {
    fn new() -> Self {
        Self { fetches: Arc::default(), lifetime: None, delay: Duration::ZERO, failures: 0 }
    }

    fn count(&self) -> u32 {
        self.fetches.load(Ordering::SeqCst)
    }
}

impl TokenSource for Counting {
    async fn fetch(&self) -> Result<AccessToken, BoxError> {
        let number = self.fetches.fetch_add(1, Ordering::SeqCst) + 1;
        tokio::time::sleep(self.delay).await;
        if number <= self.failures {
            return Err("the vault is sealed".into());
        }
        let token = AccessToken::new(format!("token-{number}"));
        Ok(match self.lifetime {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_callers_wait_for_one_fetch() {
    let server = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
    let source = Counting { delay: Duration::from_millis(50), ..Counting::new() };
    let client = server.builder().bearer(Token::source(source.clone())).build().unwrap();
    let calls: Vec<_> = (0..50)
        .map(|number| {
            let call = client.clone().devices().get(number.to_string());
            tokio::spawn(async move { call.await.map(|reply| reply.id) })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), 1);
    }
    assert_eq!(source.count(), 1);
    let requests = server.requests();
    assert_eq!(requests.len(), 50);
    assert!(
        requests.iter().all(|request| header(request, "authorization") == Some("Bearer token-1"))
    );
}

#[tokio::test(start_paused = true)]
async fn a_fetching_caller_that_is_dropped_leaves_nobody_hanging() {
    let script = Script::new(vec![status(200); 10]);
    let source = Counting { delay: Duration::from_secs(5), ..Counting::new() };
    let client = script.builder().bearer(Token::source(source.clone())).build().unwrap();
    let first = tokio::spawn(client.devices().get("0").send());
    tokio::time::sleep(Duration::from_secs(1)).await;
    let waiting: Vec<_> = (0..10).map(|_| tokio::spawn(client.devices().get("1").send())).collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    first.abort();
    let begun = tokio::time::Instant::now();
    for call in waiting {
        call.await.unwrap().unwrap();
    }
    // They went on with what the first had begun two seconds ago.
    assert_eq!((source.count(), begun.elapsed().as_secs()), (1, 3));
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_outlives_its_calls_is_gone_on_with_for_a_minute() {
    let script = Script::new(vec![status(200); 10]);
    let source = Counting { delay: Duration::from_secs(25), ..Counting::new() };
    let client = script.builder().bearer(Token::source(source.clone())).build().unwrap();
    let call = || client.devices().get("1").customize().timeout(Duration::from_secs(10)).send();
    for _ in 0..2 {
        assert!(call().await.unwrap_err().is_timeout());
    }
    call().await.unwrap();
    assert_eq!(source.count(), 1);

    let source = Counting { delay: Duration::from_secs(1000), ..Counting::new() };
    let client = script.builder().bearer(Token::source(source.clone())).build().unwrap();
    let call = || client.devices().get("1").customize().timeout(Duration::from_secs(10)).send();
    for _ in 0..7 {
        assert!(call().await.unwrap_err().is_timeout());
    }
    assert_eq!(source.count(), 2, "one at the beginning, one after a minute");
}

#[tokio::test(start_paused = true)]
async fn a_source_that_panics_leaves_nobody_hanging() {
    struct Panicky(AtomicU32);
    impl TokenSource for Panicky {
        async fn fetch(&self) -> Result<AccessToken, BoxError> {
            assert!(self.0.fetch_add(1, Ordering::SeqCst) > 0, "the first fetch");
            Ok(AccessToken::new("token"))
        }
    }
    let script = Script::new([status(200)]);
    let source = Token::source(Panicky(AtomicU32::new(0)));
    let client = script.builder().bearer(source).build().unwrap();
    assert!(tokio::spawn(client.devices().get("1").send()).await.unwrap_err().is_panic());
    client.devices().get("1").await.unwrap();
}

/// A stream of one chunk.
struct Once(Option<Bytes>);

impl futures_core::Stream for Once {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

#[tokio::test]
async fn a_stream_is_not_sent_again_but_the_refused_token_is_gone() {
    let acts = vec![reply("401 Unauthorized", "", ""), json("200 OK", "1")];
    let server = Server::start(acts).await;
    let source = Counting::new();
    let client = server.builder().bearer(Token::source(source.clone())).build().unwrap();
    let operation = needs(ONLY[0]).body(RequestBody::any_bytes("*/*").required());
    let mut call = client.devices().any(operation);
    call.call = call.call.bytes(Body::stream(Once(Some("a".into()))));
    let error = call.await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
    client.devices().any(needs(ONLY[0])).await.unwrap();
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| header(request, "authorization").unwrap().to_owned())
        .collect();
    assert_eq!(sent, ["Bearer token-1", "Bearer token-2"]);
}

#[tokio::test(start_paused = true)]
async fn callers_that_waited_for_a_failed_fetch_share_its_error() {
    let script = Script::new(vec![status(200); 10]);
    let source = Counting { delay: Duration::from_secs(5), failures: 1, ..Counting::new() };
    let client = script.builder().bearer(Token::source(source.clone())).build().unwrap();
    let calls: Vec<_> = (0..10).map(|_| tokio::spawn(client.devices().get("1").send())).collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
        assert!(error.is_unauthorized() && !error.is_retryable());
        let mut chain = String::new();
        let mut source = error.source();
        while let Some(cause) = source {
            chain.push_str(&format!("{cause}\n"));
            source = cause.source();
        }
        assert!(chain.contains("the vault is sealed"), "{chain}");
    }
    assert_eq!((source.count(), script.count()), (1, 0));
    // The next call tries again.
    client.devices().get("1").await.unwrap();
    assert_eq!(source.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_kept_until_half_a_minute_before_its_end() {
    let script = Script::new(vec![status(200); 10]);
    let source = Counting { lifetime: Some(Duration::from_secs(100)), ..Counting::new() };
    let client = script.builder().bearer(Token::source(source.clone())).build().unwrap();
    for (wait, fetches) in [(0, 1), (69, 1), (2, 2), (60, 2), (11, 3)] {
        tokio::time::sleep(Duration::from_secs(wait)).await;
        client.devices().get("1").await.unwrap();
        assert_eq!(source.count(), fetches, "after {wait} s more");
    }
}

#[tokio::test(start_paused = true)]
async fn while_one_caller_renews_the_others_use_the_old_token() {
    let script = Script::new(vec![status(200); 10]);
    let source = Counting {
        lifetime: Some(Duration::from_secs(100)),
        delay: Duration::from_secs(5),
        ..Counting::new()
    };
    let client = script.builder().bearer(Token::source(source.clone())).build().unwrap();
    client.devices().get("1").await.unwrap();
    tokio::time::sleep(Duration::from_secs(80)).await;
    let renewing = tokio::spawn(client.devices().get("1").send());
    tokio::task::yield_now().await;
    let begun = tokio::time::Instant::now();
    client.devices().get("1").await.unwrap();
    assert_eq!(begun.elapsed(), Duration::ZERO);
    renewing.await.unwrap().unwrap();
    assert_eq!(source.count(), 2);
}

#[tokio::test]
async fn a_401_renews_the_token_once_even_for_a_post() {
    let acts = vec![reply("401 Unauthorized", "", ""), json("200 OK", "1")];
    let server = Server::start(acts).await;
    let source = Counting::new();
    let client = server.builder().bearer(Token::source(source.clone())).build().unwrap();
    let call = client.devices().any(needs(ONLY[0]));
    assert_eq!(call.await.unwrap().attempts(), 2);
    let requests = server.requests();
    assert_eq!(header(&requests[0], "authorization"), Some("Bearer token-1"));
    assert_eq!(header(&requests[1], "authorization"), Some("Bearer token-2"));
    assert_eq!(source.count(), 2);
}

#[tokio::test]
async fn a_second_401_and_one_for_a_fixed_token_are_final() {
    let server = Server::start(vec![reply("401 Unauthorized", "", "")]).await;
    let source = Counting::new();
    let client = server.builder().bearer(Token::source(source.clone())).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 2));
    assert!(error.is_unauthorized());
    assert_eq!(source.count(), 2);
    let error = server.client().devices().get("1").await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_takes_no_try_from_the_policy() {
    let script = Script::new([status(503), status(401), status(503), status(200)]);
    let client = script.builder().bearer(Token::source(Counting::new())).build().unwrap();
    assert_eq!(client.devices().get("1").await.unwrap().attempts(), 4);
}

/// Replies 401 to the first token, after a second.
struct Strict;

impl Transport for Strict {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let is_old = request.headers()["authorization"] == "Bearer token-1";
            let mut reply = http::Response::new(Body::from(r#"{"id":1}"#));
            *reply.status_mut() = if is_old { 401 } else { 200 }.try_into().unwrap();
            Ok(reply)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn fifty_401s_for_one_token_are_one_renewal() {
    let source = Counting { delay: Duration::from_secs(1), ..Counting::new() };
    let builder = Client::builder().base_url("http://strict.test").transport(Strict);
    let client = builder.bearer(Token::source(source.clone())).build().unwrap();
    let calls: Vec<_> = (0..50).map(|_| tokio::spawn(client.devices().get("1").send())).collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().attempts(), 2);
    }
    assert_eq!(source.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_source_that_hangs_runs_into_the_time_limit() {
    let script = Script::new([]);
    let source = Counting { delay: Duration::from_secs(1_000_000), ..Counting::new() };
    let client = script.builder().bearer(Token::source(source)).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!((error.attempts(), script.count()), (0, 0));
}

#[tokio::test]
async fn a_fetched_token_that_no_header_can_hold_is_an_error() {
    struct Odd;
    impl TokenSource for Odd {
        async fn fetch(&self) -> Result<AccessToken, BoxError> {
            Ok(AccessToken::new("a\r\nb"))
        }
    }
    let server = Server::start(vec![json("200 OK", "1")]).await;
    let client = server.builder().bearer(Token::source(Odd)).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("`bearer`"), "{error}");
    assert!(server.requests().is_empty());
}
