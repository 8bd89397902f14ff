//! Lines and columns of the nodes of a report: looked up in one pass per file, when it is shown.

use super::finding::Report;
use crate::source::{FileId, Lines, NodeId, Tree, locate_all};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where a node stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path of its file, as it was given.
    pub file: String,
    /// JSON pointer in the file.
    pub pointer: String,
    /// Line, from 1; a list or map is where its key is.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Last line.
    pub last_line: usize,
}

/// The places of every node that a report names.
#[derive(Debug, Default)]
pub struct Places {
    old: HashMap<NodeId, Place>,
    new: HashMap<NodeId, Place>,
}

impl Places {
    /// Finds every node that the findings name.
    pub fn of(report: &Report) -> Places {
        let old = report.findings.iter().filter_map(|finding| finding.old);
        let new = report.findings.iter().filter_map(|finding| finding.new);
        Places { old: places(&report.old, old), new: places(&report.new, new) }
    }

    /// Where a node of the old document stands.
    pub fn before(&self, at: Option<NodeId>) -> Option<&Place> {
        self.old.get(&at?)
    }

    /// Where a node of the new document stands.
    pub fn after(&self, at: Option<NodeId>) -> Option<&Place> {
        self.new.get(&at?)
    }
}

fn places(tree: &Tree, nodes: impl Iterator<Item = NodeId>) -> HashMap<NodeId, Place> {
    let mut files: BTreeMap<FileId, BTreeSet<NodeId>> = BTreeMap::new();
    for node in nodes {
        files.entry(tree.file(tree.origin(node))).or_default().insert(node);
    }
    files.into_iter().flat_map(|(file, nodes)| in_file(tree, file, nodes)).collect()
}

fn in_file(tree: &Tree, file: FileId, nodes: BTreeSet<NodeId>) -> Vec<(NodeId, Place)> {
    let Some(source) = tree.source(file) else { return Vec::new() };
    let text = tree.file_text(file);
    let pointers: Vec<String> = nodes.iter().map(|node| tree.pointer(*node)).collect();
    let wanted: Vec<&str> = pointers.iter().map(String::as_str).collect();
    let located = locate_all(text, source.format, &wanted);
    let lines = Lines::new(text);
    let place = |((node, pointer), found): ((NodeId, String), Option<crate::source::Located>)| {
        let (start, end) = found.map_or((0, 0), |it| {
            let start = it.key.as_ref().map_or(it.value.start, |key| key.start);
            (start, it.value.end)
        });
        let (first, last) = (lines.position(start), lines.position(end));
        let (line, column, last_line) = (first.line, first.column, last.line.max(first.line));
        (node, Place { file: source.path.clone(), pointer, line, column, last_line })
    };
    nodes.into_iter().zip(pointers).zip(located).map(place).collect()
}
