//! Servers on loopback, and what clients send to them.

mod recorder;
mod request;
mod script;
mod server;
mod tap;

pub use recorder::Recorder;
pub use request::Request;
pub use script::{Act, Script};
pub use server::{Server, json_reply};
pub use wiremock::{Request as Received, ResponseTemplate};
