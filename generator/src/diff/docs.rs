//! What describes: titles, descriptions, examples.

use super::rules::{self, Rule};
use super::schema::{Both, stated};
use super::value;
use super::walk::{Aspect, Change, Subject, Walk};
use crate::source::NodeId;

/// Longest text that is shown, in characters.
const LONGEST: usize = 120;

/// Compares what describes two schemas.
pub(super) fn schema(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let texts = [
        ("title", &both.old.titles, &both.new.titles, &rules::TITLE_CHANGED),
        (
            "description",
            &both.old.descriptions,
            &both.new.descriptions,
            &rules::DESCRIPTION_CHANGED,
        ),
    ];
    for (keyword, old, new, rule) in texts {
        let (was, is) = (old.first(), new.first());
        if was.map(|text| text.trim()) == is.map(|text| text.trim()) || is_inlined(both, old, new) {
            continue;
        }
        let (old_item, new_item) = (both.old_item(walk.old), both.new_item(walk.new));
        let change = both
            .change(walk, rule, keyword, verb(keyword, was.is_some(), is.is_some()))
            .texts(was.map(|text| cut(text)), is.map(|text| cut(text)));
        let change = match keyword {
            "title" => change
                .explains(old_item.map(Subject::Item), new_item.map(Subject::Item), Aspect::Any)
                .explains_holders(),
            _ => change,
        };
        walk.push(change);
    }
    examples(walk, both);
}

/// One side refers to a schema and describes it anew; on the other it stands in place of the
/// reference, which leaves room for one description only.
fn is_inlined(both: &Both<'_>, old: &[&str], new: &[&str]) -> bool {
    if both.old.by_reference == both.new.by_reference {
        return false;
    }
    let within = |few: &[&str], many: &[&str]| few.iter().all(|text| many.contains(text));
    match both.old.by_reference {
        true => !new.is_empty() && within(new, old),
        false => !old.is_empty() && within(old, new),
    }
}

fn examples(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (&both.old.examples, &both.new.examples);
    if !value::same_lists(walk.old.tree, old, walk.new.tree, new) {
        let keyword =
            if stated(walk.new, &both.new, "examples").is_some() { "examples" } else { "example" };
        let texts = (
            old.first().map(|at| value::text(walk.old.tree, *at)),
            new.first().map(|at| value::text(walk.new.tree, *at)),
        );
        let verb = verb("example", !old.is_empty(), !new.is_empty());
        let change = both.change(walk, &rules::EXAMPLE_CHANGED, keyword, verb);
        // An example may show that a format isn't kept to, which decides the type.
        walk.push(change.texts(texts.0, texts.1).explains_holders());
    }
}

pub(super) fn verb(keyword: &str, was: bool, is: bool) -> String {
    let article = if keyword == "example" { "an" } else { "a" };
    match (was, is) {
        (false, _) => format!("got {article} {keyword}"),
        (_, false) => format!("lost its {keyword}"),
        _ => format!("has another {keyword}"),
    }
}

/// The text, cut where it is long.
pub(super) fn cut(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What is compared beside schemas: a text of an object on both sides.
pub(super) struct Text<'a> {
    /// Its key: `description`.
    pub(super) keyword: &'static str,
    /// Object and text before.
    pub(super) old: (NodeId, Option<&'a str>),
    /// Object and text after.
    pub(super) new: (NodeId, Option<&'a str>),
}

/// Two texts of an operation, parameter, tag or the like differ.
pub(super) fn text(walk: &Walk<'_, '_>, text: &Text<'_>) -> Option<Change> {
    let (was, is) = (text.old.1.map(str::trim), text.new.1.map(str::trim));
    let (was, is) = (was.filter(|it| !it.is_empty()), is.filter(|it| !it.is_empty()));
    if was == is {
        return None;
    }
    let rule: &'static Rule = match text.keyword {
        "title" => &rules::TITLE_CHANGED,
        _ => &rules::DESCRIPTION_CHANGED,
    };
    let old = walk.old.tree.get(text.old.0, text.keyword).unwrap_or(text.old.0);
    let new = walk.new.tree.get(text.new.0, text.keyword).unwrap_or(text.new.0);
    let subject = super::names::shown(walk.new.tree, text.new.0);
    let verb = verb(text.keyword, was.is_some(), is.is_some());
    let change = Change::new(walk, rule, Some(old), Some(new), verb).subject(subject);
    Some(change.detail(text.keyword).texts(was.map(cut), is.map(cut)))
}

/// Two lists of examples differ.
pub(super) fn example(
    walk: &Walk<'_, '_>,
    old: (NodeId, &[NodeId]),
    new: (NodeId, &[NodeId]),
) -> Option<Change> {
    // Named examples come in any order.
    if value::same_lists(walk.old.tree, old.1, walk.new.tree, new.1) {
        return None;
    }
    let first = |list: &[NodeId], at: NodeId| list.first().copied().unwrap_or(at);
    let texts = (
        old.1.first().map(|at| value::text(walk.old.tree, *at)),
        new.1.first().map(|at| value::text(walk.new.tree, *at)),
    );
    let verb = verb("example", !old.1.is_empty(), !new.1.is_empty());
    let (a, b) = (first(old.1, old.0), first(new.1, new.0));
    let subject = super::names::shown(walk.new.tree, new.0);
    let change = Change::new(walk, &rules::EXAMPLE_CHANGED, Some(a), Some(b), verb);
    Some(change.subject(subject).texts(texts.0, texts.1))
}
