//! Operations: their static descriptors, and the typed front of a call.
//!
//! Generated code declares one `static` [`Operation`], in words, and one thin struct around a [`Call`] per
//! operation, both with [`operation!`](crate::operation!), which ties the struct to the types of its
//! replies. Nothing here is generic over an operation except [`Sending`], which only turns a
//! finished reply into those types.

mod call;
mod custom;
mod customized;
mod described;
mod endpoint;
mod idempotency;
mod macros;
mod mocked;
mod operation;
mod outcome;
mod paged;
mod paging;
mod paging_words;
mod param;
mod payload;
mod request;
mod response;
mod retry;
mod streaming;
mod texts;
mod words;

pub use call::Call;
#[doc(hidden)]
pub use call::show;
pub use customized::Customized;
pub use described::Described;
pub use endpoint::{Endpoint, Sending};
pub use operation::{Operation, Security};
pub use outcome::{
    BytesBody, Empty, EventsBody, Json, LinesBody, Outcome, RawBody, StreamBody, TextBody,
    TextEventsBody, Undocumented, WholeEventsBody, undocumented,
};
pub use paged::Paged;
pub use paging::{PageInput, PageStep, Paging};
pub use param::{Param, Place, Style};
pub use payload::{Encoding, Payload, RequestBody};
pub use request::Request;
pub use response::{Content, Response, Status};
pub use retry::Retry;
pub use streaming::{Streaming, stream};
pub use texts::Texts;

pub(crate) use call::CallParts;
pub(crate) use custom::Target;
pub(crate) use endpoint::{refused, typed};
pub(crate) use idempotency::new_key;
pub(crate) use words::encodings;

pub use crate::client::Core;
pub use crate::codec::Rule;
pub use crate::error::ErrorFields;
pub use crate::multipart::{Multipart, Part};
