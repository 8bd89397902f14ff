//! Lines inside of brackets or quotes that stand further left than YAML 1.2 allows, and tabs behind
//! the colon of a key, which it does allow and the parser used here doesn't.
//!
//! Most readers of YAML take `required: [` … `]` with the bracket in the first column, so many
//! documents have it; the parser used here doesn't. White space at the start of such a line means
//! nothing, so spaces are put in for it, and in place of such tabs. This is a scan of the rough shape
//! of a text, used only after the text as it stands was refused: what it misjudges is refused again.

/// A text with spaces put in, and where they are.
pub(super) struct Padded {
    pub(super) text: String,
    pads: Vec<Pad>,
}

/// Spaces put in before a byte of the original text.
#[derive(Clone, Copy)]
struct Pad {
    at: usize,
    spaces: usize,
    /// Spaces put in up to here, with these.
    total: usize,
}

/// The text with every such line indented far enough, and without such tabs; none when there is neither.
pub(super) fn pad(text: &str) -> Option<Padded> {
    let mut scan = Scan::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        scan.line(start, line);
        start += line.len();
    }
    if scan.pads.is_empty() && scan.tabs.is_empty() {
        return None;
    }
    let text = &without_tabs(text, &scan.tabs);
    let total = scan.pads.last().map_or(0, |pad| pad.total);
    let mut padded = String::with_capacity(text.len() + total);
    let mut from = 0;
    for pad in &scan.pads {
        padded.push_str(&text[from..pad.at]);
        padded.extend(std::iter::repeat_n(' ', pad.spaces));
        from = pad.at;
    }
    padded.push_str(&text[from..]);
    Some(Padded { text: padded, pads: scan.pads })
}

/// The text with a space for the tab at each of these bytes.
fn without_tabs(text: &str, tabs: &[usize]) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut from = 0;
    for at in tabs {
        spaced.push_str(&text[from..*at]);
        spaced.push(' ');
        from = at + 1;
    }
    spaced + &text[from..]
}

impl Padded {
    /// The byte of the original text that a byte of the padded one stands for.
    pub(super) fn original(&self, byte: usize) -> usize {
        let before = self.pads.partition_point(|pad| pad.at + pad.total <= byte);
        let total = before.checked_sub(1).map_or(0, |last| self.pads[last].total);
        let next = self.pads.get(before).map_or(usize::MAX, |pad| pad.at);
        (byte - total).min(next)
    }

    /// The first line that was padded.
    pub(super) fn first(&self) -> Option<usize> {
        self.pads.first().map(|pad| pad.at)
    }
}

#[derive(Default)]
struct Scan {
    pads: Vec<Pad>,
    /// Where tabs stand behind a dash or the colon of a key.
    tabs: Vec<usize>,
    /// Where the line starts.
    start: usize,
    mode: Mode,
    /// Column that the innermost block collection stands at; its text lies to the right of it.
    parent: isize,
    /// Open brackets.
    depth: usize,
    /// The last character inside brackets that isn't white space.
    before: u8,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Mode {
    #[default]
    Block,
    /// The lines of a plain or block scalar: all that are indented beyond `parent`.
    Text,
    Flow,
    Quoted(u8),
}

impl Scan {
    fn line(&mut self, start: usize, line: &str) {
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        let content = line.trim_end();
        if content.len() <= indent {
            return;
        }
        self.start = start;
        let missing = self.parent + 1 - indent as isize;
        match self.mode {
            Mode::Text if missing <= 0 => return,
            Mode::Text | Mode::Block => self.mode = Mode::Block,
            Mode::Flow | Mode::Quoted(_) if missing > 0 => self.push(start, missing.unsigned_abs()),
            Mode::Flow | Mode::Quoted(_) => {}
        }
        match self.mode {
            Mode::Flow => drop(self.flow(content.as_bytes(), indent)),
            Mode::Quoted(quote) => self.resume(content.as_bytes(), indent, quote),
            _ => self.block(content.as_bytes(), indent),
        }
    }

    fn push(&mut self, at: usize, spaces: usize) {
        let total = self.pads.last().map_or(0, |pad| pad.total) + spaces;
        self.pads.push(Pad { at, spaces, total });
    }

    fn resume(&mut self, line: &[u8], at: usize, quote: u8) {
        if let Some(after) = self.quoted(line, at, quote)
            && self.mode == Mode::Flow
        {
            self.flow(line, after);
        }
    }

    /// A line of block style: dashes and keys, then perhaps a value.
    fn block(&mut self, line: &[u8], indent: usize) {
        let mut at = indent;
        if line.starts_with(b"---") || line.starts_with(b"...") || line.starts_with(b"%") {
            return;
        }
        self.parent = indent as isize - 1;
        while let Some(&byte) = line.get(at) {
            let end = match byte {
                b' ' | b'\t' => {
                    if byte == b'\t' && at > indent {
                        self.tabs.push(self.start + at);
                    }
                    at += 1;
                    continue;
                }
                b'#' => return,
                b'-' | b'?' if is_blank(line, at + 1) => {
                    self.parent = at as isize;
                    at += 1;
                    continue;
                }
                b'&' | b'!' | b'*' => {
                    at = word(line, at);
                    continue;
                }
                b'|' | b'>' => return self.mode = Mode::Text,
                b'[' | b'{' => {
                    (self.mode, self.depth, self.before) = (Mode::Flow, 0, b'[');
                    self.flow(line, at)
                }
                b'"' | b'\'' => {
                    self.mode = Mode::Quoted(byte);
                    self.depth = 0;
                    self.quoted(line, at + 1, byte)
                }
                _ => plain(line, at),
            };
            // A value of several lines, or a plain one: its lines follow.
            let Some(end) = end else {
                if self.mode == Mode::Block {
                    self.mode = Mode::Text;
                }
                return;
            };
            let Some(colon) = colon(line, end) else { return };
            self.parent = at as isize;
            at = colon + 1;
        }
    }

    /// Inside of brackets; gives what follows the last one.
    fn flow(&mut self, line: &[u8], start: usize) -> Option<usize> {
        let mut at = start;
        while let Some(&byte) = line.get(at) {
            at += 1;
            match byte {
                b'#' if at < 2 || line[at - 2].is_ascii_whitespace() => return None,
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                b'"' | b'\'' if b"[{,:".contains(&self.before) => {
                    self.mode = Mode::Quoted(byte);
                    at = self.quoted(line, at, byte)?;
                }
                _ => {}
            }
            if self.depth == 0 {
                self.mode = Mode::Block;
                return Some(at);
            }
            if !byte.is_ascii_whitespace() {
                self.before = byte;
            }
        }
        None
    }

    /// Inside of quotes; gives what follows the closing one.
    fn quoted(&mut self, line: &[u8], start: usize, quote: u8) -> Option<usize> {
        let mut at = start;
        while let Some(&byte) = line.get(at) {
            at += 1;
            let is_doubled = byte == quote && quote == b'\'' && line.get(at) == Some(&quote);
            if is_doubled || (byte == b'\\' && quote == b'"') {
                at += 1;
            } else if byte == quote {
                self.mode = if self.depth > 0 { Mode::Flow } else { Mode::Block };
                return Some(at);
            }
        }
        None
    }
}

fn is_blank(line: &[u8], at: usize) -> bool {
    line.get(at).is_none_or(u8::is_ascii_whitespace)
}

/// What follows a word.
fn word(line: &[u8], at: usize) -> usize {
    at + line[at..].iter().take_while(|byte| !byte.is_ascii_whitespace()).count()
}

/// The colon after a plain key; none when the line has no key, but a text.
fn plain(line: &[u8], at: usize) -> Option<usize> {
    let end = (at..line.len()).find(|&i| {
        (line[i] == b':' && is_blank(line, i + 1)) || (line[i] == b'#' && line[i - 1] == b' ')
    })?;
    (line[end] == b':').then_some(end)
}

/// The colon that makes what stands before it a key.
fn colon(line: &[u8], end: usize) -> Option<usize> {
    let at = end + line[end..].iter().take_while(|byte| **byte == b' ').count();
    (line.get(at) == Some(&b':') && is_blank(line, at + 1)).then_some(at)
}
