//! HTML in descriptions, turned into the Markdown that says the same.
//!
//! Only tags with a counterpart are touched; whatever else looks like a tag stays as text, for it
//! may be a placeholder (`<device_id>`).

use crate::markdown::{code as code_span, longest_run};

/// Replaces the tags that Markdown has a notation for, outside of code.
pub(crate) fn to_markdown(text: &str) -> String {
    // Markup that is indented by its nesting is not code.
    let text = if text.trim_start().starts_with('<') { unindented(text) } else { text.to_owned() };
    let mut state = State::default();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['<', '`']) {
        state.out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if rest.starts_with('`') { code(rest) } else { None };
        if let Some(code) = taken {
            state.out.push_str(code);
            rest = &rest[code.len()..];
            continue;
        }
        if let Some((written, length)) = element_of_code(rest) {
            state.out.push_str(&written);
            rest = &rest[length..];
            continue;
        }
        match Tag::read(rest) {
            Some((tag, length)) if state.apply(&tag) => rest = &rest[length..],
            _ => {
                // A backslash keeps a placeholder from being taken for HTML.
                let escape = rest.starts_with('<')
                    && !rest.starts_with("<http")
                    && !rest.starts_with("<mailto:");
                state.out.push_str(if escape { "\\" } else { "" });
                state.out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    state.out.push_str(rest);
    state.out
}

fn unindented(text: &str) -> String {
    let (mut fenced, mut preformatted) = (false, false);
    let lines = text.lines().map(|line| {
        let kept = fenced || preformatted;
        fenced ^= line.trim_start().starts_with("```");
        preformatted = (preformatted || line.contains("<pre")) && !line.contains("</pre");
        if kept { line } else { line.trim_start() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A code span or fence at the start of the text, as far as its closing run of backticks.
fn code(text: &str) -> Option<&str> {
    let run = text.len() - text.trim_start_matches('`').len();
    let (fence, behind) = text.split_at(run);
    let mut from = 0;
    while let Some(at) = behind[from..].find(fence) {
        let start = from + at;
        let length = behind.len() - start - behind[start..].trim_start_matches('`').len();
        if length == run {
            return Some(&text[..run + start + run]);
        }
        from = start + length;
    }
    None
}

/// An element of code at the start of the text, as Markdown, and its length in HTML.
fn element_of_code(text: &str) -> Option<(String, usize)> {
    let (tag, start) = Tag::read(text)?;
    let block = tag.name == "pre";
    if tag.closing || !(block || matches!(tag.name.as_str(), "code" | "tt" | "kbd" | "samp")) {
        return None;
    }
    let behind = &text[start..];
    let closing = format!("</{}>", tag.name);
    let end = behind.to_ascii_lowercase().find(&closing)?;
    let content = without_tags(&behind[..end]);
    let length = start + end + closing.len();
    if !block {
        return Some((code_span(&content), length));
    }
    let fence = "`".repeat(longest_run(&content, '`').max(2) + 1);
    Some((format!("\n\n{fence}text\n{}\n{fence}\n\n", content.trim_matches('\n')), length))
}

/// The text of an element: known tags left out, entities decoded.
fn without_tags(html: &str) -> String {
    const MARKUP: &[&str] = &["a", "b", "br", "code", "em", "i", "span", "strong"];
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match Tag::read(rest) {
            Some((tag, length)) if MARKUP.contains(&tag.name.as_str()) => {
                text.push_str(if tag.name == "br" { "\n" } else { "" });
                rest = &rest[length..];
            }
            _ => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

struct Tag<'t> {
    name: String,
    closing: bool,
    attributes: &'t str,
}

impl<'t> Tag<'t> {
    /// A tag or comment at the start of the text, and its length.
    fn read(text: &'t str) -> Option<(Self, usize)> {
        if text.starts_with("<!--") {
            let length = text.find("-->")? + 3;
            let tag = Self { name: "!--".to_owned(), closing: false, attributes: "" };
            return Some((tag, length));
        }
        let end = text.find('>')?;
        let inner = text.get(1..end)?;
        let (closing, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner.trim_end_matches('/')),
        };
        let split = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(split);
        let separate = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
        (separate && !name.is_empty())
            .then(|| (Self { name: name.to_ascii_lowercase(), closing, attributes }, end + 1))
    }

    fn attribute(&self, name: &str) -> Option<&'t str> {
        let behind =
            &self.attributes[self.attributes.find(&format!("{name}="))? + name.len() + 1..];
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''));
        match quote {
            Some(quote) => behind[1..].split(quote).next(),
            None => behind.split_whitespace().next(),
        }
    }
}

#[derive(Default)]
struct State {
    out: String,
    lists: Vec<bool>,
    links: Vec<Option<String>>,
}

impl State {
    /// Writes what stands for the tag; `false` when it stays text.
    fn apply(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name.as_str() {
            "p" | "div" | "section" | "article" | "table" | "tbody" | "thead" | "dl" | "hr" => {
                self.block("");
            }
            "br" => self.out.push_str("\\\n"),
            "ul" | "ol" => self.list(tag),
            "li" if tag.closing => {}
            "li" => self.list_item(),
            "dt" | "dd" | "tr" => self.block(""),
            "td" | "th" => self.out.push(' '),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if tag.closing => self.close("**"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.block("**"),
            "b" | "strong" => self.mark(tag, "**"),
            "i" | "em" => self.mark(tag, "*"),
            // What is left of them: code with both tags was taken as a whole.
            "code" | "tt" | "kbd" | "samp" | "pre" => {}
            "a" => self.link(tag),
            "blockquote" if tag.closing => self.block(""),
            "blockquote" => self.block("> "),
            "span" | "font" | "u" | "small" | "sup" | "sub" | "center" | "!--" | "s" | "col"
            | "colgroup" | "label" => {}
            _ => return false,
        }
        true
    }

    fn block(&mut self, opening: &str) {
        let indent = "  ".repeat(self.lists.len());
        self.out.push_str("\n\n");
        self.out.push_str(&indent);
        self.out.push_str(opening);
    }

    fn close(&mut self, mark: &str) {
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        self.out.push_str(mark);
        self.block("");
    }

    /// Emphasis: its marks touch the words they belong to.
    fn mark(&mut self, tag: &Tag<'_>, mark: &str) {
        if tag.closing {
            let end = self.out.trim_end_matches(' ').len();
            let space = self.out.split_off(end);
            self.out.push_str(mark);
            self.out.push_str(&space);
        } else {
            self.out.push_str(mark);
        }
    }

    fn list(&mut self, tag: &Tag<'_>) {
        if tag.closing {
            self.lists.pop();
        } else {
            self.lists.push(tag.name == "ol");
        }
        if self.lists.is_empty() || self.lists.len() == 1 && !tag.closing {
            self.out.push_str("\n\n");
        }
    }

    fn list_item(&mut self) {
        let depth = self.lists.len().saturating_sub(1);
        let marker = if self.lists.last() == Some(&true) { "1. " } else { "- " };
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        self.out.push_str(if depth == 0 { "\n\n" } else { "\n" });
        self.out.push_str(&"   ".repeat(depth));
        self.out.push_str(marker);
    }

    fn link(&mut self, tag: &Tag<'_>) {
        if !tag.closing {
            let url = tag.attribute("href").filter(|url| url.starts_with("http"));
            self.out.push_str(if url.is_some() { "[" } else { "" });
            self.links.push(url.map(str::to_owned));
        } else if let Some(Some(url)) = self.links.pop() {
            self.out.push_str(&format!("](<{}>)", url.replace(['<', '>', '\n'], "")));
        }
    }
}
