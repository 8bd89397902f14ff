//! ManageEngine's limit of 100 calls a minute, kept by the generated client.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::time::Duration;

use mdm_clients::manageengine::{Client, ClientBuilder};
use tenon_runtime::{ErrorKind, RateLimits};
use tenon_tests::manageengine::documented;
use tenon_tests::wire::Server;

fn settings(server: &Server) -> ClientBuilder {
    Client::builder().base_url(format!("{}/api/v1", server.url())).zoho_token("t0ken")
}

/// Sends a hundred calls, and one more that can't wait.
async fn hundred_and_one(client: Client) -> Option<ErrorKind> {
    for _ in 0..100 {
        client.clone().devices().list_devices().await.unwrap();
    }
    let last = client.devices().list_devices().customize().timeout(Duration::from_secs(1));
    last.await.err().map(|error| {
        let text = error.to_string();
        assert!(text.contains("the client's rate limit of 100 calls in 60s"), "{text}");
        assert!(error.is_rate_limited() && error.is_retryable());
        assert!(error.retry_after().is_some_and(|wait| wait <= Duration::from_secs(60)));
        error.kind()
    })
}

#[tokio::test]
async fn clones_share_the_hundred_calls_of_a_minute() {
    let server = documented("listDevices").await;
    let client = settings(&server).build().unwrap();
    assert_eq!(hundred_and_one(client).await, Some(ErrorKind::RateLimit));
    assert_eq!(server.requests().len(), 100);
}

#[tokio::test]
async fn it_can_be_switched_off_and_plans_can_be_named() {
    let server = documented("listDevices").await;
    let client = settings(&server).rate_limits(RateLimits::none()).build().unwrap();
    assert_eq!(hundred_and_one(client).await, None);
    assert_eq!(server.requests().len(), 101);
    for plan in ["free", "paid"] {
        settings(&server).rate_limits(RateLimits::new().plan(plan)).build().unwrap();
    }
    let unknown = settings(&server).rate_limits(RateLimits::new().plan("gold")).build();
    assert!(unknown.unwrap_err().to_string().contains("\"gold\""));
}
