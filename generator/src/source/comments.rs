//! What JSON hasn't and many readers of it take: comments, and a comma behind the last item.
//!
//! Spaces are put in their place, so that all else stands where it stood.

/// A text without them.
pub(super) struct Blanked {
    pub(super) text: String,
    /// The first of them.
    pub(super) first: usize,
    /// What that is.
    pub(super) message: &'static str,
}

/// The text without comments and commas that nothing follows; none where there are none.
pub(super) fn blank(text: &str) -> Option<Blanked> {
    let mut scan = Scan { bytes: text.as_bytes().to_vec(), at: 0, comma: None, first: None };
    while let Some(byte) = scan.bytes.get(scan.at).copied() {
        scan.byte(byte);
    }
    let (first, message) = scan.first?;
    let text = String::from_utf8(scan.bytes).ok()?;
    Some(Blanked { text, first, message })
}

struct Scan {
    bytes: Vec<u8>,
    at: usize,
    /// A comma behind which nothing but white space and comments has come yet.
    comma: Option<usize>,
    first: Option<(usize, &'static str)>,
}

impl Scan {
    fn byte(&mut self, byte: u8) {
        let start = self.at;
        self.at += 1;
        match (byte, self.bytes.get(self.at)) {
            (b'/', Some(b'/')) => return self.comment(start, b"\n"),
            (b'/', Some(b'*')) => return self.comment(start, b"*/"),
            (b'}' | b']', _) => {
                if let Some(comma) = self.comma {
                    self.blank(comma, comma + 1, "nothing follows this comma");
                }
            }
            (b'"', _) => self.string(),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            self.comma = (byte == b',').then_some(start);
        }
    }

    /// Passes over a string, behind its opening quote.
    fn string(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += match byte {
                b'\\' => 2,
                _ => 1,
            };
            if *byte == b'"' {
                return;
            }
        }
    }

    /// Takes out a comment, with what ends it unless that is the end of the line.
    fn comment(&mut self, start: usize, end: &[u8]) {
        let inside = start + 2;
        let rest = self.bytes.get(inside..).unwrap_or_default();
        let found = rest.windows(end.len()).position(|window| window == end);
        let end = found.map_or(self.bytes.len(), |at| inside + at + end.len());
        self.blank(start, end, "JSON has no comments");
        self.at = end;
    }

    fn blank(&mut self, start: usize, end: usize, message: &'static str) {
        for byte in &mut self.bytes[start..end] {
            if !byte.is_ascii_whitespace() {
                *byte = b' ';
            }
        }
        if self.first.is_none_or(|(first, _)| start < first) {
            self.first = Some((start, message));
        }
    }
}
