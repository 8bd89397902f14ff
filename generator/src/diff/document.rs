//! The document as a whole: what it says of itself, its tags, and its components.

use super::docs::{self, Text};
use super::rules;
use super::shape;
use super::side::Side;
use super::walk::{Aspect, Change, Subject, Walk};
use super::{life, value};
use crate::ir;
use crate::spec::{Schema, SchemaId};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Compares what the document says of itself.
pub(super) fn compare(walk: &mut Walk<'_, '_>) {
    let (old, new) = (&walk.old.spec, &walk.new.spec);
    let texts = [
        Text {
            keyword: "title",
            old: (old.info.at, Some(old.info.title)),
            new: (new.info.at, Some(new.info.title)),
        },
        Text {
            keyword: "description",
            old: (old.info.at, old.info.description),
            new: (new.info.at, new.info.description),
        },
        Text {
            keyword: "externalDocs",
            old: (old.tree.root(), old.docs.as_ref().map(|docs| docs.url)),
            new: (new.tree.root(), new.docs.as_ref().map(|docs| docs.url)),
        },
    ];
    let mut changes: Vec<Change> = texts.iter().filter_map(|text| docs::text(walk, text)).collect();
    if old.info.version != new.info.version {
        let verb = format!("was {}, is {}", old.info.version, new.info.version);
        let node = |side: &Side<'_>| {
            let at = side.spec.info.at;
            side.tree.get(at, "version").unwrap_or(at)
        };
        let at = (node(walk.old), node(walk.new));
        let change = Change::new(walk, &rules::VERSION_CHANGED, Some(at.0), Some(at.1), verb);
        let texts = (old.info.version.to_owned(), new.info.version.to_owned());
        changes.push(change.subject("the version").texts(Some(texts.0), Some(texts.1)));
    }
    changes.extend(rest_of_info(walk));
    changes.extend(extensions(walk));
    changes.extend(tags(walk));
    changes.into_iter().for_each(|change| walk.push(change));
}

/// Contact, licence, terms.
fn rest_of_info(walk: &Walk<'_, '_>) -> Vec<Change> {
    let (old, new) = (walk.old.spec.info.at, walk.new.spec.info.at);
    let mut changes = Vec::new();
    for keyword in ["summary", "contact", "license", "termsOfService"] {
        let (a, b) = (walk.old.tree.get(old, keyword), walk.new.tree.get(new, keyword));
        let same = match (a, b) {
            (None, None) => true,
            (Some(a), Some(b)) => value::same(walk.old.tree, a, walk.new.tree, b),
            _ => false,
        };
        if !same {
            let verb = docs::verb(keyword, a.is_some(), b.is_some());
            let rule = &rules::DESCRIPTION_CHANGED;
            let change =
                Change::new(walk, rule, Some(a.unwrap_or(old)), Some(b.unwrap_or(new)), verb);
            changes.push(change.subject("the document").detail(keyword));
        }
    }
    changes
}

/// Extensions of the document: limits, retries, where errors tell what.
fn extensions(walk: &Walk<'_, '_>) -> Vec<Change> {
    let (before, after) = (walk.old.tree, walk.new.tree);
    let lives = life::Lives {
        old: (before.root(), false),
        new: (after.root(), false),
        old_extensions: life::extensions_of(before, before.root()),
        new_extensions: life::extensions_of(after, after.root()),
    };
    let mut changes = life::compare(walk, &lives);
    changes.retain(|change| change.detail != "x-webhooks");
    changes
}

fn tags(walk: &Walk<'_, '_>) -> Vec<Change> {
    let mut changes = Vec::new();
    // Of a tag that is declared twice, the first holds.
    let mut met = HashSet::new();
    for old in walk.old.spec.tags.iter().filter(|tag| met.insert(tag.name)) {
        let Some(new) = walk.new.spec.tags.iter().find(|new| new.name == old.name) else {
            continue;
        };
        let texts = [
            Text {
                keyword: "description",
                old: (old.at, old.description),
                new: (new.at, new.description),
            },
            Text {
                keyword: "externalDocs",
                old: (old.at, old.docs.as_ref().map(|docs| docs.url)),
                new: (new.at, new.docs.as_ref().map(|docs| docs.url)),
            },
        ];
        for text in &texts {
            let change = docs::text(walk, text);
            changes.extend(change.map(|change| change.subject(format!("tag `{}`", new.name))));
        }
    }
    changes
}

/// Makes one change of the many that a renamed tag is: of all operations of a tag, when the tag is
/// gone and its name is new.
pub(super) fn rename_tags(walk: &mut Walk<'_, '_>) {
    let used = |side: &Side<'_>| -> HashMap<String, usize> {
        let mut used = HashMap::new();
        for operation in &side.spec.operations {
            let tag = operation.tags.first().map(|tag| (*tag).to_owned());
            *used.entry(tag.unwrap_or_default()).or_insert(0) += 1;
        }
        used
    };
    let (before, after) = (used(walk.old), used(walk.new));
    let mut moved: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, change) in walk.changes.iter().enumerate() {
        if !std::ptr::eq(change.rule, &rules::TAG_CHANGED) {
            continue;
        }
        if let (Some(old), Some(new)) = (&change.old_text, &change.new_text) {
            moved.entry((old.clone(), new.clone())).or_default().push(at);
        }
    }
    let declared = |side: &Side<'_>, name: &str| side.spec.tags.iter().any(|tag| tag.name == name);
    for ((old, new), changes) in moved {
        let is_whole = before.get(&old) == Some(&changes.len()) && !after.contains_key(&old);
        let is_fresh = !before.contains_key(&new);
        let is_declared = declared(walk.old, &old)
            && declared(walk.new, &new)
            && !declared(walk.new, &old)
            && !declared(walk.old, &new);
        if is_whole && is_fresh && (is_declared || changes.len() > 1) {
            merge_tag(walk, &old, &new, &changes);
        }
    }
}

fn merge_tag(walk: &mut Walk<'_, '_>, old: &str, new: &str, changes: &[usize]) {
    let find = |side: &Side<'_>, name: &str| {
        side.spec.tags.iter().find(|tag| tag.name == name).map(|tag| tag.at)
    };
    let nodes = (find(walk.old, old), find(walk.new, new));
    let Some((first, rest)) = changes.split_first() else { return };
    for at in rest {
        let sources = std::mem::take(&mut walk.changes[*at].sources);
        let links = std::mem::take(&mut walk.changes[*at].links);
        walk.changes[*first].sources.extend(sources);
        walk.changes[*first].links.extend(links);
    }
    let change = &mut walk.changes[*first];
    change.rule = &rules::TAG_RENAMED;
    change.subject = format!("tag `{new}`");
    change.verb = format!("was called `{old}`");
    (change.old, change.new) = (nodes.0.or(change.old), nodes.1.or(change.new));
    let rest: HashSet<usize> = rest.iter().copied().collect();
    let mut at = 0;
    walk.changes.retain(|_| {
        at += 1;
        !rest.contains(&(at - 1))
    });
}

/// Pairs the components of the same name: they are compared whether something uses them or not.
pub(super) fn seed(walk: &mut Walk<'_, '_>) {
    let (before, after) = (walk.old, walk.new);
    let by_name: HashMap<&str, (usize, SchemaId)> = after
        .spec
        .components
        .iter()
        .enumerate()
        .map(|(at, (name, id))| (*name, (at, *id)))
        .collect();
    for (at, (name, old)) in before.spec.components.iter().enumerate() {
        let Some((other, new)) = by_name.get(name) else { continue };
        let types = (component(at), component(*other));
        walk.pair((&[*old], Some(&types.0)), (&[*new], Some(&types.1)), None);
    }
}

/// Lowering gives the components their items first, in the document's order.
fn component(at: usize) -> ir::Type {
    ir::Type::Item(ir::ItemId(u32::try_from(at).unwrap_or(u32::MAX)))
}

/// Components that came, went, or have another name.
pub(super) fn components(walk: &mut Walk<'_, '_>) {
    let (before, after) = (walk.old, walk.new);
    let names = |side: &Side<'_>| -> HashSet<String> {
        side.spec.components.iter().map(|(name, _)| (*name).to_owned()).collect()
    };
    let (old_names, new_names) = (names(before), names(after));
    let gone = before.spec.components.iter().enumerate();
    let mut gone: Vec<(usize, &str, SchemaId)> = gone
        .filter(|(_, (name, _))| !new_names.contains(*name))
        .map(|(at, (name, id))| (at, *name, *id))
        .collect();
    let come = after.spec.components.iter().enumerate();
    let mut come: Vec<(usize, &str, SchemaId)> = come
        .filter(|(_, (name, _))| !old_names.contains(*name))
        .map(|(at, (name, id))| (at, *name, *id))
        .collect();
    for old in gone.clone() {
        if let Some(at) = come.iter().position(|new| is_renamed(walk, old.2, new.2)) {
            let new = come.remove(at);
            gone.retain(|other| other.0 != old.0);
            renamed(walk, old, new);
        }
    }
    let (used, uses) = (reached(before), reached(after));
    let told = told(walk);
    for (at, _, id) in gone.into_iter().filter(|it| !used.contains(&it.2) || !told.has(it)) {
        let item = item(at);
        let node = before.schema(id).at;
        let change = Change::new(walk, &rules::SCHEMA_REMOVED, Some(node), None, "was removed");
        let gone = walk.gone(Some(&component(at)));
        walk.push(change.explains(Some(item), None, Aspect::Any).taking(gone));
    }
    for (at, _, id) in come.into_iter().filter(|it| !uses.contains(&it.2)) {
        let node = after.schema(id).at;
        let change = Change::new(walk, &rules::SCHEMA_ADDED, None, Some(node), "was added");
        walk.push(change.explains(None, Some(item(at)), Aspect::Any));
    }
}

/// What is known of the components of the old document.
struct Told {
    schemas: HashSet<SchemaId>,
    models: HashSet<u32>,
}

impl Told {
    /// What became of it is told by another change. One that others are made of, and that no
    /// operation sends or receives itself, goes without one.
    fn has(&self, (at, _, id): &(usize, &str, SchemaId)) -> bool {
        self.schemas.contains(id) || u32::try_from(*at).is_ok_and(|at| self.models.contains(&at))
    }
}

fn told(walk: &Walk<'_, '_>) -> Told {
    let mut models: HashSet<u32> = HashSet::new();
    for change in &walk.changes {
        models.extend(change.gone.iter().map(|id| id.0));
        models.extend(change.links.iter().filter_map(|link| match link.subject {
            Subject::Item(at) if !link.is_new => Some(at),
            _ => None,
        }));
    }
    let schemas = walk.pairs.iter().flat_map(|pair| pair.old.iter().copied()).collect();
    Told { schemas, models }
}

fn item(at: usize) -> Subject {
    Subject::Item(u32::try_from(at).unwrap_or(u32::MAX))
}

/// The same uses lead to both, or they have the same shape.
fn is_renamed(walk: &Walk<'_, '_>, old: SchemaId, new: SchemaId) -> bool {
    if walk.has_pair(old, new) {
        return true;
    }
    let plain = |schema: &Schema<'_>| schema.properties.is_empty() && schema.values.is_empty();
    let is_plain = plain(walk.old.schema(old)) && plain(walk.new.schema(new));
    !is_plain && shape::of(walk.old, &[old]) == shape::of(walk.new, &[new])
}

fn renamed(walk: &mut Walk<'_, '_>, old: (usize, &str, SchemaId), new: (usize, &str, SchemaId)) {
    let (before, after) = (walk.old, walk.new);
    let types = (component(old.0), component(new.0));
    let held = named_after(before, &types.0);
    let pair = walk.pair((&[old.2], Some(&types.0)), (&[new.2], Some(&types.1)), None);
    (walk.pairs[pair].old_type, walk.pairs[pair].new_type) = (Some(types.0), Some(types.1));
    let nodes = (before.schema(old.2).at, after.schema(new.2).at);
    let verb = format!("was called `{}`", old.1);
    let change = Change::new(walk, &rules::SCHEMA_RENAMED, Some(nodes.0), Some(nodes.1), verb)
        .texts(Some(old.1.to_owned()), Some(new.1.to_owned()))
        .explains(Some(item(old.0)), Some(item(new.0)), Aspect::Name)
        .taking(held);
    let mut change = change.of_pair(pair);
    change.holders = false;
    walk.push(change);
    walk.drain();
}

/// The models that are no components and begin with the name of one that they are held by.
fn named_after(side: &Side<'_>, owner: &ir::Type) -> Vec<ir::ItemId> {
    let ir::Type::Item(id) = owner else { return Vec::new() };
    let Some(owner) = side.api.items.get(id.0 as usize) else { return Vec::new() };
    let mut held = crate::lower::reachable(&side.api, vec![*id]);
    held.retain(|held| {
        let name = side.api.item(*held).name.as_str();
        held.0 as usize >= side.spec.components.len() && name.starts_with(owner.name.as_str())
    });
    held
}

/// Every schema that an operation leads to.
fn reached(side: &Side<'_>) -> HashSet<SchemaId> {
    let spec = &side.spec;
    let mut open: Vec<SchemaId> = Vec::new();
    let mut add = |media: &[crate::spec::Media<'_>]| {
        open.extend(media.iter().flat_map(|it| it.schema.into_iter().chain(it.item_schema)));
    };
    for operation in spec.all_operations() {
        let body = operation.body.map(|id| spec.body(id));
        body.iter().for_each(|body| add(&body.content));
        for (_, id) in &operation.responses {
            add(&spec.response(*id).content);
        }
    }
    for parameter in &spec.parameters {
        add(&parameter.content);
    }
    open.extend(spec.parameters.iter().filter_map(|it| it.schema));
    let mut seen = HashSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(side.schema(id).parts());
        }
    }
    seen
}
