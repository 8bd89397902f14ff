//! The strict gate: documents that are written by hand must also be what `openapiv3` models.

use crate::diag::{At, Code, Sink};
use crate::source::{FileId, Format, Lines, Tree};

/// Whether the text is an OpenAPI 3.0 document by the model of `openapiv3`.
///
/// # Errors
///
/// What the model doesn't accept, with line and column where known.
pub fn strict(text: &[u8], format: Format) -> Result<(), String> {
    check(text, format).map_err(|(message, _)| message)
}

/// The same for a tree's main document, as a diagnostic at the place that is refused.
pub fn strict_document(tree: &Tree, sink: &mut Sink) {
    let Some(source) = tree.source(FileId::MAIN) else { return };
    let text = tree.file_text(FileId::MAIN);
    let Err((message, place)) = check(text.as_bytes(), source.format) else { return };
    let at = match place {
        Some((line, column)) => {
            let line = Lines::new(text).line(line);
            // Columns of the parsers are bytes.
            let start = (line.start + column.saturating_sub(1)).min(line.end);
            At::Span { file: FileId::MAIN, start, end: (start + 1).min(line.end.max(start)) }
        }
        None => At::File(FileId::MAIN),
    };
    sink.error(Code::NotStrict, at, format!("not strict OpenAPI 3.0: {message}"))
        .help("documents that are written here must also parse as `openapiv3::OpenAPI`");
}

type Place = Option<(usize, usize)>;

/// The model panics on some documents that it should refuse.
fn check(text: &[u8], format: Format) -> Result<(), (String, Place)> {
    std::panic::catch_unwind(|| parse(text, format))
        .unwrap_or_else(|_| Err(("the strict model can't read the document".to_owned(), None)))
}

fn parse(text: &[u8], format: Format) -> Result<(), (String, Place)> {
    match format {
        Format::Json => serde_json::from_slice::<openapiv3::OpenAPI>(text)
            .map(drop)
            .map_err(|error| (error.to_string(), Some((error.line(), error.column())))),
        Format::Yaml => {
            serde_yaml::from_slice::<openapiv3::OpenAPI>(text).map(drop).map_err(|error| {
                let place = error.location().map(|at| (at.line(), at.column()));
                (error.to_string(), place)
            })
        }
    }
}
