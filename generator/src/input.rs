//! A document as it comes in.

use crate::diag::Sink;
use crate::source::{self, Loader, Tree};

/// A document to generate from.
pub struct Input<'a> {
    /// Its path, as diagnostics show it.
    pub path: String,
    /// Its bytes.
    pub text: Vec<u8>,
    /// Gives the other files that it refers to; without one, such references are errors.
    pub loader: Option<&'a mut dyn Loader>,
}

impl Input<'_> {
    /// Reads the text, and the files it refers to.
    pub(crate) fn parse(self, sink: &mut Sink) -> Tree {
        let mut tree = source::parse(&self.path, self.text, sink);
        if let Some(loader) = self.loader {
            tree.load_references(loader, sink);
        }
        tree
    }
}
