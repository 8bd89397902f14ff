//! A soak of the client of Kandji: many calls at once against a server that fails some of them.
//!
//! `cargo run --release -p tenon-load` makes 200,000 calls, 200 at once, a twentieth of
//! the tries with a fault. It fails if a call isn't accounted for once, or if anything is left behind.
#![allow(clippy::expect_used, reason = "an expectation that fails is a soak that fails")]

use std::alloc::System;
use std::sync::OnceLock;
use std::time::Instant;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use tenon_load::soak::{Plan, Report, run};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

static PROGRESS: OnceLock<ProgressBar> = OnceLock::new();

/// Many calls at once against a server on loopback that fails some of them.
#[derive(Parser)]
struct Arguments {
    /// Number of calls.
    #[arg(long, default_value_t = 200_000)]
    calls: usize,
    /// Calls on their way at once.
    #[arg(long, default_value_t = 200)]
    concurrency: usize,
    /// Tries with a fault, in per cent.
    #[arg(long, default_value_t = 5.0)]
    faults: f64,
    /// What decides who meets which fault.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn live() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}

fn advance() {
    if let Some(bar) = PROGRESS.get() {
        bar.inc(1);
    }
}

fn bar(calls: usize) -> ProgressBar {
    let bar = ProgressBar::new(calls as u64);
    let style = "{bar:40} {pos}/{len} calls, {per_sec}, {eta} left";
    bar.set_style(ProgressStyle::with_template(style).expect("a template"));
    bar
}

#[tokio::main]
async fn main() {
    let Arguments { calls, concurrency, faults, seed } = Arguments::parse();
    let plan = Plan { calls, concurrency, faults: faults / 100.0, seed };
    let bar = PROGRESS.get_or_init(|| bar(calls));
    let begin = Instant::now();
    let report = run(plan, live, advance).await.expect("a soak that ends");
    bar.finish_and_clear();
    show(&report, begin.elapsed().as_secs_f64());
    report.assert(&plan);
}

#[allow(clippy::print_stdout, reason = "it is what the program is for")]
fn show(report: &Report, seconds: f64) {
    let Report { replies, errors, sent, received, wrong, usage } = report;
    let calls = replies + errors;
    println!("{calls} calls in {seconds:.1} s: {replies} replies and {errors} errors");
    println!("{sent} requests sent, {received} received, {} calls not as planned", wrong.len());
    let moments = ["before", "1/4", "2/4", "3/4", "4/4", "after"];
    for (moment, usage) in moments.iter().zip(usage) {
        println!("{moment:>6}: {usage}");
    }
}
