//! Copies of nodes: what an overlay changes in one place must not change in another.
//!
//! A copy is a made node. Whoever asks where it stands is told where its original does.

use super::edit::Key;
use super::tree::{Kind, NodeId, Tree};

impl Tree {
    /// A copy of the node and of everything in it.
    ///
    /// Parsing bounds the depth, also through aliases.
    pub fn copy(&mut self, node: NodeId) -> NodeId {
        match self.node(node).kind {
            Kind::Map => {
                let entries = self.keyed(node);
                let copies: Vec<(Key, NodeId)> =
                    entries.into_iter().map(|(key, value)| (key, self.copy(value))).collect();
                self.make_map(node, &copies)
            }
            Kind::List => {
                let items = self.items(node).to_vec();
                let copies: Vec<NodeId> = items.into_iter().map(|item| self.copy(item)).collect();
                self.make_list(node, &copies)
            }
            Kind::Plain | Kind::Quoted => self.copy_scalar(node),
        }
    }

    /// Gives every place below `root` a list or map of its own, where aliases or merge keys made
    /// several places share one.
    pub fn unshare(&mut self, root: NodeId) {
        let mut seen = vec![false; self.len()];
        let mut waiting = vec![root];
        while let Some(holder) = waiting.pop() {
            let node = *self.node(holder);
            for at in node.range() {
                let child = match node.kind {
                    Kind::Map => self.entries.get(at).map(|entry| entry.node),
                    Kind::List => self.items.get(at).copied(),
                    Kind::Plain | Kind::Quoted => break,
                };
                let Some(child) = child.filter(|child| self.is_map(*child) || self.is_list(*child))
                else {
                    continue;
                };
                if !std::mem::replace(&mut seen[child.index()], true) {
                    waiting.push(child);
                    continue;
                }
                let copy = self.copy(child);
                match node.kind {
                    Kind::Map => self.entries[at].node = copy,
                    _ => self.items[at] = copy,
                }
            }
        }
    }

    /// How many levels of lists and maps the node has, and how many nodes it stands for.
    pub fn extent(&self, node: NodeId) -> (usize, usize) {
        let children: Vec<NodeId> = match self.node(node).kind {
            Kind::Map => self.entries(node).map(|(_, value)| value).collect(),
            Kind::List => self.items(node).to_vec(),
            Kind::Plain | Kind::Quoted => return (0, 1),
        };
        let inner = children.into_iter().map(|child| self.extent(child));
        let (height, size) =
            inner.fold((0, 1), |(high, all), (height, size)| (height.max(high), size + all));
        (height + 1, size)
    }
}
