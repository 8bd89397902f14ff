//! Closing a list or map: children get their places, equal keys are settled, merge keys resolved.

use super::super::index::{Keys, is_indexed};
use super::super::scalar::is_null;
use super::super::text::Text;
use super::super::tree::{Entry, Kind, NodeId};
use super::{Builder, Child, Frame, range};
use crate::diag::{Code, Severity};
use std::collections::HashSet;

/// Duplicate keys that are reported, of a file that may hold millions.
const MAX_DUPLICATES: usize = 1000;

impl Builder<'_> {
    pub(super) fn close_list(&mut self, frame: &Frame) -> (usize, usize) {
        let start = self.items.len();
        for (slot, child) in self.children.drain(frame.first_child..).enumerate() {
            self.items.push(child.node);
            if child.own {
                let node = &mut self.nodes[child.node.index()];
                (node.parent, node.slot) = (frame.node.0, slot as u32);
            }
        }
        (start, self.items.len() - start)
    }

    pub(super) fn close_map(&mut self, frame: &Frame) -> (usize, usize) {
        let start = self.entries.len();
        let children = self.children.split_off(frame.first_child);
        let mut joined = Vec::new();
        for (position, child) in children.iter().enumerate() {
            let known = self.known(start, child.key.text);
            let slot = known.unwrap_or(self.entries.len());
            if child.own {
                let node = &mut self.nodes[child.node.index()];
                (node.parent, node.slot) = (frame.node.0, slot as u32);
            }
            match known {
                Some(at) => {
                    let kept = self.settle(at, child, &children[..position]);
                    if let Kept::Both(first) = kept {
                        joined.push((first, child.node));
                    }
                    self.duplicate(&children[..position], child, kept);
                }
                None => self.enter(start, child.key.text, child.node),
            }
        }
        self.close_merges(start, frame);
        let len = self.entries.len() - start;
        for (first, second) in joined {
            self.join(first, second);
        }
        (start, len)
    }

    /// Puts the entries of the second map behind those of the first.
    fn join(&mut self, first: NodeId, second: NodeId) {
        let start = self.entries.len();
        for map in [first, second] {
            for at in self.nodes[map.index()].range() {
                let Entry { key, node } = self.entries[at];
                self.enter(start, key, node);
            }
        }
        let len = self.entries.len() - start;
        let node = &mut self.nodes[first.index()];
        (node.start, node.len) = (start as u32, len as u32);
    }

    /// What is merged yields to what is stated, and to what was merged before it.
    fn close_merges(&mut self, start: usize, frame: &Frame) {
        for source in &frame.merges {
            for at in self.nodes[source.index()].range() {
                let Entry { key, node } = self.entries[at];
                if self.known(start, key).is_none() {
                    self.enter(start, key, node);
                }
            }
        }
    }

    /// The entry of the map from `start` on that has this key.
    fn known(&self, start: usize, key: Text) -> Option<usize> {
        let keys = self.keys();
        let key = keys.text(key);
        let map = &self.entries[start..];
        if is_indexed(map.len()) {
            return self.index.find(start as u32, key, keys).map(|at| at as usize);
        }
        map.iter().position(|entry| keys.text(entry.key) == key).map(|at| start + at)
    }

    fn enter(&mut self, start: usize, key: Text, node: NodeId) {
        self.entries.push(Entry { key, node });
        let len = self.entries.len() - start;
        if !is_indexed(len) {
            return;
        }
        let first_new = if is_indexed(len - 1) { self.entries.len() - 1 } else { start };
        let keys = Keys { entries: self.entries, files: self.files, side: self.side };
        for at in first_new..keys.entries.len() {
            self.index.insert(start as u32, at as u32, keys);
        }
    }

    fn keys(&self) -> Keys<'_> {
        Keys { entries: self.entries, files: self.files, side: self.side }
    }

    /// Of two values of which one is empty, the other is meant, and maps without a common key don't
    /// contradict each other; else it can't be known.
    fn settle(&mut self, at: usize, second: &Child, before: &[Child]) -> Kept {
        let first = self.entries[at].node;
        if self.is_empty(first) || self.is_empty(second.node) {
            if self.is_empty(first) {
                self.entries[at].node = second.node;
            }
            return Kept::NotEmpty;
        }
        // A map that an alias names stands elsewhere too, and one that is joined has no third part.
        let alike =
            before.iter().filter(|it| self.resolve(it.key.text) == self.resolve(second.key.text));
        let is_own = second.own && alike.clone().all(|it| it.own) && alike.count() == 1;
        if is_own && self.is_disjoint(first, second.node) { Kept::Both(first) } else { Kept::First }
    }

    fn is_empty(&self, node: NodeId) -> bool {
        self.scalar_text(node).is_some_and(|text| is_null(self.resolve(text)))
    }

    /// Two maps have no key in common.
    fn is_disjoint(&self, first: NodeId, second: NodeId) -> bool {
        let nodes = [first, second].map(|node| self.nodes[node.index()]);
        if nodes.iter().any(|node| node.kind != Kind::Map) {
            return false;
        }
        let [first, second] = nodes.map(|node| &self.entries[node.range()]);
        let keys: HashSet<&str> = first.iter().map(|it| self.resolve(it.key)).collect();
        second.iter().all(|it| !keys.contains(self.resolve(it.key)))
    }

    fn duplicate(&mut self, before: &[Child], child: &Child, kept: Kept) {
        self.duplicates += 1;
        if self.duplicates > MAX_DUPLICATES {
            return;
        }
        let key = self.resolve(child.key.text).to_owned();
        let first = before.iter().find(|other| self.resolve(other.key.text) == key);
        let first = first.map(|other| self.at(range(&other.key)));
        let problem = self.problem(
            Code::DuplicateKey,
            range(&child.key),
            format!("the key `{key}` is stated twice in this map"),
        );
        if let Some(first) = first {
            problem.label(first, "first stated here");
        }
        if let Kept::NotEmpty = kept {
            problem.severity = Severity::Warning;
        }
        problem.help(match kept {
            Kept::First => "the first holds; rename or remove one of them",
            Kept::Both(_) => "both hold, as they have no key in common; make them one",
            Kept::NotEmpty => "the one that isn't empty holds; remove the other",
        });
    }
}

/// Which of two values of one key holds.
#[derive(Clone, Copy)]
enum Kept {
    First,
    /// Both, together in the first.
    Both(NodeId),
    NotEmpty,
}
