//! Values that are text on the wire and keep that text: dates, times, identifiers.
//!
//! Text comes in and is parsed; the same text goes out. The text itself is held only where the value's canonical form
//! differs from it, so `2024-01-01T00:00:00Z` costs no allocation and `2024-01-01T00:00:00.000+00:00` survives.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::codec::{Decode, Decoder, Encode, Encoder, Fault};

/// A type with a textual form.
pub trait Textual: Hash + Sized {
    /// What to call the form in messages: "date-time (RFC 3339)".
    const EXPECTED: &'static str;

    /// Reads the form; `None` when the text isn't it.
    fn parse(text: &str) -> Option<Self>;

    /// The form of a text that leaves out what is understood, or says more, as servers send it; `None` when it isn't that
    /// either.
    fn completed(_text: &str) -> Option<String> {
        None
    }

    /// The one form that is written for a value that wasn't read.
    fn canonical(&self) -> String;

    /// Whether the text, which it was read from, is that form.
    fn is_canonical(&self, text: &str) -> bool {
        self.canonical() == text
    }
}

/// A `T` that remembers the text it was read from.
///
/// Dereferences to `T`. Equality, order and hash are those of `T`: the text doesn't count.
#[derive(Clone, Debug, Default)]
pub struct Exact<T> {
    value: T,
    /// The text that was read, when it isn't the canonical one.
    text: Option<Box<str>>,
}

/// A text isn't the form of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseExactError {
    expected: &'static str,
}

impl<T> Exact<T> {
    /// The value without its text.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T: Textual> Exact<T> {
    fn read(text: &str) -> Option<Self> {
        T::parse(text).map(|value| Self::of(text, value))
    }

    /// Reads what a server sent: a little more than the form that may be sent to it.
    fn received(text: &str) -> Option<Self> {
        let value = T::parse(text).or_else(|| T::parse(&T::completed(text)?))?;
        Some(Self::of(text, value))
    }

    fn of(text: &str, value: T) -> Self {
        let text = (!value.is_canonical(text)).then(|| text.into());
        Self { value, text }
    }
}

impl<T: Textual> FromStr for Exact<T> {
    type Err = ParseExactError;

    fn from_str(text: &str) -> Result<Self, ParseExactError> {
        Self::read(text).ok_or(ParseExactError { expected: T::EXPECTED })
    }
}

/// The text that was read, or the canonical form.
impl<T: Textual> fmt::Display for Exact<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => f.pad(text),
            None => f.pad(&self.value.canonical()),
        }
    }
}

impl<T: Textual> Decode for Exact<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        json.parsed(T::EXPECTED, Self::received)
    }
}

impl<T: Textual + fmt::Debug> Encode for Exact<T> {
    fn encode(&self, json: &mut Encoder<'_>) {
        match &self.text {
            _ if json.identified(self) => {}
            Some(text) => json.str(text),
            None => json.str(&self.value.canonical()),
        }
    }
}

impl<T: Textual> Serialize for Exact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T: Textual> Deserialize<'de> for Exact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::received(&text)
            .ok_or_else(|| de::Error::custom(ParseExactError { expected: T::EXPECTED }))
    }
}

impl<T> From<T> for Exact<T> {
    fn from(value: T) -> Self {
        Self { value, text: None }
    }
}

impl<T> Deref for Exact<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Exact<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Exact<T> {}

impl<T: PartialOrd> PartialOrd for Exact<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Exact<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Hash> Hash for Exact<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl fmt::Display for ParseExactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a {}", self.expected)
    }
}

impl std::error::Error for ParseExactError {}
