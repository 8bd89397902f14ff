//! The files that references lead to.
//!
//! The library touches no disk: a [`Loader`] of the caller's gives texts by path. Files are loaded
//! before anything is read, because a tree that is read doesn't change.

use super::file::Format;
use super::parse::add_referenced;
use super::tree::{FileId, NodeId, Tree};
use crate::diag::Sink;
use thiserror::Error;

/// The most files that a document consists of.
const MAX_FILES: usize = 4096;

/// Gives the texts of files.
pub trait Loader {
    /// The bytes of the file at a path, relative to where the main document's path starts from.
    fn load(&mut self, path: &str) -> Result<Vec<u8>, LoadError>;
}

/// Why a file isn't given.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LoadError {
    /// There is none.
    #[error("there is no such file")]
    NotFound,
    /// It may not be read: it lies outside of the folders that were allowed.
    #[error("it lies outside of the folders that may be read")]
    NotAllowed,
    /// Reading failed.
    #[error("{0}")]
    Failed(String),
}

/// What became of a path that a reference names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded<'t> {
    /// The file is there.
    File(FileId),
    /// It could not be loaded, for this reason.
    Failed(&'t str),
}

impl Tree {
    /// The file at a path, as [`resolve_path`] makes it; none when no one asked for it.
    pub fn loaded(&self, path: &str) -> Option<Loaded<'_>> {
        Some(match self.by_path.get(path)? {
            Ok(file) => Loaded::File(*file),
            Err(reason) => Loaded::Failed(reason),
        })
    }

    /// The node that a reference by pointer names, here or in a loaded file.
    pub fn target(&self, reference: NodeId) -> Option<NodeId> {
        let text = self.text(reference)?;
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        let file = self.home(reference);
        if path.is_empty() {
            return self.find(file, fragment);
        }
        match self.loaded(&resolve_path(&self.source(file)?.path, path))? {
            Loaded::File(file) => self.find(file, fragment),
            Loaded::Failed(_) => None,
        }
    }

    /// The values that stand under a key, in any map.
    pub(crate) fn under(&self, key: &str) -> impl Iterator<Item = NodeId> {
        let entries = self.entries.iter().filter(move |entry| self.texts.get(entry.key) == key);
        entries.map(|entry| entry.node)
    }

    /// Loads the files that references name, and the files that those name, until none is new.
    ///
    /// What can't be loaded is remembered, and reported by whoever follows the reference: not every
    /// `$ref` in a document is one.
    pub fn load_references(&mut self, loader: &mut dyn Loader, sink: &mut Sink) {
        let mut seen = 0;
        while seen < self.entries.len() {
            let wanted = wanted(self, seen);
            seen = self.entries.len();
            for path in wanted {
                load(self, loader, path, sink);
            }
        }
    }
}

fn load(tree: &mut Tree, loader: &mut dyn Loader, path: String, sink: &mut Sink) {
    if tree.by_path.contains_key(&path) {
        return;
    }
    let result = if tree.files.len() >= MAX_FILES {
        Err(format!("the document consists of more than {MAX_FILES} files"))
    } else {
        match loader.load(&path) {
            Ok(bytes) => add_referenced(tree, &path, bytes, sink),
            Err(error) => Err(error.to_string()),
        }
    };
    tree.by_path.insert(path, result);
}

/// The paths of files that the entries from `first` on name, each once, in order.
fn wanted(tree: &Tree, first: usize) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in &tree.entries[first..] {
        match tree.texts.get(entry.key) {
            "$ref" => want(tree, entry.node, &mut paths),
            "mapping" => {
                for (_, value) in tree.entries(entry.node) {
                    if looks_like_file(tree.text(value).unwrap_or_default()) {
                        want(tree, value, &mut paths);
                    }
                }
            }
            _ => {}
        }
    }
    paths
}

fn want(tree: &Tree, node: NodeId, paths: &mut Vec<String>) {
    let Some(reference) = tree.text(node) else { return };
    let target = reference.split_once('#').map_or(reference, |(path, _)| path);
    let Some(from) = tree.source(tree.home(node)) else { return };
    if target.is_empty() || is_network(target) {
        return;
    }
    let path = resolve_path(&from.path, target);
    if !tree.by_path.contains_key(&path) && !paths.contains(&path) {
        paths.push(path);
    }
}

/// A discriminator's mapping names a schema by a component's name or by a reference.
pub(crate) fn looks_like_file(text: &str) -> bool {
    let path = text.split_once('#').map_or(text, |(path, _)| path);
    [".yaml", ".yml", ".json"].iter().any(|end| path.ends_with(end))
}

/// The reference has a scheme, such as `https:`, that isn't a drive letter.
pub(crate) fn is_network(target: &str) -> bool {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    target.starts_with("//") || (scheme.len() > 1 && scheme.chars().all(is_name))
}

/// The path that `target` names in the file at `from`: relative to it, without `.` and `..`, with
/// percent escapes resolved.
pub fn resolve_path(from: &str, target: &str) -> String {
    let decoded = super::pointer::percent_decode(target);
    let target = decoded.as_deref().unwrap_or(target);
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = if target.starts_with('/') || folder.is_empty() && !from.starts_with('/') {
        target.to_owned()
    } else {
        format!("{folder}/{target}")
    };
    normal(&joined)
}

/// The path without `.` and, where a folder precedes it, `..`.
pub(super) fn normal(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/').filter(|step| !matches!(*step, "" | ".")) {
        match (step, steps.last()) {
            ("..", Some(last)) if *last != ".." => drop(steps.pop()),
            _ => steps.push(step),
        }
    }
    format!("{}{}", if path.starts_with('/') { "/" } else { "" }, steps.join("/"))
}

/// The text of a document that Rust code made, for reading it like any other.
///
/// # Errors
///
/// When the document holds a value that JSON can't, such as a map with keys that aren't texts.
pub fn from_openapiv3(document: &openapiv3::OpenAPI) -> Result<(Format, Vec<u8>), String> {
    let bytes = serde_json::to_vec_pretty(document).map_err(|error| error.to_string())?;
    Ok((Format::Json, bytes))
}
