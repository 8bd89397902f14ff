//! How many requests are on their way, and what one refusal does to the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tenon_runtime::{
    Body, BoxFuture, ErrorKind, Method, RateLimit, RateLimits, RetryBudget, RetryPolicy, Transport,
    TransportError,
};
use tokio::time::{Instant, sleep};

use super::api::Client;
use super::marked::{MarkedClient, seconds};
use super::script::{Script, Step, status};
use super::server::{Act, Server, json, reply};

/// Replies after some time, and keeps the greatest number of requests that were under way at once.
#[derive(Clone, Default)]
struct Crowd {
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

/// A request under way.
struct Under(Arc<AtomicUsize>);

impl Drop for Under {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Transport for Crowd {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            let _under = Under(self.now.clone());
            self.most.fetch_max(now, Ordering::SeqCst);
            sleep(seconds(1)).await;
            let reply = http::Response::builder().header("content-type", "application/json");
            reply.body(r#"{"id":1}"#.into()).map_err(TransportError::refused)
        })
    }
}

fn crowd(limit: usize) -> (Client, Crowd) {
    let crowd = Crowd::default();
    let builder = Client::builder().base_url("http://crowd.test").bearer("t0ken");
    let client = builder.transport(crowd.clone()).max_concurrency(limit).build().unwrap();
    (client, crowd)
}

#[tokio::test(start_paused = true)]
async fn no_more_requests_than_allowed_are_on_their_way() {
    let (client, crowd) = crowd(7);
    let begun = Instant::now();
    let calls: Vec<_> =
        (0..70).map(|_| tokio::spawn(client.clone().devices().get("1").send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(crowd.most.load(Ordering::SeqCst), 7);
    assert_eq!(begun.elapsed(), seconds(10));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_or_too_late_leaves_its_slot_to_others() {
    let (client, crowd) = crowd(1);
    let get = || client.devices().get("1");
    for _ in 0..5 {
        // One on its way, one that waits; both are dropped.
        let both = async { tokio::join!(get().send(), get().send()) };
        assert!(tokio::time::timeout(Duration::from_millis(500), both).await.is_err());
    }
    let busy = tokio::spawn(get().send());
    tokio::task::yield_now().await;
    let error = get().customize().timeout(Duration::from_millis(300)).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("`max_concurrency(…)`"), "{error}");
    assert_eq!(error.attempts(), 0);
    busy.await.unwrap().unwrap();
    get().await.unwrap();
    assert_eq!((crowd.most.load(Ordering::SeqCst), crowd.now.load(Ordering::SeqCst)), (1, 0));
}

#[tokio::test]
async fn a_stream_holds_its_slot_until_it_is_read_or_dropped() {
    let stalled = || Act::Stall("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\na".into());
    let acts = [stalled(), reply("200 OK", "", "ab"), json("200 OK", r#"{"id":1}"#)];
    let server = Server::start(acts).await;
    let client = server.builder().max_concurrency(1).build().unwrap();
    let stream = || client.request(Method::GET, "/s").stream_raw();
    let first = stream().await.unwrap();
    let late = client.devices().get("1").customize().timeout(Duration::from_millis(50));
    assert!(late.await.unwrap_err().is_timeout());
    drop(first);
    let mut second = stream().await.unwrap();
    while second.next().await.is_some() {}
    client.devices().get("1").await.unwrap();
    drop(second);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_at_once_share_a_hundred_connections() {
    let (url, opened) = keeping().await;
    let client = Client::builder().base_url(url).bearer("t").max_concurrency(100).build().unwrap();
    let calls: Vec<_> =
        (0..10_000).map(|_| tokio::spawn(client.devices().get("1").send())).collect();
    let mut done = 0;
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().id, 1);
        done += 1;
    }
    assert_eq!(done, 10_000);
    let opened = opened.load(Ordering::SeqCst);
    // A connection is free a moment after its reply: some calls may open one more.
    assert!(opened < 1000, "{opened} connections");
}

/// A server that keeps its connections open, and counts them.
async fn keeping() -> (String, Arc<AtomicUsize>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let opened = Arc::new(AtomicUsize::new(0));
    let count = opened.clone();
    tokio::spawn(async move {
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            count.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
                loop {
                    let Ok(count @ 1..) = connection.read(&mut buffer).await else { return };
                    request.extend_from_slice(&buffer[..count]);
                    if request.ends_with(b"\r\n\r\n") {
                        request.clear();
                        let reply = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
                                      content-length: 8\r\n\r\n{\"id\":1}";
                        let _ = connection.write_all(reply).await;
                    }
                }
            });
        }
    });
    (url, opened)
}

fn refused(after: &str) -> Step {
    Step::Reply(429, Some(("retry-after", after.to_owned())), "{}")
}

#[tokio::test(start_paused = true)]
async fn a_shared_pause_holds_the_other_calls_back() {
    let script = Script::new([refused("10"), status(200), status(200), status(200)]);
    let limits = RateLimits::new().share_pauses();
    let client = script.builder().rate_limits(limits).build().unwrap();
    let first = tokio::spawn(client.devices().get("1").send());
    sleep(seconds(1)).await;
    let second = tokio::spawn(client.clone().devices().get("2").send());
    // It may act twice, and is sent once: after the pause.
    let third = tokio::spawn(client.request(Method::POST, "/x").send());
    let error = client.devices().get("3").customize().timeout(seconds(8)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::RateLimit, 0));
    assert_eq!(error.retry_after(), Some(seconds(9)));
    assert!(error.is_retryable() && error.to_string().contains("a pause of 9 s"), "{error}");
    assert_eq!(first.await.unwrap().unwrap().attempts(), 2);
    second.await.unwrap().unwrap();
    third.await.unwrap().unwrap();
    assert_eq!(script.waits(), [seconds(10), seconds(0), seconds(0)]);
}

#[tokio::test(start_paused = true)]
async fn without_it_a_refusal_concerns_the_refused_call_alone() {
    let script = Script::new([refused("10"), status(200), status(200)]);
    let client = script.client();
    let first = tokio::spawn(client.devices().get("1").send());
    sleep(seconds(1)).await;
    client.devices().get("2").await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(script.waits(), [seconds(1), seconds(9)]);
}

#[tokio::test(start_paused = true)]
async fn a_storm_with_a_shared_pause_brings_one_refusal_for_each_request_under_way() {
    // Ten are under way when the first refusal comes; ninety wait.
    let steps = std::iter::repeat_n(refused("5"), 10).chain(vec![status(200); 100]);
    let script = Script::new(steps);
    let limits = RateLimits::new().share_pauses();
    let client = script.builder().rate_limits(limits).max_concurrency(10).build().unwrap();
    let calls: Vec<_> = (0..100).map(|_| tokio::spawn(client.devices().get("1").send())).collect();
    let mut tries = 0;
    for call in calls {
        tries += call.await.unwrap().unwrap().attempts();
    }
    assert_eq!((tries, script.count()), (110, 110));
}

#[tokio::test(start_paused = true)]
async fn a_call_may_skip_the_rate_limits_and_counts_all_the_same() {
    let script = Script::new(vec![status(200); 9]);
    let builder = MarkedClient::builder().base_url("http://script.test").bearer("t");
    let limits = RateLimits::none().limit(RateLimit::per_seconds(2, 60));
    let client = builder.transport(script.clone()).rate_limits(limits).build().unwrap();
    let begun = Instant::now();
    for _ in 0..4 {
        client.ping().customize().skip_rate_limits().await.unwrap();
    }
    assert_eq!(begun.elapsed(), seconds(0));
    client.ping().await.unwrap();
    assert_eq!(begun.elapsed(), seconds(60));
}

#[tokio::test(start_paused = true)]
async fn a_call_may_have_a_retry_budget_of_its_own() {
    let script = Script::new([status(503), status(503), status(200), status(503)]);
    let empty = RetryBudget::new(0);
    let client = script.builder().retry_budget(empty.clone()).build().unwrap();
    let policy = RetryPolicy::new().base_delay(seconds(0));
    let call = || client.devices().get("1").customize().retry(policy.clone());
    let own = RetryBudget::unlimited();
    assert_eq!(call().retry_budget(own).await.unwrap().attempts(), 3);
    assert_eq!(call().await.unwrap_err().attempts(), 1);
    assert_eq!(empty.left(), 0);
}
