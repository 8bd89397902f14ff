//! Words in which generated code describes itself: a literal in, its tokens out.
//!
//! A literal is the one thing that costs a compiler nothing, however much it says; a table of values does. So the macros
//! hand over what they are told as one literal, and it is read when it is first needed.

use std::collections::BTreeMap;
use std::str::Chars;
use std::sync::{PoisonError, RwLock};

/// A token of Rust, as far as descriptions have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// An identifier, a number, or `true` or `false`.
    Word(&'static str),
    /// What a string literal says.
    Text(&'static str),
    /// A bracket that opens.
    Open(char),
    /// A bracket that closes.
    Close,
    /// What stands between items.
    Comma,
}

/// The tokens of a description. Other signs only stand between them.
pub(crate) struct Words {
    /// The token that comes next, so that each is read once.
    ahead: Option<Token>,
    rest: &'static str,
}

impl Words {
    pub(crate) fn new(words: &'static str) -> Self {
        let mut words = Self { ahead: None, rest: words };
        words.ahead = words.token();
        words
    }

    pub(crate) fn peek(&self) -> Option<Token> {
        self.ahead
    }

    /// The next token, if it is a word.
    pub(crate) fn word(&mut self) -> Option<&'static str> {
        let Some(Token::Word(word)) = self.peek() else { return None };
        self.next();
        Some(word)
    }

    /// The next token, if it is a text.
    pub(crate) fn text(&mut self) -> Option<&'static str> {
        let Some(Token::Text(text)) = self.peek() else { return None };
        self.next();
        Some(text)
    }

    /// The next token, if it is a word or a text.
    pub(crate) fn value(&mut self) -> Option<Token> {
        let value = self.peek().filter(|it| matches!(it, Token::Word(_) | Token::Text(_)))?;
        self.next();
        Some(value)
    }

    /// Passes over the next token, if it is this one.
    pub(crate) fn takes(&mut self, token: Token) -> bool {
        let takes = self.peek() == Some(token);
        if takes {
            self.next();
        }
        takes
    }

    /// Passes over the next token, if it is this word.
    pub(crate) fn says(&mut self, word: &'static str) -> bool {
        self.takes(Token::Word(word))
    }

    /// A bracket of this kind opens.
    pub(crate) fn opens(&self, bracket: char) -> bool {
        self.peek() == Some(Token::Open(bracket))
    }

    /// The next token, if it is a number.
    pub(crate) fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        let Some(Token::Word(word)) = self.peek() else { return None };
        let number = word.parse().ok()?;
        self.next();
        Some(number)
    }

    /// What stands between the brackets that come next, if any do. What isn't read is passed over.
    pub(crate) fn group<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Vec<T> {
        let mut items = Vec::new();
        let Some(Token::Open(_)) = self.peek() else { return items };
        self.next();
        while let Some(token) = self.peek().filter(|token| *token != Token::Close) {
            match (token, read(self)) {
                (_, Some(item)) => items.push(item),
                (Token::Open(_), None) => self.skip(),
                (_, None) => drop(self.next()),
            }
        }
        self.next();
        items
    }

    /// Passes over the brackets that come next, with what stands between them.
    fn skip(&mut self) {
        let mut depth = 0usize;
        for token in self {
            match token {
                Token::Open(_) => depth += 1,
                Token::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Like [`group`](Self::group), for ever.
    pub(crate) fn slice<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> &'static [T] {
        let items = self.group(read);
        if items.is_empty() { &[] } else { Vec::leak(items) }
    }

    /// The only thing between brackets, which is a text.
    pub(crate) fn only_text(&mut self) -> &'static str {
        self.group(Self::text).first().copied().unwrap_or_default()
    }

    /// Texts between brackets.
    pub(crate) fn texts(&mut self) -> &'static [&'static str] {
        self.slice(Self::text)
    }
}

impl Iterator for Words {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let next = self.ahead.take();
        self.ahead = self.token();
        next
    }
}

impl Words {
    /// Reads a token.
    fn token(&mut self) -> Option<Token> {
        let is_word = |char: char| char.is_alphanumeric() || "_#-.".contains(char);
        let start = self.rest.find(|char: char| is_word(char) || "\"[](){},".contains(char))?;
        let text = self.rest.get(start..)?;
        let (token, end) = match text.chars().next()? {
            '"' => {
                let end = end_of_string(text);
                (Token::Text(unquoted(text.get(..end)?)), end)
            }
            bracket @ ('[' | '(' | '{') => (Token::Open(bracket), 1),
            ']' | ')' | '}' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            _ => {
                let end = text.find(|char| !is_word(char)).unwrap_or(text.len());
                let word = text.get(..end)?;
                (Token::Word(word.strip_prefix("r#").unwrap_or(word)), end)
            }
        };
        self.rest = text.get(end..)?;
        Some(token)
    }
}

/// The text of a string literal of Rust.
fn unquoted(literal: &'static str) -> &'static str {
    let inner = literal.strip_prefix('"').unwrap_or(literal);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if !inner.contains('\\') {
        return inner;
    }
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        text.extend(if char == '\\' { escaped(&mut chars) } else { Some(char) });
    }
    String::leak(text)
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

/// How many bytes a string literal has.
fn end_of_string(literal: &str) -> usize {
    let mut escaped = false;
    let end = literal.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(literal.len(), |end| end + 2)
}

/// What was read of literals, by their place in memory and their length: it lives as long as they do, which is for ever.
pub(crate) struct Known<T: 'static>(RwLock<BTreeMap<(usize, usize), &'static T>>);

impl<T> Known<T> {
    pub(crate) const fn new() -> Self {
        Self(RwLock::new(BTreeMap::new()))
    }

    /// What the words say, read if this wasn't asked before.
    pub(crate) fn get(&self, words: &'static str, read: fn(&'static str) -> T) -> &'static T {
        let key = (words.as_ptr().addr(), words.len());
        let found = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        found.unwrap_or_else(|| {
            let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
            known.entry(key).or_insert_with(|| Box::leak(Box::new(read(words))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Token::{Close, Comma, Open, Text, Word};

    fn tokens(words: &'static str) -> Vec<Token> {
        Words::new(words).collect()
    }

    #[test]
    fn texts_are_read_as_rust_reads_literals() {
        let words = r#"id "a\"b, c" r#type "\u{e9}\\\n\x41\t" "" -5"#;
        let read =
            [Word("id"), Text("a\"b, c"), Word("type"), Text("é\\\nA\t"), Text(""), Word("-5")];
        assert_eq!(tokens(words), read);
        assert_eq!(tokens("cut \"un"), [Word("cut"), Text("un")]);
    }

    #[test]
    fn what_a_macro_makes_of_its_input_is_read() {
        let words =
            stringify!(params [query "q]" style(Form) [MaxLength(5)]] responses [4XX json,]);
        let inner =
            [Open('['), Word("query"), Text("q]"), Word("style"), Open('('), Word("Form"), Close];
        let rules = [Open('['), Word("MaxLength"), Open('('), Word("5"), Close, Close, Close];
        let responses = [Word("responses"), Open('['), Word("4XX"), Word("json"), Comma, Close];
        assert_eq!(tokens(words), [&[Word("params")][..], &inner, &rules, &responses].concat());
    }

    #[test]
    fn a_group_passes_over_what_it_does_not_read() {
        let mut words = Words::new(r#"["a" x ["b"] "c" (1 "d")] after"#);
        assert_eq!(words.group(Words::text), ["a", "c"]);
        assert_eq!(words.word(), Some("after"));
        assert_eq!(words.group(Words::text), [""; 0]);
        assert_eq!(Words::new("[\"a\"").group(Words::text), ["a"]);
    }

    #[test]
    fn a_literal_is_read_once() {
        static KNOWN: Known<usize> = Known::new();
        let words = "some words";
        let first = KNOWN.get(words, str::len);
        assert_eq!(*first, 10);
        assert!(std::ptr::eq(first, KNOWN.get(words, |_| 0)));
        let (part, _) = words.split_at(4);
        assert_eq!(*KNOWN.get(part, str::len), 4);
    }
}
