//! A small soak; the program of the crate runs it in full.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use tenon_load::soak::{Plan, run};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn live() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}

// The only test of this program: another one beside it would open files and allocate.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_is_accounted_for_once_and_nothing_is_left_behind() {
    let plan = Plan { calls: 5_000, concurrency: 200, faults: 0.05, seed: 1 };
    let report = run(plan, live, || ()).await.unwrap();
    report.assert(&plan);
    assert!(report.errors > 0 && report.received > report.replies as u64, "{report:#?}");
}
