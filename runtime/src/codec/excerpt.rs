//! Short words for what stands in a JSON text, for messages: bytes in, at most a line out.
//!
//! Only scalars are quoted, and only their first characters: objects and arrays may hold anything.

use jiter::Jiter;

/// The longest quotation, in characters.
const LONGEST: usize = 40;

/// What stands at the byte `offset` of a text, in words: `string "x"`, `number 1.5`, `an object`.
pub(super) fn found_at(text: &[u8], offset: usize) -> String {
    let rest = text.get(offset..).unwrap_or_default();
    match rest.first() {
        None => "the end of the text".to_owned(),
        Some(b'{') => "an object".to_owned(),
        Some(b'[') => "an array".to_owned(),
        Some(b'"') => match Jiter::new(rest).next_str() {
            Ok(string) => found_string(string),
            Err(_) => "a broken string".to_owned(),
        },
        Some(b'-' | b'0'..=b'9') => format!("number {}", bare(rest)),
        Some(b'a'..=b'z' | b'A'..=b'Z') => bare(rest),
        Some(byte @ 0x21..0x7f) => format!("`{}`", char::from(*byte)),
        Some(byte) => format!("the byte 0x{byte:02X}"),
    }
}

/// Only the kind of what stands at `offset`: for values that must not be shown.
pub(super) fn kind_at(text: &[u8], offset: usize) -> String {
    match text.get(offset) {
        Some(b'"') => "a string".to_owned(),
        Some(b'-' | b'0'..=b'9') => "a number".to_owned(),
        _ => found_at(text, offset),
    }
}

/// A JSON value for a message: a scalar as it is, shortened; an array or object as its kind.
pub(super) fn brief(json: &[u8]) -> String {
    match json.first() {
        Some(b'{' | b'[') | None => found_at(json, 0),
        Some(b'"') => found_at(json, 0).trim_start_matches("string ").to_owned(),
        Some(_) => bare(json),
    }
}

/// A string that was found, in words.
pub(super) fn found_string(string: &str) -> String {
    format!("string {}", quote(string))
}

/// A string in quotes, shortened.
pub(super) fn quote(string: &str) -> String {
    let mut chars = string.chars();
    let mut head: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        head.push('…');
    }
    format!("{head:?}")
}

/// A number or word: up to the first byte that can't belong to one.
fn bare(text: &[u8]) -> String {
    let word =
        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'_');
    let length = text.iter().take_while(word).count();
    let mut head: String =
        text.iter().take(length.min(LONGEST)).map(|byte| char::from(*byte)).collect();
    if length > LONGEST {
        head.push('…');
    }
    head
}
