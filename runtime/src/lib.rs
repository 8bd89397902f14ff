//! What generated API clients stand on.
//!
//! Generated code is data with thin types; the program is here. It comes in two halves that meet in
//! [`op::Call`]: the [`codec`] turns models into JSON text and back, and the rest turns a call into
//! a request, sends it as often as it is safe and useful, and matches the reply to the document.
//! Nothing here knows of a particular API: what there is to know stands in the static descriptors
//! [`Api`] and [`op::Operation`]. The [`guide`] tells of what there is beyond calling an operation.
//!
//! # Features
//!
//! What is off isn't compiled; what each costs stands in [`guide::features`].
//!
//! | feature | gives |
//! |---|---|
//! | `hyper`, `fs` (the defaults) | the built-in transport; files as bodies |
//! | `reqwest` | a client of reqwest as transport |
//! | `tower` | services of tower as transports, and the reverse |
//! | `tracing` | spans for calls and tries |
//! | `blocking` | calls and streams without async |
//! | `gzip`, `brotli`, `zstd` | compressed replies; `zstd` needs a C compiler |
//! | `http2` | HTTP/2 where the server offers it |
//! | `oauth2` | fetches and renews tokens: [`auth`] |
//! | `mock` | mock servers, and records of real traffic |
//!
//! `jiff` and `time` are for APIs whose date-times are generated as types of these crates.

pub mod api;
pub mod auth;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod charset;
pub mod client;
pub mod codec;
pub mod datetime;
mod error;
pub mod exact;
mod execute;
mod form;
pub mod guide;
mod header;
mod hook;
pub mod ip;
#[cfg(feature = "mock")]
pub mod mock;
mod multipart;
pub mod op;
mod page;
mod rate;
mod reply;
mod retry;
pub mod secret;
mod server;
mod stream;
mod style;
#[cfg(feature = "mock")]
pub mod tape;
mod transport;
pub mod uuid;
pub mod webhook;
mod words;

pub use codec::{Base64, Base64Url, Decimal, Extra, Fault, Json, Rule, Violation, json};
pub use datetime::{Date, DateTime};
pub use exact::Exact;
pub use ip::{Ipv4, Ipv6};
pub use secret::Secret;
#[doc(hidden)]
pub use serde;
pub use uuid::Uuid;

pub use api::{Api, ClientAuth, Credential, OAuth2, Scheme, ServerTemplate, Variable};
pub use auth::{AccessToken, Token, TokenSource};
#[cfg(feature = "oauth2")]
pub use auth::{
    Authorization, DeviceLogin, MemoryStore, OAuthClient, OAuthError, OAuthErrorKind, TokenStore,
    Tokens,
};
pub use body::{Body, Progress};
pub use client::{BuildError, Core};
pub use error::{Error, ErrorKind, Refusal};
pub use header::ReplyHeader;
pub use hook::{Hook, HookContext};
pub use multipart::{Multipart, Part};
pub use page::{PageItems, PageToken, PageTokenError, Pages, PagingError};
pub use rate::{RateLimit, RateLimits};
pub use reply::Reply;
pub use retry::{RetryBudget, RetryPolicy};
pub use stream::{ByteStream, Event, EventStream, LineStream, StreamError};
#[cfg(feature = "tower")]
pub use transport::tower;
pub use transport::{BoxFuture, Transport, TransportError};

pub use bytes::{self, Bytes};
pub use http::{self, HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
#[cfg(feature = "reqwest")]
pub use reqwest;

/// An error of user code, as sources, hooks, transports and streams return it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
