//! placeholder
use crate::source::Tree;
pub(super) fn level(tree: &mut Tree) { let _ = tree; }
