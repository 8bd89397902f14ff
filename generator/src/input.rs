//! A document as it comes in.

use crate::diag::Sink;
use crate::source::{self, Loader, Tree};
use crate::spec;

/// A document to generate from.
pub struct Input<'a> {
    /// Its path, as diagnostics show it.
    pub path: String,
    /// Its bytes.
    pub text: Vec<u8>,
    /// Overlays by path and bytes, in the order they are applied in (OpenAPI Overlay 1.0).
    pub overlays: Vec<(String, Vec<u8>)>,
    /// Gives the other files that it refers to; without one, such references are errors.
    pub loader: Option<&'a mut dyn Loader>,
}

impl Input<'_> {
    /// Reads the text, applies the overlays, and reads the files that the result refers to.
    pub(crate) fn parse(self, sink: &mut Sink) -> Tree {
        let mut tree = source::parse(&self.path, self.text, sink);
        spec::overlay(&mut tree, self.overlays, sink);
        if let Some(loader) = self.loader {
            tree.load_references(loader, sink);
        }
        tree
    }
}
