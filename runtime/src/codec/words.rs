//! The words in which generated code describes a struct: a literal in, its table out.
//!
//! A literal is the one thing that costs a compiler nothing, however much it says; a table of values does. So
//! [`object!`](crate::object!) hands over a literal with every call, and each is read when it comes first.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::str::Chars;
use std::sync::{PoisonError, RwLock};

use super::table::{Field, Object};

/// How many tables a thread finds without a lock: those of the literals it used last, by their place in memory.
const RECENT: usize = 256;

thread_local! {
    static RECENTLY: [Cell<Option<&'static Object>>; RECENT] =
        const { [const { Cell::new(None) }; RECENT] };
}

/// All tables, by the place and length of their words. They live as long as the literals do, which is for ever.
static KNOWN: RwLock<BTreeMap<(usize, usize), &'static Object>> = RwLock::new(BTreeMap::new());

/// The table of a struct that is described as `object!` does it:
/// `Pet required id "id" read_only, optional name "name" nullable, rest extra`.
pub(super) fn object(words: &'static str) -> &'static Object {
    let place = words.as_ptr().addr();
    RECENTLY.with(|recent| {
        let Some(recent) = recent.get((place >> 4) % RECENT) else { return known(words) };
        match recent.get() {
            Some(object) if std::ptr::eq(object.words, words) => object,
            _ => {
                let object = known(words);
                recent.set(Some(object));
                object
            }
        }
    })
}

fn known(words: &'static str) -> &'static Object {
    let key = (words.as_ptr().addr(), words.len());
    let found = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
    found.unwrap_or_else(|| {
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(key).or_insert_with(|| Box::leak(Box::new(read(words))))
    })
}

/// Reads a description. What isn't one of its words is passed over.
fn read(words: &'static str) -> Object {
    let mut tokens = Tokens { rest: words };
    let name = tokens.next().unwrap_or_default();
    let mut fields: Vec<Field> = Vec::new();
    let mut rest = "";
    while let Some(token) = tokens.next() {
        match (token, fields.last_mut()) {
            ("required" | "optional", _) => {
                let ident = plain(tokens.next().unwrap_or_default());
                let wire = unquoted(tokens.next().unwrap_or_default());
                fields.push(Field::new(wire, ident, token == "required"));
            }
            ("rest", _) => rest = plain(tokens.next().unwrap_or_default()),
            (word, Some(field)) => field.add(word),
            _ => {}
        }
    }
    Object { words, name, fields, rest }
}

/// An identifier as it is shown.
fn plain(ident: &'static str) -> &'static str {
    ident.strip_prefix("r#").unwrap_or(ident)
}

/// The text of a string literal of Rust.
fn unquoted(literal: &'static str) -> &'static str {
    let inner =
        literal.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(literal);
    if !inner.contains('\\') {
        return inner;
    }
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        text.extend(if char == '\\' { escaped(&mut chars) } else { Some(char) });
    }
    Box::leak(text.into_boxed_str())
}

/// What is meant by the escape that stands behind a backslash (The Rust Reference, “Tokens”).
fn escaped(chars: &mut Chars<'_>) -> Option<char> {
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    match chars.next()? {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '0' => Some('\0'),
        'x' => hex(&chars.by_ref().take(2).collect::<String>()),
        'u' => hex(chars.by_ref().take_while(|char| *char != '}').collect::<String>().get(1..)?),
        char => Some(char),
    }
}

/// The tokens of a description: identifiers and literals of strings.
struct Tokens {
    rest: &'static str,
}

impl Iterator for Tokens {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        let text = self.rest.trim_start_matches([' ', '\n', ',']);
        let end = match text.strip_prefix('"') {
            Some(inner) => 1 + end_of_string(inner),
            None => text.find([' ', '\n', ',', '"']).unwrap_or(text.len()),
        };
        let (token, rest) = text.split_at_checked(end)?;
        self.rest = rest;
        (!token.is_empty()).then_some(token)
    }
}

/// How many bytes of a string literal stand behind its first quote, with the last one.
fn end_of_string(inner: &str) -> usize {
    let mut escaped = false;
    let end = inner.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(inner.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &'static str) -> Vec<(&'static str, &'static str)> {
        read(words).fields.iter().map(|field| (field.ident, field.name)).collect()
    }

    #[test]
    fn names_are_read_as_rust_reads_literals() {
        let words = r#"Odd required id "a\"b, c" read_only, optional r#type "\u{e9}\\\n\x41\t", rest extra"#;
        let table = read(words);
        assert_eq!((table.name, table.rest), ("Odd", "extra"));
        assert_eq!(told(words), [("id", "a\"b, c"), ("type", "é\\\nA\t")]);
        assert!(table.fields[0].is_required() && table.fields[0].is_read_only());
        assert!(!table.fields[1].is_required() && !table.fields[1].is_plain());
    }

    #[test]
    fn what_a_macro_makes_of_its_input_is_read() {
        let words = stringify!(Pet required id "id" nullable, optional name "name" write_only,);
        assert_eq!(told(words), [("id", "id"), ("name", "name")]);
        assert!(read(words).fields[0].is_nullable() && read(words).fields[1].is_write_only());
        assert!(read("Empty").fields.is_empty());
        assert_eq!(told("Cut optional x \"un"), [("x", "\"un")]);
    }

    #[test]
    fn a_literal_is_read_once() {
        let words = "Once optional id \"id\"";
        assert!(std::ptr::eq(object(words), object(words)));
        let elsewhere = std::thread::spawn(move || std::ptr::from_ref(object(words)).addr());
        assert_eq!(elsewhere.join().unwrap(), std::ptr::from_ref(object(words)).addr());
    }

    #[test]
    fn literals_that_share_a_place_in_a_thread_are_told_apart() {
        let all: &'static str = "A optional a \"a\", optional b \"b\"";
        let (part, _) = all.split_at(16);
        assert_eq!((object(all).fields.len(), object(part).fields.len()), (2, 1));
        assert_eq!(object(all).fields.len(), 2);
    }
}
