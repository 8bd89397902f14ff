//! `$ref`: from a text to the node that it names.
//!
//! Local pointers, files, `$anchor`, `$dynamicAnchor`, `$id` and `$self` are understood (JSON Schema
//! 2020-12, section 8; OpenAPI 3.2, section 4.1.2). Nothing is fetched from the network.

mod anchors;
mod uri;

pub(super) use anchors::Anchors;

use super::similar::similar;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{FileId, Loaded, NodeId, Tree, is_network, resolve_path, segments};
use std::cell::Cell;

/// How many references one pointer may pass through.
const MAX_HOPS: usize = 64;

/// The node that a reference names; or why there is none, unless that has been said already.
pub(super) fn resolve<'t>(
    tree: &'t Tree,
    anchors: &Anchors<'t>,
    reference: &str,
    at: NodeId,
) -> Result<NodeId, Option<Box<Diagnostic>>> {
    let search = Search { tree, anchors, hops: Cell::new(MAX_HOPS) };
    search.resolve(reference, at)
}

/// One search. A pointer may pass through other references, so searches are nested.
struct Search<'a, 't> {
    tree: &'t Tree,
    anchors: &'a Anchors<'t>,
    /// How many references may still be passed through.
    hops: Cell<usize>,
}

impl Search<'_, '_> {
    fn resolve(&self, reference: &str, at: NodeId) -> Result<NodeId, Option<Box<Diagnostic>>> {
        let Search { tree, anchors, .. } = *self;
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if path.is_empty() {
            // A schema with an `$id` means itself by `#`.
            let own = anchors.own_resource(tree, at).filter(|_| fragment.is_empty());
            if let Some(resource) = own {
                return Ok(resource);
            }
            return self.in_file(tree.home(at), fragment, reference, at);
        }
        if let Some(resource) = anchors.at_address(tree, path, at) {
            let found = if is_name(fragment) {
                anchors.in_resource(resource, fragment).ok_or(None)
            } else {
                self.within(resource, fragment)
            };
            return found.map_err(|lost| unknown(tree, reference, at, lost));
        }
        self.in_file(file(tree, path, at)?, fragment, reference, at)
    }

    fn in_file(
        &self,
        file: FileId,
        fragment: &str,
        reference: &str,
        at: NodeId,
    ) -> Result<NodeId, Option<Box<Diagnostic>>> {
        let Search { tree, anchors, .. } = *self;
        if tree.source(file).is_none_or(|source| source.broken) {
            // What is wrong with the file has been reported.
            return Err(None);
        }
        if is_name(fragment) {
            let near = if file == tree.home(at) { at } else { tree.file_root(file) };
            let named = anchors.nearby(tree, fragment, near);
            return named.ok_or_else(|| unknown(tree, reference, at, None));
        }
        let lost = match self.within(tree.file_root(file), fragment) {
            Ok(node) => return Ok(node),
            Err(lost) => lost,
        };
        // Below a schema with an `$id`, a pointer starts there. So it is meant where a schema that was
        // a document of its own brings its definitions along.
        let own = own_definitions(fragment);
        let mut parent = tree.parent(at).filter(|_| anchors.has_ids() || own.is_some());
        while let Some(node) = parent {
            let mut starts = [Some("$id"), own].into_iter().flatten();
            if starts.any(|key| tree.get(node, key).is_some())
                && let Ok(found) = self.within(node, fragment)
            {
                return Ok(found);
            }
            parent = tree.parent(node);
        }
        Err(unknown(tree, reference, at, lost))
    }

    /// Follows a pointer, through the references that it meets on its way.
    fn within(&self, base: NodeId, fragment: &str) -> Result<NodeId, Lost> {
        if fragment.is_empty() || fragment == "/" {
            return Ok(base);
        }
        let mut at = base;
        for step in segments(fragment).ok_or(None)? {
            let mut next = self.tree.step(at, &step);
            while next.is_none() && self.hops.get() > 0 {
                let Some(target) = self.behind(at) else { break };
                at = target;
                next = self.tree.step(at, &step);
            }
            at = next.ok_or_else(|| Some((at, step.into_owned())))?;
        }
        Ok(at)
    }

    /// What the `$ref` of a node leads to.
    fn behind(&self, at: NodeId) -> Option<NodeId> {
        let reference = self.tree.get(at, "$ref")?;
        self.hops.set(self.hops.get() - 1);
        self.resolve(self.tree.text(reference)?, reference).ok()
    }
}

/// The keyword of definitions that a pointer leads through first.
fn own_definitions(fragment: &str) -> Option<&'static str> {
    let first = segments(fragment)?.next()?;
    ["$defs", "definitions"].into_iter().find(|key| *key == first)
}

/// The definitions of a schema without an `$id` that a reference in it leads through, though strictly
/// it starts at the file.
pub(super) fn borrowed_definitions(
    tree: &Tree,
    anchors: &Anchors<'_>,
    reference: &str,
    at: NodeId,
    target: NodeId,
) -> Option<NodeId> {
    let key = own_definitions(reference.strip_prefix('#')?)?;
    let above = |node: &NodeId| tree.parent(*node);
    let holders = std::iter::successors(tree.parent(at), above);
    let maps: Vec<NodeId> = holders.filter_map(|holder| tree.get(holder, key)).collect();
    let map = std::iter::successors(Some(target), above).find(|node| maps.contains(node))?;
    let holder = tree.parent(map)?;
    (tree.parent(holder).is_some() && anchors.own_resource(tree, at).is_none()).then_some(map)
}

/// The fragment is an anchor, not a pointer.
fn is_name(fragment: &str) -> bool {
    !fragment.is_empty() && !fragment.starts_with('/')
}

/// Where a pointer gets lost, and the step that leads nowhere.
type Lost = Option<(NodeId, String)>;

fn file(tree: &Tree, path: &str, at: NodeId) -> Result<FileId, Option<Box<Diagnostic>>> {
    if is_network(path) {
        let message = format!("`{path}` is an address on the network, which is never asked");
        let mut diagnostic = Diagnostic::new(Code::NetworkRef, Severity::Error, at, message);
        diagnostic.help("save the document beside this one, and refer to the file");
        return Err(Some(Box::new(diagnostic)));
    }
    let from = tree.source(tree.home(at)).map_or("", |source| &source.path);
    let path = resolve_path(from, path);
    let reason = match tree.loaded(&path) {
        Some(Loaded::File(file)) => return Ok(file),
        Some(Loaded::Failed(reason)) => reason,
        None => "other files aren't loaded here",
    };
    let message = format!("the file `{path}` can't be read: {reason}");
    let mut diagnostic = Diagnostic::new(Code::FileNotLoaded, Severity::Error, at, message);
    diagnostic.help("paths are relative to the file that the reference stands in");
    Err(Some(Box::new(diagnostic)))
}

fn unknown(tree: &Tree, reference: &str, at: NodeId, lost: Lost) -> Option<Box<Diagnostic>> {
    let message = format!("unknown reference `{reference}`");
    let mut diagnostic = Diagnostic::new(Code::UnknownRef, Severity::Error, at, message);
    match lost {
        Some((map, step)) => {
            match similar(&step, tree.entries(map).map(|(key, _)| key)) {
                Some(name) => diagnostic.help(format!("there is `{name}` with a similar name")),
                None => diagnostic.help(format!("there is no `{step}` in {}", place(tree, map))),
            };
        }
        None => {
            diagnostic.help("a reference is `#/` and a path, a file, or both: `file.yaml#/path`");
        }
    }
    Some(Box::new(diagnostic))
}

fn place(tree: &Tree, node: NodeId) -> String {
    let pointer = tree.pointer(node);
    let path = tree.source(tree.file(node)).map_or("", |source| &source.path);
    if pointer.is_empty() { format!("`{path}`") } else { format!("`{path}#{pointer}`") }
}
