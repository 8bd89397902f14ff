//! Allocations of a call, beside those of hand-written code for the same.

use std::alloc::System;

use mdm_clients::kandji::Client;
use mdm_clients::kandji::models::LockDeviceRequest;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tenon_load::hand::{self, Lock};
use tenon_load::{commands, fixed};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const DEVICE: &str = "0bc8f610-5b88-49a6-b9ef-a68bf04e1e59";

/// Calls that are counted, and calls before them that fill what is kept between calls.
const CALLS: usize = 1_000;
const BEFORE: usize = 50;

/// Allocations of a call, those that move to another size included. One by one on one thread, and the server
/// allocates nothing, so it is the same number in each run.
async fn count(call: impl AsyncFn()) -> f64 {
    for _ in 0..BEFORE {
        call().await;
    }
    let region = Region::new(ALLOCATOR);
    for _ in 0..CALLS {
        call().await;
    }
    let change = region.change();
    (change.allocations + change.reallocations) as f64 / CALLS as f64
}

/// One by hand goes through reqwest, which has more allocations for a request than the generated client has for a
/// call; those of both are in the guide `performance`. Exact numbers differ a little by platform, by version of the
/// crates below, and with the features of the runtime.
async fn assert_within(name: &str, own: f64, by_hand: f64) {
    println!("{name}: {own:.1} generated, {by_hand:.1} by hand");
    assert!(own <= by_hand, "{name}: {own} allocations, {by_hand} by hand");
}

// One test: what another allocates would be counted too.
#[tokio::test]
async fn a_call_allocates_less_than_one_by_hand() {
    let address = fixed::serve(&commands(DEVICE, 4));
    let client = Client::builder().base_url(&address).bearer("t0ken").build().unwrap();
    let own = hand::Client::new(&address, "t0ken").unwrap();
    let list =
        async || drop(client.device_actions().get_device_commands(DEVICE, 300).await.unwrap());
    let by_hand = count(async || drop(own.commands(DEVICE, 300).await.unwrap())).await;
    assert_within("GET", count(list).await, by_hand).await;

    let address = fixed::serve(r#"{"PIN":"123456"}"#);
    let client = Client::builder().base_url(&address).bearer("t0ken").build().unwrap();
    let own = hand::Client::new(&address, "t0ken").unwrap();
    let lock = async || {
        let body = LockDeviceRequest::new().message("This Mac is lost.").phone_number("1234567890");
        drop(client.device_actions().lock_device(DEVICE).body(body).await.unwrap());
    };
    let by_hand = async || {
        let message = Some("This Mac is lost.".to_owned());
        let body = Lock { message, phone_number: Some("1234567890".to_owned()) };
        drop(own.lock(DEVICE, &body).await.unwrap());
    };
    let by_hand = count(by_hand).await;
    assert_within("POST", count(lock).await, by_hand).await;
}
