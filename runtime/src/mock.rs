//! A mock server of an API: for tests of what uses a client.
//!
//! The requests that come in over loopback are held to the descriptors of the operations, and
//! answered by what the test expects, or by the document's examples. What breaks the document, and
//! what nobody expected, is answered with an error that says so, and told once more by
//! [`Server::verify`]. Generated code adds a [`Route`] per operation, and a method with its name;
//! nothing here knows of a particular API.

mod answer;
mod credentials;
mod expecting;
mod fault;
mod inspect;
mod inspect_body;
mod macros;
mod multipart;
mod plan;
mod received;
mod report;
mod route;
mod router;
mod serve;
mod server;
mod socket;
mod state;
mod tree;
mod want;

pub use answer::{Content, Given, Mocked, MockedClient};
pub use expecting::Expecting;
pub use fault::Fault;
pub use plan::Times;
pub use received::Received;
pub use report::{Problem, Report};
pub use route::{BodyCheck, Check, Example, PartCheck, Route, check};
pub use server::{Core, Server};
pub use want::Want;

/// Names and places of the parts of a multipart body, if it is one.
pub(crate) fn parts(media: &str, body: &[u8]) -> Option<Vec<(String, std::ops::Range<usize>)>> {
    let parts = multipart::parse(media, body).ok()?;
    let start = body.as_ptr() as usize;
    let range = |part: &[u8]| {
        let at = (part.as_ptr() as usize).checked_sub(start)?;
        Some(at..at + part.len())
    };
    parts.into_iter().map(|part| Some((part.name, range(part.body)?))).collect()
}
