//! A file's bytes become a root in the tree, or a diagnostic that says why not.

use super::build::{Failure, Read};
use super::file::{Format, MAX_FILE_BYTES, Refusal, SourceFile, decode, format, from_utf16};
use super::load::normal;
use super::text::MAX_BYTES;
use super::tree::{FileId, NodeId, Tree};
use super::{json, yaml};
use crate::diag::{At, Code, Severity, Sink};

/// Reads the main document. A text that can't be read gives a null root and an error.
pub fn parse(path: &str, bytes: Vec<u8>, sink: &mut Sink) -> Tree {
    let mut tree = Tree::new();
    let file = add_file(&mut tree, path, bytes, sink);
    tree.by_path.insert(normal(path), Ok(file));
    tree.root = tree.file_root(file);
    tree
}

/// Reads another file into the same arena.
pub(super) fn add_file(tree: &mut Tree, path: &str, bytes: Vec<u8>, sink: &mut Sink) -> FileId {
    let file = FileId(tree.files.len() as u16);
    let read = if sink.is_lenient() { from_utf16(&bytes) } else { None };
    if read.is_some() {
        let message = "the file is written in UTF-16";
        sink.warning(Code::Utf16, At::File(file), message)
            .help("save it as UTF-8: not all read it");
    }
    let refusal = match decode(read.map_or(bytes, String::into_bytes)) {
        Ok(text) => admit(tree, file, path, text).err(),
        Err(refusal) => Some(refusal),
    };
    match refusal {
        Some(refusal) => refuse(tree, file, path, refusal, sink),
        None => parse_text(tree, file, sink),
    }
    file
}

/// Reads a file that a reference leads to. One that is neither YAML nor JSON by its name may be a text
/// of any kind, such as a description in Markdown: its root is that text. One that is no text says so.
pub(super) fn add_referenced(
    tree: &mut Tree,
    path: &str,
    bytes: Vec<u8>,
    sink: &mut Sink,
) -> Result<FileId, String> {
    if names_format(path) {
        return Ok(add_file(tree, path, bytes, sink));
    }
    let mut unsaid = Sink::new();
    let file = add_file(tree, path, bytes, &mut unsaid);
    if unsaid.diagnostics().iter().any(|it| UNREADABLE.contains(&it.code)) {
        return Err("it isn't text".to_owned());
    }
    if is_prose(path) || !tree.is_map(tree.file_root(file)) {
        tree.take_text(file);
        return Ok(file);
    }
    for problem in unsaid.into_diagnostics() {
        sink.push(problem);
    }
    Ok(file)
}

/// What is wrong with a file that isn't text at all.
const UNREADABLE: [Code; 4] = [Code::FileTooLarge, Code::NotUtf8, Code::Utf16, Code::NulCharacter];

/// The name says how the file is written, or has no ending that could.
fn names_format(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_none_or(|ending| matches!(ending.as_str(), "yaml" | "yml" | "json"))
}

/// A file for people, which may look like YAML by chance.
fn is_prose(path: &str) -> bool {
    let endings = [".md", ".markdown", ".txt", ".html"];
    endings.iter().any(|ending| path.to_ascii_lowercase().ends_with(ending))
}

impl Tree {
    /// Reads another file, such as an overlay, into the same arena; its root is
    /// [`Tree::file_root`].
    pub fn add_file(&mut self, path: &str, bytes: Vec<u8>, sink: &mut Sink) -> FileId {
        add_file(self, path, bytes, sink)
    }

    /// Reads an overlay: references in it are those of the main document.
    pub fn add_overlay(&mut self, path: &str, bytes: Vec<u8>, sink: &mut Sink) -> FileId {
        let file = add_file(self, path, bytes, sink);
        if let Some(source) = self.files.get_mut(file.index()) {
            source.overlay = true;
        }
        file
    }
}

/// Keeps the text, if there is room for it.
fn admit(tree: &mut Tree, file: FileId, path: &str, text: String) -> Result<(), Refusal> {
    let start = tree.texts.files.len();
    if start + text.len() > MAX_BYTES {
        return Err(Refusal::TooLarge(start + text.len()));
    }
    let format = format(path, &text);
    let range = start..start + text.len();
    if start == 0 {
        tree.texts.files = text;
    } else {
        tree.texts.files.push_str(&text);
    }
    debug_assert_eq!(tree.files.len(), file.index());
    let path = path.to_owned();
    tree.files.push(SourceFile {
        path,
        format,
        broken: false,
        overlay: false,
        root: NodeId::NULL,
        range,
    });
    Ok(())
}

fn parse_text(tree: &mut Tree, file: FileId, sink: &mut Sink) {
    let Some(source) = tree.source(file) else { return };
    let is_yaml_name = source.path.ends_with(".yaml") || source.path.ends_with(".yml");
    let root = match source.format {
        // A flow mapping of YAML begins like JSON and need not be it.
        Format::Json if is_yaml_name => match json::parse(tree, file) {
            Ok(read) => Ok(read),
            Err(_) => {
                tree.files[file.index()].format = Format::Yaml;
                yaml::parse(tree, file)
            }
        },
        Format::Json => match json::parse(tree, file) {
            Err(failure) if failure.code == Code::JsonSyntax && sink.is_lenient() => {
                loose(tree, file, failure)
            }
            read => read,
        },
        Format::Yaml => yaml::parse(tree, file),
    };
    let (root, problems) = match root {
        Ok((root, problems)) => (Some(root), problems),
        Err(problem) => (None, vec![*problem]),
    };
    for problem in problems {
        sink.push(problem);
    }
    let source = &mut tree.files[file.index()];
    source.broken = root.is_none();
    source.root = root.unwrap_or(NodeId::NULL);
    if root.is_some_and(|root| tree.is_null(root)) {
        tree.files[file.index()].broken = true;
        empty(file, sink);
    }
}

/// What isn't JSON may be JSON with comments, or YAML, as many readers of such documents are readers of
/// YAML.
fn loose(tree: &mut Tree, file: FileId, mut failure: Failure) -> Result<Read, Failure> {
    if let Some(read) = json::parse_blanked(tree, file) {
        return Ok(read);
    }
    tree.files[file.index()].format = Format::Yaml;
    match yaml::parse(tree, file) {
        Ok((root, mut problems)) if tree.is_map(root) => {
            failure.severity = Severity::Warning;
            failure.help("the file is read as YAML, which allows it; write it as JSON has it");
            problems.insert(0, *failure);
            Ok((root, problems))
        }
        _ => {
            tree.files[file.index()].format = Format::Json;
            Err(failure)
        }
    }
}

fn empty(file: FileId, sink: &mut Sink) {
    sink.error(Code::EmptyFile, At::File(file), "the file is empty")
        .help("an OpenAPI document starts with `openapi: 3.1.0`, followed by `info` and `paths`");
}

/// Says why a file isn't parsed. Its text is kept when there is a place in it to point at.
fn refuse(tree: &mut Tree, file: FileId, path: &str, refusal: Refusal, sink: &mut Sink) {
    let text = match &refusal {
        Refusal::NotUtf8 { text, .. } | Refusal::Nul { text, .. } | Refusal::Empty(text) => {
            text.clone()
        }
        Refusal::TooLarge(_) | Refusal::Utf16 => String::new(),
    };
    if admit(tree, file, path, text).is_err() {
        let _ = admit(tree, file, path, String::new());
    }
    if let Some(source) = tree.files.get_mut(file.index()) {
        source.broken = true;
    }
    let span = |at: usize, len: usize| At::Span { file, start: at, end: at + len };
    let (code, at, message, help) = match refusal {
        Refusal::Empty(_) => return empty(file, sink),
        Refusal::TooLarge(bytes) => {
            let megabytes = bytes.div_ceil(1024 * 1024);
            let limit = MAX_FILE_BYTES / 1024 / 1024;
            let message = format!("{megabytes} MB are more than the {limit} MB that are read");
            (Code::FileTooLarge, At::File(file), message, "check that this is the file you mean")
        }
        Refusal::Utf16 => {
            let message = "the file is written in UTF-16".to_owned();
            (Code::Utf16, At::File(file), message, "save it as UTF-8")
        }
        Refusal::NotUtf8 { at, .. } => {
            let message = "this byte isn't UTF-8".to_owned();
            (Code::NotUtf8, span(at, '\u{fffd}'.len_utf8()), message, "save the file as UTF-8")
        }
        Refusal::Nul { at, .. } => {
            let message = "the text holds a NUL character".to_owned();
            let help = "the file is binary or damaged; restore it, or remove the character";
            (Code::NulCharacter, span(at, 1), message, help)
        }
    };
    sink.error(code, at, message).help(help);
}
