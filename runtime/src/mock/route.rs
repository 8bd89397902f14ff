//! What the mock server knows of an operation beyond its descriptor.

use crate::codec::{self, Decode, Encode, Rule, Violation};
use crate::op::{Encoding, Operation};

/// An operation that the mock server answers.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// What gives its descriptor.
    pub operation: fn() -> &'static Operation,
    /// Types of its parameters, by index.
    pub params: &'static [Check],
    /// Types of its bodies, the preferred one first.
    pub bodies: &'static [BodyCheck],
    /// Documented replies.
    pub examples: &'static [Example],
}

impl Route {
    /// Its descriptor.
    pub(super) fn operation(&self) -> &'static Operation {
        (self.operation)()
    }
}

/// Reads a JSON text as its type, and gives the rules that it breaks. Where the second argument is
/// set, numbers and booleans may stand as strings.
pub type Check = fn(&[u8], bool, &[Rule]) -> Result<Vec<Violation>, codec::Fault>;

/// The type of a request body.
#[derive(Clone, Copy, Debug)]
pub enum BodyCheck {
    /// A value: of JSON, of a form, or of parts that are its properties.
    Value(Check),
    /// JSON texts in a row.
    Lines(Check),
    /// Parts.
    Parts(&'static [PartCheck]),
    /// Anything.
    Any,
}

/// A part of a body.
#[derive(Clone, Copy, Debug)]
pub struct PartCheck {
    /// It can't be left out.
    pub required: bool,
    /// Its type; absent for a file.
    pub check: Option<Check>,
    /// How it is written.
    pub encoding: Encoding,
}

/// A documented reply.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Status.
    pub status: u16,
    /// Media type.
    pub media: &'static str,
    /// The body.
    pub body: &'static str,
}

/// The [`Check`] of a type.
///
/// # Errors
///
/// The text isn't such a value.
pub fn check<T: Decode + Encode>(
    json: &[u8],
    in_words: bool,
    rules: &[Rule],
) -> Result<Vec<Violation>, codec::Fault> {
    let value: T = if in_words { codec::from_words(json) } else { codec::from_slice(json) }?;
    Ok(codec::encode(&value, rules).1)
}
