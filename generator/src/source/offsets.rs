//! Characters to bytes: the YAML parser counts the former, everything here the latter.

use super::indent::Padded;
use saphyr_parser::Span;
use std::ops::Range;

/// Walks along a text with the parser, so that all lookups together cost one pass.
pub(super) struct Offsets<'t> {
    text: &'t str,
    is_ascii: bool,
    character: usize,
    byte: usize,
    /// What the text was made from, when spaces were put into it.
    padded: Option<&'t Padded>,
}

impl<'t> Offsets<'t> {
    pub(super) fn new(text: &'t str) -> Offsets<'t> {
        Offsets { text, is_ascii: text.is_ascii(), character: 0, byte: 0, padded: None }
    }

    /// Of a padded text, which gives bytes of the original.
    pub(super) fn padded(padded: &'t Padded) -> Offsets<'t> {
        Offsets { padded: Some(padded), ..Offsets::new(&padded.text) }
    }

    /// The byte at which a character starts.
    pub(super) fn byte(&mut self, character: usize) -> usize {
        let byte = self.walk(character);
        self.padded.map_or(byte, |padded| padded.original(byte))
    }

    /// The bytes of a span.
    pub(super) fn bytes(&mut self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }

    /// Going back is as cheap as the way is short.
    fn walk(&mut self, character: usize) -> usize {
        if self.is_ascii {
            return character.min(self.text.len());
        }
        let (before, after) = self.text.split_at(self.byte);
        if character >= self.character {
            let ahead = character - self.character;
            let way: usize = after.chars().take(ahead).map(char::len_utf8).sum();
            self.byte += way;
        } else {
            let back = self.character - character;
            let way: usize = before.chars().rev().take(back).map(char::len_utf8).sum();
            self.byte -= way;
        }
        self.character = character;
        self.byte
    }
}
