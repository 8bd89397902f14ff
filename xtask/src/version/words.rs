//! Findings in the words of those who call the generated crate.
//!
//! In: what was found, and how operations are called in Rust. Out: lines of the changelog. A finding
//! speaks of the document; its changed lines of the public API, and the names of methods, say what
//! users will see.

use std::collections::BTreeMap;

use tenon::diff::{Direction, Finding, OperationName, Report, Rust, RustChange, Wire};
use tenon::ir::Api;

use super::changelog::{Entry, Group};
use super::merge::{self, Gain, Line, Said, Told};

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
        if names.len() <= MOST {
            return merge::listed(&names);
        }
        let (first, rest) = names.split_at(MOST - 1);
        format!("{} and {} more calls", first.join(", "), rest.len())
    }
}

/// The lines of an API.
pub(super) fn entries(api: &str, report: &Report, calls: &Calls) -> Vec<Entry> {
    let said = report.findings.iter().map(|it| said(it, calls)).collect();
    let mut lines = merge::sentences(said);
    lines.extend(report.moves.iter().map(|it| (group(it.rust), became(&it.change))));
    lines.extend(traits(&report.findings).into_iter().map(|text| (Group::Breaking, text)));
    lines.into_iter().map(|(group, text)| Entry { group, api: api.to_owned(), text }).collect()
}

/// What is said of a finding.
fn said(finding: &Finding, calls: &Calls) -> Said {
    let is_quiet = ["path-parameter-renamed", "extension-changed"].contains(&finding.rule)
        && finding.rust == Rust::Patch;
    let group = match finding.rust {
        _ if finding.docs_only || is_quiet => Group::Documentation,
        rust => group(rust),
    };
    let line = gained(finding, calls).unwrap_or_else(|| told(finding, calls));
    let why = marked(finding.wire_why.trim_end_matches('.'));
    // That what is gone can't be called need not be said.
    let says = finding.wire > Wire::Safe && finding.rule != "operation-removed";
    Said { group, line, whys: says.then_some(why).into_iter().collect() }
}

/// The traits that models lost, of all findings: each would tell those of its model.
fn traits(findings: &[Finding]) -> Vec<String> {
    let mut lost: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let lines = findings.iter().flat_map(|it| &it.rust_changes).filter(|it| it.after.is_none());
    for line in lines.filter_map(|it| it.before.as_deref()) {
        let Some((name, model)) = parted(line) else { continue };
        let models = lost.entry(name).or_default();
        if !models.contains(&code(model)) {
            models.push(code(model));
        }
    }
    let text = |(name, models): (&str, Vec<String>)| {
        format!("{} is no longer implemented by {}", code(name), merge::listed(&models))
    };
    lost.into_iter().map(text).collect()
}

/// The trait and the model of `impl Default for Thing`.
fn parted(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("impl ")?.split_once(" for ")
}

fn group(rust: Rust) -> Group {
    match rust {
        Rust::Major => Group::Breaking,
        Rust::Minor => Group::Added,
        Rust::Patch => Group::Changed,
    }
}

/// What came, went, or has another name, in a sentence of its own; other findings have none.
fn gained(finding: &Finding, calls: &Calls) -> Option<Line> {
    let rule = finding.rule.trim_end_matches("-after-sunset");
    let lines = &finding.rust_changes;
    let line = |text: &Option<String>| text.as_deref().map(code);
    let text = match rule {
        "operation-added" => format!("New call {}", line(&method(lines, false)?.after)?),
        "operation-removed" => {
            format!("The call {} is gone", line(&method(lines, true)?.before)?)
        }
        "schema-added" => {
            let model = lines.first()?.after.as_deref()?.strip_prefix("models::")?;
            let names = vec![(code(model), String::new())];
            let who = "New in `models`:".to_owned();
            return Some(Line::Gain(Gain { who, kind: None, names }));
        }
        // The names of the document are no names of Rust.
        "schema-removed"
        | "schema-renamed"
        | "operation-id-changed"
        | "operation-tag-changed"
        | "tag-renamed"
            if !lines.is_empty() =>
        {
            became_all(lines).join("; ")
        }
        "path-parameter-renamed" if lines.is_empty() => {
            let (old, new) = (finding.old_text.as_deref()?, finding.new_text.as_deref()?);
            let who = calls.reached(finding);
            format!("The argument {} of {who} is called {}", code(old), code(new))
        }
        _ => return part(rule, finding, calls),
    };
    Some(Line::Plain(text))
}

/// A field, a parameter or a value more or less.
fn part(rule: &str, finding: &Finding, calls: &Calls) -> Option<Line> {
    let is_gone = rule.ends_with("-removed");
    let of: fn(&RustChange) -> &Option<String> =
        if is_gone { |it| &it.before } else { |it| &it.after };
    let mut lines = finding.rust_changes.iter().filter_map(|it| of(it).as_deref());
    let (who, name, shown) = match rule.trim_end_matches("-removed").trim_end_matches("-added") {
        "optional-property" | "required-property" | "property" => {
            let shown = field(&finding.rust_changes, of)?;
            (holder(finding, shown, calls), name(shown)?, shown)
        }
        "optional-parameter" | "required-parameter" | "parameter" => {
            let shown = lines.next()?;
            (calls.reached(finding), input(shown)?, shown)
        }
        "enum-value" | "extensible-enum-value" | "variant" => {
            let (model, value) = lines.find_map(variant)?;
            (code(model), value, value)
        }
        _ => return None,
    };
    let verb = if is_gone { "lost" } else { "gained" };
    let names = vec![(code(name), code(shown))];
    Some(Line::Gain(Gain { who: format!("{who} {verb}"), kind: kind(rule), names }))
}

/// One of what is gained or lost, and several.
fn kind(rule: &str) -> Option<(&'static str, &'static str)> {
    Some(match rule {
        "optional-property-added" => ("an optional field", "optional fields"),
        "required-property-added" => ("a required field", "required fields"),
        "property-removed" | "required-property-removed" => ("the field", "fields"),
        "optional-parameter-added" => ("an optional parameter", "optional parameters"),
        "required-parameter-added" => ("a required parameter", "required parameters"),
        "parameter-removed" => ("the parameter", "parameters"),
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
    lines.iter().filter_map(|it| of(it).as_deref()).find(|text| is_field(text))
}

fn is_field(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(path, _)| path.contains('.') && !path.contains('('))
}

/// An enum and its variant, of `Colour::Red`; functions and modules are called in lower case.
fn variant(shown: &str) -> Option<(&str, &str)> {
    let parts = shown.split_once("::")?;
    let is_type = |text: &str| text.starts_with(char::is_uppercase);
    (is_type(parts.0) && is_type(parts.1)).then_some(parts)
}

/// The field of `Thing.name: String`.
fn name(shown: &str) -> Option<&str> {
    let (path, _) = shown.split_once(": ")?;
    path.rsplit_once('.').map(|(_, field)| field)
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
fn told(finding: &Finding, calls: &Calls) -> Line {
    let in_rust = |text: &str| {
        let mut text = text.to_owned();
        for operation in &finding.operations {
            let wire = format!("`{} {}`", operation.method, operation.path);
            text = text.replace(&wire, &calls.name(operation));
        }
        marked(&text)
    };
    let verb = finding.message.strip_prefix(&finding.subject).unwrap_or(&finding.message);
    let lines = &finding.rust_changes;
    let shown = field(lines, |it| &it.before).or_else(|| field(lines, |it| &it.after));
    // A model that several fields hold isn't told as one of them.
    let fields = lines.iter().filter_map(|it| it.before.as_deref()).filter(|it| is_field(it));
    let field = shown
        .filter(|_| fields.count() < 2)
        .and_then(|shown| Some((shown.split_once('.')?.0.to_owned(), name(shown)?.to_owned())));
    Line::Told(Told {
        subject: capital(&in_rust(&finding.subject)),
        verbs: vec![in_rust(verb.trim_start())],
        lines: became_all(lines),
        field,
    })
}

/// The changed lines; those of traits are told elsewhere.
fn became_all(lines: &[RustChange]) -> Vec<String> {
    let is_trait = |it: &&RustChange| {
        it.after.is_none() && it.before.as_deref().is_some_and(|line| parted(line).is_some())
    };
    lines.iter().filter(|it| !is_trait(it)).map(became).collect()
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
