//! The cursor over a JSON text: booleans, strings, skipping, going back; syntax errors become faults.
//!
//! Text comes in as bytes, scanned by `jiter`; what goes out are scalars. Numbers, objects, lists and unions are read by
//! the files of those names. Nothing here depends on the type being read, so all of it is compiled once.

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};

use super::excerpt;
use super::fault::Fault;

/// The deepest nesting of arrays and objects that is read (RFC 8259, section 9, lets a parser set a limit).
pub const MAX_DEPTH: usize = 256;

/// What a type does to be read from JSON text.
pub trait Decode: Sized {
    /// Reads one value at the cursor.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when the text isn't JSON, or isn't what the type is.
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault>;

    /// Reads the value of a property that may be left out, where it is there: not the `None` that stands for one that
    /// isn't.
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    fn optional(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        Self::decode(json)
    }

    /// What stands for the value of a property that isn't there: only `None` does.
    fn absent() -> Option<Self> {
        None
    }
}

/// A cursor over one JSON text (RFC 8259).
#[derive(Debug)]
pub struct Decoder<'j> {
    pub(super) jiter: Jiter<'j>,
    pub(super) text: &'j [u8],
    pub(super) depth: usize,
    /// Bytes read more than once, by unions that look ahead or try variants.
    reread: usize,
    /// Numbers and booleans stand as strings, as headers and forms have them.
    pub(super) in_words: bool,
    /// The discriminator that the next object is known by, which is none of its unknown properties.
    pub(super) tag: Option<&'static str>,
}

/// A place to go back to.
pub(super) struct Mark<'j> {
    jiter: Jiter<'j>,
    depth: usize,
}

impl<'j> Decoder<'j> {
    /// A cursor at the start of `text`, behind a byte order mark.
    pub fn new(text: &'j [u8]) -> Self {
        let text = super::without_mark(text);
        Self { jiter: Jiter::new(text), text, depth: 0, reread: 0, in_words: false, tag: None }
    }

    /// A cursor over a text whose numbers and booleans stand as strings.
    pub(crate) fn in_words(text: &'j [u8]) -> Self {
        Self { in_words: true, ..Self::new(text) }
    }

    /// Reads one value of any type.
    ///
    /// # Errors
    ///
    /// Those of `T`.
    pub fn value<T: Decode>(&mut self) -> Result<T, Fault> {
        T::decode(self)
    }

    /// Makes sure that nothing but white space is left.
    ///
    /// # Errors
    ///
    /// A [`Fault`] at the first byte that is left.
    pub fn finish(&mut self) -> Result<(), Fault> {
        self.jiter.finish().map_err(|error| self.syntax(&error))
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when something else stands there.
    pub fn boolean(&mut self) -> Result<bool, Fault> {
        match self.peek()? {
            peek @ (Peek::True | Peek::False) => {
                self.jiter.known_bool(peek).map_err(|error| self.syntax(&error))
            }
            Peek::String if self.in_words => match self.word()? {
                b"true" => Ok(true),
                b"false" => Ok(false),
                word => Err(self.wrong_number(word, "boolean")),
            },
            _ => Err(self.unexpected("boolean")),
        }
    }

    /// Reads `null`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when something else stands there.
    pub fn null(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            Peek::Null => self.jiter.known_null().map_err(|error| self.syntax(&error)),
            _ => Err(self.unexpected("null")),
        }
    }

    /// Whether the value at the cursor starts like `null`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] at the end of the text.
    pub fn at_null(&mut self) -> Result<bool, Fault> {
        Ok(self.peek()? == Peek::Null)
    }

    /// Reads `null` if it stands there.
    pub(super) fn takes_null(&mut self) -> Result<bool, Fault> {
        let is_null = self.at_null()?;
        if is_null {
            self.null()?;
        }
        Ok(is_null)
    }

    /// Reads a string. It borrows from the text where the text has no escapes.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when something else stands there, or when the string is broken or isn't UTF-8.
    pub fn str(&mut self) -> Result<&str, Fault> {
        if self.peek()? != Peek::String {
            return Err(self.unexpected("string"));
        }
        let text = self.text;
        // The closure has its own copy of the text: the string borrows the scanner.
        self.jiter.known_str().map_err(|error| syntax(text, &error))
    }

    /// Reads a string that `parse` turns into a value.
    pub(crate) fn parsed<T>(
        &mut self,
        expected: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<T, Fault> {
        let offset = self.position()?;
        let text = self.str()?;
        parse(text).ok_or_else(|| Fault::here(expected, excerpt::found_string(text), offset))
    }

    /// Reads a string that no message may quote.
    ///
    /// # Errors
    ///
    /// A [`Fault`] that tells only the kind of what stands there.
    pub fn secret(&mut self) -> Result<String, Fault> {
        let offset = self.position()?;
        let text = self.text;
        let read = self.str().map(str::to_owned);
        read.map_err(|fault| fault.with_found(excerpt::kind_at(text, offset)))
    }

    /// Reads past one value of any kind, checking that it is JSON and UTF-8.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when it isn't.
    pub fn skip(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            Peek::String => self.str().map(drop),
            Peek::Object => {
                self.enter()?;
                let mut more = self.jiter.known_object().map(|key| key.is_some());
                while more.map_err(|error| self.syntax(&error))? {
                    self.skip()?;
                    more = self.jiter.next_key().map(|key| key.is_some());
                }
                self.leave();
                Ok(())
            }
            Peek::Array => {
                self.enter()?;
                let mut more = self.jiter.known_array();
                while more.map_err(|error| self.syntax(&error))?.is_some() {
                    self.skip()?;
                    more = self.jiter.array_step();
                }
                self.leave();
                Ok(())
            }
            peek => self.jiter.known_skip(peek).map_err(|error| self.syntax(&error)),
        }
    }

    /// Reads past one value and returns its text.
    pub(super) fn raw(&mut self) -> Result<&'j [u8], Fault> {
        self.peek()?;
        let start = self.jiter.current_index();
        self.skip()?;
        Ok(self.jiter.slice_to_current(start))
    }

    /// Moves past white space; the byte at which the value starts.
    pub(super) fn position(&mut self) -> Result<usize, Fault> {
        self.peek()?;
        Ok(self.offset())
    }

    /// The byte at the cursor.
    pub fn offset(&self) -> usize {
        self.jiter.current_index()
    }

    /// The first byte of the value at the cursor, past white space.
    pub(super) fn peek(&mut self) -> Result<Peek, Fault> {
        self.jiter.peek().map_err(|error| self.syntax(&error))
    }

    /// One level down.
    pub(super) fn enter(&mut self) -> Result<(), Fault> {
        if self.depth >= MAX_DEPTH {
            let found = "deeper nesting".to_owned();
            return Err(Fault::here(
                "at most 256 levels of nesting",
                found,
                self.jiter.current_index(),
            ));
        }
        self.depth += 1;
        Ok(())
    }

    /// One level up.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    pub(super) fn mark(&self) -> Mark<'j> {
        Mark { jiter: self.jiter.clone(), depth: self.depth }
    }

    /// Goes back to a mark.
    ///
    /// Nested unions that are told apart by trial could read a hostile text exponentially often, so what is read
    /// again is counted and bounded.
    pub(super) fn back(&mut self, mark: &Mark<'j>) -> Result<(), Fault> {
        let (here, there) = (self.jiter.current_index(), mark.jiter.current_index());
        self.reread = self.reread.saturating_add(here.saturating_sub(there)).saturating_add(16);
        if self.reread > self.text.len().saturating_mul(64).saturating_add(1 << 16) {
            return Err(Fault::here(
                "variants that can be told apart",
                "too many that look alike",
                there,
            ));
        }
        self.jiter = mark.jiter.clone();
        self.depth = mark.depth;
        Ok(())
    }

    /// The fault that `expected` doesn't stand at the cursor.
    pub(super) fn unexpected(&self, expected: &'static str) -> Fault {
        let offset = self.jiter.current_index();
        Fault::here(expected, excerpt::found_at(self.text, offset), offset)
    }

    pub(super) fn syntax(&self, error: &JiterError) -> Fault {
        syntax(self.text, error)
    }
}

/// Words for the scanner's errors.
fn syntax(text: &[u8], error: &JiterError) -> Fault {
    let JiterErrorType::JsonError(kind) = &error.error_type else {
        return Fault::here("JSON", excerpt::found_at(text, error.index), error.index);
    };
    let expected = match kind {
        JsonErrorType::EofWhileParsingList => "the rest of the array",
        JsonErrorType::EofWhileParsingObject => "the rest of the object",
        JsonErrorType::EofWhileParsingString => "the rest of the string",
        JsonErrorType::EofWhileParsingValue => "a JSON value",
        JsonErrorType::ExpectedColon => "a colon",
        JsonErrorType::ExpectedListCommaOrEnd => "a comma or the end of the array",
        JsonErrorType::ExpectedObjectCommaOrEnd => "a comma or the end of the object",
        JsonErrorType::ExpectedSomeIdent | JsonErrorType::ExpectedSomeValue => "a JSON value",
        JsonErrorType::InvalidEscape => "a JSON escape",
        JsonErrorType::InvalidNumber => "a JSON number",
        JsonErrorType::NumberOutOfRange => "a number of reasonable length",
        JsonErrorType::InvalidUnicodeCodePoint => "UTF-8",
        JsonErrorType::ControlCharacterWhileParsingString => {
            "control characters only in escaped form"
        }
        JsonErrorType::KeyMustBeAString => "the name of a property",
        JsonErrorType::LoneLeadingSurrogateInHexEscape => "the second half of a surrogate pair",
        JsonErrorType::UnexpectedEndOfHexEscape => "four hexadecimal digits",
        JsonErrorType::TrailingComma => "a value after the comma",
        JsonErrorType::TrailingCharacters => "the end of the text",
        JsonErrorType::RecursionLimitExceeded => "at most 256 levels of nesting",
        JsonErrorType::FloatExpectingInt
        | JsonErrorType::DuplicateKey(_)
        | JsonErrorType::InternalError(_) => "JSON",
    };
    // Strings are not quoted here: a broken one may be of any length, and a secret.
    let offset = error.index.min(text.len());
    Fault::here(expected, excerpt::kind_at(text, offset), offset)
}
