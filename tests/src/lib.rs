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
pub mod wire;

/// The code of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
