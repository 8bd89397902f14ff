//! JSON (RFC 8259), pulled from `jiter` into the arena without recursion.

use super::build::{Builder, Failure, Key, Read};
use super::comments::{Blanked, blank};
use super::tree::{FileId, Kind, Tree};
use crate::diag::{At, Code, Diagnostic, Severity};
use jiter::{Jiter, JiterError, JsonErrorType, Peek};

/// Reads a file's text as JSON.
pub(super) fn parse(tree: &mut Tree, file: FileId) -> Result<Read, Failure> {
    read_text(Builder::new(tree, file), None)
}

/// Reads a file's text as JSON without what [`blank`] finds in it, which is told of.
pub(super) fn parse_blanked(tree: &mut Tree, file: FileId) -> Option<Read> {
    let Blanked { text, first, message } = blank(tree.file_text(file))?;
    let mut read = read_text(Builder::new(tree, file), Some(&text)).ok()?;
    let at = At::Span { file, start: first, end: first + 1 };
    let mut warning = Diagnostic::new(Code::JsonSyntax, Severity::Warning, at, message);
    warning.help("it is read as if it weren't there; remove it");
    read.1.insert(0, warning);
    Some(read)
}

fn read_text(mut builder: Builder<'_>, text: Option<&str>) -> Result<Read, Failure> {
    let text = text.unwrap_or(builder.text());
    let mut reader = Reader { jiter: Jiter::new(text.as_bytes()), text };
    match read(&mut reader, &mut builder) {
        Ok(()) => Ok(builder.finish()),
        Err(Stop::Failure(failure)) => Err(builder.abandon(failure)),
        Err(Stop::Syntax(error)) => {
            let failure = failure(&builder, &error);
            Err(builder.abandon(failure))
        }
    }
}

/// Reads tokens, and knows where they stand.
struct Reader<'t> {
    jiter: Jiter<'t>,
    text: &'t str,
}

/// Why reading ends early.
enum Stop {
    Syntax(JiterError),
    Failure(Failure),
}

impl From<JiterError> for Stop {
    fn from(error: JiterError) -> Stop {
        Stop::Syntax(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(failure)
    }
}

fn read(reader: &mut Reader<'_>, builder: &mut Builder<'_>) -> Result<(), Stop> {
    let peek = reader.jiter.peek()?;
    let mut next = value(reader, builder, Key::default(), peek)?;
    loop {
        next = match next {
            Some((key, peek)) => value(reader, builder, key, peek)?,
            None if builder.depth() == 0 => break,
            None if builder.in_map() => {
                let key = key(reader, builder, false)?;
                after_key(reader, builder, key)?
            }
            None => match reader.jiter.array_step()? {
                Some(peek) => Some((Key::default(), peek)),
                None => close(builder),
            },
        };
    }
    Ok(reader.jiter.finish()?)
}

/// A value that comes next, with its key.
type Next = Option<(Key, Peek)>;

/// Reads a scalar whole, or the opening of a list or map; gives the first child.
fn value(
    reader: &mut Reader<'_>,
    builder: &mut Builder<'_>,
    key: Key,
    peek: Peek,
) -> Result<Next, Stop> {
    let start = reader.jiter.current_index();
    match peek {
        Peek::Object => {
            builder.open(key, Kind::Map, start)?;
            let key = self::key(reader, builder, true)?;
            return after_key(reader, builder, key);
        }
        Peek::Array => {
            builder.open(key, Kind::List, start)?;
            return Ok(match reader.jiter.known_array()? {
                Some(peek) => Some((Key::default(), peek)),
                None => close(builder),
            });
        }
        Peek::String => {
            let text = reader.jiter.known_str()?;
            let text = builder.slice(start + 1, text);
            builder.scalar(key, text, false);
            return Ok(None);
        }
        Peek::Null => reader.jiter.known_null()?,
        Peek::True | Peek::False => drop(reader.jiter.known_bool(peek)?),
        _ => drop(reader.jiter.known_number_bytes(peek)?),
    }
    let raw = reader.text.get(start..reader.jiter.current_index()).unwrap_or_default();
    let text = builder.slice(start, raw);
    builder.scalar(key, text, true);
    Ok(None)
}

/// The value of a key, or the end of the map.
fn after_key(
    reader: &mut Reader<'_>,
    builder: &mut Builder<'_>,
    key: Option<Key>,
) -> Result<Next, Stop> {
    match key {
        Some(key) => Ok(Some((key, reader.jiter.peek()?))),
        None => Ok(close(builder)),
    }
}

/// Closes a list or map, after which its parent goes on.
fn close(builder: &mut Builder<'_>) -> Next {
    builder.close();
    None
}

/// The next key of a map.
fn key(
    reader: &mut Reader<'_>,
    builder: &mut Builder<'_>,
    first: bool,
) -> Result<Option<Key>, Stop> {
    let before = reader.jiter.current_index();
    let key = if first { reader.jiter.known_object()? } else { reader.jiter.next_key()? };
    let Some(key) = key else { return Ok(None) };
    let rest = reader.text.get(before..).unwrap_or_default();
    let start = before + rest.find('"').unwrap_or(0);
    let text = builder.slice(start + 1, key);
    let end = start + key.len() + 2;
    Ok(Some(Key { text, span: (start as u32, end as u32) }))
}

fn failure(builder: &Builder<'_>, error: &JiterError) -> Box<Diagnostic> {
    let text = builder.text();
    let mut at = error.index.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let len = text[at..].chars().next().map_or(0, char::len_utf8);
    let (message, help) = explain(error);
    let mut failure = builder.failure(Code::JsonSyntax, at..at + len, message);
    if let Some(help) = help {
        failure.help(help);
    }
    failure
}

/// The error in the words of someone who writes the file.
fn explain(error: &JiterError) -> (String, Option<&'static str>) {
    use JsonErrorType as E;
    let jiter::JiterErrorType::JsonError(kind) = &error.error_type else {
        return (error.error_type.to_string(), None);
    };
    let (message, help) = match kind {
        E::EofWhileParsingList => ("the file ends inside a list", "close it with `]`"),
        E::EofWhileParsingObject => ("the file ends inside a map", "close it with `}`"),
        E::EofWhileParsingString => ("the file ends inside a string", "close it with `\"`"),
        E::EofWhileParsingValue => ("the file ends where a value belongs", "add the value"),
        E::ExpectedColon => ("a colon belongs here", "write `:` between key and value"),
        E::ExpectedListCommaOrEnd => {
            ("a comma or the end of the list belongs here", "write `,` or `]`")
        }
        E::ExpectedObjectCommaOrEnd => {
            ("a comma or the end of the map belongs here", "write `,` or `}`")
        }
        E::KeyMustBeAString => ("a key belongs here", "put keys in double quotes"),
        E::TrailingComma => ("nothing follows this comma", "remove the comma before it"),
        E::TrailingCharacters => ("the document has ended before this", "remove what follows"),
        E::ControlCharacterWhileParsingString => {
            ("a string holds a line break or control character", "write it as `\\n` or `\\u….`")
        }
        E::InvalidEscape => ("this escape isn't one of JSON", "write a backslash as `\\\\`"),
        E::ExpectedSomeIdent | E::ExpectedSomeValue => {
            ("a value belongs here", "put texts in double quotes")
        }
        _ => return (kind.to_string(), None),
    };
    (message.to_owned(), Some(help))
}
