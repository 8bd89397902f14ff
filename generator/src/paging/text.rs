//! The extension `x-pagination` as a document writes it, from what it means.

use tenon_ir::{Operation, PageInput, PageStep, Paging};

/// The value of `x-pagination` that says this, in one line of YAML: `{offset: offset, items:
/// /results}`.
pub fn extension(paging: &Paging, operation: &Operation) -> String {
    let input = |input: &PageInput| match input {
        PageInput::Param(at) => {
            operation.params.get(*at).map_or_else(String::new, |param| param.wire.clone())
        }
        PageInput::Member(at, pointer) => {
            let param = operation.params.get(*at).map_or("", |param| param.wire.as_str());
            format!("{param}{pointer}")
        }
        PageInput::Body(pointer) => pointer.clone(),
    };
    let mut entries = match &paging.step {
        PageStep::Offset { input: sent, first } => numbered("offset", input(sent), *first, 0),
        PageStep::Number { input: sent, first } => numbered("page", input(sent), *first, 1),
        PageStep::Cursor { input: sent, next } => {
            vec![("cursor", input(sent)), ("next", next.clone())]
        }
        PageStep::LastItem { input: sent, id } => {
            vec![("cursor", input(sent)), ("last", id.clone())]
        }
        PageStep::Address { next } => vec![("url", next.clone())],
        PageStep::Link { relation } => vec![("link", relation.clone())],
    };
    entries.extend(paging.size.as_ref().map(|size| ("limit", input(size))));
    if !paging.items.is_empty() {
        entries.push(("items", paging.items.clone()));
    }
    entries.extend(paging.total.clone().map(|total| ("total", total)));
    entries.extend(paging.more.clone().map(|more| ("more", more)));
    let entries: Vec<String> =
        entries.iter().map(|(key, value)| format!("{key}: {}", scalar(value))).collect();
    format!("{{{}}}", entries.join(", "))
}

fn numbered(
    key: &'static str,
    input: String,
    first: u64,
    usual: u64,
) -> Vec<(&'static str, String)> {
    let first = (first != usual).then(|| ("first", first.to_string()));
    std::iter::once((key, input)).chain(first).collect()
}

/// A text as YAML takes it, in quotes unless it is plain.
fn scalar(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/_-.".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) && !text.starts_with(['-', '.']) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}
