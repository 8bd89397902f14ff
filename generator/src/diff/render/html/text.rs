//! Text of documents, as HTML.

/// The text with nothing left in it that HTML would take for its own, between tags and in quoted
/// attributes. Characters that can't be seen are written out: controls, which HTML doesn't allow,
/// and marks of direction, which would show a reviewer another order than the file has.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            _ if is_unseen(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// A sentence, in which what stands between backticks is code.
pub(super) fn prose(text: &str) -> String {
    let mut out = String::new();
    let parts: Vec<&str> = text.split('`').collect();
    for (index, part) in parts.iter().enumerate() {
        let is_code = index % 2 == 1 && index + 1 < parts.len();
        match is_code {
            true => out.push_str(&format!("<code>{}</code>", escape(part))),
            // The last backtick, where nothing closes it, is one.
            false if index % 2 == 1 => out.push_str(&format!("`{}", escape(part))),
            false => out.push_str(&escape(part)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_taken_for_html() {
        assert_eq!(
            escape("<b a=\"x\" b='y'>&\u{0}"),
            "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\\u{0}"
        );
        assert_eq!(escape("a\u{202e}b\tc"), "a\\u{202e}b\tc");
    }

    #[test]
    fn code_stands_between_backticks() {
        assert_eq!(prose("`a<b` is `gone"), "<code>a&lt;b</code> is `gone");
        assert_eq!(prose("a `b` c"), "a <code>b</code> c");
    }
}
