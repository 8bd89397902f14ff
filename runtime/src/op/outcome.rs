//! Outcomes: what the replies of an operation are read into.

use std::convert::Infallible;
use std::marker::PhantomData;

use bytes::Bytes;

use crate::codec::{self, Decode, Fault};

/// What the replies of an operation are read into, by the case of its
/// [`Response`](super::Response).
///
/// An operation with one kind of reply uses an adapter of this module ([`Json`], [`TextBody`],
/// [`BytesBody`], [`Empty`]), one with several a generated enum.
pub trait Outcome {
    /// What the caller gets.
    type Value;

    /// Reads the body of a reply to the response with this `case`.
    ///
    /// # Errors
    ///
    /// The body isn't what the document says.
    fn read(case: usize, body: &RawBody<'_>) -> Result<Self::Value, Fault>;
}

/// The body of a reply, not yet decoded.
#[derive(Debug)]
pub struct RawBody<'a> {
    bytes: &'a Bytes,
}

impl<'a> RawBody<'a> {
    pub(crate) fn new(bytes: &'a Bytes) -> Self {
        Self { bytes }
    }

    /// Decodes JSON.
    ///
    /// # Errors
    ///
    /// The body isn't JSON of that type.
    pub fn json<T: Decode>(&self) -> Result<T, Fault> {
        codec::from_slice(self.bytes)
    }

    /// Decodes text in UTF-8.
    ///
    /// # Errors
    ///
    /// The body isn't UTF-8.
    pub fn text(&self) -> Result<String, Fault> {
        match std::str::from_utf8(self.bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(Fault::new("$", "text in UTF-8", "other bytes", error.valid_up_to())),
        }
    }

    /// The bytes as they are; no copy is made.
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }
}

/// The outcome of replies in JSON: a `T`.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: Decode> Outcome for Json<T> {
    type Value = T;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<T, Fault> {
        body.json()
    }
}

/// The outcome of replies in text.
#[derive(Debug)]
pub struct TextBody(Infallible);

impl Outcome for TextBody {
    type Value = String;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<String, Fault> {
        body.text()
    }
}

/// The outcome of replies in bytes.
#[derive(Debug)]
pub struct BytesBody(Infallible);

impl Outcome for BytesBody {
    type Value = Bytes;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<Bytes, Fault> {
        Ok(body.bytes())
    }
}

/// The outcome of replies without content; what they contain all the same is ignored.
#[derive(Debug)]
pub struct Empty(Infallible);

impl Outcome for Empty {
    type Value = ();

    fn read(_case: usize, _body: &RawBody<'_>) -> Result<(), Fault> {
        Ok(())
    }
}

/// The failure outcome of an operation without documented errors. It has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undocumented {}

impl Outcome for Undocumented {
    type Value = Self;

    fn read(_case: usize, _body: &RawBody<'_>) -> Result<Self, Fault> {
        Err(Fault::new("$", "a documented response", "another", 0))
    }
}
