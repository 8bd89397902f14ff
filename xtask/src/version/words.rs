//! Findings in the words of those who call the generated crate.
//!
//! In: what was found, and how operations are called in Rust. Out: lines of the changelog. A finding
//! speaks of the document; its changed lines of the public API, and the names of methods, say what
//! users will see.

use std::collections::BTreeMap;

use tenon::diff::{Direction, Finding, Move, OperationName, Rust, RustChange, Wire};
use tenon::ir::Api;

use super::changelog::{Entry, Group};

/// Most calls that are named in a line.
const MOST: usize = 3;

/// How the operations of an API are called in Rust, by their ids.
#[derive(Debug, Default)]
pub(super) struct Calls(BTreeMap<String, String>);

impl Calls {
    /// Those of this client.
    pub(super) fn of(api: &Api) -> Self {
        let all = api.operations();
        Self(all.map(|it| (it.id.clone(), it.name.as_str().to_owned())).collect())
    }

    fn name(&self, operation: &OperationName) -> String {
        let id = operation.id.as_ref().and_then(|id| self.0.get(id));
        code(&id.cloned().unwrap_or_else(|| operation.shown()))
    }

    /// The calls that a finding reaches.
    fn reached(&self, finding: &Finding) -> String {
        let names: Vec<String> = finding.operations.iter().map(|it| self.name(it)).collect();
        match names.as_slice() {
            [one] => one.clone(),
            [most @ .., last] if names.len() <= MOST => format!("{} and {last}", most.join(", ")),
            _ => format!(
                "{} and {} more calls",
                names.iter().take(MOST).cloned().collect::<Vec<_>>().join(", "),
                names.len().saturating_sub(MOST)
            ),
        }
    }
}

/// The line of a finding.
pub(super) fn entry(api: &str, finding: &Finding, calls: &Calls) -> Entry {
    let group = match finding.rust {
        _ if finding.docs_only => Group::Documentation,
        rust => group(rust),
    };
    let mut text = gained(finding, calls).unwrap_or_else(|| told(finding, calls));
    if finding.wire > Wire::Safe {
        text.push_str(&format!(". {}", marked(finding.wire_why.trim_end_matches('.'))));
    }
    Entry { group, api: api.to_owned(), text }
}

/// The line of what only moved.
pub(super) fn moved(api: &str, it: &Move) -> Entry {
    let text = format!("{}: {}", capital(&marked(&it.message)), became(&it.change));
    Entry { group: group(it.rust), api: api.to_owned(), text }
}

fn group(rust: Rust) -> Group {
    match rust {
        Rust::Major => Group::Breaking,
        Rust::Minor => Group::Added,
        Rust::Patch => Group::Changed,
    }
}

/// What came and went, in a sentence of its own; other findings have none.
fn gained(finding: &Finding, calls: &Calls) -> Option<String> {
    let rule = finding.rule.trim_end_matches("-after-sunset");
    let lines = &finding.rust_changes;
    let line = |text: &Option<String>| text.as_deref().map(code);
    Some(match rule {
        "operation-added" => format!("New call {}", line(&method(lines, false)?.after)?),
        "operation-removed" => format!("The call {} is gone", line(&method(lines, true)?.before)?),
        "optional-property-added" | "required-property-added" => {
            let kind = if rule.starts_with("opt") { "an optional" } else { "a required" };
            let shown = field(lines, |it| &it.after)?;
            format!("{} gained {kind} field {}", holder(finding, shown, calls), name(shown)?)
        }
        "property-removed" | "required-property-removed" => {
            let shown = field(lines, |it| &it.before)?;
            format!("{} lost the field {}", holder(finding, shown, calls), name(shown)?)
        }
        "optional-parameter-added" | "required-parameter-added" => {
            let kind = if rule.starts_with("opt") { "an optional" } else { "a required" };
            let shown = lines.iter().find_map(|it| it.after.as_deref())?;
            let input = input(shown)?;
            let who = calls.reached(finding);
            format!("{who} gained {kind} parameter {}, {}", code(input), code(shown))
        }
        "parameter-removed" => {
            let shown = lines.iter().find_map(|it| it.before.as_deref())?;
            let who = calls.reached(finding);
            format!("{who} lost the parameter {}, {}", code(input(shown)?), code(shown))
        }
        "enum-value-added" | "extensible-enum-value-added" | "variant-added" => {
            let (model, value) = lines.iter().find_map(|it| variant(it.after.as_deref()?))?;
            format!("{} gained {}", code(model), code(value))
        }
        "enum-value-removed" | "extensible-enum-value-removed" | "variant-removed" => {
            let (model, value) = lines.iter().find_map(|it| variant(it.before.as_deref()?))?;
            format!("{} lost {}", code(model), code(value))
        }
        _ => return None,
    })
}

/// The line of a method of the client.
fn method(lines: &[RustChange], before: bool) -> Option<&RustChange> {
    let text = |it: &RustChange| if before { it.before.clone() } else { it.after.clone() };
    lines.iter().find(|it| text(it).is_some_and(|text| text.starts_with("client.")))
}

/// The line of a field: `Thing.name: String`.
fn field(lines: &[RustChange], of: fn(&RustChange) -> &Option<String>) -> Option<&str> {
    let is_field = |text: &&str| {
        text.split_once(": ").is_some_and(|(path, _)| path.contains('.') && !path.contains('('))
    };
    lines.iter().filter_map(|it| of(it).as_deref()).find(is_field)
}

/// An enum and its variant, of `Colour::Red`; functions are called in lower case.
fn variant(shown: &str) -> Option<(&str, &str)> {
    let parts = shown.split_once("::")?;
    parts.1.starts_with(char::is_uppercase).then_some(parts)
}

/// The field, and where it is found.
fn name(shown: &str) -> Option<String> {
    let (path, _) = shown.split_once(": ")?;
    let (_, field) = path.rsplit_once('.')?;
    Some(format!("{}, {}", code(field), code(shown)))
}

/// What has a field: the call that it is sent with or comes back from, or a model that several use.
fn holder(finding: &Finding, shown: &str, calls: &Calls) -> String {
    let model = shown.split_once('.').map_or(shown, |(model, _)| model);
    match (finding.operations.len(), finding.direction) {
        (1, Direction::Request) => calls.reached(finding),
        (1, Direction::Reply) => format!("The reply of {}", calls.reached(finding)),
        (0, _) => code(model),
        _ => format!("{} (in {})", code(model), calls.reached(finding)),
    }
}

/// The name of a parameter: that of a setter, `GetThing::limit(i64)`, or of an argument,
/// `get_thing(limit: i64)`.
fn input(shown: &str) -> Option<&str> {
    let (head, inside) = shown.split_once('(')?;
    match head.rsplit_once("::") {
        Some((_, setter)) => Some(setter),
        None => Some(inside.split_once(": ")?.0),
    }
}

/// What the finding says of the document, with the names of Rust, and the changed lines.
fn told(finding: &Finding, calls: &Calls) -> String {
    let mut message = finding.message.clone();
    for operation in &finding.operations {
        let wire = format!("`{} {}`", operation.method, operation.path);
        message = message.replace(&wire, &calls.name(operation));
    }
    let lines: Vec<String> = finding.rust_changes.iter().map(became).collect();
    let text = capital(&marked(&message));
    if lines.is_empty() { text } else { format!("{text}: {}", lines.join("; ")) }
}

/// A line of the public API, before and after.
fn became(change: &RustChange) -> String {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) if before == after => format!("{} changed", code(after)),
        (Some(before), Some(after)) => format!("{} is now {}", code(before), code(after)),
        (None, Some(after)) => format!("{} is new", code(after)),
        (Some(before), None) => format!("{} is gone", code(before)),
        (None, None) => String::new(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A code span. Text of a document can't leave it: it has no backtick and no line of its own.
fn code(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c == '`' || c.is_control() { ' ' } else { c }).collect();
    format!("`{}`", text.trim())
}

/// A sentence with code spans, of which Markdown and HTML take nothing else for their own.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('`').peekable();
    let mut in_code = false;
    while let Some(part) = parts.next() {
        // A backtick without another is a letter like others.
        match in_code && parts.peek().is_some() {
            true => out.push_str(&code(part)),
            false => out.extend(part.chars().flat_map(|c| match c {
                '<' | '*' | '_' | '[' | ']' | '\\' => vec!['\\', c],
                c if c.is_control() => vec![' '],
                c => vec![c],
            })),
        }
        in_code = !in_code;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_documents_stays_text() {
        assert_eq!(marked("`a_b` is <b>_x_</b>\n## y"), "`a_b` is \\<b>\\_x\\_\\</b> ## y");
        assert_eq!(marked("one ` only"), "one  only");
        assert_eq!(code("a`b\n## c"), "`a b ## c`");
    }
}
