//! The descriptor of an operation as generated code has it: what there is to say of it in words, read when it is first
//! called.

use std::ops::Deref;

use super::{Operation, words};
use crate::words::Known;

/// By the literal, in one place: a static for each operation with room for what is read of it costs a compiler more.
static KNOWN: Known<Operation> = Known::new();

/// An operation that is described in the words of [`operation!`](crate::operation!).
#[derive(Debug)]
pub struct Described(&'static str);

impl Described {
    /// The operation of which the words tell: `operationId`, method and path, then the rest.
    pub const fn new(words: &'static str) -> Self {
        Self(words)
    }
}

impl Deref for Described {
    type Target = Operation;

    fn deref(&self) -> &Operation {
        KNOWN.get(self.0, words::operation)
    }
}
