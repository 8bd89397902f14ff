//! The arena that every file is read into.
//!
//! A node is twenty bytes: its parent and place there, its content, its file. It knows its JSON
//! pointer by its parents, and its line only by reading the text again (see `locate`).

use super::file::SourceFile;
use super::index::{Index, Keys, is_indexed};
use super::text::{Text, Texts};
use std::collections::HashMap;

/// A node: an index into the arena of one [`Tree`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// A plain `null` that every tree has and no file wrote.
    pub const NULL: NodeId = NodeId(0);

    /// Position in the arena: dense, so that it can index a list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A file of a [`Tree`], in the order of loading; the main document is `FileId::MAIN`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(super) u16);

impl FileId {
    /// The document that everything starts from.
    pub const MAIN: FileId = FileId(0);

    /// Position in [`Tree::files`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub enum Value<'t> {
    /// A text, number, boolean or null.
    Scalar(Scalar<'t>),
    /// A sequence.
    List(&'t [NodeId]),
    /// A mapping, in the order written.
    Map(Entries<'t>),
}

/// A scalar, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scalar<'t> {
    /// Text, unescaped when it was quoted.
    pub text: &'t str,
    /// Unquoted in YAML; a number, `true`, `false` or `null` in JSON.
    pub plain: bool,
}

/// Kind of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Quoted,
    List,
    Map,
}

/// A node. `start` and `len` are a [`Text`], a range of `items`, or a range of `entries`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The node that holds it; of a made node, the node that it was made from.
    pub(super) parent: u32,
    /// Index of its entry in `entries`, or its position in the parent's list.
    pub(super) slot: u32,
    pub(super) start: u32,
    pub(super) len: u32,
    pub(super) file: u16,
    pub(super) kind: Kind,
    /// Made by levelling, or by an overlay: not read from a file.
    pub(super) made: bool,
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) key: Text,
    pub(super) node: NodeId,
}

/// A node without a parent.
pub(super) const NO_PARENT: u32 = u32::MAX;

/// Every node of every file.
#[derive(Debug)]
pub struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) items: Vec<NodeId>,
    pub(super) entries: Vec<Entry>,
    pub(super) index: Index,
    pub(super) texts: Texts,
    /// JSON forms of the YAML numbers that are none as written, such as `0x1F`.
    pub(super) numbers: HashMap<NodeId, Text>,
    pub(super) files: Vec<SourceFile>,
    pub(super) by_path: HashMap<String, Result<FileId, String>>,
    pub(super) root: NodeId,
}

impl Tree {
    /// A tree without a file, whose root is null.
    pub fn new() -> Tree {
        let null = Node {
            parent: NO_PARENT,
            slot: 0,
            start: 0,
            len: 0,
            file: 0,
            kind: Kind::Plain,
            made: true,
        };
        Tree {
            nodes: vec![null],
            items: Vec::new(),
            entries: Vec::new(),
            index: Index::default(),
            texts: Texts::default(),
            numbers: HashMap::new(),
            files: Vec::new(),
            by_path: HashMap::new(),
            root: NodeId::NULL,
        }
    }

    /// The root of the main document, levelled when it had to be.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// Number of nodes; every [`NodeId::index`] is below it.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: every tree has [`NodeId::NULL`].
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What the node is.
    pub fn value(&self, id: NodeId) -> Value<'_> {
        let node = self.node(id);
        match node.kind {
            Kind::Map => Value::Map(self.map(id)),
            Kind::List => Value::List(self.items(id)),
            Kind::Plain | Kind::Quoted => Value::Scalar(Scalar {
                text: self.texts.get(node.text()),
                plain: node.kind == Kind::Plain,
            }),
        }
    }

    /// The value of `key`, when the node is a map that has it.
    pub fn get(&self, map: NodeId, key: &str) -> Option<NodeId> {
        let entries = self.map(map).entries;
        if !is_indexed(entries.len()) {
            return entries.iter().find(|e| self.texts.get(e.key) == key).map(|e| e.node);
        }
        let keys = Keys::new(&self.entries, &self.texts);
        let at = self.index.find(self.node(map).start, key, keys)?;
        self.entries.get(at as usize).map(|entry| entry.node)
    }

    /// The items of a list; of anything else, nothing.
    pub fn items(&self, list: NodeId) -> &[NodeId] {
        let node = self.node(list);
        match node.kind {
            Kind::List => self.items.get(node.range()).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The entries of a map; of anything else, nothing.
    pub fn entries(&self, map: NodeId) -> Entries<'_> {
        self.map(map)
    }

    /// The node is a map.
    pub fn is_map(&self, id: NodeId) -> bool {
        self.node(id).kind == Kind::Map
    }

    /// The node is a list.
    pub fn is_list(&self, id: NodeId) -> bool {
        self.node(id).kind == Kind::List
    }

    /// The file that the node was written in.
    pub fn file(&self, id: NodeId) -> FileId {
        FileId(self.node(id).file)
    }

    /// The file that references in the node are relative to: the one that it was written in, and
    /// for an overlay the main document.
    pub fn home(&self, id: NodeId) -> FileId {
        let file = self.file(id);
        if self.source(file).is_some_and(|source| source.overlay) { FileId::MAIN } else { file }
    }

    /// The files, in the order of loading.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The file with this id.
    pub fn source(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(file.index())
    }

    /// The text of a file, without a byte order mark.
    pub fn file_text(&self, file: FileId) -> &str {
        let range = self.source(file).map(|f| f.range.clone()).unwrap_or_default();
        self.texts.files.get(range).unwrap_or_default()
    }

    /// The root of a file as its author wrote it.
    pub fn file_root(&self, file: FileId) -> NodeId {
        self.source(file).map_or(NodeId::NULL, |f| f.root)
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        // Ids come from this tree; one of another tree is answered by null, not by a panic.
        self.nodes.get(id.index()).unwrap_or(&self.nodes[0])
    }

    pub(super) fn key_text(&self, entry: u32) -> &str {
        self.entries.get(entry as usize).map_or("", |e| self.texts.get(e.key))
    }

    fn map(&self, id: NodeId) -> Entries<'_> {
        let node = self.node(id);
        let entries = match node.kind {
            Kind::Map => self.entries.get(node.range()).unwrap_or_default(),
            _ => &[],
        };
        Entries { texts: &self.texts, entries }
    }
}

impl Default for Tree {
    fn default() -> Tree {
        Tree::new()
    }
}

impl Node {
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.len as usize
    }

    pub(super) fn text(&self) -> Text {
        Text::raw(self.start, self.len)
    }
}

/// Keys and values of a map, in the order written.
#[derive(Clone, Copy, Debug)]
pub struct Entries<'t> {
    texts: &'t Texts,
    entries: &'t [Entry],
}

impl<'t> Iterator for Entries<'t> {
    type Item = (&'t str, NodeId);

    fn next(&mut self) -> Option<Self::Item> {
        let (first, rest) = self.entries.split_first()?;
        self.entries = rest;
        Some((self.texts.get(first.key), first.node))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.entries.len(), Some(self.entries.len()))
    }
}

impl ExactSizeIterator for Entries<'_> {}
