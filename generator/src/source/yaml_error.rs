//! What the YAML parser says, in the words of someone who writes the file.

use super::build::{Builder, Failure};
use super::offsets::Offsets;
use crate::diag::Code;
use saphyr_parser::ScanError;

/// The parser's words, ours, and what to do.
const TABLE: &[(&str, &str, &str)] = &[
    ("tabs disallowed", "a tab can't indent a line of YAML", "indent with spaces"),
    ("tab cannot be used", "a tab can't indent a line of YAML", "indent with spaces"),
    ("cannot start with a tab", "a tab can't indent a line of YAML", "indent with spaces"),
    ("found a tab", "a tab can't stand here", "write a space"),
    (
        "<document start>",
        "this line continues nothing that is open",
        "indent it like the lines that it belongs to",
    ),
    (
        "block mapping, did not find expected key",
        "a key belongs here, indented like the other keys of its map",
        "indent the line like the lines that it belongs to, and close open quotes before it",
    ),
    (
        "block collection, did not find expected '-'",
        "an item of the list belongs here, starting with `- `",
        "indent the line like the lines that it belongs to",
    ),
    (
        "mapping values are not allowed",
        "a second value starts at this colon",
        "quote the text if the colon is part of it; else check how the line is indented",
    ),
    (
        "simple key expect",
        "a key without its colon stands before this",
        "write `key: value`; quote a text that goes on over several lines",
    ),
    ("simple key expected", "a key belongs here", "check how the line is indented"),
    (
        "block sequence entries are not allowed",
        "an item of a list can't start here",
        "write the list on lines of its own, each starting with `- `",
    ),
    ("mapping keys are not allowed", "a key can't start here", "write the map on lines of its own"),
    ("unknown anchor", "no anchor of this name stands before", "define it with `&name` first"),
    (
        "quoted scalar, found unexpected end of stream",
        "the file ends inside a quoted text",
        "close the quote",
    ),
    (
        "unknown escape character",
        "a text in double quotes has an escape that YAML doesn't know",
        "write a backslash as `\\\\`, or use single quotes",
    ),
    (
        "trailing content after double-quoted",
        "something follows a quoted text",
        "quote the whole text, and escape quotes inside of it",
    ),
    (
        "flow mapping, did not find expected",
        "a comma or the end of the map belongs here",
        "write `,` or `}`",
    ),
    ("flow sequence, expected", "a comma or the end of the list belongs here", "write `,` or `]`"),
    ("misplaced bracket", "this bracket closes nothing", "remove it, or quote the text"),
    ("unexpected character", "a text can't start with this character", "quote the text"),
    (
        "wrongly indented line in block scalar",
        "a line of this text is indented less than its first line",
        "indent all lines of the text alike",
    ),
    ("invalid indentation", "this line is indented wrongly", "indent it like its siblings"),
    (
        "did not find expected node content",
        "a value belongs here",
        "quote a text that starts with a special character",
    ),
    (
        "comment intercepting",
        "a comment interrupts a text of several lines",
        "quote the text, or move the comment",
    ),
];

/// The diagnostic of a syntax error.
pub(super) fn failure(
    builder: &Builder<'_>,
    offsets: &mut Offsets<'_>,
    error: &ScanError,
) -> Failure {
    let start = offsets.byte(error.marker().index());
    if error.info().contains("recursion limit") {
        return builder.too_deep(start);
    }
    let rest = builder.text().get(start..).unwrap_or_default();
    let len = rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    let row = TABLE.iter().find(|(words, ..)| error.info().contains(words));
    let message = row.map_or(error.info(), |(_, message, _)| message);
    let at = start..start + len;
    let mut failure = builder.failure(Code::YamlSyntax, at, message.to_owned());
    if let Some((.., help)) = row {
        failure.help(*help);
    }
    failure
}
