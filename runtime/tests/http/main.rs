//! The HTTP half of the runtime against real servers on loopback: what reaches the wire, and what
//! is made of what comes back. The API is written by hand in the shape of generated code.

// The API is public in generated code, and so are the macros' items.
#![allow(unreachable_pub)]
// Helpers of tests may panic, as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api;
mod auth;
mod client;
mod faults;
mod limits;
mod marked;
mod messages;
mod once;
mod page_tokens;
mod pages;
mod payloads;
mod policy;
mod replies;
mod requests;
mod retries;
mod script;
mod secrets;
mod server;
mod storms;
mod streams;
#[cfg(feature = "tracing")]
mod traces;
