//! Bodies of any size, in both directions.
//!
//! # Up
//!
//! A [`Body`](crate::Body) is bytes, a stream, or a file. A file is opened when the request is sent, and
//! once more when it is sent again; it is sent with `Content-Length`. A stream is sent in chunks as the
//! server takes them, so nothing is held back in memory, and it is sent once: a call with a stream isn't
//! tried again.
//!
//! ```
//! # tenon_runtime::client! { #[doc = "A client."] Client, ClientBuilder, API }
//! # static API: tenon_runtime::Api = tenon_runtime::Api::new("acme", "Acme", "1");
//! # use tenon_runtime::{Body, Method};
//! # async fn upload(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! client
//!     .request(Method::PUT, "/v1/images/disk")
//!     .body("application/octet-stream", Body::file("disk.img"))
//!     .on_upload(|progress| println!("{} of {:?} bytes", progress.bytes, progress.total))
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! Where the document lists several media types for the same bytes, the first is sent, and the call has
//! a method for each other: `client.pods().patch_pod(name, patch).sent_as_merge_patch_json()`.
//!
//! `on_upload` and `on_download` are methods of every call: `client.files().upload(…).customize()`.
//!
//! # Down
//!
//! A reply is read whole up to `max_reply_bytes` of the client's builder, 64 MiB by default; a longer
//! one is an error, and isn't read to its end. A stream is read as it comes, and has no such limit: a
//! reader that stops makes the server stop.
//!
//! ```
//! # tenon_runtime::client! { #[doc = "A client."] Client, ClientBuilder, API }
//! # static API: tenon_runtime::Api = tenon_runtime::Api::new("acme", "Acme", "1");
//! # use tenon_runtime::Method;
//! # async fn download(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! let mut bytes = client.request(Method::GET, "/v1/images/disk").stream_raw().await?;
//! let mut length = 0;
//! while let Some(chunk) = bytes.next().await {
//!     length += chunk?.len();
//! }
//! println!("{length} bytes");
//! # Ok(())
//! # }
//! ```
//!
//! Where the document has bytes or a stream, the operation has a method `stream()` of its own.
//!
//! Text is read in UTF-8, or in ISO-8859-1 where the reply says so. Where the document has a string both
//! as JSON and as text, or in `*/*`, the content type of the reply says which of them came; the call
//! gives the string either way.
//!
//! # Compression
//!
//! The features `gzip`, `brotli` and `zstd` ask for compressed replies and decode them as they come.
//! Limits and progress count what comes out, so a small reply that would become a huge one is refused
//! like any other of its size. For a checksum of the bytes that went over the line, decline compression
//! for the call: `.header("accept-encoding", "identity")`.
//!
//! # Server-sent events
//!
//! A stream of events ends with its connection. One that is asked to reconnect goes on: it waits as the
//! server said, and sends the request once more with the id of the last whole event.
//!
//! ```
//! # use tenon_runtime::{EventStream, Json, StreamError};
//! # async fn watch(events: EventStream<Json>) -> Result<(), StreamError> {
//! let mut events = events.reconnect();
//! while let Some(event) = events.next().await {
//!     let event = event?;
//!     println!("{:?}: {}", events.last_event_id(), event.data);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A connection that is half open says nothing for ever: `max_silence` takes it for lost after a
//! while. The stream is over when the server replies 204. A `POST` is sent once more only if it has an
//! idempotency key.
