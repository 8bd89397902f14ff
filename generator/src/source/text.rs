//! The texts of a tree: the files as read, and what had to be written anew.
//!
//! A [`Text`] is eight bytes: where it starts, how long it is, and in which of two buffers.
//! Most texts stand in a file exactly as they are meant, so they cost no copy.

/// A text in [`Texts`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    start: u32,
    len: u32,
}

/// Marks a text of the side buffer.
const SIDE: u32 = 1 << 31;

/// The most bytes that either buffer holds: what 31 bits can name.
pub(super) const MAX_BYTES: usize = (SIDE - 1) as usize;

impl Text {
    /// From the two fields of a node.
    pub(super) fn raw(start: u32, len: u32) -> Text {
        Text { start, len }
    }

    /// The two fields of a node.
    pub(super) fn parts(self) -> (u32, u32) {
        (self.start, self.len)
    }

    /// The bytes `start..end` of the files' buffer.
    pub(super) fn of_file(start: usize, end: usize) -> Text {
        Text { start: narrow(start), len: narrow(end.saturating_sub(start)) }
    }
}

/// Offsets are checked against [`MAX_BYTES`] when a buffer grows, so none is cut here.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Every text of a tree.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// The files, one after the other.
    pub(super) files: String,
    /// Unescaped, folded and made-up texts.
    pub(super) side: String,
}

impl Texts {
    /// The text itself.
    pub(super) fn get(&self, text: Text) -> &str {
        resolve(&self.files, &self.side, text)
    }

    /// A copy of `text` in the side buffer.
    pub(super) fn add(&mut self, text: &str) -> Text {
        add(&mut self.side, text)
    }
}

/// The text in either buffer.
pub(super) fn resolve<'t>(files: &'t str, side: &'t str, text: Text) -> &'t str {
    let (buffer, start) =
        if text.start & SIDE == 0 { (files, text.start) } else { (side, text.start ^ SIDE) };
    let start = start as usize;
    buffer.get(start..start + text.len as usize).unwrap_or_default()
}

/// A copy of `text` at the end of the side buffer; empty when the buffer is full.
pub(super) fn add(side: &mut String, text: &str) -> Text {
    if text.is_empty() || side.len() + text.len() > MAX_BYTES {
        return Text::default();
    }
    let start = narrow(side.len()) | SIDE;
    side.push_str(text);
    Text { start, len: narrow(text.len()) }
}
