//! Changes and their consequences, put together as findings.

use super::effect::Effect;
use super::finding::{
    Direction, Finding, Level, Move, OperationName, Rust, RustChange, Settings, Wire,
};
use super::names;
use super::operations;
use super::reach::Reach;
use super::rules::{self, Rule};
use super::walk::{Change, Source, Walk};
use std::collections::BTreeSet;

/// Most lines of the public API that a finding lists.
const MOST: usize = 40;

/// The findings, by consequence.
pub(super) fn findings(
    walk: &Walk<'_, '_>,
    effects: &[Effect],
    settings: &Settings,
) -> Vec<Finding> {
    let reach = Reach::of(walk);
    let mut lines: Vec<Vec<&RustChange>> = vec![Vec::new(); walk.changes.len()];
    for effect in effects {
        for at in &effect.explained_by {
            lines[*at].push(&effect.change);
        }
    }
    let changes = walk.changes.iter().zip(&lines);
    let all = changes.filter_map(|(change, lines)| finding(walk, &reach, change, lines, settings));
    let mut all: Vec<Finding> = all.collect();
    all.sort_by_cached_key(|it| {
        let place = it.new.or(it.old).map_or(0, |node| node.index());
        (
            it.level,
            std::cmp::Reverse((it.wire, it.rust)),
            it.docs_only,
            place,
            it.fingerprint.clone(),
        )
    });
    all
}

fn finding(
    walk: &Walk<'_, '_>,
    reach: &Reach,
    change: &Change,
    lines: &[&RustChange],
    settings: &Settings,
) -> Option<Finding> {
    let (direction, calls) = reach.change(change);
    let is_still = change.rule.request.is_none() && change.rule.reply.is_none();
    let direction = if is_still { Direction::None } else { direction };
    let code = change.rule.code(direction);
    let is_about = change.sources.iter().any(|source| matches!(source, Source::About(_)));
    let (wire, wire_why) = match (direction, change.rule.request) {
        // What is about an operation as a whole is told as of what the caller sends.
        (Direction::None, Some(verdict)) if is_about => verdict,
        _ => change.rule.verdict(direction),
    };
    let rust_changes = sorted(lines);
    let rust = rust_changes.iter().map(|line| line.verdict).fold(least(change.rule), Rust::max);
    let stated = settings.levels.get(&code).or_else(|| settings.levels.get(change.rule.name));
    let level = match stated {
        Some(level) => (*level)?,
        None => usual(wire, rust),
    };
    let fingerprint = fingerprint(walk, change, &code);
    Some(Finding {
        rule: change.rule.name,
        level,
        direction,
        wire,
        wire_why: wire_why.to_owned(),
        rust,
        rust_why: why(rust, change.rule, &rust_changes),
        rust_changes,
        docs_only: change.rule.docs && rust == Rust::Patch,
        message: format!("{} {}", change.subject, change.verb),
        subject: change.subject.clone(),
        old: change.old,
        new: change.new,
        old_text: change.old_text.clone(),
        new_text: change.new_text.clone(),
        operations: operation_names(walk, &calls),
        accepted: settings.accepted.get(&fingerprint).cloned(),
        fingerprint,
        code,
    })
}

/// The level of what isn't configured.
fn usual(wire: Wire, rust: Rust) -> Level {
    match (wire, rust) {
        (Wire::Breaks, _) => Level::Error,
        (Wire::MayBreak, _) | (Wire::Safe, Rust::Major) => Level::Warning,
        (Wire::Safe, Rust::Minor | Rust::Patch) => Level::Info,
    }
}

/// The worst first, each once; of these, calls before the models that they take along.
fn sorted(lines: &[&RustChange]) -> Vec<RustChange> {
    let mut seen = BTreeSet::new();
    let fresh = lines.iter().filter(|line| seen.insert((&line.before, &line.after)));
    let mut lines: Vec<RustChange> = fresh.map(|line| (*line).clone()).collect();
    join_bodies(&mut lines);
    cancel(&mut lines);
    // That a name stands for another type is told by the line of that type.
    let says = |line: &RustChange| line.before != line.after;
    let most = lines.iter().filter(|line| says(line)).map(|line| line.verdict).max();
    lines.retain(|line| says(line) || most < Some(line.verdict));
    let is_call = |line: &RustChange| {
        [&line.before, &line.after].into_iter().flatten().any(|text| text.starts_with("client."))
    };
    lines.sort_by_key(|line| (std::cmp::Reverse(line.verdict), !is_call(line)));
    lines.truncate(MOST);
    lines
}

/// What is gone and there again under another key is as it was; what became something else isn't
/// gone besides.
fn cancel(lines: &mut Vec<RustChange>) {
    let all = lines.clone();
    let (mut comes, mut goes, mut becomes) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for line in &all {
        match (&line.before, &line.after) {
            (Some(before), Some(_)) => becomes.insert(before),
            (Some(before), None) => goes.insert(before),
            (None, Some(after)) => comes.insert(after),
            (None, None) => false,
        };
    }
    lines.retain(|line| match (&line.before, &line.after) {
        (Some(text), None) => !comes.contains(text) && !becomes.contains(text),
        (None, Some(text)) => !goes.contains(text),
        _ => true,
    });
}

/// A body that a call took and one that it takes are one line, where each is the only one.
fn join_bodies(lines: &mut Vec<RustChange>) {
    let call = |line: &Option<String>| {
        line.as_deref()?.split_once("(body: ").map(|(call, _)| call.to_owned())
    };
    let gone: Vec<RustChange> = lines.iter().filter(|it| it.after.is_none()).cloned().collect();
    for was in gone {
        let Some(name) = call(&was.before) else { continue };
        let same = |it: &RustChange| match (&it.before, &it.after) {
            (None, after) => call(after).as_ref() == Some(&name),
            (before, None) => *it != was && call(before).as_ref() == Some(&name),
            _ => false,
        };
        let mut others = (0..lines.len()).filter(|at| same(&lines[*at]));
        let (Some(new), None) = (others.next(), others.next()) else { continue };
        if lines[new].before.is_none() {
            lines[new].before.clone_from(&was.before);
            lines[new].verdict = was.verdict;
            lines.retain(|it| *it != was);
        }
    }
}

/// What a change asks for that alters no line of the public API. Who uses what became deprecated is warned
/// by the compiler, for which Semantic Versioning 2.0.0, item 7, wants a minor release.
fn least(rule: &Rule) -> Rust {
    if std::ptr::eq(rule, &rules::DEPRECATED) { Rust::Minor } else { Rust::Patch }
}

fn why(rust: Rust, rule: &Rule, lines: &[RustChange]) -> String {
    let Some(line) = lines.first() else {
        let told = match rust {
            Rust::Minor => "The compiler warns of its use.",
            _ if rule.docs => "Only documentation changes.",
            _ => "The public API stays as it is.",
        };
        return told.to_owned();
    };
    match (&line.before, &line.after, rust) {
        (Some(before), Some(after), _) if before == after => format!("`{before}` changes."),
        (Some(before), Some(after), _) => format!("`{before}` becomes `{after}`."),
        (Some(before), None, _) => format!("`{before}` is gone."),
        (None, Some(after), Rust::Major) => format!("`{after}` has to be given."),
        (None, Some(after), _) => format!("`{after}` is new."),
        (None, None, _) => "The public API changes.".to_owned(),
    }
}

fn operation_names(walk: &Walk<'_, '_>, calls: &BTreeSet<usize>) -> Vec<OperationName> {
    let name = |call: &usize| {
        let call = walk.calls.get(*call)?;
        let operation = match (call.new, call.old) {
            (Some(at), _) => operations::operation(walk.new, at),
            (None, Some(at)) => operations::operation(walk.old, at),
            (None, None) => return None,
        };
        Some(OperationName {
            id: operation.id.map(str::to_owned),
            method: operation.method.clone(),
            path: operation.path.to_owned(),
        })
    };
    calls.iter().filter_map(name).collect()
}

fn fingerprint(walk: &Walk<'_, '_>, change: &Change, code: &str) -> String {
    let old = change.old.map(|at| names::stable(walk.old.tree, at)).unwrap_or_default();
    let new = change.new.map(|at| names::stable(walk.new.tree, at)).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (was, is) = (text(&change.old_text), text(&change.new_text));
    names::fingerprint(&[code, &old, &new, &change.detail, &was, &is])
}

/// What changed in the public API although nothing changed its meaning.
pub(super) fn moves(effects: &[Effect]) -> Vec<Move> {
    let open = effects.iter().filter(|it| it.explained_by.is_empty());
    let open = open.filter(|it| it.change.verdict == Rust::Major);
    let open = open.filter(|it| it.change.before != it.change.after);
    let of = |it: &Effect| {
        let message = match (&it.change.before, &it.change.after) {
            (Some(before), Some(after)) => format!("`{before}` becomes `{after}`"),
            (Some(before), None) => format!("`{before}` is gone"),
            (None, after) => format!("`{}` is new", after.as_deref().unwrap_or_default()),
        };
        Move { rust: it.change.verdict, message, change: it.change.clone() }
    };
    let mut moves: Vec<Move> = open.map(of).collect();
    moves.dedup_by(|a, b| a.change == b.change);
    moves
}
