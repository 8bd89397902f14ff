//! `$ref`: from a text to the node that it names.
//!
//! Local pointers, files, `$anchor`, `$dynamicAnchor` and `$id` are understood (JSON Schema 2020-12,
//! section 8; OpenAPI 3.1, section 4.6). Nothing is fetched from the network.

use super::similar::similar;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{FileId, Loaded, NodeId, Tree, is_network, resolve_path, segments};
use std::cell::Cell;
use std::collections::HashMap;

/// Schemas that go by a name of their own.
#[derive(Debug, Default)]
pub(super) struct Anchors<'t> {
    /// `$anchor` and `$dynamicAnchor`, by file and name.
    names: HashMap<(FileId, &'t str), NodeId>,
    /// `$id`, as written.
    ids: HashMap<&'t str, NodeId>,
}

/// How many references one pointer may pass through.
const MAX_HOPS: usize = 64;

impl<'t> Anchors<'t> {
    /// Finds them all. Of several of a name the one with the least pointer counts, so that the order
    /// of keys doesn't decide.
    pub(super) fn new(tree: &'t Tree) -> Anchors<'t> {
        let mut anchors = Anchors::default();
        for (map, key, value) in tree.keys(&["$anchor", "$dynamicAnchor", "$id"]) {
            let Some(text) = tree.text(value) else { continue };
            if key == "$id" {
                anchors.ids.entry(text.trim_end_matches('#')).or_insert(map);
            } else {
                let known = anchors.names.entry((tree.home(map), text)).or_insert(map);
                if *known != map && tree.pointer(map) < tree.pointer(*known) {
                    *known = map;
                }
            }
        }
        anchors
    }
}

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
            return self.in_file(tree.home(at), fragment, reference, at);
        }
        if let Some(schema) = anchors.ids.get(path) {
            let found = self.within(*schema, fragment);
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
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let named = anchors.names.get(&(file, fragment)).copied();
            return named.ok_or_else(|| unknown(tree, reference, at, None));
        }
        let lost = match self.within(tree.file_root(file), fragment) {
            Ok(node) => return Ok(node),
            Err(lost) => lost,
        };
        // A schema with an `$id` may mean itself by `#`.
        let mut parent = tree.parent(at);
        while let Some(node) = parent.filter(|_| !anchors.ids.is_empty()) {
            if tree.get(node, "$id").is_some()
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
