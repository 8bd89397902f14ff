//! What is wrong with a JSON text that was read: place, expectation, finding.
//!
//! Comes from the decoder; goes to the user as an error. It must not carry more of the text than a short excerpt
//! of one scalar: replies hold secrets.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use super::path;

/// A JSON text isn't what the document says.
///
/// Dereferences to [`FaultDetail`], so `fault.path` and the like can be read.
#[derive(Clone, PartialEq, Eq)]
pub struct Fault(
    // Boxed: every `decode` returns a `Result` with it, and most succeed.
    Box<FaultDetail>,
);

/// The parts of a [`Fault`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FaultDetail {
    /// Where, as a JSON path from the root: `$.results[0].status`.
    pub path: String,
    /// What the document asks for.
    pub expected: Cow<'static, str>,
    /// What stood there: its kind, and a scalar's first 40 characters.
    pub found: String,
    /// The byte of the text at which it was found.
    pub offset: usize,
}

impl Fault {
    /// A fault at `path`, which starts with `$`.
    pub fn new(
        path: impl Into<String>,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<String>,
        offset: usize,
    ) -> Self {
        let (path, expected, found) = (path.into(), expected.into(), found.into());
        Self(Box::new(FaultDetail { path, expected, found, offset }))
    }

    /// A fault at the value being read; the levels above it add their steps to the path.
    pub(super) fn here(
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<String>,
        offset: usize,
    ) -> Self {
        Self::new(path::ROOT, expected, found, offset)
    }

    /// The same fault, seen from the object whose property `name` holds it.
    #[must_use]
    pub fn in_key(mut self, name: &str) -> Self {
        path::prepend_key(&mut self.0.path, name);
        self
    }

    /// The same fault, seen from the array whose item `index` holds it.
    #[must_use]
    pub fn in_index(mut self, index: usize) -> Self {
        path::prepend_index(&mut self.0.path, index);
        self
    }

    /// The same fault with another expectation.
    pub(super) fn with_expected(mut self, expected: String) -> Self {
        self.0.expected = Cow::Owned(expected);
        self
    }

    /// The same fault at another byte of the text.
    pub(super) fn at_offset(mut self, offset: usize) -> Self {
        self.0.offset = offset;
        self
    }

    /// The same fault with other words for what was found: where a value must not be shown.
    #[must_use]
    pub fn with_found(mut self, found: impl Into<String>) -> Self {
        self.0.found = found.into();
        self
    }
}

impl Deref for Fault {
    type Target = FaultDetail;

    fn deref(&self) -> &FaultDetail {
        &self.0
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("path", &self.path)
            .field("expected", &self.expected)
            .field("found", &self.found)
            .field("offset", &self.offset)
            .finish()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}: expected {}, found {}", self.path, self.expected, self.found)
    }
}

impl std::error::Error for Fault {}
