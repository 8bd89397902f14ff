//! Validation keywords: which values are taken.

use super::rules;
use super::schema::Both;
use super::value;
use super::walk::{Change, Walk};
use crate::source::NodeId;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Compares the validation keywords and the conditions of two schemas.
pub(super) fn compare(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let keywords: BTreeSet<&'static str> =
        both.old.rules.keys().chain(both.new.rules.keys()).copied().collect();
    for keyword in keywords {
        let old = both.old.rules.get(keyword).copied();
        let new = both.new.rules.get(keyword).copied();
        match keyword {
            "pattern" => pattern(walk, both, old, new),
            _ => bound(walk, both, keyword, old, new),
        }
    }
    conditions(walk, both);
}

fn bound(
    walk: &mut Walk<'_, '_>,
    both: &Both<'_>,
    keyword: &'static str,
    old: Option<NodeId>,
    new: Option<NodeId>,
) {
    let (before, after) = (walk.old.tree, walk.new.tree);
    if is_idle(before, keyword, old) && is_idle(after, keyword, new) {
        return;
    }
    let rule = match (old, new) {
        (None, None) => return,
        (None, Some(_)) => &rules::CONSTRAINT_ADDED,
        (Some(_), None) => &rules::CONSTRAINT_REMOVED,
        (Some(a), Some(b)) => match (value::compare(before, a, after, b), keyword) {
            (Some(Ordering::Equal), _) => return,
            (None, _) if value::same(before, a, after, b) => return,
            // A multiple of four is one of two.
            (Some(_), "multipleOf") if divides(before, a, after, b) => &rules::CONSTRAINT_TIGHTENED,
            (Some(_), "multipleOf") if divides(after, b, before, a) => &rules::CONSTRAINT_LOOSENED,
            (Some(Ordering::Less), _) if !value::is_upper(keyword) => &rules::CONSTRAINT_TIGHTENED,
            (Some(Ordering::Greater), _) if value::is_upper(keyword) => {
                &rules::CONSTRAINT_TIGHTENED
            }
            (Some(_), "multipleOf") | (None, _) => &rules::CONSTRAINT_TIGHTENED,
            (Some(_), _) => &rules::CONSTRAINT_LOOSENED,
        },
    };
    push(walk, both, rule, keyword, old, new);
}

/// A lower bound of nothing admits everything.
fn is_idle(tree: &crate::source::Tree, keyword: &str, at: Option<NodeId>) -> bool {
    let Some(at) = at else { return true };
    matches!(keyword, "minLength" | "minItems" | "minProperties") && tree.integer(at) == Some(0)
}

fn divides(old: &crate::source::Tree, a: NodeId, new: &crate::source::Tree, b: NodeId) -> bool {
    match (old.integer(a), new.integer(b)) {
        (Some(a), Some(b)) if a != 0 => b % a == 0,
        _ => false,
    }
}

fn push(
    walk: &mut Walk<'_, '_>,
    both: &Both<'_>,
    rule: &'static rules::Rule,
    keyword: &'static str,
    old: Option<NodeId>,
    new: Option<NodeId>,
) {
    let texts = (
        old.map(|at| value::text(walk.old.tree, at)),
        new.map(|at| value::text(walk.new.tree, at)),
    );
    let verb = verb(keyword, &texts);
    let mut change: Change = both.change(walk, rule, keyword, verb);
    (change.old, change.new) = (old.or(change.old), new.or(change.new));
    // A bound may decide the width of an integer.
    walk.push(change.detail(keyword).texts(texts.0, texts.1).explains_holders());
}

fn verb(keyword: &str, texts: &(Option<String>, Option<String>)) -> String {
    match texts {
        (None, Some(new)) => format!("got {keyword} `{new}`"),
        (Some(old), None) => format!("lost {keyword} `{old}`"),
        (Some(old), Some(new)) => format!("had {keyword} `{old}`, has `{new}`"),
        (None, None) => format!("changed in {keyword}"),
    }
}

/// Patterns that every text matches.
const OPEN: [&str; 5] = ["", ".*", "^.*$", "[\\s\\S]*", "^[\\s\\S]*$"];

fn pattern(walk: &mut Walk<'_, '_>, both: &Both<'_>, old: Option<NodeId>, new: Option<NodeId>) {
    let text = |tree: &crate::source::Tree, at: Option<NodeId>| {
        at.map(|at| tree.text(at).unwrap_or_default().to_owned())
    };
    let (was, is) = (text(walk.old.tree, old), text(walk.new.tree, new));
    let rule = match (&was, &is) {
        (None, None) => return,
        (Some(was), Some(is)) if was == is => return,
        (None, Some(_)) => &rules::PATTERN_ADDED,
        (Some(_), None) => &rules::PATTERN_REMOVED,
        (Some(_), Some(is)) if OPEN.contains(&is.as_str()) => &rules::PATTERN_WIDENED,
        (Some(_), Some(_)) => &rules::PATTERN_CHANGED,
    };
    push(walk, both, rule, "pattern", old, new);
}

/// Keywords whose schema is more, or less, than a condition: a count of what `contains` finds.
fn conditions(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let keywords: BTreeSet<&'static str> = both
        .old
        .conditions
        .iter()
        .chain(&both.new.conditions)
        .map(|(keyword, _)| *keyword)
        .collect();
    for keyword in keywords {
        let find = |list: &[(&'static str, NodeId)]| {
            list.iter().find(|(known, _)| *known == keyword).map(|(_, at)| *at)
        };
        let (old, new) = (find(&both.old.conditions), find(&both.new.conditions));
        if matches!(keyword, "minContains" | "maxContains") {
            bound(walk, both, keyword, old, new);
            continue;
        }
        let rule = match (old, new) {
            (None, None) => continue,
            (Some(a), Some(b)) if same_condition(walk, a, b) => continue,
            (None, Some(_)) => &rules::CONDITION_ADDED,
            (Some(_), None) => &rules::CONDITION_REMOVED,
            (Some(_), Some(_)) => &rules::CONDITION_CHANGED,
        };
        push(walk, both, rule, keyword, old, new);
    }
}

/// Both conditions say the same, whatever they say it through.
fn same_condition(walk: &Walk<'_, '_>, old: NodeId, new: NodeId) -> bool {
    let (before, after) = (walk.old.tree, walk.new.tree);
    super::same::same(before, old, after, new)
}
