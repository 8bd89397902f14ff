//! What is known while a document is read.

use super::super::model::{
    BodyId, Parameter, ParameterId, RequestBody, Response, ResponseId, Schema, SchemaId,
};
use super::super::refs::{Anchors, resolve};
use super::super::version::{Version, stated};
use super::scope::Scopes;
use crate::diag::{At, Code, Diagnostic, Sink};
use crate::source::{NodeId, Tree};
use std::collections::{HashMap, HashSet};

/// What is known while a document is read.
pub(in super::super) struct Cx<'t, 's> {
    pub(in super::super) tree: &'t Tree,
    pub(in super::super) sink: &'s mut Sink,
    pub(super) anchors: Anchors<'t>,
    /// Version of each file.
    versions: Vec<Version>,
    pub(super) schemas: Vec<Schema<'t>>,
    /// The schema of each node, where there is one.
    pub(super) schema_of: Vec<Option<SchemaId>>,
    /// What `$dynamicRef`s mean.
    pub(super) scopes: Scopes<'t>,
    /// Schemas up to here are read.
    pub(super) schemas_read: usize,
    /// Schemas that are made while reading, and have no keywords to read.
    pub(super) made: HashSet<SchemaId>,
    pub(super) parameters: Vec<Parameter<'t>>,
    pub(super) parameter_of: HashMap<NodeId, ParameterId>,
    pub(super) header_of: HashMap<(NodeId, &'t str), ParameterId>,
    pub(super) responses: Vec<Response<'t>>,
    pub(super) response_of: HashMap<NodeId, ResponseId>,
    pub(super) bodies: Vec<RequestBody<'t>>,
    pub(super) body_of: HashMap<NodeId, BodyId>,
    /// Names of `components.responses` and `components.requestBodies`, by node.
    pub(super) component_names: HashMap<NodeId, &'t str>,
    /// `components.schemas`.
    pub(super) component_schemas: Option<NodeId>,
    /// Keys of the declared security schemes, and whether they are usable.
    pub(super) schemes: HashMap<&'t str, bool>,
    /// Operations by their id.
    pub(super) operation_ids: HashMap<&'t str, NodeId>,
    /// What was said of files that can't be loaded.
    lost_files: HashSet<String>,
    /// Fields that are told of, by the kind of their object.
    pub(super) unknown_fields: HashSet<(&'static str, &'t str)>,
    /// Callbacks that wait to be read: name, node, and the operation that brings them about.
    pub(super) callbacks: Vec<(&'t str, NodeId, &'t str)>,
    /// Operations that bring a callback about, by its node.
    pub(super) callback_causes: HashMap<NodeId, Vec<NodeId>>,
}

/// How many references in a row are followed.
const MAX_HOPS: usize = 64;

impl<'t, 's> Cx<'t, 's> {
    pub(super) fn new(tree: &'t Tree, sink: &'s mut Sink) -> Cx<'t, 's> {
        let main = stated(tree, tree.root()).and_then(Result::ok).unwrap_or(Version::V3_1);
        let own = |root| stated(tree, root).and_then(Result::ok);
        let versions = tree.files().iter().enumerate().map(|(index, file)| match index {
            // The main document may have been levelled: what its author wrote counts.
            0 => own(tree.file_root(crate::source::FileId::MAIN)).unwrap_or(main),
            _ => own(file.root()).unwrap_or(main),
        });
        let anchors = Anchors::new(tree);
        Cx {
            tree,
            sink,
            scopes: Scopes::new(tree, &anchors, |reference| target(tree, &anchors, reference)),
            anchors,
            versions: versions.collect(),
            schemas: Vec::new(),
            schema_of: vec![None; tree.len()],
            schemas_read: 0,
            made: HashSet::new(),
            parameters: Vec::new(),
            parameter_of: HashMap::new(),
            header_of: HashMap::new(),
            responses: Vec::new(),
            response_of: HashMap::new(),
            bodies: Vec::new(),
            body_of: HashMap::new(),
            component_names: HashMap::new(),
            component_schemas: None,
            schemes: HashMap::new(),
            operation_ids: HashMap::new(),
            lost_files: HashSet::new(),
            unknown_fields: HashSet::new(),
            callbacks: Vec::new(),
            callback_causes: HashMap::new(),
        }
    }

    /// The version of the file that holds the node.
    pub(super) fn version(&self, node: NodeId) -> Version {
        let file = self.tree.file(node).index();
        self.versions.get(file).copied().unwrap_or(Version::V3_1)
    }

    /// The node that the text of a reference names, if there is one; what is wrong with it is told elsewhere.
    pub(super) fn find(&self, reference: NodeId) -> Option<NodeId> {
        target(self.tree, &self.anchors, reference)
    }

    /// The node that the text of a reference names, or none and an error.
    pub(super) fn resolve(&mut self, reference: NodeId) -> Option<NodeId> {
        let Some(text) = self.tree.text(reference) else {
            self.wrong_kind(reference, "$ref", "a text");
            return None;
        };
        match resolve(self.tree, &self.anchors, text.trim(), reference) {
            Ok(node) => Some(node),
            Err(diagnostic) => {
                self.report(diagnostic);
                None
            }
        }
    }

    /// Reports a reference. A file that isn't there is reported once, however often it is named.
    fn report(&mut self, diagnostic: Option<Box<Diagnostic>>) {
        let Some(diagnostic) = diagnostic else { return };
        let is_file = matches!(diagnostic.code, Code::FileNotLoaded | Code::NetworkRef);
        if !is_file || self.lost_files.insert(diagnostic.message.clone()) {
            self.sink.push(*diagnostic);
        }
    }

    /// The object itself, or the one that its `$ref`s lead to; none and an error when they don't.
    pub(super) fn follow(&mut self, node: NodeId) -> Option<NodeId> {
        let at = self.behind(node)?;
        if at != node && !self.tree.is_map(at) {
            let message = "the reference leads to something else than an object";
            self.sink
                .error(Code::WrongTarget, self.tree.get(node, "$ref").map(At::Node), message)
                .label(at, "this isn't a map")
                .help("let the reference name an object of the kind that belongs here");
            return None;
        }
        Some(at)
    }

    /// What stands in a place where OpenAPI has no references: a text, a list, a map by names. Some
    /// documents keep one in a file of its own, and refer to it; what that means is clear.
    pub(super) fn elsewhere(&mut self, node: NodeId) -> Option<NodeId> {
        let reference = self.tree.get(node, "$ref");
        let is_elsewhere = reference.is_some_and(|it| self.tree.text(it).is_some());
        if is_elsewhere { self.behind(node) } else { Some(node) }
    }

    /// The node itself, or the one that its `$ref`s lead to.
    fn behind(&mut self, node: NodeId) -> Option<NodeId> {
        let mut at = node;
        for _ in 0..MAX_HOPS {
            let Some(reference) = self.tree.get(at, "$ref") else { return Some(at) };
            at = self.resolve(reference)?;
        }
        self.sink
            .error(Code::RefCycle, node, "these references lead back to themselves")
            .help("let one of them describe what is meant");
        None
    }

    /// Says that a field holds the wrong kind of value, and is left out.
    pub(super) fn wrong_kind(&mut self, node: NodeId, field: &str, expected: &str) {
        self.read_as(node, field, expected, "if it weren't there");
    }

    /// Says that a field holds the wrong kind of value, and what it is read as.
    pub(super) fn read_as(&mut self, node: NodeId, field: &str, expected: &str, meant: &str) {
        let found = super::super::kind::kind(self.tree, node);
        let message = format!("`{field}` has to be {expected}, and is {found}");
        let help = format!("it is read as {meant}");
        self.sink.warning(Code::WrongKind, node, message).help(help);
    }
}

/// The node that the text of a reference names, if there is one.
fn target(tree: &Tree, anchors: &Anchors<'_>, reference: NodeId) -> Option<NodeId> {
    resolve(tree, anchors, tree.text(reference)?.trim(), reference).ok()
}
