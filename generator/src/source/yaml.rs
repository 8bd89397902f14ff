//! YAML 1.2, from the events of `saphyr-parser` into the arena without recursion.
//!
//! Only the first document of a file is read. Anchors and aliases share nodes; merge keys are
//! resolved when their map closes; keys are texts, whatever they look like.

use super::build::{Builder, Failure, Key, Read, Shape};
use super::indent::{Padded, pad};
use super::offsets::Offsets;
use super::scalar::yaml_number;
use super::text::Text;
use super::tree::{FileId, Kind, NodeId, Tree};
use super::yaml_error;
use crate::diag::{At, Code, Diagnostic, Severity};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::collections::HashMap;
use std::ops::Range;

/// Reads a file's text as YAML.
pub(super) fn parse(tree: &mut Tree, file: FileId) -> Result<Read, Failure> {
    let failure = match read(tree, file, None) {
        Err(failure) if failure.code == Code::YamlSyntax => failure,
        result => return result,
    };
    let Some(padded) = pad(tree.file_text(file)) else { return Err(failure) };
    // What the padded text is refused for may be of our making: the first refusal holds.
    let (root, mut problems) = read(tree, file, Some(&padded)).map_err(|_| failure)?;
    problems.extend(padded.first().map(|at| loosely_indented(file, at)));
    Ok((root, problems))
}

fn loosely_indented(file: FileId, at: usize) -> Diagnostic {
    let at = At::Span { file, start: at, end: at };
    let message = "a line inside of brackets or quotes is indented less than YAML 1.2 allows";
    let mut note = Diagnostic::new(Code::LooseIndent, Severity::Note, at, message);
    note.help("indent it further than the key that it belongs to: some readers refuse it");
    note
}

fn read(tree: &mut Tree, file: FileId, padded: Option<&Padded>) -> Result<Read, Failure> {
    let builder = Builder::new(tree, file);
    let text = padded.map_or(builder.text(), |padded| &padded.text);
    let mut reader = Reader {
        builder,
        offsets: padded.map_or_else(|| Offsets::new(text), Offsets::padded),
        open: Vec::new(),
        anchors: HashMap::new(),
        skipping: 0,
        documents: 0,
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let result = match event {
            Ok((event, span)) => reader.event(&event, span),
            Err(error) => Err(yaml_error::failure(&reader.builder, &mut reader.offsets, &error)),
        };
        match result {
            Ok(Flow::On) => {}
            Ok(Flow::Stop) => break,
            Err(failure) => return Err(reader.builder.abandon(failure)),
        }
    }
    Ok(reader.builder.finish())
}

/// Whether reading goes on.
enum Flow {
    On,
    Stop,
}

/// What is known between events.
struct Reader<'a> {
    builder: Builder<'a>,
    offsets: Offsets<'a>,
    open: Vec<Open>,
    /// Closed nodes by the number of their anchor.
    anchors: HashMap<usize, Shape>,
    /// Depth inside of a key that is a list or map, and of its value.
    skipping: usize,
    documents: usize,
}

/// An open list or map.
struct Open {
    anchor: usize,
    /// Of a map: what its next event is.
    state: State,
    /// It is the value of a merge key.
    merged: bool,
}

/// What an open collection expects.
#[derive(Clone)]
enum State {
    Item,
    Key,
    Value(Key),
    MergeValue,
    /// The value of a key that isn't kept.
    SkippedValue,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) -> Result<Flow, Failure> {
        if self.skipping > 0 {
            self.skip(event);
            return Ok(Flow::On);
        }
        match event {
            Event::DocumentStart(_) => return Ok(self.document(span)),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, *style, *anchor, tag.as_deref(), span);
            }
            Event::SequenceStart(anchor, _) => self.start(Kind::List, *anchor, span)?,
            Event::MappingStart(anchor, _) => self.start(Kind::Map, *anchor, span)?,
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(anchor) => self.alias(*anchor, span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(Flow::On)
    }

    fn document(&mut self, span: Span) -> Flow {
        self.documents += 1;
        if self.documents == 1 {
            return Flow::On;
        }
        let at = self.bytes(span);
        let message = "a second document starts here; only the first is read";
        let problem = self.builder.problem(Code::SeveralDocuments, at, message);
        problem.severity = Severity::Warning;
        problem.help("move it into a file of its own");
        Flow::Stop
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) {
        let plain = is_plain(style, tag);
        let at = self.bytes(span);
        let quote = usize::from(style != ScalarStyle::Plain);
        let written = self.builder.slice(at.start + quote, text);
        let node = match self.take() {
            State::Key => {
                self.key(written, at, style == ScalarStyle::Plain && text == "<<");
                (anchor > 0).then(|| self.builder.loose(written, plain))
            }
            State::Value(key) => Some(self.value(key, text, written, plain)),
            State::Item => Some(self.value(Key::default(), text, written, plain)),
            State::MergeValue => {
                self.builder.merge(Shape::NULL, true, at);
                None
            }
            State::SkippedValue => None,
        };
        if let Some(node) = node.filter(|_| anchor > 0) {
            self.anchors.insert(anchor, Shape { node, height: 0, size: 1 });
        }
    }

    fn value(&mut self, key: Key, text: &str, written: Text, plain: bool) -> NodeId {
        let node = self.builder.scalar(key, written, plain);
        if let Some(number) = Some(text).filter(|_| plain).and_then(yaml_number) {
            let number = self.builder.copy(&number);
            self.builder.numbers.insert(node, number);
        }
        node
    }

    fn key(&mut self, text: Text, at: Range<usize>, merge: bool) {
        let state = if merge {
            State::MergeValue
        } else {
            State::Value(Key { text, span: (at.start as u32, at.end as u32) })
        };
        self.expect(state);
    }

    fn start(&mut self, kind: Kind, anchor: usize, span: Span) -> Result<(), Failure> {
        let at = self.bytes(span);
        let (key, merged) = match self.take() {
            State::Key => {
                self.builder
                    .problem(Code::KeyNotText, at, "a list or map can't be a key")
                    .help("write the key as text, in quotes if it has brackets or braces");
                self.expect(State::SkippedValue);
                self.skipping = 1;
                return Ok(());
            }
            State::SkippedValue => {
                self.skipping = 1;
                return Ok(());
            }
            State::Value(key) => (key, false),
            State::MergeValue => (Key::default(), true),
            State::Item => (Key::default(), false),
        };
        self.builder.open(key, kind, at.start)?;
        let state = if kind == Kind::Map { State::Key } else { State::Item };
        self.open.push(Open { anchor, state, merged });
        Ok(())
    }

    fn end(&mut self, span: Span) {
        let (Some(open), Some(shape)) = (self.open.pop(), self.builder.close()) else { return };
        if open.anchor > 0 {
            self.anchors.insert(open.anchor, shape);
        }
        if open.merged {
            let at = self.bytes(span);
            let key = self.builder.copy("<<");
            self.builder.detach();
            self.builder.hidden(shape.node, key);
            self.builder.merge(shape, true, at);
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let at = self.bytes(span);
        let state = self.take();
        let Some(shape) = self.anchors.get(&anchor).copied() else {
            self.builder
                .problem(Code::RecursiveAlias, at.clone(), "the alias stands inside what it names")
                .help("a recursive schema is written with `$ref`");
            return self.aliased(state, Shape::NULL, at);
        };
        self.aliased(state, shape, at);
    }

    fn aliased(&mut self, state: State, shape: Shape, at: Range<usize>) {
        match state {
            State::Key => match self.builder.scalar_text(shape.node) {
                Some(text) => self.key(text, at, false),
                None => {
                    self.builder.problem(Code::KeyNotText, at, "the alias of a key isn't a text");
                    self.expect(State::SkippedValue);
                }
            },
            State::Value(key) => self.builder.alias(key, shape, at),
            State::Item => self.builder.alias(Key::default(), shape, at),
            State::MergeValue => self.builder.merge(shape, false, at),
            State::SkippedValue => {}
        }
    }

    /// Passes over the inside of a key that isn't text, or of its value.
    fn skip(&mut self, event: &Event<'_>) {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => self.skipping += 1,
            Event::SequenceEnd | Event::MappingEnd => self.skipping -= 1,
            _ => {}
        }
    }

    /// What the innermost map expects; it expects a key next.
    fn take(&mut self) -> State {
        match self.open.last_mut() {
            Some(Open { state: State::Item, .. }) | None => State::Item,
            Some(open) => std::mem::replace(&mut open.state, State::Key),
        }
    }

    fn expect(&mut self, state: State) {
        if let Some(open) = self.open.last_mut() {
            open.state = state;
        }
    }

    fn bytes(&mut self, span: Span) -> Range<usize> {
        self.offsets.bytes(span)
    }
}

/// A plain scalar may be a number; a quoted one, or one tagged as text, is a text.
fn is_plain(style: ScalarStyle, tag: Option<&Tag>) -> bool {
    match tag {
        Some(tag) if tag.is_yaml_core_schema() => tag.suffix != "str",
        Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => false,
        _ => style == ScalarStyle::Plain,
    }
}
