//! Inline schemas that are written more than once: one model. It is called as the place is that all of
//! them have, or after the first.
//!
//! Documents repeat themselves: a user, a status, a label stands inline wherever it is sent. An
//! alias at each other place would be longer than what it spares the reader.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::cx::{Cx, Evidence, Owner};
use super::{graph, places};
use tenon_ir as ir;

/// Puts one model in place of all inline ones that are equal, from the innermost outwards.
///
/// Components stay as they are: the document has given each of them a name, and a reason.
pub(super) fn share(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    let mut first: Vec<usize> = (0..api.items.len()).collect();
    let prints = fingerprints(api);
    loop {
        let found = equals(api, cx, &prints, &first);
        if found.is_empty() {
            break;
        }
        found.into_iter().for_each(|(place, other)| first[place] = other);
        follow(&mut first);
    }
    mark_common(cx, &first);
    remove(api, cx, &first);
}

/// Marks what stands in several models, and in each at the same place: its name need not tell the first
/// of them.
fn mark_common(cx: &mut Cx<'_, '_>, first: &[usize]) {
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, shown) in first.iter().enumerate() {
        places.entry(*shown).or_default().push(index);
    }
    for (shown, all) in places.into_iter().filter(|(_, all)| all.len() > 1) {
        let holders: Option<HashSet<usize>> =
            all.iter().map(|index| holder(cx, first, *index, shown)).collect();
        if let Evidence::Position { common, .. } = &mut cx.evidence[shown] {
            *common = holders.is_some_and(|holders| holders.len() > 1);
        }
    }
}

/// The model that a model stands in, if that is at the same place as where the one stands that is shown.
fn holder(cx: &Cx<'_, '_>, first: &[usize], index: usize, shown: usize) -> Option<usize> {
    match (&cx.evidence[index], &cx.evidence[shown]) {
        (
            Evidence::Position { parent: Owner::Item(parent), place, .. },
            Evidence::Position { place: wanted, .. },
        ) if place == wanted => Some(first[parent.0 as usize]),
        _ => None,
    }
}

/// Takes the models out that have another one in their place.
fn remove(api: &mut ir::Api, cx: &mut Cx<'_, '_>, first: &[usize]) {
    let stays: Vec<bool> = first.iter().enumerate().map(|(index, it)| index == *it).collect();
    let mut count = 0;
    let numbers: Vec<u32> = stays
        .iter()
        .map(|stays| {
            count += u32::from(*stays);
            count - u32::from(*stays)
        })
        .collect();
    let moved = |id: &mut ir::ItemId| id.0 = numbers[first[id.0 as usize]];
    places::types_mut(api).into_iter().flat_map(graph::mentioned_mut).for_each(moved);
    for evidence in &mut cx.evidence {
        if let Evidence::Position { parent: Owner::Item(parent), .. } = evidence {
            moved(parent);
        }
    }
    keep(&mut api.items, &stays);
    keep(&mut cx.evidence, &stays);
    keep(&mut cx.nodes, &stays);
}

fn keep<T>(list: &mut Vec<T>, stays: &[bool]) {
    let mut stays = stays.iter();
    list.retain(|_| stays.next().is_none_or(|stays| *stays));
}

/// Inline models, each with the one it equals, by what is known of the models inside them.
fn equals(
    api: &ir::Api,
    cx: &Cx<'_, '_>,
    prints: &[Option<u64>],
    first: &[usize],
) -> Vec<(usize, usize)> {
    let is_component = |index: &usize| matches!(cx.evidence[*index], Evidence::Component(_));
    let is_open = |index: &usize| first[*index] == *index && prints[*index].is_some();
    let (components, places): (Vec<usize>, Vec<usize>) =
        (0..api.items.len()).filter(is_open).partition(is_component);
    let mut known: HashMap<u64, Vec<(usize, ir::Kind)>> = HashMap::new();
    let mut found = Vec::new();
    for index in components.into_iter().chain(places) {
        let kind = shape(&api.items[index].kind, first);
        let alike = known.entry(prints[index].unwrap_or_default()).or_default();
        match alike.iter().find(|(_, other)| *other == kind) {
            Some((other, _)) if !is_component(&index) => found.push((index, *other)),
            _ => alike.push((index, kind)),
        }
    }
    found
}

/// What two models have to have in common, with equal models inside it made the same.
fn shape(kind: &ir::Kind, first: &[usize]) -> ir::Kind {
    let mut kind = kind.clone();
    for ty in graph::parts_mut(&mut kind) {
        for id in graph::mentioned_mut(ty) {
            *id = ir::ItemId(first[id.0 as usize] as u32);
        }
    }
    kind
}

/// The fingerprint of each model; absent where no other one has the same, for most are alone.
fn fingerprints(api: &ir::Api) -> Vec<Option<u64>> {
    let prints: Vec<Option<u64>> = api.items.iter().map(|item| fingerprint(&item.kind)).collect();
    let mut times: HashMap<u64, usize> = HashMap::new();
    for print in prints.iter().flatten() {
        *times.entry(*print).or_default() += 1;
    }
    let is_shared = |print: &u64| times.get(print).is_some_and(|times| *times > 1);
    prints.into_iter().map(|print| print.filter(is_shared)).collect()
}

/// A number that equal models share, made of names on the wire only; absent for what says too little to be more than
/// alike by chance.
fn fingerprint(kind: &ir::Kind) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    match kind {
        ir::Kind::Struct(shape) if !shape.fields.is_empty() => {
            shape.fields.iter().for_each(|it| it.wire.hash(&mut hasher));
        }
        ir::Kind::Enum(shape)
            if shape.variants.len() > FEW || shape.variants.iter().any(is_word) =>
        {
            shape.variants.iter().for_each(|it| it.wire.hash(&mut hasher));
        }
        ir::Kind::Union(union) => union.variants.iter().for_each(|it| it.name.0.hash(&mut hasher)),
        ir::Kind::Struct(_) | ir::Kind::Enum(_) | ir::Kind::Newtype(_) | ir::Kind::Alias(_) => {
            return None;
        }
    }
    Some(hasher.finish())
}

/// Numbers that may be listed for different reasons, if no more are.
const FEW: usize = 2;

/// The value, or its name, isn't a mere number.
fn is_word(variant: &ir::EnumVariant) -> bool {
    variant.name.0.parse::<i64>().is_err()
}

/// A model that was the first of its kind may have been found to equal another one since.
fn follow(first: &mut [usize]) {
    for index in 0..first.len() {
        while first[index] != first[first[index]] {
            first[index] = first[first[index]];
        }
    }
}
