//! The one reader: a tree in the terms of OpenAPI 3.1 becomes a [`Spec`].
//!
//! Every object is read once, however many references lead to it. Schemas wait in a queue instead
//! of being read where they are found, so no nesting is deep enough to hurt.

mod body;
mod components;
mod cx;
mod document;
mod fields;
mod known;
mod link;
mod operation;
mod parameter;
mod response;
mod schema;
mod scope;
mod security;

use super::model::{Info, Spec};
use super::version::version;
use crate::diag::Sink;
use crate::source::{NodeId, Tree};

pub(super) use cx::Cx;
pub(super) use fields::meant_flag;
pub(super) use operation::METHODS;
pub(super) use schema::{id as schema_id, make as make_schema};

/// Reads the document. What can't be read is reported and left out.
pub fn read<'t>(tree: &'t Tree, sink: &mut Sink) -> Spec<'t> {
    let mut spec = empty(tree);
    let is_broken = tree.files().first().is_none_or(|file| file.broken);
    if is_broken || version(tree, tree.root(), sink).is_none() {
        return spec;
    }
    let mut cx = Cx::new(tree, sink);
    document::read(&mut cx, &mut spec);
    schema::drain(&mut cx);
    schema::break_cycles(&mut cx);
    spec.schemas = cx.schemas;
    spec.parameters = cx.parameters;
    spec.responses = cx.responses;
    spec.bodies = cx.bodies;
    spec
}

fn empty(tree: &Tree) -> Spec<'_> {
    Spec {
        tree,
        info: Info { at: NodeId::NULL, title: "", version: "", description: None },
        docs: None,
        servers: Vec::new(),
        tags: Vec::new(),
        operations: Vec::new(),
        webhooks: Vec::new(),
        security: None,
        states_security: false,
        schemes: Vec::new(),
        schemas: Vec::new(),
        components: Vec::new(),
        parameters: Vec::new(),
        responses: Vec::new(),
        bodies: Vec::new(),
    }
}
