//! The index of an API: its operations by group, a line for each, for the head of the API's module.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Group, Operation};

use crate::descriptor;
use crate::gate;
use crate::layout::word;
use crate::literal::Plain;
use crate::markdown::{self, code, literal};
use crate::wrap::{HARD_BREAK, HARD_SPACE};

/// The groups, each with its operations; what isn't compiled has no entry.
pub(crate) fn of(api: &Api) -> Option<TokenStream> {
    let groups = api.groups.iter().enumerate();
    let mut groups = groups.filter(|(_, group)| !group.operations.is_empty()).peekable();
    groups.peek()?;
    let blocks = groups.map(|(index, group)| gate::inner_docs(api, index, &block(group)));
    Some(quote!(#![doc = ""] #![doc = " # Operations"] #(#blocks)*))
}

/// A heading, and a line for each operation.
fn block(group: &Group) -> Vec<String> {
    let (name, method) = (group.name.plain(), word(&group.name));
    let head = format!(" {}, on [`client.{method}()`]({name}):", literal(&group.tag));
    let lines = group.operations.iter().map(|it| format!(" {}", line(group, it)));
    [String::new(), head, String::new()].into_iter().chain(lines).collect()
}

/// The method, what it sends, and the summary, on one line: an operation that comes or goes changes
/// no other.
fn line(group: &Group, operation: &Operation) -> String {
    let name = operation.name.plain();
    let handle = format!("{}::{}", group.name.plain(), group.type_name.as_str());
    let request = code(&format!("{} {}", operation.method, descriptor::path(operation)));
    let summary = operation.docs.summary.as_deref().map(markdown::inline).unwrap_or_default();
    let summary = summary.replace([HARD_SPACE, HARD_BREAK, '\n'], " ");
    let summary = first_sentence(&summary);
    let colon = if summary.is_empty() { "" } else { ": " };
    let deprecated = if operation.docs.deprecated { " (deprecated)" } else { "" };
    format!("- [`{name}`]({handle}::{name}) {request}{colon}{summary}{deprecated}")
}

/// The text up to where its first sentence ends: an index is to be looked through.
fn first_sentence(text: &str) -> &str {
    let is_end = |(at, _): &(usize, &str)| {
        let (sentence, rest) = text.split_at(at + 1);
        let word = sentence.rsplit(' ').next().unwrap_or_default().trim_end_matches('.');
        let is_abbreviation = word.contains('.') || word.chars().count() < 2;
        let is_whole = ['`', '*'].iter().all(|mark| sentence.matches(*mark).count() % 2 == 0)
            && sentence.matches('[').count() == sentence.matches(']').count();
        is_whole && !is_abbreviation && rest[1..].starts_with(char::is_uppercase)
    };
    let end = text.match_indices(". ").find(is_end);
    end.map_or(text, |(at, _)| &text[..=at])
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn a_sentence_ends_with_a_full_stop_outside_of_code_and_links() {
        for (text, first) in [
            ("Lists devices. Each has an id.", "Lists devices."),
            ("Lists devices", "Lists devices"),
            ("Takes numbers, e.g. Seven. More.", "Takes numbers, e.g. Seven."),
            ("Calls `a. B` once. More.", "Calls `a. B` once."),
            ("See [what. It](x) is. More.", "See [what. It](x) is."),
            ("Version 2. of it. More.", "Version 2. of it."),
            ("\u{c4}ndert es. \u{dc}berall.", "\u{c4}ndert es."),
        ] {
            assert_eq!(first_sentence(text), first);
        }
    }
}
