//! What is tried again, how often, and after which wait. The time is paused: waits are exact.

use std::time::{Duration, SystemTime};

use tenon_runtime::{Body, ErrorKind, RetryPolicy};

use super::api::Device;
use super::script::{Script, Step, status};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn asks(value: impl Into<String>) -> Step {
    Step::Reply(503, Some(("retry-after", value.into())), "{}")
}

#[tokio::test(start_paused = true)]
async fn an_idempotent_call_is_tried_three_times() {
    let script = Script::new([status(503), status(429), status(200)]);
    let reply = script.client().devices().get("1").await.unwrap();
    assert_eq!((reply.attempts(), script.count()), (3, 3));

    let script = Script::new([status(503), Step::Cut, status(502)]);
    let error = script.client().devices().get("1").await.unwrap_err();
    assert_eq!((error.attempts(), script.count()), (3, 3));
    assert_eq!(error.status().unwrap(), 502);
    assert!(error.is_retryable());
    assert!(error.to_string().ends_with("(tried 3 times)"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn each_transient_failure_is_tried_again() {
    for step in [
        status(408),
        status(429),
        status(502),
        status(503),
        status(504),
        Step::NoConnection,
        Step::Cut,
        Step::Slow(seconds(31)),
    ] {
        let script = Script::new([step.clone(), status(200)]);
        script.client().devices().get("1").await.unwrap();
        assert_eq!(script.count(), 2, "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn other_statuses_are_not_tried_again() {
    for code in [200, 202, 302, 400, 401, 403, 404, 409, 500, 501] {
        let script = Script::new([status(code)]);
        let _ = script.client().devices().get("1").await;
        assert_eq!(script.count(), 1, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_act_twice_is_sent_once() {
    for step in [status(503), status(429), Step::Cut, Step::Slow(seconds(31))] {
        let script = Script::new([step.clone()]);
        let error = script.client().devices().create(Device::default()).await.unwrap_err();
        assert_eq!(script.count(), 1, "{step:?}");
        assert!(!error.is_retryable());
    }
}

#[tokio::test(start_paused = true)]
async fn an_idempotency_key_makes_a_call_repeatable() {
    let script = Script::new([Step::Cut, status(503), status(201)]);
    let call = script.client().devices().create(Device::default());
    call.customize().idempotency_key("k").await.unwrap();
    assert_eq!(script.count(), 3);
}

/// A stream without content.
struct Nothing;

impl futures_core::Stream for Nothing {
    type Item = Result<bytes::Bytes, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(None)
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_sent_once_and_bytes_again() {
    let script = Script::new([status(503)]);
    let error = script.client().devices().upload("a/b", Body::stream(Nothing)).await.unwrap_err();
    assert_eq!(script.count(), 1);
    assert!(!error.is_retryable());

    let script = Script::new([status(503), status(204)]);
    script.client().devices().upload("a/b", &b"x"[..]).await.unwrap();
    assert_eq!(script.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn waits_stay_below_the_doubling_delay() {
    let script = Script::new(vec![status(503); 6]);
    let policy = RetryPolicy::new().attempts(6).base_delay(seconds(1)).max_delay(seconds(4));
    let client = script.builder().retry(policy).build().unwrap();
    client.devices().get("1").await.unwrap_err();
    let waits = script.waits();
    let ceilings = [1, 2, 4, 4, 4].map(seconds);
    // The clock of paused time goes in milliseconds.
    let slack = Duration::from_millis(1);
    assert!(
        waits.iter().zip(ceilings).all(|(wait, ceiling)| *wait <= ceiling + slack),
        "{waits:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn retry_after_in_seconds_is_honoured_to_the_second() {
    let script = Script::new([asks("7"), asks("0"), status(200)]);
    script.client().devices().get("1").await.unwrap();
    assert_eq!(script.waits(), [seconds(7), seconds(0)]);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_capped_by_the_policy_in_both_forms() {
    let date = httpdate::fmt_http_date(SystemTime::now() + seconds(3600));
    let script = Script::new([asks(date), asks("3600"), status(200)]);
    let policy = RetryPolicy::new().max_delay(seconds(5));
    script.builder().retry(policy).build().unwrap().devices().get("1").await.unwrap();
    assert_eq!(script.waits(), [seconds(5), seconds(5)]);
}

#[tokio::test(start_paused = true)]
async fn retry_after_as_a_date_is_waited_for() {
    let date = httpdate::fmt_http_date(SystemTime::now() + seconds(20));
    let script = Script::new([asks(date), status(200)]);
    script.client().devices().get("1").await.unwrap();
    let wait = script.waits()[0];
    // A date has whole seconds, and real time went by since.
    assert!(wait > seconds(10) && wait <= seconds(20), "{wait:?}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_past_the_deadline_is_not_begun() {
    let script = Script::new([asks("10")]);
    let client = script.builder().timeout(seconds(9)).build().unwrap();
    let begun = tokio::time::Instant::now();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.retry_after(), Some(seconds(10)));
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn the_time_for_a_try_and_for_the_call_run_out() {
    let begun = tokio::time::Instant::now();
    let script = Script::new([Step::Slow(seconds(60))]);
    let error = script.client().devices().create(Device::default()).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(begun.elapsed().as_secs(), 30);
    assert!(error.to_string().contains("for the try"), "{error}");

    let script = Script::new([Step::Slow(seconds(60))]);
    let client = script.builder().timeout(seconds(5)).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("for the call"), "{error}");
    assert_eq!(script.count(), 1);

    let script = Script::new([Step::Slow(seconds(60))]);
    let call = script.client().devices().get("1").customize();
    let call = call.attempt_timeout(seconds(61)).timeout(Duration::MAX).retry(RetryPolicy::none());
    call.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_policy_of_a_call_goes_before_that_of_the_client() {
    let script = Script::new([status(503)]);
    let call = script.client().devices().get("1").customize().retry(RetryPolicy::none());
    let error = call.await.unwrap_err();
    assert_eq!((error.attempts(), script.count()), (1, 1));

    let script = Script::new([status(418), status(200)]);
    let policy = RetryPolicy::new().statuses([418]);
    script.client().devices().get("1").customize().retry(policy).await.unwrap();
    assert_eq!(script.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_transport_that_can_not_send_is_not_asked_again() {
    let script = Script::new([]);
    let client = script.builder().transport(Refusing).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
}

struct Refusing;

impl tenon_runtime::Transport for Refusing {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> tenon_runtime::BoxFuture<'_, Result<http::Response<Body>, tenon_runtime::TransportError>>
    {
        Box::pin(async { Err(tenon_runtime::TransportError::refused("no")) })
    }
}
