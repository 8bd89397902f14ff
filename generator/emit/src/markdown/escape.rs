//! Text that stands for itself: escapes, and addresses that become links.

use std::borrow::Cow;

use super::code;
use crate::wrap::HARD_SPACE;

/// An address that can be linked to from anywhere.
pub(super) fn address(url: &str) -> Option<Cow<'_, str>> {
    let absolute = ["http://", "https://", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
    let safe =
        !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\{}`".contains(c));
    let bare = url.contains('@') && !url.contains([':', '/']);
    match (absolute, bare) {
        _ if !safe => None,
        (true, _) => Some(Cow::Borrowed(url)),
        (false, true) => Some(Cow::Owned(format!("mailto:{url}"))),
        (false, false) => None,
    }
}

/// `<url>`, or a code span where the address is a template.
pub(super) fn auto_link(url: &str) -> String {
    match address(url) {
        Some(_) => format!("<{}>", url.trim_start_matches("mailto:")),
        None => code(url),
    }
}

/// Escaped text whose bare addresses are links.
pub(super) fn linked(text: &str, table: bool) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = rest.find("http://").into_iter().chain(rest.find("https://")).min() {
        let (before, from) = rest.split_at(start);
        result.push_str(&escape(before, table));
        let stop = |c: char| c.is_whitespace() || "<>\"'`|\\^*".contains(c);
        let end = from.find(stop).unwrap_or(from.len());
        let url = trimmed(&from[..end]);
        if url.ends_with("//") {
            result.push_str(&code(url));
        } else {
            result.push_str(&auto_link(url).replace(' ', &HARD_SPACE.to_string()));
        }
        rest = &from[url.len()..];
    }
    result.push_str(&escape(rest, table));
    result
}

/// An address without the punctuation of the sentence around it.
fn trimmed(url: &str) -> &str {
    let mut url = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    for (open, close) in [('(', ')'), ('[', ']')] {
        if url.ends_with(close) && !url.contains(open) {
            url = url.trim_end_matches(close).trim_end_matches(['.', ',']);
        }
    }
    url
}

/// Text with every character escaped that Markdown or rustdoc gives a meaning to.
pub(super) fn escape(text: &str, table: bool) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, after)| *after);
        match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => result.push('\\'),
            '_' if !(before.is_alphanumeric() && after.is_alphanumeric()) => result.push('\\'),
            '|' if table => result.push('\\'),
            '&' if is_entity(&text[at..]) => result.push('\\'),
            _ => {}
        }
        result.push(if letter == '\n' { ' ' } else { letter });
        before = letter;
    }
    result
}

fn is_entity(text: &str) -> bool {
    let end = text.find(|c: char| c != '&' && c != '#' && !c.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 1 && text[end..].starts_with(';'))
}
