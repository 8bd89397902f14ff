//! Lines of a paragraph: words come in, lines that Markdown still reads as one paragraph go out.

/// A space inside a word that must stay on one line, such as a code span.
pub(crate) const HARD_SPACE: char = '\u{1}';
/// A line break that the text asks for.
pub(crate) const HARD_BREAK: char = '\u{2}';

/// Columns of text on a line of documentation.
const WIDTH: usize = 92;

/// Breaks a paragraph into lines.
pub(crate) fn paragraph(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut parts = text.split(HARD_BREAK).peekable();
    while let Some(part) = parts.next() {
        let mut wrapped = fill(part);
        if let (Some(last), Some(_)) = (wrapped.last_mut(), parts.peek()) {
            last.push('\\');
        }
        lines.append(&mut wrapped);
    }
    // A break with nothing behind it would be a stray backslash.
    if let Some(last) = lines.last_mut().filter(|last| last.ends_with('\\')) {
        let backslashes = last.len() - last.trim_end_matches('\\').len();
        if backslashes % 2 == 1 {
            last.pop();
        }
    }
    lines
}

fn fill(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut width = 0;
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
        if width > 0 {
            line.push(' ');
            width += 1;
            line.push_str(word);
        } else {
            push_first(&mut line, word);
        }
        width += length;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    for line in lines.iter_mut().filter(|line| line.contains(HARD_SPACE)) {
        *line = line.replace(HARD_SPACE, " ");
    }
    lines
}

/// Writes a word at the start of a line so that it doesn't start a block.
fn push_first(line: &mut String, word: &str) {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = &word[digits..];
    if digits > 0 && digits < 10 && (behind == "." || behind == ")") {
        line.push_str(&word[..digits]);
        line.push('\\');
        line.push_str(behind);
        return;
    }
    let marker = matches!(word, "-" | "+")
        || word.starts_with(['#', '>', '='])
        || word.starts_with("--")
        || word.starts_with(":-");
    if marker {
        line.push('\\');
    }
    line.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::{HARD_BREAK, paragraph};

    #[test]
    fn a_word_that_would_start_a_block_is_escaped() {
        assert_eq!(paragraph("# not a heading"), ["\\# not a heading"]);
        assert_eq!(paragraph("1. not a list"), ["1\\. not a list"]);
        assert_eq!(paragraph("- not a list"), ["\\- not a list"]);
    }

    #[test]
    fn a_break_at_the_end_leaves_nothing() {
        assert_eq!(paragraph(&format!("a{HARD_BREAK}b{HARD_BREAK}")), ["a\\", "b"]);
    }
}
