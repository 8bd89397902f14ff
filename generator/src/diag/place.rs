//! Where diagnostics are, in lines and columns: looked up for all of them in one pass per file.

use super::{At, Diagnostic};
use crate::source::{FileId, Lines, Located, NodeId, Position, Tree, locate_all};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A place of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) file: FileId,
    /// Bytes of the file's text; none when the file as a whole is meant.
    pub(super) span: Option<(usize, usize)>,
}

/// What is needed to find places.
pub(super) struct Places<'t> {
    pub(super) tree: &'t Tree,
    files: BTreeMap<FileId, File<'t>>,
}

/// A file that something is said about.
pub(super) struct File<'t> {
    pub(super) path: &'t str,
    pub(super) text: &'t str,
    pub(super) lines: Lines<'t>,
    located: BTreeMap<NodeId, Option<Located>>,
}

impl<'t> Places<'t> {
    /// Finds every node that the diagnostics name.
    pub(super) fn new(diagnostics: &[Diagnostic], tree: &'t Tree) -> Places<'t> {
        let mut wanted: BTreeMap<FileId, BTreeSet<NodeId>> = BTreeMap::new();
        for at in diagnostics.iter().flat_map(ats) {
            match at {
                At::Node(node) | At::Key(node) => {
                    let node = tree.origin(node);
                    wanted.entry(tree.file(node)).or_default().insert(node);
                }
                At::Span { file, .. } | At::File(file) => drop(wanted.entry(file).or_default()),
            }
        }
        let files = wanted.into_iter().map(|(file, nodes)| (file, File::new(tree, file, nodes)));
        Places { tree, files: files.collect() }
    }

    /// The file that something is said about.
    pub(super) fn file(&self, file: FileId) -> Option<&File<'t>> {
        self.files.get(&file)
    }

    /// Where it is. A list or map is shown by its key, or by what it begins with.
    pub(super) fn place(&self, at: At) -> Place {
        match at {
            At::Span { file, start, end } => Place { file, span: Some((start, end)) },
            At::File(file) => Place { file, span: None },
            At::Node(node) => self.node(node, false),
            At::Key(node) => self.node(node, true),
        }
    }

    fn node(&self, node: NodeId, by_key: bool) -> Place {
        let node = self.tree.origin(node);
        let file = self.tree.file(node);
        let found = self.files.get(&file).and_then(|file| file.located.get(&node)?.as_ref());
        let span = found.map(|located| match &located.key {
            Some(key) if by_key || located.is_collection || located.value.is_empty() => key.clone(),
            _ => located.value.clone(),
        });
        Place { file, span: span.map(|span| (span.start, span.end)) }
    }
}

impl<'t> File<'t> {
    fn new(tree: &'t Tree, file: FileId, nodes: BTreeSet<NodeId>) -> File<'t> {
        let text = tree.file_text(file);
        let pointers: Vec<String> = nodes.iter().map(|node| tree.pointer(*node)).collect();
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        let located = match tree.source(file) {
            Some(source) if !pointers.is_empty() => locate_all(text, source.format, &pointers),
            _ => vec![None; pointers.len()],
        };
        File {
            path: tree.source(file).map_or("", |source| &source.path),
            text,
            lines: Lines::new(text),
            located: nodes.into_iter().zip(located).collect(),
        }
    }

    /// First and last position of a span; the end is the position after it.
    pub(super) fn positions(&self, span: (usize, usize)) -> (Position, Position) {
        (self.lines.position(span.0), self.lines.position(span.1.max(span.0)))
    }

    /// The part of a span that lies on its first line: of a text of many lines, the first is enough.
    pub(super) fn first_line(&self, span: (usize, usize)) -> Range<usize> {
        let line = self.lines.line(self.lines.position(span.0).line);
        // The parsers of the strict gate count bytes, which may end inside of a character.
        let start = self.lines.floor(span.0.min(line.end)).max(line.start);
        start..self.lines.ceil(span.1.min(line.end)).max(start)
    }
}

/// Every place that a diagnostic names.
fn ats(diagnostic: &Diagnostic) -> impl Iterator<Item = At> {
    diagnostic.at.into_iter().chain(diagnostic.labels.iter().map(|(at, _)| *at))
}
