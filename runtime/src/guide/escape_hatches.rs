//! Ways past the document, when it is behind the server.
//!
//! # A call with more than the document says
//!
//! `customize()` of any call leads to its switches: additions to the query, the headers and the JSON
//! body, another body in place of the encoded one, and everything about how it is sent.
//!
//! ```
//! # tenon_runtime::client! { #[doc = "A client."] Client, ClientBuilder, API }
//! # static API: tenon_runtime::Api = tenon_runtime::Api::new("acme", "Acme", "1");
//! # use tenon_runtime::{Method, RetryBudget, RetryPolicy, json};
//! # use std::time::Duration;
//! # async fn send(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! # let call = client.request(Method::POST, "/v1/devices").json(&json!({}));
//! // let call = client.devices().create(device).customize();
//! let reply = call
//!     .query("dry_run", "true")
//!     .header("x-trace", "7")
//!     .extra_body_field("/owner/mail", "lost@example.com")
//!     .timeout(Duration::from_secs(5))
//!     .retry(RetryPolicy::none())
//!     .retry_budget(RetryBudget::unlimited())
//!     .skip_rate_limits()
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! `extra_body_field` takes a name or a JSON pointer, and leaves every other byte of the body as it is.
//! `raw_json` and `raw_body` replace the body, and what checks it.
//!
//! # A reply as it is
//!
//! `send_raw()` takes any status for a success and decodes nothing; `stream_raw()` doesn't even wait for
//! the body.
//!
//! ```
//! # tenon_runtime::client! { #[doc = "A client."] Client, ClientBuilder, API }
//! # static API: tenon_runtime::Api = tenon_runtime::Api::new("acme", "Acme", "1");
//! # use tenon_runtime::Method;
//! # async fn send(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! let raw = client.request(Method::GET, "/v1/devices/7").send_raw().await?;
//! println!("{}: {:?}, {} bytes", raw.status(), raw.headers().get("etag"), raw.len());
//! # Ok(())
//! # }
//! ```
//!
//! # A call that the document doesn't know
//!
//! `client.request(method, path)` has the client's address, credentials, retries, limits and hooks, and
//! all of the switches above. It reads JSON, as any type that serde reads. See
//! [`Request`](crate::op::Request).
//!
//! ```
//! # tenon_runtime::client! { #[doc = "A client."] Client, ClientBuilder, API }
//! # static API: tenon_runtime::Api = tenon_runtime::Api::new("acme", "Acme", "1");
//! # use tenon_runtime::{Method, json};
//! # async fn send(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! #[derive(serde::Deserialize)]
//! struct Order {
//!     id: u64,
//! }
//!
//! let order = client
//!     .request(Method::POST, "/v2/orders")
//!     .json(&json!({ "device": 7 }))
//!     .idempotency_key("order-7")
//!     .typed::<Order>()
//!     .await?;
//! println!("{}", order.id);
//! # Ok(())
//! # }
//! ```
