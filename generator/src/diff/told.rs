//! Changes that others tell.
//!
//! What comes, goes or is renamed in one schema does so in each that includes it, where it may look
//! like something else: a schema that requires the property doesn't find it described any more, one
//! that has it from elsewhere too gets the new name beside the old. The change is told where it was
//! made; that it reaches further is told with it.

use super::walk::Walk;
use crate::source::NodeId;
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
    let told: Vec<Option<Told>> = walk.changes.iter().map(|it| it.told).collect();
    let tells = |it: &Told| {
        let all = told.iter().enumerate().filter_map(|(at, other)| Some((at, (*other)?)));
        let covers = |other: &Told| {
            let within = |own: Option<NodeId>, theirs| own.is_none() || own == theirs;
            other.0 > it.0 && within(it.1, other.1) && within(it.2, other.2)
        };
        all.filter(|(_, other)| covers(other)).max_by_key(|(_, other)| other.0).map(|(at, _)| at)
    };
    let into: Vec<Option<usize>> = told.iter().map(|it| tells(it.as_ref()?)).collect();
    for (at, target) in into.iter().enumerate() {
        let Some(target) = *target else { continue };
        let change = &mut walk.changes[at];
        let (sources, links) = (take(&mut change.sources), take(&mut change.links));
        let gone = take(&mut change.gone);
        let target = &mut walk.changes[target];
        target.sources.extend(sources);
        target.links.extend(links);
        target.gone.extend(gone);
    }
    let mut into = into.into_iter();
    walk.changes.retain(|_| into.next().flatten().is_none());
}
