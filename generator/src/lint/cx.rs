//! What a rule works with: the document, and a place for its findings.

use crate::diag::{At, Code, Diagnostic, Severity, Sink};
use crate::source::{FileId, NodeId, Tree};
use crate::spec::http;
use crate::spec::{Media, Operation, Schema, SchemaId, Spec};

/// What a rule works with.
pub(super) struct Cx<'s, 't> {
    pub(super) spec: &'s Spec<'t>,
    pub(super) tree: &'t Tree,
    pub(super) sink: &'s mut Sink,
    /// Code of the rule.
    pub(super) code: Code,
    /// Severity of its findings.
    pub(super) severity: Severity,
}

/// How many references in a row are followed.
pub(super) const HOPS: usize = 16;

impl<'t> Cx<'_, 't> {
    /// A finding of the rule.
    pub(super) fn say(&mut self, at: impl Into<At>, message: impl Into<String>) -> &mut Diagnostic {
        let at: At = at.into();
        self.sink.push(Diagnostic::new(self.code, self.severity, at, message))
    }

    /// The value of `key` of an operation: its own, or that of the operation that it overloads.
    pub(super) fn of_operation(&self, operation: &Operation<'_>, key: &str) -> Option<NodeId> {
        let outer = || self.tree.get(operation.overload_of?, key);
        self.tree.get(operation.at, key).or_else(outer)
    }

    /// The node was written in Swagger 2.0 or OpenAPI 3.0.
    pub(super) fn is_old(&self, node: NodeId) -> bool {
        let stated = |file: FileId| {
            let root = self.tree.file_root(file);
            let is_swagger = self.tree.get(root, "swagger").is_some();
            let version = self.tree.get(root, "openapi").and_then(|node| self.tree.text(node));
            version.map(|version| version.starts_with("3.0")).or(is_swagger.then_some(true))
        };
        stated(self.tree.file(node)).or_else(|| stated(FileId::MAIN)).unwrap_or(false)
    }

    /// The document is Swagger 2.0, rewritten before it was read.
    pub(super) fn is_swagger(&self) -> bool {
        self.tree.get(self.tree.file_root(FileId::MAIN), "swagger").is_some()
    }

    /// Every schema of the document.
    pub(super) fn schemas(&self) -> impl Iterator<Item = (SchemaId, &Schema<'t>)> {
        let schemas = self.spec.schemas.iter().enumerate();
        schemas.map(|(index, schema)| (SchemaId(u32::try_from(index).unwrap_or(u32::MAX)), schema))
    }

    /// What the schema refers to at last; itself when it isn't a reference.
    pub(super) fn target(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..HOPS {
            match self.spec.schema(at).reference {
                Some(target) => at = target,
                None => break,
            }
        }
        at
    }

    /// The schema, what it refers to, and the parts of its `allOf`: all that a value has to be.
    pub(super) fn parts(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut parts = vec![id];
        let mut next = 0;
        while let Some(part) = parts.get(next).copied() {
            next += 1;
            let schema = self.spec.schema(part);
            for part in schema.reference.iter().chain(&schema.all_of) {
                if !parts.contains(part) && parts.len() < 256 {
                    parts.push(*part);
                }
            }
        }
        parts
    }
}

/// How a value is told in a message: the first characters of it.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.replace('\n', " ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// JSON, or a type whose syntax is JSON.
pub(super) fn is_json(media: &Media<'_>) -> bool {
    http::is_json(media.name)
}
