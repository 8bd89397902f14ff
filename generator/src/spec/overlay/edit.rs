//! What an action does to its matches: merging, appending, removing (Overlay 1.0, section 4.4.3).
//!
//! Everything that comes from an overlay is copied: one update may have many matches, and a later
//! action may change one of them.

use std::collections::{BTreeMap, BTreeSet};

use super::query::{Found, Step};
use crate::source::{Key, NodeId, Tree};

/// Merges a map into a map: maps are merged, lists put together, anything else is replaced.
pub(super) fn merge(tree: &mut Tree, map: NodeId, update: NodeId) {
    let mut entries = tree.keyed(map);
    let names: Vec<String> = tree.entries(map).map(|(name, _)| name.to_owned()).collect();
    let position: BTreeMap<&str, usize> =
        names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let added: Vec<(String, Key, NodeId)> = tree
        .entries(update)
        .zip(tree.keyed(update))
        .map(|((name, _), (key, node))| (name.to_owned(), key, node))
        .collect();
    for (name, key, node) in added {
        match position.get(name.as_str()) {
            Some(at) => entries[*at].1 = merged(tree, entries[*at].1, node),
            None => entries.push((key, tree.copy(node))),
        }
    }
    tree.replace_map(map, &entries);
}

/// What stands under a key that both have.
fn merged(tree: &mut Tree, old: NodeId, update: NodeId) -> NodeId {
    if tree.is_map(old) && tree.is_map(update) {
        merge(tree, old, update);
        return old;
    }
    if tree.is_list(old) && tree.is_list(update) {
        let mut items = tree.items(old).to_vec();
        for item in tree.items(update).to_vec() {
            items.push(tree.copy(item));
        }
        tree.replace_list(old, &items);
        return old;
    }
    tree.copy(update)
}

/// Appends an entry to a list.
pub(super) fn append(tree: &mut Tree, list: NodeId, update: NodeId) {
    let mut items = tree.items(list).to_vec();
    items.push(tree.copy(update));
    tree.replace_list(list, &items);
}

/// Takes each match out of the list or map that holds it.
pub(super) fn remove(tree: &mut Tree, found: &[Found]) {
    let mut steps: BTreeMap<NodeId, BTreeSet<&Step>> = BTreeMap::new();
    for (holder, step) in found.iter().filter_map(|one| one.holder.as_ref()) {
        steps.entry(*holder).or_default().insert(step);
    }
    for (holder, gone) in steps {
        if tree.is_list(holder) {
            let items = tree.items(holder).iter().enumerate();
            let kept = items.filter(|(at, _)| !gone.contains(&Step::Item(*at)));
            let kept: Vec<NodeId> = kept.map(|(_, item)| *item).collect();
            tree.replace_list(holder, &kept);
        } else {
            let entries = tree.entries(holder).zip(tree.keyed(holder));
            let kept = entries.filter(|((name, _), _)| !gone.contains(&Step::Key((*name).into())));
            let kept: Vec<(Key, NodeId)> = kept.map(|(_, entry)| entry).collect();
            tree.replace_map(holder, &kept);
        }
    }
}
