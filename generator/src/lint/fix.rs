//! Mending: findings become edits of the text that the author wrote.
//!
//! In: the tree and its diagnostics. Out: edits by file and byte; everything else stays as it is,
//! comments and formatting too. Mended is what can be mended in one way only, without guessing what
//! the vendor means; a place that isn't written as expected is left alone.

mod item;
mod scalar;
mod tags;

use super::cx::shown;
use crate::diag::{At, Code, Diagnostic};
use crate::source::{FileId, Format, Located, NodeId, Tree, locate_all};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A change of a file's text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The file.
    pub file: FileId,
    /// First byte that is replaced.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What stands there instead.
    pub text: String,
    /// What it does, in a few words.
    pub what: String,
}

/// What a kind of finding is mended by.
type Fix = fn(&Text<'_>, NodeId) -> Option<Edit>;

/// Whether findings of a code can be mended, or some of them.
pub(super) fn is_fixable(code: Code) -> bool {
    of(code).is_some()
}

/// How findings of a code are mended, where they can be.
fn of(code: Code) -> Option<Fix> {
    Some(match code {
        Code::UndeclaredTag => tags::declare,
        Code::DuplicateValue | Code::ListedTwice => item::remove,
        Code::OuterSpace => scalar::trim,
        Code::EnumType => scalar::quote,
        Code::ServerSlash => scalar::without_slash,
        _ => return None,
    })
}

/// The edits that mend what can be mended. They don't overlap; what stands in the way of another
/// is left for the next time.
pub fn fixes(tree: &Tree, diagnostics: &[Diagnostic]) -> Vec<Edit> {
    let wanted = diagnostics.iter().filter_map(|diagnostic| {
        let fix = of(diagnostic.code)?;
        let At::Node(node) = diagnostic.at? else { return None };
        let node = tree.origin(node);
        let source = tree.source(tree.file(node))?;
        (!source.broken).then_some((fix, node))
    });
    let wanted: Vec<(Fix, NodeId)> = wanted.collect();
    let mut nodes: BTreeSet<NodeId> = wanted.iter().map(|(_, node)| *node).collect();
    nodes.extend(tags::anchors(tree));
    let text = Text { tree, located: located(tree, &nodes) };
    let edits: BTreeSet<Edit> = wanted.iter().filter_map(|(fix, at)| fix(&text, *at)).collect();
    let mut kept: Vec<Edit> = Vec::new();
    for edit in edits {
        // What continues a list may stand behind what continues it too.
        let continues = edit.start == edit.end && edit.text.starts_with(['\n', '\r', ',']);
        let is_free = kept.last().is_none_or(|last| {
            let is_behind = last.start < edit.start || (continues && last.start == last.end);
            last.file != edit.file || (last.end <= edit.start && is_behind)
        });
        if is_free {
            kept.push(edit);
        }
    }
    kept
}

/// The text with these edits of it.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut fixed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        fixed.push_str(text.get(at..edit.start).unwrap_or_default());
        fixed.push_str(&edit.text);
        at = edit.end;
    }
    fixed.push_str(text.get(at..).unwrap_or_default());
    fixed
}

/// The text of a document, and where the nodes stand that edits are about.
struct Text<'t> {
    tree: &'t Tree,
    located: BTreeMap<NodeId, Located>,
}

impl<'t> Text<'t> {
    /// The text of the file that holds the node.
    fn of(&self, node: NodeId) -> &'t str {
        self.tree.file_text(self.tree.file(node))
    }

    fn is_json(&self, node: NodeId) -> bool {
        let source = self.tree.source(self.tree.file(node));
        source.is_some_and(|source| source.format == Format::Json)
    }

    fn at(&self, node: NodeId) -> Option<&Located> {
        self.located.get(&self.tree.origin(node))
    }

    /// The bytes of a scalar that is written on one line.
    fn scalar(&self, node: NodeId) -> Option<Range<usize>> {
        let at = self.at(node).filter(|at| !at.is_collection)?;
        let written = self.of(node).get(at.value.clone())?;
        (!written.is_empty() && !written.contains('\n')).then(|| at.value.clone())
    }

    fn edit(&self, node: NodeId, range: Range<usize>, text: String, what: &str) -> Edit {
        let of = self.tree.text(node).map(|text| format!(" `{}`", shown(text)));
        let what = format!("{what}{}", of.unwrap_or_default());
        // Lines end as they do in the file.
        let is_dos = text.contains('\n') && self.of(node).contains("\r\n");
        let text = if is_dos { text.replace('\n', "\r\n") } else { text };
        Edit { file: self.tree.file(node), start: range.start, end: range.end, text, what }
    }
}

/// Where nodes stand, by one pass over each file.
fn located(tree: &Tree, nodes: &BTreeSet<NodeId>) -> BTreeMap<NodeId, Located> {
    let mut by_file: BTreeMap<FileId, Vec<NodeId>> = BTreeMap::new();
    for node in nodes {
        by_file.entry(tree.file(*node)).or_default().push(*node);
    }
    let mut found = BTreeMap::new();
    for (file, nodes) in by_file {
        let Some(source) = tree.source(file) else { continue };
        let pointers: Vec<String> = nodes.iter().map(|node| tree.pointer(*node)).collect();
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        let places = locate_all(tree.file_text(file), source.format, &pointers);
        found.extend(nodes.into_iter().zip(places).filter_map(|(node, at)| Some((node, at?))));
    }
    found
}
