//! A tree that is being rewritten.

use std::collections::{HashMap, HashSet};

use crate::diag::Sink;
use crate::source::{NodeId, Tree};

/// What is known while a document is rewritten.
pub(super) struct Rewrite<'t> {
    pub(super) tree: &'t mut Tree,
    pub(super) sink: &'t mut Sink,
    /// Responses that are rewritten, by the node that was written and the media types that hold.
    pub(super) responses: HashMap<(NodeId, Option<NodeId>), NodeId>,
    /// Parameters that are rewritten.
    pub(super) parameters: HashMap<NodeId, NodeId>,
    /// Fields of OpenAPI 3 that are told of, and whether something else holds.
    pub(super) foreign: HashSet<(&'static str, bool)>,
}

impl<'t> Rewrite<'t> {
    pub(super) fn new(tree: &'t mut Tree, sink: &'t mut Sink) -> Rewrite<'t> {
        let (responses, parameters, foreign) = Default::default();
        Rewrite { tree, sink, responses, parameters, foreign }
    }
}
