//! Changes that others tell.
//!
//! What comes, goes or is renamed in one schema does so in each that includes it, where it may look
//! like something else: a schema that requires the property doesn't find it described any more, one
//! that has it from elsewhere too gets the new name beside the old. The change is told where it was
//! made; that it reaches further is told with it.

use super::walk::{Change, Walk};
use crate::source::NodeId;
use std::collections::HashMap;
use std::mem::take;

/// What a change says of the node that describes a property, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// The property, which is required, is described or isn't any more.
    Described,
    /// The property came or went.
    There,
    /// The property has another name.
    Renamed,
}

/// What a change says, and of which nodes.
pub(super) type Told = (Says, Option<NodeId>, Option<NodeId>);

/// Joins each change that another one tells with that one.
pub(super) fn join(walk: &mut Walk<'_, '_>) {
    let tellers = tellers(&walk.changes);
    for (at, teller) in tellers.iter().enumerate() {
        let Some(teller) = *teller else { continue };
        let change = &mut walk.changes[at];
        let (sources, links) = (take(&mut change.sources), take(&mut change.links));
        let gone = take(&mut change.gone);
        let teller = &mut walk.changes[teller];
        teller.sources.extend(sources);
        teller.links.extend(links);
        teller.gone.extend(gone);
    }
    let mut tellers = tellers.into_iter();
    walk.changes.retain(|_| tellers.next().flatten().is_none());
}

/// For each change the one that says more of the same node, if there is one.
fn tellers(changes: &[Change]) -> Vec<Option<usize>> {
    let mut by_node: HashMap<(bool, NodeId), Vec<(Says, usize)>> = HashMap::new();
    for (at, change) in changes.iter().enumerate() {
        for (says, node) in nodes(change) {
            by_node.entry(node).or_default().push((says, at));
        }
    }
    let teller = |change: &Change| {
        // What says less than that a name is another one is about one node.
        let (says, node) = nodes(change).next()?;
        let more = by_node.get(&node)?.iter().filter(|it| it.0 > says);
        more.max().map(|(_, at)| *at)
    };
    changes.iter().map(teller).collect()
}

/// The nodes that a change says something of; of the new document, or of the old one.
fn nodes(change: &Change) -> impl Iterator<Item = (Says, (bool, NodeId))> + use<> {
    change.told.into_iter().flat_map(|(says, old, new)| {
        let (old, new) = (old.map(|node| (false, node)), new.map(|node| (true, node)));
        old.into_iter().chain(new).map(move |node| (says, node))
    })
}
