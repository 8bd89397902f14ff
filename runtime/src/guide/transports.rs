//! Connections, crowds, and what sees them.
//!
//! # Proxies, certificates, HTTP/2
//!
//! ```
//! # tenon_runtime::client! { #[doc = "A client."] Client, ClientBuilder, API }
//! # static API: tenon_runtime::Api = tenon_runtime::Api::new("acme", "Acme", "1");
//! # use tenon_runtime::BuildError;
//! # fn build(pem: String) -> Result<(), BuildError> {
//! let client = Client::builder()
//!     .base_url("https://api.corp.example")
//!     .proxy("http://user:password@proxy.corp.example:3128")
//!     .root_certificate(pem)
//!     .max_concurrency(50)
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! Without `proxy`, the environment decides (`HTTPS_PROXY` and the like). HTTP/2 is spoken where the
//! server offers it, under the feature `http2`. For everything else, give the builder a
//! [`Transport`](crate::Transport) with `transport`, or, under the feature `reqwest`, a
//! `reqwest::Client` with `http_client`. Under the feature `tower`, any service is a transport, and the built-in one a
//! service to put layers around: module `tower` of this crate.
//!
//! # Crowds
//!
//! `max_concurrency` bounds the requests on their way; others wait, first come, first served. A call
//! that is dropped leaves its place. The document's rate limits are kept by default; see
//! [`RateLimits`](crate::RateLimits), also for letting one refusal hold the other calls back:
//!
//! ```
//! # tenon_runtime::client! { #[doc = "A client."] Client, ClientBuilder, API }
//! # static API: tenon_runtime::Api = tenon_runtime::Api::new("acme", "Acme", "1");
//! # use tenon_runtime::{BuildError, RateLimits};
//! # fn build() -> Result<(), BuildError> {
//! let client = Client::builder()
//!     .base_url("https://api.example")
//!     .rate_limits(RateLimits::new().share_pauses())
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Hooks
//!
//! A [`Hook`](crate::Hook) sees and alters each request before it is sent and the head of each reply,
//! once per try, and can stop a call.
//!
//! # Traces
//!
//! Under the feature `tracing`, a call has a span `call` (kind `internal`), and each try in it a span
//! `http.client.request` (kind `client`) with the fields of OpenTelemetry's semantic conventions:
//! `http.request.method`, `http.request.resend_count`, `url.full`, `url.scheme`, `url.template`,
//! `server.address`, `server.port`, `http.response.status_code`, `network.protocol.version` and
//! `error.type`. A hook runs in the span of its try, so that is where to put its id into a header. No
//! header, query or body is recorded.
//!
//! # Without async
//!
//! Under the feature `blocking`, `.send().wait()` stands where `.await` would, and streams are iterators:
//! module `blocking` of this crate.
