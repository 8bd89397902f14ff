//! What the tests of the project share: servers to call, and the documents to compare with.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "an expectation that fails is a test that fails"
)]

pub mod applivery;
pub mod document;
pub mod kandji;
pub mod manageengine;
#[rustfmt::skip] // The generator formats what it writes.
pub mod payloads;
#[rustfmt::skip]
pub mod replies;
pub mod wire;
pub mod zoho;

// The examples of these clients reach the runtime through this crate.
pub use tenon_runtime;

/// The code of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
