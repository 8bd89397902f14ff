//! The JSON codec that generated models stand on: JSON text in, models out, and back.
//!
//! Generated code describes each type in words or in a table ([`Union`]) and hands its fields or variants over as a tuple,
//! which goes on as trait objects; the loops, the checks and the messages are compiled once, here, and so are `Debug`,
//! `==` and hashing. A fault of reading carries the JSON path, what was expected and what stood there; breaches of the
//! documented rules are collected while writing and never stop it. What the macros write is `#[inline]`: a crate
//! compiles what it uses of the types, and the client none of it. The codec must not know of HTTP, of operations, or
//! of any generated type.

mod arity;
mod arms;
mod bridge;
mod bytes;
mod canonical;
mod check;
mod containers;
mod decimal;
mod decoder;
mod encoder;
mod enums;
mod excerpt;
mod extra;
mod fault;
mod fields;
mod json;
mod member;
mod number;
mod object;
mod path;
mod pattern;
pub(crate) mod pointer;
mod read_number;
mod read_object;
mod read_union;
mod rule;
mod rule_words;
mod scalars;
mod setters;
mod show;
mod surrogate;
mod table;
mod text;
mod tuples;
mod unions;
mod violation;
mod words;
mod write_object;
mod write_union;

pub use arms::Arms;
#[doc(hidden)]
pub use bridge::{deserialize, serialize};
pub use bytes::{Base64, Base64Url};
pub use check::check_json;
pub use decimal::{Decimal, ParseDecimalError};
pub use decoder::{Decode, Decoder, MAX_DEPTH};
pub use encoder::{Encode, Encoder};
pub use extra::Extra;
pub use fault::{Fault, FaultDetail};
#[doc(hidden)]
pub use fields::filled;
pub use fields::{Fields, Kept, Values};
pub use json::{Json, json};
#[doc(hidden)]
pub use member::{hash, same};
pub use read_object::{Elements, Rest, Slot};
pub use rule::Rule;
pub(crate) use rule_words::list as rules;
#[doc(hidden)]
pub use show::{show, show_integer, show_text};
pub use table::{Pick, Union};
pub use violation::Violation;
pub use write_object::{Entries, Items};

/// Reads one JSON text (RFC 8259) as a `T`.
///
/// # Errors
///
/// A [`Fault`] when the text isn't JSON or UTF-8, ends early, goes on after the value, is nested deeper than
/// [`MAX_DEPTH`], or isn't what `T` is. An escape that is half of a surrogate pair is read as U+FFFD.
pub fn from_slice<T: Decode>(json: &[u8]) -> Result<T, Fault> {
    match from_whole(Decoder::new(json)) {
        Ok(value) => Ok(value),
        Err(fault) => match surrogate::replaced(json) {
            Some(replaced) => from_whole(Decoder::new(&replaced)),
            None => Err(fault),
        },
    }
}

/// Reads a string and makes a value of it.
///
/// # Errors
///
/// A [`Fault`] when it isn't a string.
#[doc(hidden)]
pub fn decode_text<T: for<'a> From<&'a str>>(json: &mut Decoder<'_>) -> Result<T, Fault> {
    match json.str() {
        Ok(text) => Ok(T::from(text)),
        Err(fault) => Err(fault),
    }
}

/// Reads an integer and makes a value of it.
///
/// # Errors
///
/// Those of an `i64`.
#[doc(hidden)]
pub fn decode_integer<T: From<i64>>(json: &mut Decoder<'_>) -> Result<T, Fault> {
    match i64::decode(json) {
        Ok(integer) => Ok(T::from(integer)),
        Err(fault) => Err(fault),
    }
}

/// Reads one JSON text in which numbers and booleans stand as strings.
pub(crate) fn from_words<T: Decode>(json: &[u8]) -> Result<T, Fault> {
    from_whole(Decoder::in_words(json))
}

/// Reads the one value of a text.
pub(crate) fn from_whole<T: Decode>(mut decoder: Decoder<'_>) -> Result<T, Fault> {
    match T::decode(&mut decoder) {
        Ok(value) => match decoder.finish() {
            Ok(()) => Ok(value),
            Err(fault) => Err(fault),
        },
        Err(fault) => Err(fault),
    }
}

/// The text with U+FFFD for each half of a surrogate pair; absent when it has none.
pub(crate) fn without_halves(json: &[u8]) -> Option<Vec<u8>> {
    surrogate::replaced(json)
}

/// The text behind a byte order mark, which a reader may ignore (RFC 8259, section 8.1).
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// Writes a value as JSON text, without white space. Rules are not enforced: see [`check`].
pub fn to_vec(value: &dyn Encode) -> Vec<u8> {
    let mut encoder = Encoder::new();
    value.encode(&mut encoder);
    encoder.finish().0
}

/// Writes a value as a request carries it, without read-only fields, and checks it on the way. `rules` are those of the
/// value as a whole, such as a parameter's own.
pub fn encode(value: &dyn Encode, rules: &[Rule]) -> (Vec<u8>, Vec<Violation>) {
    let mut encoder = Encoder::for_request();
    encoder.write_checked(rules, value);
    encoder.finish()
}

/// The documented rules that a value breaks, in the order of the JSON text. Empty when it is valid.
pub fn check(value: &dyn Encode) -> Vec<Violation> {
    let mut encoder = Encoder::new();
    value.encode(&mut encoder);
    encoder.finish().1
}
