//! Markdown of a document (CommonMark, OpenAPI 3.1, section 4.4.2), made safe for rustdoc.
//!
//! Text is parsed and written again, so that whatever a vendor wrote, the result has no code that
//! `cargo test` would run, no link that rustdoc would try to resolve, no HTML, and no list or table
//! that lints complain of.

mod escape;
mod writer;

use std::borrow::Cow;

use pulldown_cmark::{Options, Parser, TextMergeStream};

use self::escape::escape;
use self::writer::Writer;
use crate::html;
use crate::wrap::{HARD_SPACE, paragraph};

/// Blocks of a description, each of one or more lines, to be kept apart by blank lines.
pub(crate) fn blocks(text: &str) -> Vec<Vec<String>> {
    let text = clean(text);
    if is_plain(&text) {
        let paragraphs = text.split("\n\n").map(paragraph);
        return paragraphs.filter(|lines| !lines.is_empty()).collect();
    }
    let source = if text.contains('<') { Cow::Owned(html::to_markdown(&text)) } else { text };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut writer = Writer::default();
    for event in TextMergeStream::new(Parser::new_ext(&source, options)) {
        writer.event(event);
    }
    writer.finish()
}

/// A text on one line.
pub(crate) fn inline(text: &str) -> String {
    let blocks = blocks(text);
    let code = |lines: &Vec<String>| lines.first().is_some_and(|line| line.starts_with("```"));
    let lines: Vec<String> = blocks.into_iter().filter(|block| !code(block)).flatten().collect();
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end_matches('\\').trim()).collect();
    lines.join(" ")
}

/// A code span.
pub(crate) fn code(text: &str) -> String {
    let text: String = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let edge = text.starts_with('`') || text.ends_with('`');
    if edge { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// Text that stands for itself.
pub(crate) fn literal(text: &str) -> String {
    let text = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    escape(&text, false).replace(HARD_SPACE, " ")
}

pub(crate) fn longest_run(text: &str, letter: char) -> usize {
    text.split(|c| c != letter).map(str::len).max().unwrap_or(0)
}

/// Without control characters and those that change the direction of text.
fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte == b'\n' || matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text.trim());
    }
    let shown = |c: &char| {
        let direction = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
        let isolate = matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{200b}');
        !(direction || isolate || c.is_control() && !matches!(c, '\n' | '\t'))
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(shown).collect();
    // A line separator ends a line for an editor, but not for Rust.
    let text = text.replace(['\u{2028}', '\u{2029}', '\u{85}'], " ").replace('\t', "    ");
    Cow::Owned(text.trim().to_owned())
}

/// Whether the text has nothing that Markdown gives a meaning to.
fn is_plain(text: &str) -> bool {
    let special =
        |c| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '#');
    !(text.contains(special) || text.contains("://") || text.contains("\n "))
        && text.lines().all(|line| {
            let line = line.trim_start();
            !line.starts_with(['-', '+', '=']) && !line.starts_with(|c: char| c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::{blocks, code, inline};

    fn written(text: &str) -> String {
        let blocks: Vec<String> = blocks(text).iter().map(|lines| lines.join("\n")).collect();
        blocks.join("\n\n")
    }

    #[test]
    fn code_is_never_a_doctest() {
        assert_eq!(written("```\nlet x = 1;\n```"), "```text\nlet x = 1;\n```");
        assert_eq!(written("```rust\nfoo()\n```"), "```text\nfoo()\n```");
        assert_eq!(written("```json\n{}\n```"), "```json\n{}\n```");
        assert_eq!(written("a\n\n    indented"), "a\n\n```text\nindented\n```");
        assert_eq!(written("````\n```\n````"), "````text\n```\n````");
    }

    #[test]
    fn brackets_are_no_links_to_items() {
        assert_eq!(written("see [Foo] and [0]"), "see \\[Foo\\] and \\[0\\]");
        assert_eq!(written("[here](#section)"), "here");
        assert_eq!(written("[a](https://b.example/c)"), "[a](https://b.example/c)");
    }

    #[test]
    fn bare_addresses_become_links() {
        assert_eq!(written("see https://a.example/b_c."), "see <https://a.example/b_c>.");
        assert_eq!(written("(https://a.example)"), "(<https://a.example>)");
        assert_eq!(written("https://{host}/x"), "`https://{host}/x`");
    }

    #[test]
    fn simple_html_becomes_markdown_and_other_tags_stay_text() {
        assert_eq!(written("<p>a <b>b</b></p><p>c</p>"), "a **b**\n\nc");
        assert_eq!(written("<ul><li>a</li><li>b</li></ul>"), "- a\n- b");
        assert_eq!(written("a<br>b"), "a\\\nb");
        assert_eq!(written("<code>Vec&lt;T&gt;</code>"), "`Vec<T>`");
        assert_eq!(written("the <device_id>"), "the \\<device_id>");
        assert_eq!(written("<pre>a\n b</pre>"), "```text\na\n b\n```");
        assert_eq!(written("<script>x</script>"), "\\<script>x\\</script>");
    }

    #[test]
    fn lines_of_a_list_item_stand_under_its_text() {
        assert_eq!(written("- a\nb\n- c"), "- a b\n- c");
        assert_eq!(written("1. a\n   - b"), "1. a\n   - b");
    }

    #[test]
    fn tables_are_kept() {
        assert_eq!(written("|a|b|\n|-|-|\n|1|`x`|"), "| a | b |\n| --- | --- |\n| 1 | `x` |");
    }

    #[test]
    fn characters_that_turn_text_around_are_left_out() {
        assert_eq!(written("a\u{202e}b\u{200f}\u{0}c\rd"), "abc d");
    }

    #[test]
    fn a_code_span_holds_any_text() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(""), "(empty)");
    }

    #[test]
    fn text_on_one_line_has_no_blocks() {
        assert_eq!(inline("# Head\n\ntext *x*\n\n```\ncode\n```"), "**Head** text *x*");
    }
}
