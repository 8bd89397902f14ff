//! What a description tells of each listed value, as authors and their tools write it: a line for
//! each, with the value first (``* `red` - Stop.``).
//!
//! It names values that are mere numbers. The documentation of others has it once equal enums are one:
//! that values are told of otherwise elsewhere makes no other type.

use std::collections::{HashMap, HashSet};

use crate::lower::cx::Cx;
use crate::lower::evidence::format::is_digits;
use crate::source::NodeId;
use crate::spec::SchemaId;
use tenon_ir as ir;

/// What stands before a value in its line.
const MARKS: [char; 6] = ['*', '-', '+', '•', '|', '('];

/// What stands between a value and what is told of it.
const JOINTS: [&str; 8] = ["=>", "->", "–", "—", "-", ":", "=", "|"];

/// What a line ends with.
const ENDS: [&str; 6] = ["<br>", "<br/>", "<br />", "</li>", "<li>", "\\n"];

/// The most bytes of a description, each as often as there are values, that are looked at.
const BYTES: usize = 1 << 24;

/// The most words that a value is called by, and the most characters.
const LONGEST: (usize, usize) = (6, 48);

/// Puts into the documentation of values what descriptions tell of them; `first` is the model that
/// stands in the place of each. Where places disagree, nothing is told.
pub(in super::super) fn fill(api: &mut ir::Api, cx: &Cx<'_, '_>, first: &[usize]) {
    let schemas = cx.spec.schemas.iter().enumerate();
    let listing = schemas.filter(|(_, schema)| !schema.values.is_empty());
    let by_node: HashMap<NodeId, SchemaId> =
        listing.map(|(index, schema)| (schema.at, SchemaId(index as u32))).collect();
    let mut told: HashMap<(usize, String), Option<String>> = HashMap::new();
    for (index, item) in api.items.iter().enumerate() {
        let ir::Kind::Enum(_) = item.kind else { continue };
        let Some(holder) = by_node.get(&cx.nodes[index]).copied() else { continue };
        let texts = told_of(cx, holder).into_iter().zip(values(cx, holder));
        for (text, value) in texts.filter_map(|(text, value)| Some((text?, value))) {
            let known = told.entry((first[index], value.to_owned()));
            let known = known.or_insert_with(|| Some(text.clone()));
            known.take_if(|known| *known != text);
        }
    }
    for ((index, value), text) in told {
        let ir::Kind::Enum(shape) = &mut api.items[index].kind else { continue };
        let variant = shape.variants.iter_mut().find(|variant| variant.wire == value);
        if let Some(variant) = variant.filter(|variant| variant.docs == ir::Docs::default()) {
            variant.docs.summary = text;
        }
    }
}

/// The names of numbers, by what is told of each; `docs` is what else says it.
pub(super) fn names(
    cx: &Cx<'_, '_>,
    holder: SchemaId,
    docs: &[Option<String>],
) -> Vec<Option<String>> {
    let told = || if docs.is_empty() { told_of(cx, holder) } else { docs.to_vec() };
    labels(&values(cx, holder), told)
}

/// What the description tells of each value.
fn told_of(cx: &Cx<'_, '_>, holder: SchemaId) -> Vec<Option<String>> {
    let stated = cx.spec.schema(holder).description;
    match stated.or_else(|| cx.users.get(&holder).copied()) {
        Some(description) => of(description, &values(cx, holder)),
        None => Vec::new(),
    }
}

/// The values as texts; an empty one isn't told of.
fn values<'t>(cx: &Cx<'_, 't>, holder: SchemaId) -> Vec<&'t str> {
    let values = cx.spec.schema(holder).values.iter();
    values.map(|value| cx.spec.tree.text(*value).unwrap_or_default()).collect()
}

/// What the description tells of each of these values; nothing unless it tells of two or more.
fn of(description: &str, values: &[&str]) -> Vec<Option<String>> {
    if description.len().saturating_mul(values.len()) > BYTES {
        return Vec::new();
    }
    let mut lines = description.to_owned();
    ENDS.iter().for_each(|end| lines = lines.replace(end, "\n"));
    let told = |lines: &mut dyn Iterator<Item = &str>| {
        let mut told: Vec<Option<String>> = vec![None; values.len()];
        for line in lines {
            let found = values.iter().zip(&mut told).find_map(|(value, told)| {
                let text = behind(line, value)?;
                Some((text, told))
            });
            if let Some((text, told)) = found {
                told.get_or_insert_with(|| text.to_owned());
            }
        }
        told
    };
    let of_lines = told(&mut lines.lines());
    if of_lines.iter().flatten().count() > 1 {
        return of_lines;
    }
    // Numbers are told of in a row, too: `0 = Off, 1 = On`.
    let of_row = told(&mut lines.split(['\n', ',', ';']));
    if of_row.len() > 1 && of_row.iter().all(Option::is_some) { of_row } else { Vec::new() }
}

/// What a line tells of this value, if it begins with it.
fn behind<'d>(line: &'d str, value: &str) -> Option<&'d str> {
    let line = line.trim_start().trim_start_matches(MARKS).trim_start();
    let bare = line.trim_start_matches(['`', '"', '\'', '*', '_']);
    let is_quoted = bare.len() < line.len();
    let rest = bare.strip_prefix(value).filter(|_| !value.is_empty())?;
    let closed = rest.trim_start_matches(['`', '"', '\'', '*', '_']);
    let open = closed.trim_start();
    let Some(joint) = JOINTS.into_iter().find(|joint| open.starts_with(joint)) else {
        // `red` stops.
        let text = closed.strip_prefix(' ').filter(|_| line.starts_with('`'));
        return text.map(str::trim).filter(|text| text.starts_with(char::is_alphanumeric));
    };
    let text = open.strip_prefix(joint)?;
    // A bare value is a word: `a-b` and `10:30` aren't told of.
    let is_apart = is_quoted
        || open.len() < closed.len()
        || (text.starts_with([' ', '\t']) && joint != "-")
        || (joint == "=" && is_digits(value));
    let text = text.trim().trim_end_matches(['|', ')', ',', ';']).trim();
    (is_apart && text.chars().any(char::is_alphanumeric)).then_some(text)
}

/// The names of values that are mere numbers, by what is told of them: each is told of in a few words,
/// and no two in the same. Of others nothing is asked.
fn labels(values: &[&str], told: impl FnOnce() -> Vec<Option<String>>) -> Vec<Option<String>> {
    if !values.iter().all(|value| is_digits(value.strip_prefix('-').unwrap_or(value))) {
        return Vec::new();
    }
    let told = told();
    let names: Option<Vec<&str>> = told.iter().map(|text| label(text.as_deref()?)).collect();
    let Some(names) = names.filter(|names| names.len() == values.len() && names.len() > 1) else {
        return Vec::new();
    };
    let mut seen = HashSet::new();
    if names.iter().all(|name| seen.insert(name.to_lowercase())) {
        names.into_iter().map(|name| Some(name.to_owned())).collect()
    } else {
        Vec::new()
    }
}

/// A text of a few words, in letters that every reader of Rust can type.
pub(in super::super) fn label(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches('.');
    let is_word = |c: char| c.is_ascii_alphanumeric() || " -_'/".contains(c);
    let is_short = text.split_whitespace().count() <= LONGEST.0 && text.len() <= LONGEST.1;
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && is_short && text.chars().all(is_word)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(description: &str, values: &[&str]) -> String {
        let told = of(description, values);
        let texts: Vec<&str> = told.iter().map(|it| it.as_deref().unwrap_or("?")).collect();
        texts.join(" / ")
    }

    #[test]
    fn lines_that_begin_with_a_value_tell_of_it() {
        let lines = "The light.\n\n* `red` - Stop.\n* `green`: Go.\n* **amber** — Wait, and look.";
        assert_eq!(told(lines, &["red", "green", "amber"]), "Stop. / Go. / Wait, and look.");
        let breaks = "Kind:<br>`1` - Instant meeting.<br>`2` - Scheduled meeting.";
        assert_eq!(told(breaks, &["1", "2", "3"]), "Instant meeting. / Scheduled meeting. / ?");
        assert_eq!(told("`a` is first\n`b` is second", &["a", "b"]), "is first / is second");
        assert_eq!(told("0 = Off\n1 = On", &["0", "1"]), "Off / On");
        assert_eq!(told("| a | First |\n| b | Second |", &["a", "b"]), "First / Second");
        assert_eq!(told("Either (0 = Off, 1 = On)", &["0", "1"]), "");
        assert_eq!(told("0=Off, 1=On", &["0", "1"]), "Off / On");
        assert_eq!(told("0: Off; 1: On", &["0", "1"]), "Off / On");
    }

    #[test]
    fn other_lines_tell_of_nothing() {
        for text in [
            "One of red and green.",
            "- red\n- green",
            "red-hot: no\ngreen-ish: no",
            "redder - no\ngreenish - no",
            "- red: Stop.",
        ] {
            assert_eq!(of(text, &["red", "green"]), Vec::<Option<String>>::new(), "{text}");
        }
        assert_eq!(told("10:30 or 11:45", &["10", "11"]), "");
    }

    #[test]
    fn numbers_are_called_by_a_few_words() {
        let some = |texts: &[&str]| -> Vec<Option<String>> {
            texts.iter().map(|text| Some((*text).to_owned())).collect()
        };
        let names = |values: &[&str], texts: &[&str]| labels(values, || some(texts)).len();
        assert_eq!(names(&["-1", "1"], &["Last week.", "First week"]), 2);
        assert_eq!(names(&["1", "2"], &["Daily", "daily."]), 0);
        assert_eq!(names(&["1", "2"], &["Daily", "Every day, or when (if) it is asked for"]), 0);
        assert_eq!(names(&["a", "2"], &["Daily", "Weekly"]), 0);
        assert_eq!(labels(&["1", "2"], || vec![Some("Daily".to_owned()), None]).len(), 0);
    }
}
