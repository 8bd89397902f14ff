//! A file's bytes, checked: size, encoding, format. What is refused here is never parsed.

use super::tree::NodeId;
use std::ops::Range;

/// The largest file that is read.
pub const MAX_FILE_BYTES: usize = 100 * 1024 * 1024;

/// The deepest nesting of lists and maps, counted through YAML aliases.
pub const MAX_DEPTH: usize = 512;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

/// A file of a tree.
#[derive(Debug)]
pub struct SourceFile {
    /// Path, as the caller gave it or as a reference led to it.
    pub path: String,
    /// How it is written.
    pub format: Format,
    /// It couldn't be read to its end: its root is null, and a diagnostic says why.
    pub broken: bool,
    /// An overlay: what it adds stands in the main document, and its references start there.
    pub overlay: bool,
    pub(super) root: NodeId,
    pub(super) range: Range<usize>,
}

impl SourceFile {
    /// The root of the file as its author wrote it; null when it couldn't be read.
    pub fn root(&self) -> NodeId {
        self.root
    }
}

/// Why a file's bytes aren't text that can be parsed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    TooLarge(usize),
    Utf16,
    NotUtf8 { at: usize, text: String },
    Nul { at: usize, text: String },
    Empty(String),
}

/// The text of a file, without its byte order mark.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Refusal> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Refusal::TooLarge(bytes.len()));
    }
    if is_utf16(&bytes) {
        return Err(Refusal::Utf16);
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            return Err(without_mark(text, |text, mark| Refusal::NotUtf8 { at: at - mark, text }));
        }
    };
    if text.starts_with(MARK) {
        text.drain(..MARK.len_utf8());
    }
    match text.find('\0') {
        Some(at) => Err(Refusal::Nul { at, text }),
        None if text.trim().is_empty() => Err(Refusal::Empty(text)),
        None => Ok(text),
    }
}

/// How a text is written, by the name of its file, or else by its first character.
pub(super) fn format(path: &str, text: &str) -> Format {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    if extension.eq_ignore_ascii_case("json") || looks_like_json {
        Format::Json
    } else {
        Format::Yaml
    }
}

/// Byte order mark.
const MARK: char = '\u{feff}';

fn without_mark(text: String, refusal: impl FnOnce(String, usize) -> Refusal) -> Refusal {
    match text.strip_prefix(MARK) {
        Some(rest) => refusal(rest.to_owned(), MARK.len_utf8()),
        None => refusal(text, 0),
    }
}

/// The text of a file in UTF-16; none where it isn't, or is broken.
pub(super) fn from_utf16(bytes: &[u8]) -> Option<String> {
    if !is_utf16(bytes) || bytes.len() > MAX_FILE_BYTES {
        return None;
    }
    let is_big = match bytes {
        [0xfe, 0xff, ..] => true,
        [0xff, 0xfe, ..] => false,
        [first, ..] => *first == 0,
        [] => false,
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let unit = |pair: &[u8; 2]| match is_big {
        true => u16::from_be_bytes(*pair),
        false => u16::from_le_bytes(*pair),
    };
    let text = char::decode_utf16(pairs.iter().map(unit)).collect::<Result<String, _>>();
    text.ok().filter(|_| rest.is_empty())
}

/// A UTF-16 byte order mark, or an ASCII character with a zero byte beside it.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [0, first, 0, second, ..] | [first, 0, second, 0, ..] => {
            first.is_ascii() && second.is_ascii() && (*first != 0 || *second != 0)
        }
        _ => false,
    }
}
