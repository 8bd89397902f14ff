//! Closing a list or map: children get their places, equal keys are settled, merge keys resolved.

use super::super::index::{Keys, is_indexed};
use super::super::scalar::is_null;
use super::super::text::Text;
use super::super::tree::{Entry, NodeId};
use super::{Builder, Child, Frame, range};
use crate::diag::{Code, Severity};

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
        for (position, child) in children.iter().enumerate() {
            let known = self.known(start, child.key.text);
            let slot = known.unwrap_or(self.entries.len());
            if child.own {
                let node = &mut self.nodes[child.node.index()];
                (node.parent, node.slot) = (frame.node.0, slot as u32);
            }
            match known {
                Some(at) => {
                    let severity = self.settle(at, child.node);
                    self.duplicate(&children[..position], child, severity);
                }
                None => self.enter(start, child.key.text, child.node),
            }
        }
        self.close_merges(start, frame);
        (start, self.entries.len() - start)
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

    /// Of two values of which one is empty, the other is meant; else it can't be known.
    fn settle(&mut self, first: usize, second: NodeId) -> Severity {
        let is_empty = |node: NodeId| {
            let text = self.scalar_text(node);
            text.is_some_and(|text| is_null(self.resolve(text)))
        };
        let first_is_empty = is_empty(self.entries[first].node);
        if !first_is_empty && !is_empty(second) {
            return Severity::Error;
        }
        if first_is_empty {
            self.entries[first].node = second;
        }
        Severity::Warning
    }

    fn duplicate(&mut self, before: &[Child], child: &Child, severity: Severity) {
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
        problem.severity = severity;
        problem.help(match severity {
            Severity::Error => "rename or remove one of them",
            _ => "the one that isn't empty holds; remove the other",
        });
    }
}
