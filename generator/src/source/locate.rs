//! Where nodes stand in their text: found by reading the text again, when someone asks.
//!
//! The pointers asked for are put in a trie, which is walked along with the text: one pass finds
//! any number of them.

use super::comments::blank;
use super::file::Format;
use super::indent::pad;
use super::offsets::Offsets;
use super::pointer::segments;
use jiter::{Jiter, JiterResult, Peek};
use saphyr_parser::{Event, Parser};
use std::collections::HashMap;
use std::ops::Range;

/// Where a node stands in its text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The key, when a map holds the node.
    pub key: Option<Range<usize>>,
    /// The node: a scalar with its quotes, a list or map from its first byte to its last.
    pub value: Range<usize>,
    /// The node is a list or a map.
    pub is_collection: bool,
}

/// Where the node at a JSON pointer stands.
pub fn locate(text: &str, format: Format, pointer: &str) -> Option<Located> {
    locate_all(text, format, &[pointer]).pop().flatten()
}

/// Where the nodes at several JSON pointers stand, in one pass over the text.
///
/// A text that can't be read to its end gives what stands before.
pub fn locate_all(text: &str, format: Format, pointers: &[&str]) -> Vec<Option<Located>> {
    let mut wanted = Wanted::new(pointers);
    match format {
        Format::Json => {
            if json(text, &mut wanted).is_err()
                && let Some(blanked) = blank(text)
            {
                wanted = Wanted::new(pointers);
                // An error ends the pass: what was found stands before it.
                drop(json(&blanked.text, &mut wanted));
            }
        }
        Format::Yaml => yaml(text, &mut wanted),
    }
    let nodes = wanted.of_pointer.iter();
    nodes.map(|node| node.and_then(|node| wanted.nodes[node].found.clone())).collect()
}

/// Pointers as a trie; its root is node 0.
struct Wanted {
    nodes: Vec<Want>,
    /// The trie node of each pointer.
    of_pointer: Vec<Option<usize>>,
    /// Open lists and maps of the text.
    open: Vec<Open>,
    /// Pointers that aren't found yet.
    left: usize,
}

#[derive(Default)]
struct Want {
    children: HashMap<String, usize>,
    asked: bool,
    found: Option<Located>,
}

/// A list or map of the text that isn't closed.
struct Open {
    /// Its node of the trie, if anything in or at it is wanted.
    want: Option<usize>,
    is_map: bool,
    /// Of a list: the number of items begun. Of a map: 1 when a value comes next.
    count: usize,
    key: Option<Range<usize>>,
    /// What the trie wants of the next value.
    next: Option<usize>,
    start: usize,
    /// Where the key of the collection itself stands.
    own_key: Option<Range<usize>>,
}

impl Wanted {
    fn new(pointers: &[&str]) -> Wanted {
        let nodes = vec![Want::default()];
        let mut wanted = Wanted { nodes, of_pointer: Vec::new(), open: Vec::new(), left: 0 };
        for pointer in pointers {
            let node = segments(pointer).map(|steps| {
                steps.fold(0, |at, step| {
                    let fresh = wanted.nodes.len();
                    let child =
                        *wanted.nodes[at].children.entry(step.into_owned()).or_insert(fresh);
                    if child == fresh {
                        wanted.nodes.push(Want::default());
                    }
                    child
                })
            });
            if let Some(node) = node {
                wanted.left += usize::from(!wanted.nodes[node].asked);
                wanted.nodes[node].asked = true;
            }
            wanted.of_pointer.push(node);
        }
        wanted
    }

    /// Takes the value that begins here: its place in the trie, and its key.
    fn begin(&mut self) -> (Option<usize>, Option<Range<usize>>) {
        let nodes = &self.nodes;
        let Some(open) = self.open.last_mut() else { return (Some(0), None) };
        if open.is_map {
            open.count = 0;
            return (open.next.take(), open.key.take());
        }
        let position = open.count;
        open.count += 1;
        let want = open.want.filter(|want| !nodes[*want].children.is_empty());
        (want.and_then(|want| nodes[want].children.get(&position.to_string()).copied()), None)
    }

    /// The innermost map expects a key.
    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_map && open.count == 0)
    }

    fn key(&mut self, key: &str, at: Range<usize>) {
        let nodes = &self.nodes;
        let Some(open) = self.open.last_mut() else { return };
        open.next = open.want.and_then(|want| nodes[want].children.get(key).copied());
        open.key = Some(at);
        open.count = 1;
    }

    fn scalar(&mut self, at: Range<usize>) {
        let (want, key) = self.begin();
        self.found(want, key, at, false);
    }

    fn start(&mut self, is_map: bool, start: usize) {
        let (want, own_key) = self.begin();
        self.open.push(Open { want, is_map, count: 0, key: None, next: None, start, own_key });
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        self.found(open.want, open.own_key, open.start..end, true);
    }

    /// Of a key that is stated twice, the first counts.
    fn found(
        &mut self,
        want: Option<usize>,
        key: Option<Range<usize>>,
        value: Range<usize>,
        is_collection: bool,
    ) {
        let Some(want) = want.and_then(|want| self.nodes.get_mut(want)) else { return };
        if want.asked && want.found.is_none() {
            want.found = Some(Located { key, value, is_collection });
            self.left -= 1;
        }
    }
}

fn json(text: &str, wanted: &mut Wanted) -> JiterResult<()> {
    let jiter = &mut Jiter::new(text.as_bytes());
    let mut peek = jiter.peek()?;
    loop {
        let start = jiter.current_index();
        match peek {
            Peek::Object | Peek::Array => wanted.start(peek == Peek::Object, start),
            Peek::String => drop(jiter.known_str()?),
            Peek::Null => jiter.known_null()?,
            Peek::True | Peek::False => drop(jiter.known_bool(peek)?),
            _ => drop(jiter.known_number_bytes(peek)?),
        }
        let mut first = matches!(peek, Peek::Object | Peek::Array);
        if !first {
            wanted.scalar(start..jiter.current_index());
        }
        peek = loop {
            let Some(open) = wanted.open.last().filter(|_| wanted.left > 0) else { return Ok(()) };
            let next = if open.is_map {
                json_key(text, jiter, wanted, first)?
            } else if first {
                jiter.known_array()?
            } else {
                jiter.array_step()?
            };
            match next {
                Some(peek) => break peek,
                None => wanted.end(jiter.current_index()),
            }
            first = false;
        };
    }
}

/// Reads a key; gives what its value begins with.
fn json_key(
    text: &str,
    jiter: &mut Jiter<'_>,
    wanted: &mut Wanted,
    first: bool,
) -> JiterResult<Option<Peek>> {
    let before = jiter.current_index();
    let key = if first { jiter.known_object()? } else { jiter.next_key()? };
    let Some(key) = key else { return Ok(None) };
    let start = before + text.get(before..).and_then(|rest| rest.find('"')).unwrap_or(0);
    let len = quoted_len(text.get(start..).unwrap_or_default());
    wanted.key(key, start..start + len);
    jiter.peek().map(Some)
}

/// Length of the text in quotes that the text begins with.
fn quoted_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes.first().copied().unwrap_or(b'"');
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        let is_doubled = quote == b'\'' && byte == quote && bytes.get(at + 1) == Some(&quote);
        if is_doubled || (byte == b'\\' && quote == b'"') {
            at += 1;
        } else if byte == quote {
            return at + 1;
        }
        at += 1;
    }
    text.len()
}

fn yaml(text: &str, wanted: &mut Wanted) {
    if yaml_pass(text, text, Offsets::new(text), wanted).is_some() {
        return;
    }
    if let Some(padded) = pad(text) {
        wanted.open.clear();
        yaml_pass(text, &padded.text, Offsets::padded(&padded), wanted);
    }
}

/// One pass over the text, which may be padded; none when it can't be read to its end.
fn yaml_pass(
    source: &str,
    text: &str,
    mut offsets: Offsets<'_>,
    wanted: &mut Wanted,
) -> Option<()> {
    let mut skipping = 0_usize;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.ok()?;
        let closes = matches!(event, Event::SequenceEnd | Event::MappingEnd);
        let opens = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
        if skipping > 0 {
            skipping = skipping + usize::from(opens) - usize::from(closes);
            continue;
        }
        let at = trimmed(source, offsets.bytes(span));
        match event {
            Event::Scalar(key, ..) if wanted.expects_key() => wanted.key(&key, at),
            Event::Alias(_) if wanted.expects_key() => wanted.key("", at),
            _ if opens && wanted.expects_key() => {
                wanted.key("", at);
                skipping = 1;
            }
            Event::Scalar(..) | Event::Alias(_) => wanted.scalar(without_comment(source, at)),
            Event::SequenceStart(..) => wanted.start(false, at.start),
            Event::MappingStart(..) => wanted.start(true, at.start),
            Event::SequenceEnd | Event::MappingEnd => wanted.end(closed(source, at)),
            _ => {}
        }
        if wanted.left == 0 {
            break;
        }
    }
    Some(())
}

/// The parser counts a comment that follows closing quotes.
fn without_comment(text: &str, at: Range<usize>) -> Range<usize> {
    let slice = text.get(at.clone()).unwrap_or_default();
    let len = if slice.starts_with(['"', '\'']) { quoted_len(slice) } else { slice.len() };
    at.start..at.start + len
}

/// Where a list or map ends: after its bracket, or where something else begins.
fn closed(text: &str, at: Range<usize>) -> usize {
    let rest = text.get(at.start..).unwrap_or_default();
    at.start + usize::from(rest.starts_with([']', '}']))
}

/// The parser counts white space that follows.
fn trimmed(text: &str, at: Range<usize>) -> Range<usize> {
    let slice = text.get(at.clone()).unwrap_or_default();
    at.start..at.start + slice.trim_end().len()
}
