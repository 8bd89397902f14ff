//! Lists of texts as inputs of calls.

use std::fmt;

use crate::codec::{Encode, Encoder};

/// A list of texts of any kind, as a parameter or a part takes it.
pub struct Texts<'a, T>(pub &'a [T]);

impl<T: AsRef<str>> Texts<'_, T> {
    fn list(&self) -> Vec<&str> {
        self.0.iter().map(AsRef::as_ref).collect()
    }
}

impl<T: AsRef<str>> Encode for Texts<'_, T> {
    fn encode(&self, json: &mut Encoder<'_>) {
        self.list().encode(json);
    }
}

impl<T: AsRef<str>> fmt::Debug for Texts<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list().fmt(f)
    }
}
