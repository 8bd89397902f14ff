//! The same call through the generated client and through hand-written code, against one server.
//!
//! The two are timed in turns, in one loop, as a machine is never as fast as it was a minute ago. Criterion
//! shows each by itself; what counts is the ratio that is printed after it.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use mdm_clients::kandji::Client;
use mdm_clients::kandji::models::LockDeviceRequest;
use tenon_load::hand::{self, Lock};
use tenon_load::{commands, fixed};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

const DEVICE: &str = "0bc8f610-5b88-49a6-b9ef-a68bf04e1e59";
/// Calls at once, where throughput is timed.
const AT_ONCE: usize = 32;
/// Pairs of turns, and calls in each turn.
const PAIRS: usize = 200;
const CALLS: usize = 100;

async fn list(client: &Client) {
    let reply = client.device_actions().get_device_commands(DEVICE, 300).await;
    black_box(reply.expect("a reply"));
}

async fn list_by_hand(client: &hand::Client) {
    black_box(client.commands(DEVICE, 300).await.expect("a reply"));
}

async fn lock(client: &Client) {
    let body = LockDeviceRequest::new().message("This Mac is lost.").phone_number("1234567890");
    let reply = client.device_actions().lock_device(DEVICE).body(body).await;
    black_box(reply.expect("a reply"));
}

async fn lock_by_hand(client: &hand::Client) {
    let message = Some("This Mac is lost.".to_owned());
    let body = Lock { message, phone_number: Some("1234567890".to_owned()) };
    black_box(client.lock(DEVICE, &body).await.expect("a reply"));
}

/// Time of so many calls, one by one.
async fn one_by_one<C>(client: &C, calls: usize, call: impl AsyncFn(&C)) -> Duration {
    let begin = Instant::now();
    for _ in 0..calls {
        call(client).await;
    }
    begin.elapsed()
}

/// Time of so many calls, some at once.
async fn at_once<C, F>(
    client: &C,
    calls: usize,
    call: impl Fn(C) -> F + Clone + Send + 'static,
) -> Duration
where
    C: Clone + Send + 'static,
    F: Future<Output = ()> + Send,
{
    let begin = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (client, call) = (client.clone(), call.clone());
        tasks.spawn(async move {
            for _ in 0..calls.div_ceil(AT_ONCE) {
                call(client.clone()).await;
            }
        });
    }
    tasks.join_all().await;
    begin.elapsed()
}

/// Prints the median of the ratios of turns that lie beside each other, and their quartiles.
fn compare(name: &str, turn: impl Fn(bool) -> Duration) {
    let mut ratios: Vec<f64> = (0..PAIRS)
        .map(|pair| {
            // Who begins changes, so that a machine that slows down favours nobody.
            let first = turn(pair % 2 == 0).as_secs_f64();
            let second = turn(pair % 2 != 0).as_secs_f64();
            if pair % 2 == 0 { first / second } else { second / first }
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    let at = |share: usize| ratios[PAIRS * share / 4];
    println!("{name}: generated / by hand = {:.3} ({:.3} to {:.3})", at(2), at(1), at(3));
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn clients(body: &str) -> (Client, hand::Client) {
    let address = fixed::serve(body);
    let client = Client::builder().base_url(&address).bearer("t0ken").build().expect("a client");
    (client, hand::Client::new(&address, "t0ken").expect("a client"))
}

macro_rules! calls {
    ($criterion:ident, $name:literal, $body:expr, $call:ident, $by_hand:ident) => {{
        let runtime = runtime();
        let (client, own) = clients($body);
        let mut group = $criterion.benchmark_group($name);
        group.bench_function("generated", |bencher| {
            bencher.iter(|| runtime.block_on($call(&client)));
        });
        group
            .bench_function("by hand", |bencher| bencher.iter(|| runtime.block_on($by_hand(&own))));
        group.finish();
        compare(concat!($name, ", one by one"), |is_generated| match is_generated {
            true => runtime.block_on(one_by_one(&client, CALLS, $call)),
            false => runtime.block_on(one_by_one(&own, CALLS, $by_hand)),
        });
        compare(concat!($name, ", 32 at once"), |is_generated| match is_generated {
            true => {
                runtime.block_on(at_once(&client, CALLS * 4, async |client| $call(&client).await))
            }
            false => runtime.block_on(at_once(&own, CALLS * 4, async |own| $by_hand(&own).await)),
        });
    }};
}

fn calls(criterion: &mut Criterion) {
    calls!(criterion, "GET with a reply of 2 KB", &commands(DEVICE, 4), list, list_by_hand);
    calls!(criterion, "POST with a body", r#"{"PIN":"123456"}"#, lock, lock_by_hand);
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(3)).without_plots();
    targets = calls
}
criterion_main!(benches);
