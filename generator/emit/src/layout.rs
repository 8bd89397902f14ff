//! Source text of models, which a large API has by the ten thousand.
//!
//! Their few shapes are laid out here by hand: syntax trees of them would take most of the time and memory of a run.
//! Lines and lists come in, indented text goes out.

use std::fmt::Write;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::literal::named;

/// Columns of a line.
pub(crate) const WIDTH: usize = 100;

/// Source text that grows line by line.
#[derive(Default)]
pub(crate) struct Code {
    text: String,
}

impl Code {
    /// The text.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// An empty line, unless there is one or nothing yet.
    pub(crate) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Lines that are indented already.
    pub(crate) fn text(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// One line, `depth` levels deep.
    pub(crate) fn line(&mut self, depth: usize, line: &str) {
        self.indent(depth);
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// `start end` on one line if there is room, else on two.
    pub(crate) fn broken(&mut self, depth: usize, start: &str, end: &str) {
        if depth * 4 + start.chars().count() + 1 + end.chars().count() <= WIDTH {
            self.line(depth, &format!("{start} {end}"));
        } else {
            self.line(depth, start);
            self.line(depth + 1, end);
        }
    }

    /// Documentation, as [`Text::lines`](crate::docs::Text::lines) gives it.
    pub(crate) fn docs(&mut self, depth: usize, lines: &[String]) {
        for line in lines {
            self.indent(depth);
            self.text.push_str("///");
            // Control characters could end the comment.
            self.text.extend(line.trim_end().chars().map(|c| if c.is_control() { ' ' } else { c }));
            self.text.push('\n');
        }
    }

    /// `open item, item close`, on one line if there is room. The items are packed onto as many lines as they need
    /// otherwise.
    pub(crate) fn packed(&mut self, depth: usize, open: &str, items: &[String], close: &str) {
        if self.one_line(depth, open, items, close) {
            return;
        }
        self.line(depth, open.trim_end());
        self.packed_lines(depth + 1, items);
        self.line(depth, close.trim_start());
    }

    /// Items with a comma behind each, packed onto as many lines as they need.
    pub(crate) fn packed_lines(&mut self, depth: usize, items: &[String]) {
        let mut width = WIDTH;
        for (at, item) in items.iter().enumerate() {
            let length = item.chars().count() + 2;
            if at == 0 || width + length > WIDTH {
                self.indent(depth);
                width = depth * 4;
            } else {
                self.text.push(' ');
            }
            self.text.push_str(item);
            self.text.push(',');
            width += length;
            let next = items.get(at + 1).map_or(WIDTH, |next| next.chars().count() + 2);
            if width + next > WIDTH {
                self.text.push('\n');
            }
        }
    }

    /// Like [`packed`](Self::packed), with a line for each item.
    pub(crate) fn listed(&mut self, depth: usize, open: &str, items: &[String], close: &str) {
        if self.one_line(depth, open, items, close) {
            return;
        }
        self.line(depth, open.trim_end());
        for item in items {
            self.line(depth + 1, &format!("{item},"));
        }
        self.line(depth, close.trim_start());
    }

    fn one_line(&mut self, depth: usize, open: &str, items: &[String], close: &str) -> bool {
        let open = if items.is_empty() { open.trim_end() } else { open };
        let close = if items.is_empty() { close.trim_start() } else { close };
        let items_width: usize = items.iter().map(|item| item.chars().count() + 2).sum();
        let width = depth * 4 + open.chars().count() + close.chars().count();
        if width + items_width.saturating_sub(2) > WIDTH || items.iter().any(|it| it.contains('\n'))
        {
            return false;
        }
        self.line(depth, &format!("{open}{}{close}", items.join(", ")));
        true
    }

    fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.text.push_str("    ");
        }
    }
}

/// An expression as text.
pub(crate) fn tokens(tokens: TokenStream) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                text.push_str(&self::tokens(group.stream()));
                text.push_str(close);
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' => text.push_str(", "),
            TokenTree::Punct(punct) => text.push(punct.as_char()),
            token @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => {
                if text.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    text.push(' ');
                }
                text.push_str(&token.to_string());
            }
        }
    }
    text
}

/// A path as text.
pub(crate) fn path(path: &syn::Path) -> String {
    let mut text = String::new();
    for (at, segment) in path.segments.iter().enumerate() {
        if at > 0 || path.leading_colon.is_some() {
            text.push_str("::");
        }
        // Writing to a string can't fail.
        let _ = write!(text, "{}", segment.ident);
    }
    text
}

/// The word of an identifier as text, checked like [`ident`](crate::literal::ident).
pub(crate) fn word(name: &tenon_ir::Ident) -> String {
    named(name.as_str()).to_string()
}

/// A string literal.
pub(crate) fn quoted(text: &str) -> String {
    format!("{text:?}")
}
