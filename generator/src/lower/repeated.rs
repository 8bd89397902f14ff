//! Inline schemas that are written more than once: one model, and an alias at each other place.
//!
//! Documents repeat themselves: a user, a status, a label stands inline wherever it is sent. Each
//! place keeps the name that it has by itself, so nothing is renamed when a place is added or
//! becomes different; only the first one is a model of its own.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::cx::{Cx, Evidence};
use super::graph;
use tenon_ir as ir;

/// Makes an alias of each inline model that equals another one, from the innermost outwards.
///
/// Components stay as they are: the document has given each of them a name, and a reason.
pub(super) fn share(api: &mut ir::Api, cx: &Cx<'_, '_>) {
    let mut first: Vec<usize> = (0..api.items.len()).collect();
    loop {
        let found = equals(api, cx, &first);
        if found.is_empty() {
            break;
        }
        found.into_iter().for_each(|(place, other)| first[place] = other);
        follow(&mut first);
    }
    for (index, other) in first.into_iter().enumerate().filter(|(index, other)| index != other) {
        let item = &mut api.items[index];
        item.kind = ir::Kind::Alias(ir::Type::Item(ir::ItemId(other as u32)));
        item.examples = Vec::new();
    }
}

/// Inline models, each with the one it equals, by what is known of the models inside them.
fn equals(api: &ir::Api, cx: &Cx<'_, '_>, first: &[usize]) -> Vec<(usize, usize)> {
    let is_component = |index: &usize| matches!(cx.evidence[*index], Evidence::Component(_));
    let (components, places): (Vec<usize>, Vec<usize>) =
        (0..api.items.len()).filter(|index| first[*index] == *index).partition(is_component);
    let mut known: HashMap<u64, Vec<(usize, ir::Kind)>> = HashMap::new();
    let mut found = Vec::new();
    for index in components.into_iter().chain(places) {
        let Some(kind) = shape(&api.items[index].kind, first) else { continue };
        let alike = known.entry(fingerprint(&kind)).or_default();
        match alike.iter().find(|(_, other)| *other == kind) {
            Some((other, _)) if !is_component(&index) => found.push((index, *other)),
            _ => alike.push((index, kind)),
        }
    }
    found
}

/// What two models have to have in common, with equal models inside it made the same; absent for
/// what says too little to be more than alike by chance.
fn shape(kind: &ir::Kind, first: &[usize]) -> Option<ir::Kind> {
    let says_something = match kind {
        ir::Kind::Struct(shape) => !shape.fields.is_empty(),
        ir::Kind::Enum(shape) => !shape.variants.is_empty(),
        ir::Kind::Union(_) => true,
        ir::Kind::Newtype(_) | ir::Kind::Alias(_) => false,
    };
    let mut kind = says_something.then(|| kind.clone())?;
    for ty in graph::parts_mut(&mut kind) {
        for id in graph::mentioned_mut(ty) {
            *id = ir::ItemId(first[id.0 as usize] as u32);
        }
    }
    Some(kind)
}

/// A number that equal shapes share: made of names on the wire only.
fn fingerprint(kind: &ir::Kind) -> u64 {
    let mut hasher = DefaultHasher::new();
    match kind {
        ir::Kind::Struct(shape) => shape.fields.iter().for_each(|it| it.wire.hash(&mut hasher)),
        ir::Kind::Enum(shape) => shape.variants.iter().for_each(|it| it.wire.hash(&mut hasher)),
        ir::Kind::Union(union) => union.variants.iter().for_each(|it| it.name.0.hash(&mut hasher)),
        ir::Kind::Newtype(_) | ir::Kind::Alias(_) => {}
    }
    hasher.finish()
}

/// A model that was the first of its kind may have been found to equal another one since.
fn follow(first: &mut [usize]) {
    for index in 0..first.len() {
        while first[index] != first[first[index]] {
            first[index] = first[first[index]];
        }
    }
}
