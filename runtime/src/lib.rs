//! What generated API clients stand on.
//!
//! Generated code is data with thin types; the program is here. It comes in two halves that meet in
//! [`op::Call`]: the [`codec`] turns models into JSON text and back, and the rest turns a call into
//! a request, sends it as often as it is safe and useful, and matches the reply to the document.
//! Nothing here knows of a particular API: what there is to know stands in the static descriptors
//! [`Api`] and [`op::Operation`].

pub mod api;
mod auth;
mod body;
pub mod client;
pub mod codec;
pub mod datetime;
mod error;
pub mod exact;
mod execute;
mod form;
mod header;
mod hook;
pub mod ip;
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
mod transport;
pub mod uuid;
pub mod webhook;

pub use codec::{Base64, Base64Url, Decimal, Extra, Fault, Json, Rule, Violation, json};
pub use datetime::{Date, DateTime};
pub use exact::Exact;
pub use ip::{Ipv4, Ipv6};
pub use secret::Secret;
#[doc(hidden)]
pub use serde;
pub use uuid::Uuid;

pub use api::{Api, Credential, OAuth2, Scheme, ServerTemplate, Variable};
pub use auth::{AccessToken, Token, TokenSource};
pub use body::Body;
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
pub use transport::{BoxFuture, Transport, TransportError};

pub use bytes::{self, Bytes};
pub use http::{self, HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
#[cfg(feature = "reqwest")]
pub use reqwest;

/// An error of user code, as sources, hooks, transports and streams return it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
