//! Schemas that go by a name of their own: `$id`, `$anchor`, `$dynamicAnchor`.
//!
//! A schema with an `$id` is a resource: names and relative addresses below it are its own (JSON
//! Schema Core, section 8.2). A document is one too, by `$self` (OpenAPI 3.2, section 4.1.2).

use super::uri;
use crate::source::{FileId, NodeId, Tree};
use std::collections::HashMap;

/// Schemas that go by a name of their own.
#[derive(Debug, Default)]
pub(in super::super) struct Anchors<'t> {
    /// `$anchor` and `$dynamicAnchor`, by the resource that they are in.
    names: HashMap<(NodeId, &'t str), NodeId>,
    /// The same by file, for references that don't name the resource.
    by_file: HashMap<(FileId, &'t str), NodeId>,
    /// Resources by address, as written and as it reads in full.
    ids: HashMap<String, NodeId>,
    /// Addresses of resources.
    bases: HashMap<NodeId, String>,
    /// The schemas that go by a `$dynamicAnchor`.
    dynamic: HashMap<&'t str, Vec<NodeId>>,
    /// The schemas with a `$dynamicRef` to one of them, and its name.
    dynamic_refs: Vec<(NodeId, &'t str)>,
}

impl<'t> Anchors<'t> {
    /// Finds them all. The first of a name counts.
    pub(in super::super) fn new(tree: &'t Tree) -> Anchors<'t> {
        let mut anchors = Anchors::default();
        let keys = tree.keys(&["$anchor", "$dynamicAnchor", "$dynamicRef", "$id", "$self"]);
        // Outer resources come first: inner ones are relative to them.
        let mut resources: Vec<(usize, NodeId, &str)> = Vec::new();
        for (map, key, value) in &keys {
            let is_resource = *key == "$id" || (*key == "$self" && tree.parent(*map).is_none());
            if let Some(text) = tree.text(*value).filter(|_| is_resource) {
                resources.push((depth(tree, *map), *map, text.trim_end_matches('#')));
            }
        }
        resources.sort_by_key(|(depth, _, _)| *depth);
        for (_, map, id) in resources {
            let base = tree.parent(map).map_or("", |parent| anchors.base(tree, parent));
            let full = uri::join(base, id);
            anchors.ids.entry(id.to_owned()).or_insert(map);
            anchors.ids.entry(full.clone()).or_insert(map);
            anchors.bases.insert(map, full);
        }
        for (map, key, value) in keys {
            let Some(text) = tree.text(value) else { continue };
            match key {
                "$anchor" => {}
                "$dynamicAnchor" => anchors.dynamic.entry(text).or_default().push(map),
                "$dynamicRef" => {
                    let name = text.split_once('#').map(|(_, name)| (map, name));
                    anchors.dynamic_refs.extend(name);
                    continue;
                }
                _ => continue,
            }
            let resource = anchors.resource(tree, map);
            anchors.names.entry((resource, text)).or_insert(map);
            anchors.by_file.entry((tree.home(map), text)).or_insert(map);
        }
        anchors.dynamic_refs.retain(|(_, name)| anchors.dynamic.contains_key(name));
        anchors
    }

    /// Some schema has an address.
    pub(super) fn has_ids(&self) -> bool {
        !self.ids.is_empty()
    }

    /// The resource at an address that is written at `at`.
    pub(super) fn at_address(&self, tree: &Tree, path: &str, at: NodeId) -> Option<NodeId> {
        if self.ids.is_empty() {
            return None;
        }
        let full = uri::join(self.base(tree, at), path);
        self.ids.get(&full).or_else(|| self.ids.get(path)).copied()
    }

    /// The schema of this name in a resource.
    pub(super) fn in_resource(&self, resource: NodeId, name: &str) -> Option<NodeId> {
        self.names.get(&(resource, name)).copied()
    }

    /// The schema that a bare name at `at` means: one of the same resource, else of the same file.
    pub(super) fn nearby(&self, tree: &Tree, name: &str, at: NodeId) -> Option<NodeId> {
        let own = self.in_resource(self.resource(tree, at), name);
        own.or_else(|| self.by_file.get(&(tree.home(at), name)).copied())
    }

    /// The schema with an `$id` that a node is in.
    pub(super) fn own_resource(&self, tree: &Tree, at: NodeId) -> Option<NodeId> {
        if self.ids.is_empty() {
            return None;
        }
        let resource = self.resource(tree, at);
        tree.parent(resource).is_some().then_some(resource)
    }

    /// A bare name at `at` is that of a schema in the same resource, or the resource has no address of its own.
    pub(in super::super) fn is_at_home(&self, tree: &Tree, name: &str, at: NodeId) -> bool {
        let own = self.own_resource(tree, at);
        own.is_none_or(|resource| self.in_resource(resource, name).is_some())
    }

    /// The schemas that a `$dynamicRef` may mean, depending on the way that led to it.
    pub(in super::super) fn dynamic(&self, name: &str) -> &[NodeId] {
        self.dynamic.get(name).map_or(&[], Vec::as_slice)
    }

    /// The schemas with a `$dynamicRef` to a schema that goes by a `$dynamicAnchor`, and its name.
    pub(in super::super) fn dynamic_refs(&self) -> &[(NodeId, &'t str)] {
        &self.dynamic_refs
    }

    /// The resource that a node is in: the nearest schema with an `$id`, or the file.
    fn resource(&self, tree: &Tree, at: NodeId) -> NodeId {
        let mut node = at;
        loop {
            match tree.parent(node) {
                Some(parent) if !self.bases.contains_key(&node) => node = parent,
                _ => return node,
            }
        }
    }

    fn base(&self, tree: &Tree, at: NodeId) -> &str {
        self.bases.get(&self.resource(tree, at)).map_or("", String::as_str)
    }
}

fn depth(tree: &Tree, node: NodeId) -> usize {
    std::iter::successors(tree.parent(node), |node| tree.parent(*node)).count()
}
