//! Dynamic scopes: what a `$dynamicRef` means on the way that led to it (JSON Schema Core, section 8.2.3.2).
//!
//! In: the schema that is being read, and one that it holds or refers to. Out: the schema as it is on this way. A
//! schema that a `$dynamicRef` is reached from is read once for each meaning, as a generic type is made once for each
//! of its arguments; every other one is read once.

use super::super::model::SchemaId;
use super::super::refs::Anchors;
use crate::source::{NodeId, Tree};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The most schemas that are read again for another meaning.
const MOST: usize = 2_000;

/// The most places that are remembered as those that a `$dynamicRef` is reached from.
const FARTHEST: usize = 4_000_000;

/// What names mean: the first schema on the way that has the name.
type Scope<'t> = BTreeMap<&'t str, NodeId>;

/// The dynamic scopes of a document.
#[derive(Debug, Default)]
pub(super) struct Scopes<'t> {
    /// By name, what a `$dynamicRef` to it is reached from.
    reach: HashMap<&'t str, HashSet<NodeId>>,
    /// That of the schema that is being read, with the names that it adds.
    current: Scope<'t>,
    /// Schemas whose scope isn't empty.
    ids: HashMap<(NodeId, Scope<'t>), SchemaId>,
    /// Their scopes.
    scopes: HashMap<SchemaId, Scope<'t>>,
}

impl<'t> Scopes<'t> {
    /// `find` gives what a reference leads to.
    pub(super) fn new(
        tree: &'t Tree,
        anchors: &Anchors<'t>,
        find: impl Fn(NodeId) -> Option<NodeId>,
    ) -> Scopes<'t> {
        if anchors.dynamic_refs().is_empty() {
            return Scopes::default();
        }
        // From what is meant to what means it.
        let mut users: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for (map, _, reference) in tree.keys(&["$ref"]) {
            if let Some(target) = find(reference) {
                users.entry(target).or_default().push(map);
            }
        }
        for (map, name) in anchors.dynamic_refs() {
            for target in anchors.dynamic(name) {
                users.entry(*target).or_default().push(*map);
            }
        }
        let mut reach: HashMap<&str, HashSet<NodeId>> = HashMap::new();
        let mut left = FARTHEST;
        for (map, name) in anchors.dynamic_refs() {
            let met = reach.entry(name).or_default();
            let mut open = vec![*map];
            while let Some(node) = open.pop() {
                if met.insert(node) {
                    left -= 1;
                    if left == 0 {
                        return Scopes::default();
                    }
                    open.extend(tree.parent(node));
                    open.extend(users.get(&node).into_iter().flatten());
                }
            }
        }
        Scopes { reach, ..Scopes::default() }
    }

    /// Begins to read a schema.
    pub(super) fn enter(&mut self, tree: &'t Tree, id: SchemaId, at: NodeId) {
        if self.reach.is_empty() {
            return;
        }
        self.current = self.scopes.get(&id).cloned().unwrap_or_default();
        for (name, node) in own(tree, at) {
            self.current.entry(name).or_insert(node);
        }
    }

    /// Begins to read what is no schema.
    pub(super) fn leave(&mut self) {
        self.current.clear();
    }

    /// The schema that a name means in the schema that is being read.
    pub(super) fn meaning(&self, name: &str) -> Option<NodeId> {
        self.current.get(name).copied()
    }

    /// The scope of a schema that the one being read holds or refers to: what matters to it, and isn't what it would
    /// come to by itself. Most have an empty one.
    pub(super) fn of(&self, tree: &'t Tree, at: NodeId) -> Scope<'t> {
        let matters = |name: &str| self.reach.get(name).is_some_and(|reach| reach.contains(&at));
        let mut scope = self.current.clone();
        scope.retain(|name, _| matters(name));
        if !scope.is_empty() {
            let own = own(tree, at);
            scope.retain(|name, node| own.get(name) != Some(node));
        }
        scope
    }

    /// The schema at a node in a scope, if it has been asked for.
    pub(super) fn get(&self, at: NodeId, scope: &Scope<'t>) -> Option<SchemaId> {
        self.ids.get(&(at, scope.clone())).copied()
    }

    pub(super) fn put(&mut self, at: NodeId, scope: Scope<'t>, id: SchemaId) {
        self.ids.insert((at, scope.clone()), id);
        self.scopes.insert(id, scope);
    }

    /// There is room for another schema with a scope.
    pub(super) fn has_room(&self) -> bool {
        self.ids.len() < MOST
    }
}

/// The names that a schema gives by itself: its own, and those of its `$defs` that are no resources of their own.
/// The first of a name counts.
fn own(tree: &Tree, at: NodeId) -> Scope<'_> {
    let definitions = tree.get(at, "$defs").into_iter().flat_map(|defs| tree.entries(defs));
    let inner = definitions.map(|(_, schema)| schema).filter(|it| tree.get(*it, "$id").is_none());
    let named = |schema| Some((tree.text(tree.get(schema, "$dynamicAnchor")?)?, schema));
    let mut scope = Scope::new();
    for (name, schema) in std::iter::once(at).chain(inner).filter_map(named) {
        scope.entry(name).or_insert(schema);
    }
    scope
}
