//! The words in which generated code describes a struct: a literal in, its table out.

use std::cell::Cell;

use super::rule_words;
use super::table::{Field, Object};
use crate::words::{Known, Token, Words};

/// How many tables a thread finds without a lock: those of the literals it used last, by their place in memory.
const RECENT: usize = 256;

thread_local! {
    static RECENTLY: [Cell<Option<&'static Object>>; RECENT] =
        const { [const { Cell::new(None) }; RECENT] };
}

static KNOWN: Known<Object> = Known::new();

/// The table of a struct that is described as `object!` does it:
/// `Pet required id "id" read_only [Minimum("1")], optional name "name" nullable, rest extra`.
pub(super) fn object(words: &'static str) -> &'static Object {
    let place = words.as_ptr().addr();
    RECENTLY.with(|recent| {
        let Some(recent) = recent.get((place >> 4) % RECENT) else {
            return KNOWN.get(words, read);
        };
        match recent.get() {
            Some(object) if std::ptr::eq(object.words, words) => object,
            _ => {
                let object = KNOWN.get(words, read);
                recent.set(Some(object));
                object
            }
        }
    })
}

/// Reads a description. What isn't one of its words is passed over.
fn read(words: &'static str) -> Object {
    let mut tokens = Words::new(words);
    let name = tokens.word().unwrap_or_default();
    let mut object = Object { words, name, ..Object::default() };
    while let Some(token) = tokens.peek() {
        if let (Token::Open(_), Some(field)) = (token, object.fields.last_mut()) {
            field.rules = rule_words::list(&mut tokens);
            continue;
        }
        tokens.next();
        match (token, object.fields.last_mut()) {
            (Token::Word(presence @ ("required" | "optional")), _) => {
                let ident = tokens.word().unwrap_or_default();
                let wire = tokens.text().unwrap_or_default();
                object.fields.push(Field::new(wire, ident, presence == "required"));
            }
            (Token::Word("rest"), _) => {
                object.rest = tokens.word().unwrap_or_default();
                object.rest_rules = rule_words::list(&mut tokens);
            }
            (Token::Word("rules"), _) => object.rules = rule_words::list(&mut tokens),
            (Token::Word(word), Some(field)) => field.add(word),
            _ => {}
        }
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Rule;

    fn told(words: &'static str) -> Vec<(&'static str, &'static str)> {
        read(words).fields.iter().map(|field| (field.ident, field.name)).collect()
    }

    #[test]
    fn fields_are_read_with_what_holds_of_them() {
        let words = r#"Odd required id "a\"b, c" read_only [MaxLength(5)], optional r#type "\u{e9}\n", rest extra"#;
        let table = read(words);
        assert_eq!((table.name, table.rest), ("Odd", "extra"));
        assert_eq!(told(words), [("id", "a\"b, c"), ("type", "é\n")]);
        assert!(table.fields[0].is_required() && table.fields[0].is_read_only());
        assert!(!table.fields[1].is_required() && !table.fields[1].is_plain());
        assert_eq!(table.fields[0].rules, [Rule::MaxLength(5)]);
        assert_eq!(table.fields[1].rules, []);
    }

    #[test]
    fn what_a_macro_makes_of_its_input_is_read() {
        let words = stringify!(Pet required id "id" nullable, optional name "name" write_only,
            rest extra [Minimum("1")], rules [MinProperties(1)]);
        assert_eq!(told(words), [("id", "id"), ("name", "name")]);
        let table = read(words);
        assert!(table.fields[0].is_nullable() && table.fields[1].is_write_only());
        assert_eq!(table.rest_rules, [Rule::Minimum("1")]);
        assert_eq!(table.rules, [Rule::MinProperties(1)]);
        assert!(read("Empty").fields.is_empty());
        assert_eq!(told("Cut optional x \"un"), [("x", "un")]);
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
