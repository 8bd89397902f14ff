//! Nodes made after parsing, by levelling and by overlays.
//!
//! A made node points at the node that it was made from, so that a message about it names what the
//! author wrote.

use super::index::{Keys, is_indexed};
use super::text::Text;
use super::tree::{Entry, FileId, Kind, NO_PARENT, Node, NodeId, Tree};

/// The key of a made entry.
#[derive(Clone, Copy, Debug)]
pub struct Key(Text);

impl Tree {
    /// A key that is written out.
    pub fn new_key(&mut self, key: &str) -> Key {
        Key(self.texts.add(key))
    }

    /// The keys and values of a map, for making another of them.
    pub fn keyed(&self, map: NodeId) -> Vec<(Key, NodeId)> {
        let node = self.node(map);
        let range = if node.kind == Kind::Map { node.range() } else { 0..0 };
        self.entries[range].iter().map(|e| (Key(e.key), e.node)).collect()
    }

    /// A text, made from `origin`.
    pub fn make_text(&mut self, origin: NodeId, text: &str) -> NodeId {
        let (start, len) = self.texts.add(text).parts();
        self.make(origin, Kind::Quoted, start, len)
    }

    /// A plain `true` or `false`, made from `origin`.
    pub fn make_bool(&mut self, origin: NodeId, value: bool) -> NodeId {
        let (start, len) = self.texts.add(if value { "true" } else { "false" }).parts();
        self.make(origin, Kind::Plain, start, len)
    }

    /// The same scalar once more, made from `origin`.
    pub(super) fn copy_scalar(&mut self, origin: NodeId) -> NodeId {
        let node = *self.node(origin);
        let copy = self.make(origin, node.kind, node.start, node.len);
        if let Some(number) = self.numbers.get(&origin).copied() {
            self.numbers.insert(copy, number);
        }
        copy
    }

    /// A list, made from `origin`. Its items keep the place that they were written at.
    pub fn make_list(&mut self, origin: NodeId, items: &[NodeId]) -> NodeId {
        let start = self.items.len() as u32;
        self.items.extend_from_slice(items);
        self.make(origin, Kind::List, start, items.len() as u32)
    }

    /// A map, made from `origin`. Of entries with one key, the first counts.
    pub fn make_map(&mut self, origin: NodeId, entries: &[(Key, NodeId)]) -> NodeId {
        let map = self.make(origin, Kind::Map, 0, 0);
        self.fill(map, entries);
        map
    }

    /// Makes the node a map of other entries; references to the node see them.
    pub fn replace_map(&mut self, map: NodeId, entries: &[(Key, NodeId)]) {
        if let Some(node) = self.nodes.get_mut(map.index()).filter(|_| map != NodeId::NULL) {
            node.kind = Kind::Map;
            self.fill(map, entries);
        }
    }

    /// Makes the node a list of other items; references to the node see them.
    pub fn replace_list(&mut self, list: NodeId, items: &[NodeId]) {
        let start = self.items.len() as u32;
        if let Some(node) = self.nodes.get_mut(list.index()).filter(|_| list != NodeId::NULL) {
            (node.kind, node.start, node.len) = (Kind::List, start, items.len() as u32);
            self.items.extend_from_slice(items);
        }
    }

    /// Takes the whole text of a file for its root.
    pub(super) fn take_text(&mut self, file: FileId) {
        let Some(source) = self.files.get_mut(file.index()) else { return };
        let (start, len) = Text::of_file(source.range.start, source.range.end).parts();
        let root = NodeId(self.nodes.len() as u32);
        (source.root, source.broken) = (root, false);
        let (parent, kind) = (NO_PARENT, Kind::Quoted);
        self.nodes.push(Node { parent, slot: 0, start, len, file: file.0, kind, made: false });
    }

    /// Takes another root for the main document. Pointers still start from what the author wrote.
    pub fn set_root(&mut self, root: NodeId) {
        self.root = root;
    }

    fn make(&mut self, origin: NodeId, kind: Kind, start: u32, len: u32) -> NodeId {
        let file = self.node(origin).file;
        let parent = if origin == NodeId::NULL { NO_PARENT } else { origin.0 };
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node { parent, slot: 0, start, len, file, kind, made: true });
        id
    }

    fn fill(&mut self, map: NodeId, entries: &[(Key, NodeId)]) {
        let start = self.entries.len();
        self.entries.extend(entries.iter().map(|(key, node)| Entry { key: key.0, node: *node }));
        if let Some(node) = self.nodes.get_mut(map.index()) {
            (node.start, node.len) = (start as u32, entries.len() as u32);
        }
        if is_indexed(entries.len()) {
            index(self, start as u32);
        }
    }
}

/// Makes the entries from `start` on findable by hash.
fn index(tree: &mut Tree, start: u32) {
    let keys = Keys::new(&tree.entries, &tree.texts);
    for at in start..tree.entries.len() as u32 {
        if tree.index.find(start, keys.key(at), keys).is_none() {
            tree.index.insert(start, at, keys);
        }
    }
}
