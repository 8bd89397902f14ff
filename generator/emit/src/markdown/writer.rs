//! Events of a Markdown parser, written again as Markdown.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::escape::{address, auto_link, escape, linked};
use super::{code, longest_run};
use crate::wrap::{HARD_BREAK, HARD_SPACE, paragraph};

/// Languages that rustdoc only colours; code of any other is marked as plain text.
const LANGUAGES: &[&str] = &[
    "bash",
    "console",
    "css",
    "csv",
    "graphql",
    "html",
    "http",
    "javascript",
    "js",
    "json",
    "python",
    "sh",
    "shell",
    "sql",
    "toml",
    "xml",
    "yaml",
];

/// What a line is inside of, from the outermost.
enum Container {
    Quote,
    /// Number of the next item, when the list counts.
    List(Option<u64>),
    /// An item: columns that its lines are indented by, and the marker until it is written.
    Item(usize, Option<String>),
}

#[derive(Default)]
pub(super) struct Writer {
    blocks: Vec<Vec<String>>,
    current: Vec<String>,
    containers: Vec<Container>,
    inline: String,
    link: Vec<Link>,
    fenced: Option<String>,
    language: &'static str,
    table: bool,
    heading: bool,
    row: Vec<String>,
    head: bool,
}

struct Link {
    url: Option<String>,
    start: usize,
    auto: bool,
}

impl Writer {
    pub(super) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.span(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::SoftBreak => self.inline.push(' '),
            Event::HardBreak if self.table || self.heading => self.inline.push(' '),
            Event::HardBreak => self.inline.push(HARD_BREAK),
            Event::Rule
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(fenced) = &mut self.fenced {
            fenced.push_str(text);
        } else if self.link.is_empty() {
            self.inline.push_str(&linked(text, self.table));
        } else {
            self.inline.push_str(&escape(text, self.table));
        }
    }

    fn span(&mut self, text: &str) {
        let span = code(text).replace(' ', &HARD_SPACE.to_string());
        let span = if self.table { span.replace('|', "\\|") } else { span };
        self.inline.push_str(&span);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.flush();
                self.heading = true;
                self.inline.push_str("**");
            }
            Tag::BlockQuote(_) => self.open(Container::Quote),
            Tag::CodeBlock(kind) => {
                self.flush();
                self.language = language(&kind);
                self.fenced = Some(String::new());
            }
            Tag::HtmlBlock => self.flush(),
            Tag::List(first) => self.open(Container::List(first)),
            Tag::Item => self.item(),
            Tag::Table(_) => {
                self.flush();
                self.table = true;
            }
            Tag::TableHead => self.head = true,
            Tag::Emphasis => self.inline.push('*'),
            Tag::Strong if !self.heading => self.inline.push_str("**"),
            Tag::Strikethrough => self.inline.push_str("~~"),
            Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. } => {
                let auto = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let url = address(&dest_url).map(Cow::into_owned);
                self.link.push(Link { url, start: self.inline.len(), auto });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(_) => {
                self.inline.push_str("**");
                self.heading = false;
                if self.inline == "****" {
                    self.inline.clear();
                }
                self.flush();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::CodeBlock => self.fence(),
            TagEnd::TableCell => self.row.push(std::mem::take(&mut self.inline)),
            TagEnd::TableHead | TagEnd::TableRow => self.table_row(),
            TagEnd::Table => {
                self.table = false;
                self.end_block();
            }
            TagEnd::Emphasis => self.inline.push('*'),
            TagEnd::Strong if !self.heading => self.inline.push_str("**"),
            TagEnd::Strikethrough => self.inline.push_str("~~"),
            TagEnd::Link | TagEnd::Image => self.link_end(),
            _ => {}
        }
    }

    fn link_end(&mut self) {
        let Some(link) = self.link.pop() else { return };
        // A link in a link is only its text: an image that leads somewhere, for example.
        let (Some(url), true) = (link.url, self.link.is_empty()) else { return };
        let text = self.inline.split_off(link.start);
        let shown = text.replace('\\', "");
        if link.auto || shown == url {
            self.inline.push_str(&auto_link(&url));
        } else if text.trim().is_empty() {
            self.inline.push_str(&format!("[link](<{url}>)"));
        } else if url.contains(['(', ')']) {
            self.inline.push_str(&format!("[{text}](<{url}>)"));
        } else {
            self.inline.push_str(&format!("[{text}]({url})"));
        }
    }

    fn open(&mut self, container: Container) {
        self.flush();
        self.containers.push(container);
    }

    fn item(&mut self) {
        self.flush();
        let marker = match self.containers.last_mut() {
            Some(Container::List(Some(number))) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            _ => "- ".to_owned(),
        };
        self.containers.push(Container::Item(marker.len(), Some(marker)));
    }

    fn close(&mut self) {
        self.flush();
        self.containers.pop();
        if self.containers.is_empty() {
            self.end_block();
        }
    }

    /// Ends the paragraph that is being written.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.inline);
        let lines = paragraph(&text);
        self.push_lines(lines);
    }

    fn fence(&mut self) {
        let Some(text) = self.fenced.take() else { return };
        let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
        let mut lines = vec![format!("{fence}{}", self.language)];
        lines.extend(text.trim_end().lines().map(str::to_owned));
        lines.push(fence);
        self.push_lines(lines);
    }

    fn table_row(&mut self) {
        let cells = std::mem::take(&mut self.row);
        let columns = cells.len();
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace(HARD_SPACE, " ")).collect();
        let mut lines = vec![format!("| {} |", cells.join(" | "))];
        if std::mem::take(&mut self.head) {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
        let prefix = self.prefix();
        self.current.extend(lines.into_iter().map(|line| format!("{prefix}{line}")));
    }

    /// Adds lines of one block inside of the containers that are open.
    fn push_lines(&mut self, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        let opens_item = matches!(self.containers.last(), Some(Container::Item(_, Some(_))));
        if !(opens_item || self.current.is_empty()) {
            self.current.push(self.blank());
        }
        for line in lines {
            let prefix = self.prefix();
            self.current.push(format!("{prefix}{line}").trim_end().to_owned());
        }
        if self.containers.is_empty() {
            self.end_block();
        }
    }

    fn blank(&self) -> String {
        let quotes = |it: &Container| match it {
            Container::Quote => ">".to_owned(),
            Container::List(_) => String::new(),
            Container::Item(width, _) => " ".repeat(*width),
        };
        self.containers.iter().map(quotes).collect::<String>().trim_end().to_owned()
    }

    /// What stands before the next line; a marker stands there once.
    fn prefix(&mut self) -> String {
        let part = |it: &mut Container| match it {
            Container::Quote => "> ".to_owned(),
            Container::List(_) => String::new(),
            Container::Item(width, marker) => marker.take().unwrap_or_else(|| " ".repeat(*width)),
        };
        self.containers.iter_mut().map(part).collect()
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.current);
        if !block.is_empty() {
            self.blocks.push(block);
        }
    }

    pub(super) fn finish(mut self) -> Vec<Vec<String>> {
        self.flush();
        self.end_block();
        self.blocks
    }
}

fn language(kind: &CodeBlockKind<'_>) -> &'static str {
    let name = match kind {
        CodeBlockKind::Indented => "",
        CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or(""),
    };
    let name = name.to_ascii_lowercase();
    LANGUAGES.iter().find(|language| **language == name).copied().unwrap_or("text")
}
