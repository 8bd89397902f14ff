//! The part of parsing that JSON and YAML share: open lists and maps on a stack, closed into the
//! arena; duplicate keys, merge keys, and the limits on depth and on what aliases expand to.

mod close;

use super::file::MAX_DEPTH;
use super::index::Index;
use super::text::{Text, add};
use super::tree::{Entry, FileId, Kind, NO_PARENT, Node, NodeId, Tree};
use crate::diag::{At, Code, Diagnostic, Severity};
use std::collections::HashMap;
use std::ops::Range;

/// The most nodes that aliases and merge keys may stand for, in a file.
const MAX_EXPANDED: u64 = 1_000_000;

/// A read file: its root, and what is wrong with it that doesn't prevent reading it.
pub(super) type Read = (NodeId, Vec<Diagnostic>);

/// Why a file can't be read.
pub(super) type Failure = Box<Diagnostic>;

/// Builds the nodes of one file.
pub(super) struct Builder<'a> {
    /// Text of all files; offsets into it are offsets of the file plus `base`.
    pub(super) files: &'a str,
    /// Where the file begins in `files`.
    pub(super) base: usize,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) numbers: &'a mut HashMap<NodeId, Text>,
    file: FileId,
    nodes: &'a mut Vec<Node>,
    items: &'a mut Vec<NodeId>,
    entries: &'a mut Vec<Entry>,
    index: &'a mut Index,
    side: &'a mut String,
    open: Vec<Frame>,
    children: Vec<Child>,
    root: Option<NodeId>,
    expanded: u64,
    duplicates: usize,
    start: Mark,
}

/// How far the arena was filled before the file.
#[derive(Clone, Copy)]
struct Mark {
    nodes: usize,
    items: usize,
    entries: usize,
}

/// A list or map that isn't closed.
struct Frame {
    node: NodeId,
    first_child: usize,
    height: usize,
    size: u64,
    merges: Vec<NodeId>,
}

/// A child of an open list or map.
struct Child {
    key: Key,
    node: NodeId,
    /// Stands here, as opposed to being named by an alias.
    own: bool,
}

/// A key and where it stands in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Key {
    pub(super) text: Text,
    pub(super) span: (u32, u32),
}

/// What an alias needs to know of the node that it names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) node: NodeId,
    pub(super) height: usize,
    pub(super) size: u64,
}

impl Shape {
    /// A null that no file wrote.
    pub(super) const NULL: Shape = Shape { node: NodeId::NULL, height: 0, size: 1 };
}

impl<'a> Builder<'a> {
    pub(super) fn new(tree: &'a mut Tree, file: FileId) -> Builder<'a> {
        let base = tree.source(file).map_or(0, |source| source.range.start);
        let start =
            Mark { nodes: tree.nodes.len(), items: tree.items.len(), entries: tree.entries.len() };
        Builder {
            files: &tree.texts.files,
            base,
            problems: Vec::new(),
            numbers: &mut tree.numbers,
            file,
            nodes: &mut tree.nodes,
            items: &mut tree.items,
            entries: &mut tree.entries,
            index: &mut tree.index,
            side: &mut tree.texts.side,
            open: Vec::new(),
            children: Vec::new(),
            root: None,
            expanded: 0,
            duplicates: 0,
            start,
        }
    }

    /// The text of the file.
    pub(super) fn text(&self) -> &'a str {
        &self.files[self.base..]
    }

    /// A text that stands in the file exactly so at `start`, or else a copy.
    pub(super) fn slice(&mut self, start: usize, text: &str) -> Text {
        let start = self.base + start;
        let end = start + text.len();
        if self.files.get(start..end) == Some(text) {
            Text::of_file(start, end)
        } else {
            add(self.side, text)
        }
    }

    /// A copy of a text.
    pub(super) fn copy(&mut self, text: &str) -> Text {
        add(self.side, text)
    }

    /// What a text says.
    pub(super) fn resolve(&self, text: Text) -> &str {
        super::text::resolve(self.files, self.side, text)
    }

    /// Adds a scalar.
    pub(super) fn scalar(&mut self, key: Key, text: Text, plain: bool) -> NodeId {
        let (start, len) = text.parts();
        let kind = if plain { Kind::Plain } else { Kind::Quoted };
        let node = self.node(kind, start, len);
        self.attach(key, node, true);
        node
    }

    /// A scalar outside of every list and map, for an alias to name.
    pub(super) fn loose(&mut self, text: Text, plain: bool) -> NodeId {
        let (start, len) = text.parts();
        self.node(if plain { Kind::Plain } else { Kind::Quoted }, start, len)
    }

    /// The text of a scalar; none of a list or map.
    pub(super) fn scalar_text(&self, node: NodeId) -> Option<Text> {
        let node = self.nodes[node.index()];
        matches!(node.kind, Kind::Plain | Kind::Quoted).then(|| node.text())
    }

    /// Opens a list or map; the error says that it is nested too deep.
    pub(super) fn open(&mut self, key: Key, kind: Kind, at: usize) -> Result<(), Failure> {
        let node = self.node(kind, 0, 0);
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_deep(at));
        }
        self.attach(key, node, true);
        let first_child = self.children.len();
        self.open.push(Frame { node, first_child, height: 0, size: 1, merges: Vec::new() });
        Ok(())
    }

    /// Closes the innermost list or map.
    pub(super) fn close(&mut self) -> Option<Shape> {
        let frame = self.open.pop()?;
        let (start, len) = match self.nodes[frame.node.index()].kind {
            Kind::Map => self.close_map(&frame),
            _ => self.close_list(&frame),
        };
        let node = &mut self.nodes[frame.node.index()];
        (node.start, node.len) = (start as u32, len as u32);
        let shape = Shape { node: frame.node, height: frame.height + 1, size: frame.size };
        self.grow(shape.height, shape.size);
        Some(shape)
    }

    /// Adds a node again that stands elsewhere, unless that makes the document too deep or large.
    pub(super) fn alias(&mut self, key: Key, shape: Shape, at: Range<usize>) {
        let fits = self.fits(shape, at);
        let shape = if fits { shape } else { Shape::NULL };
        self.attach(key, shape.node, false);
        self.grow(shape.height, shape.size);
    }

    /// Merges the map, or the maps of the list, into the innermost map once that is closed.
    pub(super) fn merge(&mut self, shape: Shape, own: bool, at: Range<usize>) {
        if !own && !self.fits(shape, at.clone()) {
            return;
        }
        let sources = match self.nodes[shape.node.index()].kind {
            Kind::Map => vec![shape.node],
            Kind::List => self.items[self.nodes[shape.node.index()].range()].to_vec(),
            _ => Vec::new(),
        };
        let are_maps = |node: &NodeId| self.nodes[node.index()].kind == Kind::Map;
        if sources.is_empty() || !sources.iter().all(are_maps) {
            self.problem(
                Code::BadMerge,
                at,
                "the value of `<<` is neither a map nor a list of maps",
            )
            .help("name a map, as in `<<: *common`; quote the key if you mean it literally");
            return;
        }
        if let Some(frame) = self.open.last_mut() {
            frame.merges.extend(sources);
        }
        self.grow(shape.height.saturating_sub(1), shape.size);
    }

    /// A key of the innermost map under which a node isn't found: it only tells where it stands.
    pub(super) fn hidden(&mut self, node: NodeId, key: Text) {
        let Some(frame) = self.open.last() else { return };
        let slot = self.entries.len() as u32;
        self.entries.push(Entry { key, node });
        let parent = frame.node.0;
        let node = &mut self.nodes[node.index()];
        (node.parent, node.slot) = (parent, slot);
    }

    /// Takes the child that was added last out of the innermost map or list.
    pub(super) fn detach(&mut self) {
        self.children.pop();
    }

    /// The innermost open node is a map.
    pub(super) fn in_map(&self) -> bool {
        self.open.last().is_some_and(|f| self.nodes[f.node.index()].kind == Kind::Map)
    }

    /// Number of open lists and maps.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next node's id.
    pub(super) fn next(&self) -> NodeId {
        NodeId(self.nodes.len() as u32)
    }

    /// The root, or null when the text had none.
    pub(super) fn finish(self) -> Read {
        (self.root.unwrap_or(NodeId::NULL), self.problems)
    }

    /// Undoes everything: the file can't be read.
    pub(super) fn abandon(self, failure: Failure) -> Failure {
        self.nodes.truncate(self.start.nodes);
        self.items.truncate(self.start.items);
        self.entries.truncate(self.start.entries);
        self.index.truncate(self.start.entries);
        failure
    }

    /// A diagnostic about bytes of the file.
    pub(super) fn problem(
        &mut self,
        code: Code,
        at: Range<usize>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let at = self.at(at);
        self.problems.push(Diagnostic::new(code, Severity::Error, at, message));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// A place in the file.
    pub(super) fn at(&self, at: Range<usize>) -> At {
        At::Span { file: self.file, start: at.start, end: at.end }
    }

    /// The error that ends reading.
    pub(super) fn failure(&self, code: Code, at: Range<usize>, message: String) -> Failure {
        Box::new(Diagnostic::new(code, Severity::Error, self.at(at), message))
    }

    pub(super) fn too_deep(&self, at: usize) -> Failure {
        let message = format!("lists and maps are nested deeper than {MAX_DEPTH} levels");
        let mut failure = self.failure(Code::TooDeep, at..at + 1, message);
        failure.help("move inner schemas to `components` and refer to them");
        failure
    }

    fn node(&mut self, kind: Kind, start: u32, len: u32) -> NodeId {
        let id = self.next();
        let (parent, file) = (NO_PARENT, self.file.0);
        self.nodes.push(Node { parent, slot: 0, start, len, file, kind, made: false });
        id
    }

    fn attach(&mut self, key: Key, node: NodeId, own: bool) {
        if let Some(frame) = self.open.last_mut() {
            frame.size = frame.size.saturating_add(1);
            self.children.push(Child { key, node, own });
        } else {
            self.root.get_or_insert(node);
        }
    }

    fn grow(&mut self, height: usize, size: u64) {
        if let Some(frame) = self.open.last_mut() {
            frame.height = frame.height.max(height);
            frame.size = frame.size.saturating_add(size);
        }
    }

    fn fits(&mut self, shape: Shape, at: Range<usize>) -> bool {
        if self.open.len() + shape.height > MAX_DEPTH {
            let failure = self.too_deep(at.start);
            self.problems.push(*failure);
            return false;
        }
        let before = self.expanded;
        self.expanded = before.saturating_add(shape.size);
        if before <= MAX_EXPANDED && self.expanded > MAX_EXPANDED {
            let message = format!("aliases up to here stand for more than {MAX_EXPANDED} nodes");
            self.problem(Code::AliasBomb, at, message)
                .help("refer to components by `$ref`, which costs nothing");
        }
        self.expanded <= MAX_EXPANDED
    }
}

/// Where a key stands.
fn range(key: &Key) -> Range<usize> {
    key.span.0 as usize..key.span.1 as usize
}
