//! JSON texts in a row: one a line (NDJSON, JSON Lines), or each after a record separator
//! (RFC 7464).
//!
//! Neither a line feed nor a record separator can stand within a JSON text on one line, so the
//! first byte tells which of the two it is, whatever the content type says.

use bytes::{Buf, Bytes};

use super::source::Split;

const LF: u8 = b'\n';
const RS: u8 = 0x1e;

/// Cuts a body into JSON texts.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// The text that isn't complete.
    line: Vec<u8>,
    /// What ends a text; absent before the first byte.
    end: Option<u8>,
}

impl Split for Texts {
    type Item = Vec<u8>;

    fn take(&mut self, chunk: &mut Bytes) -> Option<Vec<u8>> {
        while let Some(&first) = chunk.first() {
            let end = *self.end.get_or_insert(if first == RS { RS } else { LF });
            let Some(at) = chunk.iter().position(|byte| *byte == end) else {
                self.line.extend_from_slice(chunk);
                chunk.clear();
                break;
            };
            self.line.extend_from_slice(&chunk[..at]);
            chunk.advance(at + 1);
            if let Some(line) = self.rest() {
                return Some(line);
            }
        }
        None
    }

    /// The last line needs no line feed. Blank lines hold nothing.
    fn rest(&mut self) -> Option<Vec<u8>> {
        let line = std::mem::take(&mut self.line);
        (!line.trim_ascii().is_empty()).then_some(line)
    }

    fn pending(&self) -> usize {
        self.line.len()
    }

    fn size(item: &Vec<u8>) -> usize {
        item.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, size: usize) -> Vec<String> {
        let mut lines = Texts::default();
        let mut found = Vec::new();
        for chunk in text.as_bytes().chunks(size) {
            let mut chunk = Bytes::copy_from_slice(chunk);
            while let Some(line) = lines.take(&mut chunk) {
                found.push(line);
            }
        }
        found.extend(lines.rest());
        let text = |line: Vec<u8>| String::from_utf8(line.trim_ascii().to_vec()).unwrap();
        found.into_iter().map(text).collect()
    }

    #[test]
    fn lines_and_records_are_cut_wherever_chunks_end() {
        for size in 1..30 {
            assert_eq!(read("1\n{\"a\":2}\r\n\n \n\"ü\"", size), ["1", "{\"a\":2}", "\"ü\""]);
            assert_eq!(
                read("\u{1e}1\n\u{1e}{\n\"a\":2}\n\u{1e}3\n", size),
                ["1", "{\n\"a\":2}", "3"]
            );
            assert!(read("", size).is_empty());
        }
    }
}
