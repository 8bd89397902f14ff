//! The descriptor of an operation as generated code has it: what there is to say of it in words, read when it is first
//! called.

use std::ops::Deref;
use std::sync::OnceLock;

use super::{Operation, words};

/// An operation that is described in the words of [`operation!`](crate::operation!).
#[derive(Debug)]
pub struct Described {
    head: Operation,
    words: &'static str,
    whole: OnceLock<Operation>,
}

impl Described {
    /// Adds to an operation what the words say of its parameters, bodies, responses and security.
    pub const fn new(head: Operation, words: &'static str) -> Self {
        Self { head, words, whole: OnceLock::new() }
    }
}

impl Deref for Described {
    type Target = Operation;

    fn deref(&self) -> &Operation {
        self.whole.get_or_init(|| words::operation(self.head, self.words))
    }
}
