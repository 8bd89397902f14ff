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

/// Words whose capitals don't show where they end, and how they are read.
const SPELLINGS: [(&str, &str); 9] = [
    ("iPadOS", "Ipados"),
    ("iOS", "Ios"),
    ("macOS", "Macos"),
    ("tvOS", "Tvos"),
    ("watchOS", "Watchos"),
    ("visionOS", "Visionos"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("OAuth", "Oauth"),
];

/// How a name that ends so compares: `created>` is another parameter than `created`.
const COMPARISONS: [(&str, &str); 4] = [("<=", "lte"), (">=", "gte"), ("<", "lt"), (">", "gt")];

/// The words of a text, in lower case; never empty.
pub(super) fn words(text: &str) -> Vec<String> {
    let text: String = text.chars().filter(|c| !is_sign(*c)).map(usual).collect();
    let plain: String =
        compared(&signed(&text)).chars().map(|c| if is_word(c) { c } else { ' ' }).collect();
    let words = split(&spelled(&plain));
    if !words.is_empty() {
        return words;
    }
    let named: Vec<String> = text.chars().filter_map(symbol).map(str::to_owned).collect();
    match (named.is_empty(), text.is_empty()) {
        (false, _) => named,
        (true, true) => vec!["empty".to_owned()],
        (true, false) => vec!["unnamed".to_owned()],
    }
}

/// A name can begin with the first of these words: it is no number.
pub(super) fn begin_a_name(words: &[String]) -> bool {
    words.first().is_some_and(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
}

/// The words of a text, with those of its signs: `@id` beside `id`, `GMT-1` beside `GMT+1`. Signs that
/// mostly part words have none.
pub(super) fn spelled_out(text: &str) -> Vec<String> {
    let mut spelled = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_minus = c == '-' && chars.peek().is_some_and(char::is_ascii_digit);
        let parts = !is_minus && matches!(c, '_' | '-' | ' ' | '.' | ':' | '/');
        match symbol(c).filter(|_| !parts) {
            Some(name) => spelled.push_str(&format!(" {name} ")),
            None => spelled.push(c),
        }
    }
    words(&spelled)
}

/// The text with a leading sign as a word: `-name` is another order than `name`.
fn signed(text: &str) -> String {
    let mut chars = text.chars();
    let (sign, next) = (chars.next(), chars.next());
    match (sign, next.is_some_and(is_word)) {
        (Some('-'), true) => format!("minus {}", &text[1..]),
        (Some('+'), true) => format!("plus {}", &text[1..]),
        _ => text.to_owned(),
    }
}

/// The text with a comparison at its end as a word. The bracket of `List<Device>` is none.
fn compared(text: &str) -> String {
    let found = COMPARISONS.iter().find_map(|(sign, word)| {
        let name = text.strip_suffix(sign)?;
        let is_name = name.ends_with(is_word) && !name.contains(['<', '>']);
        is_name.then(|| format!("{name} {word}"))
    });
    found.unwrap_or_else(|| text.to_owned())
}

/// The name has no signs beside words: `created`, and not `created[]`.
pub(super) fn is_plain(text: &str) -> bool {
    text.chars().all(|c| is_word(c) || matches!(c, '_' | '-' | ' '))
}

/// The text with capitals only where words begin, as far as that isn't plain: `iOS`, `deviceIDs`.
fn spelled(text: &str) -> String {
    let mut text = text.to_owned();
    for (written, read) in SPELLINGS {
        if text.contains(written) {
            text = text.replace(written, read);
        }
    }
    let chars: Vec<char> = text.chars().collect();
    let upper = |at: usize| chars.get(at).is_some_and(|c| c.is_uppercase());
    // The `s` of a plural belongs to the capitals before it.
    let is_plural = |at: usize| {
        chars[at] == 's'
            && at >= 2
            && upper(at - 1)
            && upper(at - 2)
            && !chars.get(at + 1).is_some_and(|c| c.is_lowercase())
    };
    let raised = |at: usize| if is_plural(at) { 'S' } else { chars[at] };
    (0..chars.len()).map(raised).collect()
}

fn split(text: &str) -> Vec<String> {
    text.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The character can stand in an identifier.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && unicode_ident::is_xid_continue(c))
}

/// A sign beside a letter, such as those for the ayin and the okina: identifiers can have them, but the
/// compiler warns of each.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2b0}'..='\u{2ff}')
}

/// The character as identifiers have it (NFKC): the compiler warns of the letters of `Nº`, and of those
/// that are as wide as Chinese ones.
fn usual(c: char) -> char {
    match c {
        'ª' => 'a',
        'º' => 'o',
        '\u{b5}' => '\u{3bc}',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

fn symbol(c: char) -> Option<&'static str> {
    SYMBOLS.iter().find(|(known, _)| *known == c).map(|(_, name)| *name)
}

/// `SnakeCase` of the language: fields, methods, modules.
pub(super) fn snake(words: &[String]) -> String {
    let joined = words.join("_");
    if starts_a_name(&joined) { joined } else { format!("v{joined}") }
}

/// Longest name of a file, in bytes: with its extension and a number it is below the 255 that
/// file systems allow.
const LONGEST_FILE: usize = 100;

/// The name of a module that is a file: of a long text, the words at its start.
pub(super) fn module(words: &[String]) -> String {
    let mut name = snake(words);
    if name.len() > LONGEST_FILE {
        let cut = name.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_FILE).last();
        name.truncate(cut.unwrap_or(0));
        let whole = name.rfind('_').filter(|at| *at > 0).unwrap_or(name.len());
        name.truncate(whole);
    }
    name
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

/// The text can name a type as it is.
pub(super) fn is_type_name(text: &str) -> bool {
    starts_a_name(text)
        && text.chars().all(unicode_ident::is_xid_continue)
        && !NEVER.contains(&text)
        && !is_keyword(text)
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
