//! Inline schemas that are written more than once: one model. It is called as the place is that all of
//! them have, by what it consists of, or after the first.
//!
//! Documents repeat themselves: a user, a status, a label stands inline wherever it is sent. An
//! alias at each other place would be longer than what it spares the reader.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::cx::{Cx, Evidence, Owner, Shared};
use super::enums::told;
use super::{graph, places};
use tenon_ir as ir;

/// Puts one model in place of all inline ones that are equal, from the innermost outwards.
///
/// Components stay as they are: the document has given each of them a name, and a reason.
pub(super) fn share(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    let mut first: Vec<usize> = (0..api.items.len()).collect();
    let contents = contents(api);
    loop {
        let found = equals(api, cx, &contents, &first);
        if found.is_empty() {
            break;
        }
        found.into_iter().for_each(|(place, other)| first[place] = other);
        follow(&mut first);
    }
    mark_shared(api, cx, &first);
    told::fill(api, cx, &first);
    let stays: Vec<bool> = first.iter().enumerate().map(|(index, it)| index == *it).collect();
    remove(api, cx, &first, &stays);
}

/// Notes of what stands in several places whether they are one: its name need not tell the first of them.
fn mark_shared(api: &ir::Api, cx: &mut Cx<'_, '_>, first: &[usize]) {
    let mut places: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, shown) in first.iter().enumerate() {
        places.entry(*shown).or_default().push(index);
    }
    for (shown, all) in places.into_iter().filter(|(_, all)| all.len() > 1) {
        // Bodies of operations have the same place, and nothing else in common.
        let is_enum = matches!(api.items[shown].kind, ir::Kind::Enum(_));
        let holders: Option<HashSet<Owner>> =
            all.iter().map(|index| holder(cx, first, *index, shown, is_enum)).collect();
        if let Evidence::Position { shared, .. } = &mut cx.evidence[shown] {
            *shared = match holders.map(|holders| holders.len()) {
                Some(1) => Shared::Alone,
                Some(_) => Shared::SamePlace,
                None => Shared::Places,
            };
        }
    }
}

/// What a model stands in, if that is at the same place as where the one stands that is shown.
fn holder(
    cx: &Cx<'_, '_>,
    first: &[usize],
    index: usize,
    shown: usize,
    named: bool,
) -> Option<Owner> {
    let Evidence::Position { place: wanted, .. } = &cx.evidence[shown] else { return None };
    match &cx.evidence[index] {
        Evidence::Position { parent, place, .. } if place == wanted => match parent {
            Owner::Item(parent) => Some(Owner::Item(ir::ItemId(first[parent.0 as usize] as u32))),
            Owner::Named(_) => Some(parent.clone()).filter(|_| named),
        },
        Evidence::Position { .. } | Evidence::Component(_) => None,
    }
}

/// Takes the models out that don't stay; `first` tells which one stands in the place of each.
pub(super) fn remove(api: &mut ir::Api, cx: &mut Cx<'_, '_>, first: &[usize], stays: &[bool]) {
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
    keep(&mut api.items, stays);
    keep(&mut cx.evidence, stays);
    keep(&mut cx.nodes, stays);
}

fn keep<T>(list: &mut Vec<T>, stays: &[bool]) {
    let mut stays = stays.iter();
    list.retain(|_| stays.next().is_none_or(|stays| *stays));
}

/// Inline models, each with the one it equals, by what is known of the models inside them.
fn equals(
    api: &ir::Api,
    cx: &Cx<'_, '_>,
    contents: &[Option<Content>],
    first: &[usize],
) -> Vec<(usize, usize)> {
    let is_component = |index: &usize| matches!(cx.evidence[*index], Evidence::Component(_));
    let is_open = |index: &usize| first[*index] == *index && contents[*index].is_some();
    let (components, places): (Vec<usize>, Vec<usize>) =
        (0..api.items.len()).filter(is_open).partition(is_component);
    let mut known: HashMap<(usize, Vec<usize>), Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    for index in components.into_iter().chain(places) {
        let Some(Content { class, inside }) = &contents[index] else { continue };
        let inside = inside.iter().map(|id| first[id.0 as usize]).collect();
        let alike = known.entry((*class, inside)).or_default();
        let is_meant = |other: &&usize| is_meant(cx, &api.items[index].kind, index, **other);
        let is_called = |other: &&usize| is_called(cx, index, **other) && is_meant(other);
        match alike.iter().find(is_called).or_else(|| alike.iter().find(is_meant)) {
            Some(other) if !is_component(&index) => found.push((index, *other)),
            _ => alike.push(index),
        }
    }
    found
}

/// The title of what stands inline is what a component is called.
fn is_called(cx: &Cx<'_, '_>, index: usize, other: usize) -> bool {
    let plain = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    match (&cx.evidence[index], &cx.evidence[other]) {
        (Evidence::Position { title: Some(title), .. }, Evidence::Component(name)) => {
            plain(title) == plain(name)
        }
        _ => false,
    }
}

/// Values alike may be listed for different reasons: enums have the place in common too. One that a component
/// lists is likely meant where it isn't a single value.
fn is_meant(cx: &Cx<'_, '_>, kind: &ir::Kind, index: usize, other: usize) -> bool {
    let ir::Kind::Enum(shape) = kind else { return true };
    match (&cx.evidence[index], &cx.evidence[other]) {
        (Evidence::Position { place, .. }, Evidence::Position { place: other, .. }) => {
            place == other
        }
        (Evidence::Component(_), _) | (_, Evidence::Component(_)) => shape.variants.len() > 1,
    }
}

/// What a model consists of.
struct Content {
    /// Models of one class are equal, but for the models inside them.
    class: usize,
    /// The models inside it, in their order.
    inside: Vec<ir::ItemId>,
}

/// What each model consists of; absent where no other one is of its class, for most are alone.
fn contents(api: &mut ir::Api) -> Vec<Option<Content>> {
    let prints: Vec<Option<u64>> = api.items.iter().map(|item| fingerprint(&item.kind)).collect();
    let mut times: HashMap<u64, usize> = HashMap::new();
    for print in prints.iter().flatten() {
        *times.entry(*print).or_default() += 1;
    }
    let is_shared = |print: &u64| times.get(print).is_some_and(|times| *times > 1);
    let prints: Vec<Option<u64>> = prints.into_iter().map(|it| it.filter(is_shared)).collect();
    // Without the numbers of the models inside them, models of one class are equal to the letter.
    let inside: Vec<Option<Vec<ir::ItemId>>> = api
        .items
        .iter_mut()
        .zip(&prints)
        .map(|(item, print)| {
            print.map(|_| {
                inside_mut(&mut item.kind)
                    .map(|id| std::mem::take(&mut id.0))
                    .map(ir::ItemId)
                    .collect()
            })
        })
        .collect();
    let mut classes: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut class = |index: usize| {
        let known = classes.entry(prints[index]?).or_default();
        let equal = |other: &&usize| api.items[**other].kind == api.items[index].kind;
        let first = known.iter().find(equal).copied();
        Some(first.unwrap_or_else(|| {
            known.push(index);
            index
        }))
    };
    let classes: Vec<Option<usize>> = (0..api.items.len()).map(&mut class).collect();
    let contents = classes.into_iter().zip(inside);
    let contents: Vec<Option<Content>> =
        contents.map(|(class, inside)| Some(Content { class: class?, inside: inside? })).collect();
    for (item, content) in api.items.iter_mut().zip(&contents) {
        let inside = content.iter().flat_map(|it| &it.inside);
        inside_mut(&mut item.kind).zip(inside).for_each(|(place, id)| *place = *id);
    }
    contents
}

/// The models inside a model.
fn inside_mut(kind: &mut ir::Kind) -> impl Iterator<Item = &mut ir::ItemId> {
    graph::parts_mut(kind).into_iter().flat_map(graph::mentioned_mut)
}

/// A number that equal models share, made of names on the wire only; absent for what says too little to be more than
/// alike by chance.
fn fingerprint(kind: &ir::Kind) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    match kind {
        ir::Kind::Struct(shape) if !shape.fields.is_empty() => {
            shape.fields.iter().for_each(|it| it.wire.hash(&mut hasher));
        }
        ir::Kind::Enum(shape) if !shape.variants.is_empty() => {
            shape.variants.iter().for_each(|it| it.wire.hash(&mut hasher));
        }
        ir::Kind::Union(union) => union.variants.iter().for_each(|it| it.name.0.hash(&mut hasher)),
        ir::Kind::Struct(_) | ir::Kind::Enum(_) | ir::Kind::Newtype(_) | ir::Kind::Alias(_) => {
            return None;
        }
    }
    Some(hasher.finish())
}

/// A model that was the first of its kind may have been found to equal another one since.
fn follow(first: &mut [usize]) {
    for index in 0..first.len() {
        while first[index] != first[first[index]] {
            first[index] = first[first[index]];
        }
    }
}
