//! Older versions, levelled up to 3.1.
//!
//! Swagger 2.0 is arranged otherwise, so its tree is rewritten; the nodes made point at what the
//! author wrote. OpenAPI 3.0 differs in a few keywords of schemas, which are settled while they are
//! read: a large document isn't copied for them. What stands in the wrong place, whatever the version,
//! is put where it belongs.

mod clock;
mod make;
mod meant;
mod numeral;
pub(super) mod openapi30;
mod place;
mod rewrite;
mod swagger2;

use super::version::{Version, stated};
use crate::diag::Sink;
use crate::source::Tree;

/// Rewrites the main document, if its version needs it. To be called once every file is loaded.
pub fn level(tree: &mut Tree, sink: &mut Sink) {
    meant::spellings(tree, sink);
    match stated(tree, tree.root()) {
        Some(Ok(Version::V2)) => swagger2::level(tree, sink),
        Some(Ok(_)) => {}
        _ => return,
    }
    meant::level(tree, sink);
}
