//! Client-side rate limits, on paused time: turns come at exact moments.

use std::sync::{Arc, Mutex};

use tenon_runtime::{BuildError, ErrorKind, RateLimit, RateLimits, RetryPolicy};
use tokio::time::Instant;

use super::marked::{MarkedBuilder, MarkedClient, seconds};
use super::script::{Script, Step, status};

/// A client whose calls all succeed, and the script that keeps the moments of its requests.
fn client(limits: RateLimits) -> (MarkedClient, Script) {
    let script = Script::new(vec![status(200); 50]);
    let client = builder(&script).rate_limits(limits).build().unwrap();
    (client, script)
}

fn builder(script: &Script) -> MarkedBuilder {
    MarkedClient::builder().base_url("http://script.test").bearer("t").transport(script.clone())
}

/// The moments of the requests in seconds after the first.
fn moments(script: &Script) -> Vec<u64> {
    let waits = script.waits();
    let sums = waits.iter().scan(0.0, |sum, wait| {
        *sum += wait.as_secs_f64();
        Some(sum.round() as u64)
    });
    std::iter::once(0).chain(sums).collect()
}

#[tokio::test(start_paused = true)]
async fn the_documented_limit_is_kept_by_default_and_shared_by_clones() {
    let script = Script::new(vec![status(200); 7]);
    let client = builder(&script).build().unwrap();
    for _ in 0..7 {
        client.clone().ping().await.unwrap();
    }
    assert_eq!(moments(&script), [0, 0, 0, 60, 60, 60, 120]);
}

#[tokio::test(start_paused = true)]
async fn it_can_be_switched_off() {
    let (client, script) = client(RateLimits::none());
    for _ in 0..50 {
        client.ping().await.unwrap();
    }
    assert_eq!(script.waits().iter().sum::<std::time::Duration>(), seconds(0));
}

#[tokio::test(start_paused = true)]
async fn limits_of_a_plan_hold_once_it_is_named() {
    let limits = RateLimits::new().plan("free").max_wait(seconds(100_000));
    let (free, script) = client(limits);
    for _ in 0..6 {
        free.ping().await.unwrap();
    }
    assert_eq!(moments(&script), [0, 0, 0, 60, 60, 86_400]);

    let own = RateLimits::none().plan("paid").limit(RateLimit::new(1, seconds(10)));
    let (paid, script) = client(own.max_wait(seconds(100_000)));
    for _ in 0..9 {
        paid.ping().await.unwrap();
    }
    assert_eq!(moments(&script), [0, 10, 20, 30, 40, 50, 60, 70, 86_400]);
}

#[test]
fn a_plan_that_nobody_knows_is_an_error_of_the_builder() {
    let script = Script::new([]);
    let error = builder(&script).rate_limits(RateLimits::new().plan("gold")).build().unwrap_err();
    assert!(matches!(&error, BuildError::UnknownPlan { plan } if plan == "gold"), "{error}");
    assert!(error.to_string().contains("\"gold\""), "{error}");
}

#[tokio::test(start_paused = true)]
async fn whoever_asks_first_goes_first() {
    let (client, script) = client(RateLimits::new());
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for number in 0..12 {
        let (client, order) = (client.clone(), order.clone());
        tasks.push(tokio::spawn(async move {
            client.ping().await.unwrap();
            order.lock().unwrap().push(number);
        }));
        tokio::task::yield_now().await;
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), (0..12).collect::<Vec<_>>());
    assert_eq!(moments(&script), [0, 0, 0, 60, 60, 60, 120, 120, 120, 180, 180, 180]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_past_the_deadline_fails_at_once_and_sends_nothing() {
    let (client, script) = client(RateLimits::new());
    for _ in 0..3 {
        client.ping().await.unwrap();
    }
    tokio::time::advance(seconds(20)).await;
    let begun = Instant::now();
    let error = client.ping().customize().timeout(seconds(39)).await.unwrap_err();
    assert_eq!(begun.elapsed(), seconds(0));
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::RateLimit, 0));
    assert!(error.is_retryable() && error.is_rate_limited() && !error.is_timeout());
    assert_eq!(error.retry_after(), Some(seconds(40)));
    assert_eq!(
        error.to_string(),
        "ping: GET http://script.test/ping: not sent: the client's rate limit of 3 calls in 60s \
         would make it wait 40 s, longer than it may; see `rate_limits(…)` of the client builder"
    );
    assert_eq!(script.count(), 3);
    client.ping().customize().timeout(seconds(41)).await.unwrap();
    assert_eq!(moments(&script), [0, 0, 0, 60]);
}

#[tokio::test(start_paused = true)]
async fn those_ahead_count_for_the_wait() {
    let (client, script) = client(RateLimits::new());
    let mut tasks = Vec::new();
    for _ in 0..6 {
        let client = client.clone();
        tasks.push(tokio::spawn(async move { client.ping().await.map(drop) }));
        tokio::task::yield_now().await;
    }
    // Three have gone, three wait for the sixtieth second.
    let begun = Instant::now();
    let error = client.ping().customize().timeout(seconds(119)).await.unwrap_err();
    assert_eq!((error.retry_after(), begun.elapsed()), (Some(seconds(120)), seconds(0)));
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(moments(&script), [0, 0, 0, 60, 60, 60]);
}

#[tokio::test(start_paused = true)]
async fn the_longest_wait_is_five_minutes_unless_it_is_set() {
    let day = RateLimits::none().limit(RateLimit::per_seconds(1, 86_400));
    let (client, script) = client(day.clone());
    client.ping().await.unwrap();
    let error = client.ping().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(seconds(86_400)));
    assert_eq!(script.count(), 1);

    let none = RateLimits::none().limit(RateLimit::per_seconds(0, 1));
    let (client, script) = self::client(none);
    let error = client.ping().await.unwrap_err();
    assert!(error.to_string().contains("allows none"), "{error}");
    assert_eq!((error.retry_after(), script.count()), (None, 0));
}

#[tokio::test(start_paused = true)]
async fn a_waiting_call_that_is_dropped_gives_its_place_up() {
    let (client, script) = client(RateLimits::none().limit(RateLimit::per_seconds(1, 60)));
    client.ping().await.unwrap();
    // The first of the queue, and one behind it.
    for _ in 0..2 {
        let (first, second) = (client.ping().send(), client.ping().send());
        let both = async { tokio::join!(first, second) };
        assert!(tokio::time::timeout(seconds(20), both).await.is_err());
    }
    let error = client.ping().customize().timeout(seconds(10)).await.unwrap_err();
    assert_eq!(error.retry_after().unwrap().as_secs(), 20, "nobody is ahead");
    client.ping().await.unwrap();
    assert_eq!(moments(&script), [0, 60]);
}

#[tokio::test(start_paused = true)]
async fn repetitions_are_counted_too() {
    let script = Script::new([Step::Cut, status(200), Step::Cut, status(200)]);
    let policy = RetryPolicy::new().base_delay(seconds(0));
    let client = builder(&script).retry(policy).build().unwrap();
    client.ping().await.unwrap();
    client.ping().await.unwrap();
    assert_eq!(moments(&script), [0, 0, 0, 60]);

    let script = Script::new([Step::Cut, Step::Cut, Step::Cut, Step::Cut]);
    let policy = RetryPolicy::new().base_delay(seconds(0)).attempts(5);
    let client = builder(&script).retry(policy).timeout(seconds(30)).build().unwrap();
    let error = client.ping().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::RateLimit, 3));
    assert!(error.to_string().ends_with("(tried 3 times)"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_calls_keep_the_limit() {
    let script = Script::new(vec![status(200); 10_000]);
    let limits = RateLimits::none().limit(RateLimit::per_seconds(1000, 60)).max_wait(seconds(9999));
    let client = builder(&script).rate_limits(limits).build().unwrap();
    let calls: Vec<_> = (0..10_000).map(|_| tokio::spawn(client.ping().send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let moments = moments(&script);
    assert_eq!(moments.len(), 10_000);
    assert!(moments.iter().enumerate().all(|(n, at)| *at == n as u64 / 1000 * 60));
}
