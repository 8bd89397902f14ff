//! The part of parsing that JSON and YAML share: open lists and maps on a stack, closed into the
//! arena; duplicate keys, merge keys, and the limits on depth and on what aliases expand to.

use super::file::MAX_DEPTH;
use super::index::{Index, Keys, is_indexed};
use super::scalar::is_null;
use super::text::{Text, add};
use super::tree::{Entry, FileId, Kind, NO_PARENT, Node, NodeId, Tree};
use crate::diag::{At, Code, Diagnostic, Severity};
use std::collections::HashMap;
use std::ops::Range;

/// The most nodes that aliases and merge keys may stand for, in a file.
const MAX_EXPANDED: u64 = 4_000_000;

/// Duplicate keys that are reported, of a file that may hold millions.
const MAX_DUPLICATES: usize = 1000;

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
        let start = Mark {
            nodes: tree.nodes.len(),
            items: tree.items.len(),
            entries: tree.entries.len(),
        };
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
            self.problem(Code::BadMerge, at, "the value of `<<` is neither a map nor a list of maps")
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

    fn close_list(&mut self, frame: &Frame) -> (usize, usize) {
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

    fn close_map(&mut self, frame: &Frame) -> (usize, usize) {
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

fn range(key: &Key) -> Range<usize> {
    key.span.0 as usize..key.span.1 as usize
}
