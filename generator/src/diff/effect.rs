//! What a comparison does to the generated crate, and which change explains it.
//!
//! In: the pairs that were walked. Out: the lines of the public API that differ, each with the
//! changes that explain it. What no change explains is a move.

use super::finding::{Rust, RustChange};
use super::side::Side;
use super::surface::{self, Entry, Key, Part, Place, Shared, Surface};
use super::walk::{Aspect, Change, Holder, Link, Source, Subject, Walk};
use super::{life, rules, traits};
use crate::ir;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A line of the public API that differs.
#[derive(Debug)]
pub(super) struct Effect {
    pub(super) key: Key,
    pub(super) change: RustChange,
    /// Indices into [`Walk::changes`].
    pub(super) explained_by: Vec<usize>,
}

/// Numbers of the models of the old client that the new one hasn't.
const GONE: u32 = 1 << 30;

/// The lines that differ.
pub(super) fn effects(walk: &Walk<'_, '_>) -> Vec<Effect> {
    let models = numbers(walk);
    let old = shared(walk, walk.old, &models.0, false);
    let new = shared(walk, walk.new, &models.1, true);
    let mut effects = different(&old, &new);
    let links = Links::new(walk, &models);
    links.explain(walk, &mut effects);
    effects
}

fn shared<'a>(
    walk: &Walk<'_, '_>,
    side: &'a Side<'_>,
    models: &'a [u32],
    is_new: bool,
) -> Shared<'a> {
    let mut calls = HashMap::new();
    for (number, call) in walk.calls.iter().enumerate() {
        if let Some(at) = if is_new { call.new } else { call.old } {
            let operation = super::operations::operation(side, at);
            calls.insert(crate::lower::pointer(side.tree, operation.at), number);
        }
    }
    Shared { api: &side.api, models, calls }
}

/// What was there comes before what is new.
fn different(old: &Shared<'_>, new: &Shared<'_>) -> Vec<Effect> {
    let (before, after) = (surface::parts(old), surface::parts(new));
    let all: BTreeSet<Part> = before.keys().chain(after.keys()).copied().collect();
    let mut effects = Vec::new();
    for part in all {
        let surface = |shared: &Shared<'_>, place: Option<&Place<'_>>| {
            place.map(|place| surface::of(shared, part, *place)).unwrap_or_default()
        };
        let (was, is) = (surface(old, before.get(&part)), surface(new, after.get(&part)));
        differences(&was, &is, &mut effects);
    }
    effects.sort_by(|a, b| {
        let is_new = |effect: &Effect| effect.change.before.is_none();
        is_new(a).cmp(&is_new(b)).then_with(|| a.key.cmp(&b.key))
    });
    effects
}

/// Numbers for the models of both sides: those that became one another share theirs.
fn numbers(walk: &Walk<'_, '_>) -> (Vec<u32>, Vec<u32>) {
    let (old, new) = (&walk.old.api.items, &walk.new.api.items);
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for pair in &walk.pairs {
        let (Some(a), Some(b)) = (&pair.old_type, &pair.new_type) else { continue };
        pairs.extend(named(a).zip(named(b)));
        pairs.extend(
            super::schema::item(walk.old, Some(a)).zip(super::schema::item(walk.new, Some(b))),
        );
    }
    let by_name: HashMap<&str, u32> =
        new.iter().enumerate().map(|(at, item)| (item.name.as_str(), at as u32)).collect();
    let same_name = |(a, b): &(u32, u32)| old[*a as usize].name == new[*b as usize].name;
    let (first, second): (Vec<_>, Vec<_>) = pairs.into_iter().partition(same_name);
    let last = old
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((at as u32, *by_name.get(item.name.as_str())?)));
    let mut found: Vec<Option<u32>> = vec![None; old.len()];
    let mut taken = HashSet::new();
    for (a, b) in first.into_iter().chain(second).chain(last) {
        if found[a as usize].is_none() && taken.insert(b) {
            found[a as usize] = Some(b);
        }
    }
    let old = found.iter().enumerate().map(|(at, to)| to.unwrap_or(GONE + at as u32)).collect();
    (old, (0..new.len() as u32).collect())
}

/// The model that a type names itself, or behind `null` or a box.
fn named(ty: &ir::Type) -> Option<u32> {
    match ty {
        ir::Type::Item(id) => Some(id.0),
        ir::Type::Nullable(inner) | ir::Type::Boxed(inner) => named(inner),
        _ => None,
    }
}

fn differences(old: &Surface, new: &Surface, effects: &mut Vec<Effect>) {
    let mut add = |key: &Key, verdict, before: Option<&Entry>, after: Option<&Entry>| {
        let shown = |entry: Option<&Entry>| entry.map(|entry| entry.shown.clone());
        let change = RustChange { verdict, before: shown(before), after: shown(after) };
        effects.push(Effect { key: key.clone(), change, explained_by: Vec::new() });
    };
    let stays = |entry: &Entry, surface: &Surface| {
        entry.owner.as_ref().is_none_or(|owner| surface.contains_key(owner))
    };
    for (key, before) in old {
        match new.get(key) {
            Some(after) if before.text == after.text => {}
            Some(after) if key.1 == Aspect::Order && !is_reordered(before, after) => {}
            Some(after) => add(key, Rust::Major, Some(before), Some(after)),
            None if stays(before, new) => add(key, Rust::Major, Some(before), None),
            None => {}
        }
    }
    for (key, after) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        if stays(after, old) {
            let demanded = after.demanded_by.as_ref().is_some_and(|by| old.contains_key(by));
            let verdict = if demanded { Rust::Major } else { Rust::Minor };
            add(key, verdict, None, Some(after));
        }
    }
}

/// The arguments that both have come in another order.
fn is_reordered(before: &Entry, after: &Entry) -> bool {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.text.lines().collect(), after.text.lines().collect());
    let kept = |list: &[&str], other: &[&str]| -> Vec<String> {
        list.iter().filter(|it| other.contains(it)).map(|it| (*it).to_owned()).collect()
    };
    kept(&old, &new) != kept(&new, &old)
}

/// Which changes explain which items.
struct Links {
    /// Changes by the item that they explain.
    by_subject: HashMap<Subject, Vec<(Aspect, usize)>>,
    /// Changes, and the items that they explain, by what these belong to.
    below: HashMap<Subject, Vec<(Subject, usize)>>,
    /// Changes by a model that may be gone with them.
    gone: HashMap<u32, Vec<usize>>,
}

impl Links {
    fn new(walk: &Walk<'_, '_>, models: &(Vec<u32>, Vec<u32>)) -> Links {
        let mut links =
            Links { by_subject: HashMap::new(), below: HashMap::new(), gone: HashMap::new() };
        let telling = walk.changes.iter().enumerate().filter(|(_, it)| !life::is_silent(it));
        for (at, change) in telling {
            let mut all = change.links.clone();
            if change.holders {
                all.extend(holders(walk, change));
            }
            for link in all {
                let numbers = if link.is_new { &models.1 } else { &models.0 };
                let subject = numbered(&link.subject, numbers);
                if let Some(parent) = parent(&subject) {
                    links.below.entry(parent).or_default().push((subject.clone(), at));
                }
                links.by_subject.entry(subject).or_default().push((link.aspect, at));
            }
            for id in &change.gone {
                let number = models.0.get(id.0 as usize).copied().unwrap_or(u32::MAX);
                links.gone.entry(number).or_default().push(at);
            }
        }
        links
    }

    fn explain(&self, walk: &Walk<'_, '_>, effects: &mut [Effect]) {
        // That arguments stand in another order is no change of meaning.
        let has_cause = |effect: &&mut Effect| effect.key.1 != Aspect::Order;
        for effect in effects.iter_mut().filter(has_cause) {
            let found = self.direct(&effect.key);
            effect.explained_by = found.into_iter().filter(|at| says_much(walk, *at)).collect();
        }
        let active: HashSet<usize> =
            effects.iter().flat_map(|effect| effect.explained_by.iter().copied()).collect();
        let open = effects.iter_mut().filter(|effect| effect.explained_by.is_empty());
        for effect in open.filter(has_cause) {
            let mut found = self.indirect(effect, &active);
            found.extend(self.direct(&effect.key));
            effect.explained_by = found;
        }
        for effect in effects.iter_mut() {
            effect.explained_by = preferred(walk, std::mem::take(&mut effect.explained_by));
        }
        traits::explain(walk, effects);
    }

    /// By the item itself, or by what it belongs to.
    fn direct(&self, key: &Key) -> Vec<usize> {
        let (subject, aspect, _) = key;
        let of = |subject: &Subject, accepts: &dyn Fn(Aspect) -> bool| -> Vec<usize> {
            let all = self.by_subject.get(subject).into_iter().flatten();
            all.filter(|(aspect, _)| accepts(*aspect)).map(|(_, at)| *at).collect()
        };
        let own = of(subject, &|known| known == Aspect::Any || known == *aspect);
        if !own.is_empty() {
            return own;
        }
        let mut above = parent(subject);
        while let Some(subject) = above {
            let found = of(&subject, &|known| known == Aspect::Any);
            if !found.is_empty() {
                return found;
            }
            above = parent(&subject);
        }
        Vec::new()
    }

    /// By what belongs to the item, or by what takes a model with it.
    fn indirect(&self, effect: &Effect, active: &HashSet<usize>) -> Vec<usize> {
        let (key, subject) = (&effect.key, &effect.key.0);
        // What is new went with nothing.
        let is_new = effect.change.before.is_none();
        let gone = |model| self.gone.get(model).filter(|_| !is_new).cloned().unwrap_or_default();
        // What a model holds neither names it nor lets it be made.
        let is_made = key.1 == Aspect::Presence && key.2 == "new";
        if let (Subject::Item(model), true) = (subject, is_made || key.1 == Aspect::Name) {
            return gone(model);
        }
        // What changes the type of a field may make an argument of it.
        if let (Subject::Field(..), Aspect::Presence) = (subject, key.1) {
            let own = self.by_subject.get(subject).into_iter().flatten();
            let own: Vec<usize> = own.map(|(_, at)| *at).collect();
            if !own.is_empty() {
                return own;
            }
        }
        let mut around = vec![subject.clone()];
        around.extend(parent(subject).filter(|_| matches!(subject, Subject::Case(..))));
        let below = around.iter().flat_map(|it| self.below.get(it).into_iter().flatten());
        let below: Vec<usize> =
            below.filter(|(child, _)| concerns(child, subject)).map(|(_, at)| *at).collect();
        let started: Vec<usize> = below.iter().copied().filter(|at| active.contains(at)).collect();
        if !started.is_empty() {
            return started;
        }
        let model = match subject {
            // What takes a model with it leaves the types of one that stays.
            Subject::Field(..) | Subject::Variant(..) if key.1 == Aspect::Type => return below,
            Subject::Item(model) | Subject::Field(model, _) | Subject::Variant(model, _) => model,
            _ => return below,
        };
        let gone = gone(model);
        if gone.is_empty() { below } else { gone }
    }
}

/// What is about documentation, about a name that isn't part of the API, or about a bound, explains
/// only what nothing else does.
fn preferred(walk: &Walk<'_, '_>, mut found: Vec<usize>) -> Vec<usize> {
    found.sort_unstable();
    found.dedup();
    if found.iter().any(|at| says_much(walk, *at)) {
        found.retain(|at| says_much(walk, *at));
    }
    found
}

fn says_much(walk: &Walk<'_, '_>, at: usize) -> bool {
    let rule = walk.changes[at].rule;
    let little = [
        &rules::PATH_PARAMETER_RENAMED,
        &rules::CONSTRAINT_ADDED,
        &rules::CONSTRAINT_REMOVED,
        &rules::CONSTRAINT_TIGHTENED,
        &rules::CONSTRAINT_LOOSENED,
    ];
    !rule.docs && !little.into_iter().any(|it| std::ptr::eq(rule, it))
}

/// What explains a part of a call may explain another; of its replies, only a reply's does, and of
/// one outcome only one of the same.
fn concerns(child: &Subject, subject: &Subject) -> bool {
    let (Subject::Case(_, outcome), Subject::Input(..) | Subject::Case(..)) = (subject, child)
    else {
        return true;
    };
    let Subject::Case(_, status) = child else { return false };
    if matches!(status.as_str(), "success" | "failure" | "stream") {
        return status == outcome;
    }
    match (outcome.as_str(), status.chars().next()) {
        ("success", Some(digit @ '1'..='9')) => digit < '4',
        ("failure", Some(digit @ '1'..='9')) => digit >= '4',
        _ => true,
    }
}

fn numbered(subject: &Subject, numbers: &[u32]) -> Subject {
    let number = |at: &u32| numbers.get(*at as usize).copied().unwrap_or(u32::MAX);
    match subject {
        Subject::Item(at) => Subject::Item(number(at)),
        Subject::Field(at, name) => Subject::Field(number(at), name.clone()),
        Subject::Variant(at, name) => Subject::Variant(number(at), name.clone()),
        Subject::Call(_) | Subject::Input(..) | Subject::Case(..) | Subject::Other(_) => {
            subject.clone()
        }
    }
}

/// What an item belongs to.
fn parent(subject: &Subject) -> Option<Subject> {
    match subject {
        Subject::Field(model, _) | Subject::Variant(model, _) => Some(Subject::Item(*model)),
        Subject::Input(call, name) if name.starts_with("part ") => {
            Some(Subject::Input(*call, "body".to_owned()))
        }
        Subject::Input(call, _) | Subject::Case(call, _) => Some(Subject::Call(*call)),
        Subject::Item(_) | Subject::Call(_) | Subject::Other(_) => None,
    }
}

/// The items that hold the schemas of the pairs that a change was found in.
fn holders(walk: &Walk<'_, '_>, change: &Change) -> Vec<Link> {
    let mut open: Vec<usize> = Vec::new();
    let mut links = Vec::new();
    for source in &change.sources {
        match source {
            Source::Pair(pair, _) => open.push(*pair),
            Source::Call(..) | Source::About(_) => {}
        }
    }
    let link = |is_new, subject| Link { is_new, subject, aspect: Aspect::Type };
    let mut seen = HashSet::new();
    while let Some(at) = open.pop() {
        if !seen.insert(at) {
            continue;
        }
        let pair = &walk.pairs[at];
        for (is_new, side, ty) in
            [(false, walk.old, &pair.old_type), (true, walk.new, &pair.new_type)]
        {
            let items = [ty.as_ref().and_then(named), super::schema::item(side, ty.as_ref())];
            links.extend(items.into_iter().flatten().map(|item| link(is_new, Subject::Item(item))));
        }
        for (source, holder) in &pair.above {
            match (holder, source) {
                (Holder::Items(old, new), _) => {
                    links.extend(old.clone().map(|subject| link(false, subject)));
                    links.extend(new.clone().map(|subject| link(true, subject)));
                }
                (Holder::Above, Source::Pair(above, _)) => open.push(*above),
                (Holder::Above, Source::Call(..) | Source::About(_)) => {}
            }
        }
    }
    links
}
