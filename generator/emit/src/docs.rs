//! Documentation comments: what an item says of itself, then the facts about it.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Docs, Ident, Value};

use crate::markdown::{self, code, literal};
use crate::wrap::paragraph;

/// The documentation of one item, block by block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    blocks: Vec<Vec<String>>,
}

impl Text {
    /// A text that starts with this sentence.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self { blocks: vec![vec![sentence.into()]] }
    }

    /// What the document says, or the sentence where it says nothing.
    pub(crate) fn of(docs: &Docs, otherwise: impl FnOnce() -> String) -> Self {
        let mut text = Self::default();
        let summary = docs.summary.as_deref().map(markdown::inline).unwrap_or_default();
        if !summary.is_empty() {
            text.sentence(&ended(summary));
        }
        if let Some(description) = docs.description.as_deref() {
            let same = docs.summary.as_deref().is_some_and(|it| it.trim() == description.trim());
            if !same {
                text.blocks.extend(markdown::blocks(description));
            }
        }
        // The first line stands in lists of items: a fence or a table would be lost there.
        let first = text.blocks.first().and_then(|block| block.first());
        if first.is_none_or(|line| line.starts_with("```") || line.starts_with(['|', '>'])) {
            text.blocks.insert(0, paragraph(&otherwise()));
        }
        text
    }

    /// The first paragraph alone.
    pub(crate) fn first_paragraph(&self) -> Self {
        Self { blocks: self.blocks.first().cloned().into_iter().collect() }
    }

    /// Whether these words are somewhere in the text.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.blocks.iter().flatten().any(|line| line.contains(words))
    }

    /// Adds another text.
    pub(crate) fn append(&mut self, other: &Self) {
        self.blocks.extend(other.blocks.iter().filter(|block| !block.is_empty()).cloned());
    }

    /// Adds a paragraph of Markdown.
    pub(crate) fn sentence(&mut self, sentence: &str) {
        let lines = paragraph(sentence);
        if !lines.is_empty() {
            self.blocks.push(lines);
        }
    }

    /// Adds lines that belong together.
    pub(crate) fn block(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(lines);
        }
    }

    /// Adds lists items, each wrapped under its marker.
    pub(crate) fn list(&mut self, items: Vec<String>) {
        let items = items.iter().flat_map(|item| {
            let lines = paragraph(item.strip_prefix("- ").unwrap_or(item));
            let marked = |(at, line): (usize, String)| {
                format!("{}{line}", if at == 0 { "- " } else { "  " })
            };
            lines.into_iter().enumerate().map(marked)
        });
        self.block(items.collect());
    }

    /// Puts words and a colon before the text.
    pub(crate) fn lead(&mut self, words: &str) {
        if let Some(first) = self.blocks.first_mut() {
            *first = paragraph(&format!("{words}: {}", first.join(" ")));
        }
    }

    /// Adds short facts, in one paragraph.
    pub(crate) fn facts(&mut self, facts: &[String]) {
        self.sentence(&facts.join(" "));
    }

    /// Adds where the facts come from, what was assumed, and where to read on.
    pub(crate) fn origin(&mut self, docs: &Docs) {
        if let Some(link) = &docs.link {
            let name = link.description.as_deref().map(markdown::inline).unwrap_or_default();
            let url = markdown::inline(&link.url);
            let name = if name.is_empty() { "See".to_owned() } else { name };
            self.sentence(&format!("{}: {url}", name.trim_end_matches(['.', ':'])));
        }
        if let Some(source) = &docs.source {
            let heading = source.heading.as_deref().map(literal);
            let heading = heading.map(|it| format!(", “{it}”")).unwrap_or_default();
            self.sentence(&format!("Source: {}{heading}.", code(&source.document)));
        }
        for assumed in &docs.assumed {
            self.sentence(&format!("*Assumed:* {}", markdown::inline(assumed)));
        }
    }

    /// The text as outer documentation (`///`).
    pub(crate) fn outer(&self) -> TokenStream {
        let lines = self.lines();
        quote!(#(#[doc = #lines])*)
    }

    /// The text as inner documentation (`//!`).
    pub(crate) fn inner(&self) -> TokenStream {
        let lines = self.lines();
        quote!(#(#![doc = #lines])*)
    }

    /// The lines, each with the space that stands before its text.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for block in &self.blocks {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            let spaced =
                |line: &String| if line.is_empty() { String::new() } else { format!(" {line}") };
            lines.extend(block.iter().map(spaced));
        }
        lines
    }
}

/// A list item of what an input is, if there is something to say: its text, and facts behind it.
pub(crate) fn item(name: &Ident, docs: &Docs, facts: Vec<String>) -> Option<String> {
    let said = docs.summary.as_deref().or(docs.description.as_deref()).map(markdown::inline);
    let said = said.filter(|it| !it.is_empty());
    let said = said.map(|it| if facts.is_empty() { it } else { ended(it) });
    let said: Vec<String> = said.into_iter().chain(facts).collect();
    let name = name.as_str().trim_start_matches("r#");
    (!said.is_empty()).then(|| format!("- `{name}`: {}", said.join(" ")))
}

/// Some words, with a full stop: a title is no sentence until it ends like one.
fn ended(mut words: String) -> String {
    if words.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '`' | ')')) {
        words.push('.');
    }
    words
}

/// A value as compact JSON.
pub(crate) fn json(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => text.clone(),
        Value::Text(text) => quoted(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member =
                |(name, value): &(String, Value)| format!("{}: {}", quoted(name), json(value));
            let members: Vec<String> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .flat_map(|c| match c {
            '"' | '\\' => vec!['\\', c],
            '\n' => vec!['\\', 'n'],
            _ => vec![c],
        })
        .collect();
    format!("\"{escaped}\"")
}
