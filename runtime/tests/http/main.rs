//! The HTTP half of the runtime against real servers on loopback: what reaches the wire, and what
//! is made of what comes back. The API is written by hand in the shape of generated code.

// The API is public in generated code, and so are the macros' items.
#![allow(unreachable_pub)]
// Helpers of tests may panic, as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api;
mod auth;
mod client;
mod compressed;
mod faults;
mod flow;
mod hatches;
mod limits;
mod marked;
mod media_types;
mod messages;
mod mutual_tls;
#[cfg(feature = "oauth2")]
mod oauth;
#[cfg(feature = "oauth2")]
mod oauth_discovery;
#[cfg(feature = "oauth2")]
mod oauth_first;
#[cfg(feature = "oauth2")]
mod oauth_stores;
mod once;
mod page_tokens;
mod pages;
mod payloads;
mod policy;
mod reconnect;
mod redirects;
mod replies;
mod requests;
mod retries;
mod script;
mod secrets;
mod server;
mod servers;
mod slots;
mod sources;
mod storms;
mod streams;
mod tls;
mod transports;
#[cfg(feature = "blocking")]
mod waits;
