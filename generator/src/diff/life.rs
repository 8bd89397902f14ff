//! The life of what is described: deprecation, `x-sunset`, stability, and other extensions.

use super::flat::Flat;
use super::rules::{self, Rule};
use super::schema::Both;
use super::walk::{Change, Walk};
use super::{same, value};
use crate::source::{NodeId, Tree};
use std::collections::BTreeMap;

/// What is compared: an object on each side, and whether it is deprecated.
pub(super) struct Lives<'t> {
    /// The old object, and whether it is deprecated.
    pub(super) old: (NodeId, bool),
    /// The new one.
    pub(super) new: (NodeId, bool),
    /// Extensions of the old one.
    pub(super) old_extensions: BTreeMap<&'t str, NodeId>,
    /// Extensions of the new one.
    pub(super) new_extensions: BTreeMap<&'t str, NodeId>,
}

/// Extensions that are told elsewhere, or only say where a fact was found.
const TOLD: [&str; 14] = [
    "x-source",
    "x-assumed",
    "x-sunset",
    "x-stability-level",
    "x-extensible-enum",
    "x-overloads",
    "x-enum-varnames",
    "x-enum-descriptions",
    "x-enumNames",
    "x-ms-enum",
    "x-nullable",
    "x-deprecated",
    "x-example",
    "x-examples",
];

/// Of the others, those that decide what is generated.
const READ: [&str; 7] = [
    "x-error-code",
    "x-error-codes",
    "x-error-message",
    "x-idempotency-key",
    "x-pagination",
    "x-permissions",
    "x-retry",
];

/// No line of the generated public API comes of it: a notice about a life, or an extension that
/// nothing reads.
pub(super) fn is_silent(change: &Change) -> bool {
    let notices = [
        &rules::DEPRECATED,
        &rules::REACTIVATED,
        &rules::SUNSET_ADDED,
        &rules::SUNSET_REMOVED,
        &rules::SUNSET_EARLIER,
        &rules::SUNSET_LATER,
        &rules::SUNSET_INVALID,
        &rules::STABILITY_LOWERED,
        &rules::STABILITY_RAISED,
    ];
    let key = change.detail.as_str();
    let is_read = READ.contains(&key) || TOLD.contains(&key);
    notices.into_iter().any(|rule| std::ptr::eq(change.rule, rule))
        || (std::ptr::eq(change.rule, &rules::EXTENSION_CHANGED) && !is_read)
}

/// Compares the lives of two schemas.
pub(super) fn schema(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let (old, new) = (&both.old, &both.new);
    let lives = Lives {
        old: (old.at, old.deprecated),
        new: (new.at, new.deprecated),
        old_extensions: old.extensions.clone(),
        new_extensions: new.extensions.clone(),
    };
    for change in compare(walk, &lives) {
        walk.push(change.of_pair(both.pair).explains_holders());
    }
    extensible(walk, both);
    names_of_values(walk, both);
    sunsets(walk, both);
}

/// `x-enum-varnames` and what others have for it decide the names of variants.
fn names_of_values(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    use super::walk::{Aspect, Subject};
    for key in ["x-enum-varnames", "x-enum-descriptions", "x-enumNames", "x-ms-enum"] {
        let (old, new) = (both.old.extensions.get(key), both.new.extensions.get(key));
        // Values that come or go take their names with them.
        let counts =
            (both.old.values.as_ref().map(Vec::len), both.new.values.as_ref().map(Vec::len));
        let same = match (old, new) {
            (None, None) => true,
            (Some(a), Some(b)) => value::same(walk.old.tree, *a, walk.new.tree, *b),
            _ => false,
        };
        if same || counts.0 != counts.1 {
            continue;
        }
        let (a, b) = (both.old_item(walk.old), both.new_item(walk.new));
        let change = both
            .change(walk, &rules::EXTENSION_CHANGED, key, format!("has another `{key}`"))
            .detail(key)
            .explains(a.map(Subject::Item), b.map(Subject::Item), Aspect::Any);
        walk.push(change);
    }
}

fn sunsets(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let old = super::schema::stated(walk.old, &both.old, "x-sunset");
    let new = super::schema::stated(walk.new, &both.new, "x-sunset");
    let (old_at, new_at) = (both.old.at, both.new.at);
    if let Some(change) = sunset(walk, (old_at, old), (new_at, new)) {
        walk.push(change.of_pair(both.pair));
    }
}

/// Compares the lives of two objects.
pub(super) fn compare(walk: &Walk<'_, '_>, lives: &Lives<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let (old, new) = (lives.old, lives.new);
    if old.1 != new.1 {
        let (rule, verb) = match new.1 {
            true => (&rules::DEPRECATED, "became deprecated"),
            false => (&rules::REACTIVATED, "isn't deprecated any more"),
        };
        let at = |tree: &Tree, at| tree.get(at, "deprecated").unwrap_or(at);
        let (a, b) = (at(walk.old.tree, old.0), at(walk.new.tree, new.0));
        let subject = super::names::shown(walk.new.tree, new.0);
        let change = Change::new(walk, rule, Some(a), Some(b), verb).subject(subject);
        changes.push(change.texts(Some(old.1.to_string()), Some(new.1.to_string())));
    }
    changes.extend(stability(walk, lives));
    changes.extend(extensions(walk, lives));
    changes
}

/// The extensions of an object.
pub(super) fn extensions_of(tree: &Tree, at: NodeId) -> BTreeMap<&str, NodeId> {
    tree.entries(at).filter(|(key, _)| key.starts_with("x-")).collect()
}

/// Compares `x-sunset` of two objects.
pub(super) fn sunset(
    walk: &Walk<'_, '_>,
    old: (NodeId, Option<NodeId>),
    new: (NodeId, Option<NodeId>),
) -> Option<Change> {
    let text =
        |tree: &Tree, at: Option<NodeId>| at.map(|at| tree.text(at).unwrap_or_default().to_owned());
    let (was, is) = (text(walk.old.tree, old.1), text(walk.new.tree, new.1));
    let (rule, verb): (&'static Rule, String) = match (&was, &is) {
        (a, b) if a == b => return None,
        (_, Some(date)) if !is_date(date) => {
            (&rules::SUNSET_INVALID, format!("has the sunset `{date}`, which is no date"))
        }
        (None, Some(date)) => (&rules::SUNSET_ADDED, format!("ends on {date}")),
        (Some(date), None) => (&rules::SUNSET_REMOVED, format!("doesn't end on {date} any more")),
        (Some(was), Some(is)) if day(is) < day(was) => {
            (&rules::SUNSET_EARLIER, format!("ends on {is} instead of {was}"))
        }
        (Some(was), Some(is)) => (&rules::SUNSET_LATER, format!("ends on {is} instead of {was}")),
        (None, None) => return None,
    };
    let (a, b) = (old.1.unwrap_or(old.0), new.1.unwrap_or(new.0));
    let subject = super::names::shown(walk.new.tree, new.0);
    let change = Change::new(walk, rule, Some(a), Some(b), verb).subject(subject);
    Some(change.texts(was, is))
}

/// What is deprecated was announced to end, and that day has passed.
pub(super) fn has_ended(walk: &Walk<'_, '_>, flat: &Flat<'_>) -> bool {
    let sunset = super::schema::stated(walk.old, flat, "x-sunset");
    flat.deprecated && sunset.is_some_and(|at| has_passed(walk, at))
}

/// The date of an `x-sunset` of the old document lies before today.
pub(super) fn has_passed(walk: &Walk<'_, '_>, sunset: NodeId) -> bool {
    let date = walk.old.tree.text(sunset).unwrap_or_default();
    is_date(date) && walk.today.is_some_and(|today| day(date) < day(today))
}

/// `2026-11-22`, with a time or without (RFC 3339).
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        text.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let number = |range| text.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    bytes.len() >= 10
        && digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && number(5..7).is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=31).contains(&day))
        && (bytes.len() == 10 || matches!(bytes[10], b'T' | b't' | b' '))
}

fn day(date: &str) -> &str {
    date.get(..10).unwrap_or(date)
}

/// Levels of stability, from the least.
const LEVELS: [&str; 4] = ["draft", "alpha", "beta", "stable"];

fn stability(walk: &Walk<'_, '_>, lives: &Lives<'_>) -> Option<Change> {
    let key = "x-stability-level";
    let find = |tree: &Tree, extensions: &BTreeMap<&str, NodeId>| {
        let at = extensions.get(key).copied();
        (at, at.and_then(|at| tree.text(at)).unwrap_or("stable").to_owned())
    };
    let (old_at, was) = find(walk.old.tree, &lives.old_extensions);
    let (new_at, is) = find(walk.new.tree, &lives.new_extensions);
    let rank = |level: &str| LEVELS.iter().position(|known| *known == level);
    let rule = match (rank(&was), rank(&is)) {
        _ if was == is => return None,
        (Some(was), Some(is)) if is > was => &rules::STABILITY_RAISED,
        (Some(_), Some(_)) => &rules::STABILITY_LOWERED,
        _ => &rules::EXTENSION_CHANGED,
    };
    let (a, b) = (old_at.unwrap_or(lives.old.0), new_at.unwrap_or(lives.new.0));
    let verb = format!("was {was}, is {is}");
    let subject = super::names::shown(walk.new.tree, lives.new.0);
    let change = Change::new(walk, rule, Some(a), Some(b), verb).subject(subject).detail(key);
    Some(change.texts(Some(was), Some(is)))
}

fn extensions(walk: &Walk<'_, '_>, lives: &Lives<'_>) -> Vec<Change> {
    let keys: std::collections::BTreeSet<&str> =
        lives.old_extensions.keys().chain(lives.new_extensions.keys()).copied().collect();
    let mut changes = Vec::new();
    for key in keys.into_iter().filter(|key| !TOLD.contains(key)) {
        let old = lives.old_extensions.get(key).copied();
        let new = lives.new_extensions.get(key).copied();
        let verb = match (old, new) {
            (Some(a), Some(b)) if same::same_by_name(walk.old.tree, a, walk.new.tree, b) => {
                continue;
            }
            (None, _) => format!("got `{key}`"),
            (_, None) => format!("lost `{key}`"),
            _ => format!("has another `{key}`"),
        };
        let (a, b) = (old.unwrap_or(lives.old.0), new.unwrap_or(lives.new.0));
        let subject = super::names::shown(walk.new.tree, lives.new.0);
        let change = Change::new(walk, &rules::EXTENSION_CHANGED, Some(a), Some(b), verb);
        let texts = (
            old.map(|at| value::text(walk.old.tree, at)),
            new.map(|at| value::text(walk.new.tree, at)),
        );
        changes.push(change.subject(subject).detail(key).texts(texts.0, texts.1));
    }
    changes
}

/// `x-extensible-enum`: the values known so far.
fn extensible(walk: &mut Walk<'_, '_>, both: &Both<'_>) {
    let key = "x-extensible-enum";
    let list = |tree: &Tree, flat: &Flat<'_>| {
        let at = flat.extensions.get(key);
        at.map(|at| tree.items(*at).to_vec()).unwrap_or_default()
    };
    let (before, after) = (walk.old.tree, walk.new.tree);
    let (old, new) = (list(before, &both.old), list(after, &both.new));
    let removed = value::missing(before, &old, after, &new);
    let added = value::missing(after, &new, before, &old);
    for at in removed {
        let text = value::text(before, at);
        let verb = format!("lost the known value `{}`", text.trim_matches('"'));
        let mut change = both.change(walk, &rules::EXTENSIBLE_VALUE_REMOVED, key, verb);
        change.old = Some(at);
        walk.push(change.detail(&text).texts(Some(text), None));
    }
    for at in added {
        let text = value::text(after, at);
        let verb = format!("got the known value `{}`", text.trim_matches('"'));
        let mut change = both.change(walk, &rules::EXTENSIBLE_VALUE_ADDED, key, verb);
        change.new = Some(at);
        walk.push(change.detail(&text).texts(None, Some(text)));
    }
}
