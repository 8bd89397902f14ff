//! Which policy counts, and what the retry budget allows. The time is paused.

use tenon_runtime::op::{Operation, Retry};
use tenon_runtime::{RateLimits, RetryBudget, RetryPolicy};

use super::api::Device;
use super::marked::{ERASE, MarkedBuilder, MarkedClient, ORDER, PING, seconds};
use super::script::{Script, Step, status};

fn builder(script: &Script) -> MarkedBuilder {
    let builder = MarkedClient::builder().base_url("http://script.test").bearer("t");
    builder.rate_limits(RateLimits::none()).transport(script.clone())
}

/// Number of requests of a call that always gets this.
async fn tries(
    step: Step,
    operation: Operation,
    change: fn(MarkedBuilder) -> MarkedBuilder,
) -> u32 {
    let script = Script::new(vec![step; 20]);
    let client = change(builder(&script)).build().unwrap();
    let error = client.any(operation).await.unwrap_err();
    assert_eq!(error.attempts() as usize, script.count());
    error.attempts()
}

fn same(builder: MarkedBuilder) -> MarkedBuilder {
    builder
}

#[tokio::test(start_paused = true)]
async fn the_document_sets_attempts_and_statuses() {
    assert_eq!(tries(status(418), PING, same).await, 2);
    assert_eq!(tries(status(503), PING, same).await, 2);
    // Of the default, but not of this document.
    assert_eq!(tries(status(429), PING, same).await, 1);
    let own = PING.retry(Retry::new().attempts(4));
    assert_eq!(tries(status(418), own, same).await, 4);
    let own = PING.retry(Retry::new().statuses(&[429]));
    assert_eq!(tries(status(429), own, same).await, 2);
    assert_eq!(tries(status(418), own, same).await, 1);
}

#[tokio::test(start_paused = true)]
async fn the_client_goes_before_the_document_but_for_never() {
    let five = |builder: MarkedBuilder| builder.retry(RetryPolicy::new().attempts(5));
    assert_eq!(tries(status(503), PING, five).await, 5);
    assert_eq!(tries(status(418), PING, five).await, 1);
    assert_eq!(tries(status(503), PING.retry(Retry::new().attempts(9)), five).await, 5);
    let never = PING.retry(Retry::never());
    for step in [status(503), Step::Cut, Step::NoConnection] {
        assert_eq!(tries(step.clone(), never, five).await, 1, "{step:?}");
        assert_eq!(tries(step.clone(), ERASE, five).await, 1, "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_call_goes_before_everything() {
    let script = Script::new(vec![status(503); 4]);
    let client = builder(&script).retry(RetryPolicy::none()).build().unwrap();
    let call = client.any(PING.retry(Retry::never())).customize();
    let error = call.retry(RetryPolicy::new().attempts(4)).await.unwrap_err();
    assert_eq!(error.attempts(), 4);
    // What may act twice isn't made safe by it.
    let script = Script::new(vec![Step::Cut; 4]);
    let call = builder(&script).build().unwrap().any(ERASE).customize();
    let error = call.retry(RetryPolicy::new().attempts(4)).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
}

#[tokio::test(start_paused = true)]
async fn failed_connections_can_be_left_out() {
    let statuses = |builder: MarkedBuilder| builder.retry(RetryPolicy::new().connections(false));
    for step in [Step::Cut, Step::NoConnection, Step::Slow(seconds(31))] {
        assert_eq!(tries(step.clone(), PING, statuses).await, 1, "{step:?}");
    }
    assert_eq!(tries(status(503), PING, statuses).await, 3);
}

#[tokio::test(start_paused = true)]
async fn a_post_is_tried_again_where_nothing_was_sent() {
    let script = Script::new([Step::NoConnection, Step::NoConnection, status(201)]);
    let reply = script.client().devices().create(Device::default()).await.unwrap();
    assert_eq!((reply.attempts(), script.count()), (3, 3));

    let script = Script::new([Step::NoConnection, Step::Cut]);
    let error = script.client().devices().create(Device::default()).await.unwrap_err();
    assert_eq!((error.attempts(), error.is_retryable()), (2, false));
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_heeds_keys_is_tried_again() {
    assert_eq!(tries(Step::Cut, ORDER, same).await, 2);
    assert_eq!(tries(status(503), ORDER, same).await, 2);
}

#[tokio::test(start_paused = true)]
async fn clones_share_a_budget_which_ends_the_repetitions() {
    let script = Script::new(vec![status(503); 60]);
    let budget = RetryBudget::new(30);
    let policy = RetryPolicy::new().attempts(5);
    let client = builder(&script).retry(policy).retry_budget(budget.clone()).build().unwrap();
    let counts = [client.clone().ping().await, client.ping().await, client.clone().ping().await];
    let errors = counts.map(Result::unwrap_err);
    // Four repetitions of five tokens, then two, then none.
    assert_eq!(errors.each_ref().map(|error| error.attempts()), [5, 3, 1]);
    assert_eq!(budget.left(), 0);
    let notes = "503 Service Unavailable, which the document doesn't list (tried 3 times, the \
                 client's retry budget is spent)";
    assert!(errors[1].to_string().ends_with(notes), "{}", errors[1]);
    assert!(errors[1].is_retryable());
}

#[tokio::test(start_paused = true)]
async fn calls_that_end_fill_the_budget_again() {
    let steps = [status(503), status(200), status(200), status(404), Step::Cut, status(200)];
    let script = Script::new(steps);
    let budget = RetryBudget::new(10);
    let client = builder(&script).retry_budget(budget.clone()).build().unwrap();
    client.ping().await.unwrap();
    assert_eq!(budget.left(), 10, "the repetition's five came back");
    client.ping().await.unwrap();
    client.ping().await.unwrap_err();
    let reply = client.ping().await.unwrap();
    assert_eq!((reply.attempts(), budget.left()), (2, 10));
}
