//! From a text of the document to the words of a name, and from words to an identifier.

use heck::ToSnakeCase;

/// Words of Rust that can't be identifiers, not even raw.
const NEVER: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// What a symbol is called when there is nothing else to name a thing by.
const SYMBOLS: [(char, &str); 28] = [
    ('+', "plus"),
    ('-', "minus"),
    ('*', "star"),
    ('/', "slash"),
    ('=', "equal"),
    ('<', "less"),
    ('>', "greater"),
    ('!', "not"),
    ('&', "and"),
    ('|', "or"),
    ('%', "percent"),
    ('$', "dollar"),
    ('#', "hash"),
    ('@', "at"),
    ('^', "caret"),
    ('~', "tilde"),
    ('?', "question"),
    ('.', "dot"),
    (',', "comma"),
    (':', "colon"),
    (';', "semicolon"),
    ('_', "underscore"),
    ('(', "open"),
    (')', "close"),
    ('[', "left"),
    (']', "right"),
    (' ', "space"),
    ('\\', "backslash"),
];

/// The words of a text, in lower case; never empty.
pub(super) fn words(text: &str) -> Vec<String> {
    let signed = match text.as_bytes() {
        [b'-', digit, ..] if digit.is_ascii_digit() => format!("minus {}", &text[1..]),
        [b'+', digit, ..] if digit.is_ascii_digit() => format!("plus {}", &text[1..]),
        _ => text.to_owned(),
    };
    let plain: String = signed.chars().map(|c| if is_word(c) { c } else { ' ' }).collect();
    let words = split(&plain);
    if !words.is_empty() {
        return words;
    }
    let named: Vec<String> = text.chars().filter_map(symbol).map(str::to_owned).collect();
    if named.is_empty() { vec!["empty".to_owned()] } else { named }
}

fn split(text: &str) -> Vec<String> {
    text.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The character can stand in an identifier.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && unicode_ident::is_xid_continue(c))
}

fn symbol(c: char) -> Option<&'static str> {
    SYMBOLS.iter().find(|(known, _)| *known == c).map(|(_, name)| *name)
}

/// `SnakeCase` of the language: fields, methods, modules.
pub(super) fn snake(words: &[String]) -> String {
    let joined = words.join("_");
    if starts_a_name(&joined) { joined } else { format!("v{joined}") }
}

/// `CamelCase` of the language: types and variants. Numbers that would run together are kept apart.
pub(super) fn camel(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(name.chars().last()) && digit(word.chars().next()) {
            name.push('_');
        }
        let mut chars = word.chars();
        name.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(chars.as_str());
    }
    if starts_a_name(&name) { name } else { format!("V{name}") }
}

/// `SCREAMING_CASE` of the language: constants and statics.
pub(super) fn screaming(words: &[String]) -> String {
    snake(words).to_uppercase()
}

fn starts_a_name(text: &str) -> bool {
    text.chars().next().is_some_and(unicode_ident::is_xid_start)
}

/// The identifier as Rust writes it: raw where the word is reserved.
pub(super) fn escape(name: &str) -> String {
    if NEVER.contains(&name) {
        format!("{name}_")
    } else if is_keyword(name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// Reserved words of the 2024 edition (The Rust Reference, "Keywords").
fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "static"
            | "struct"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}
