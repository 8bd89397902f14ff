//! Traits that a model of the generated crate loses, and the changes that bring it about.
//!
//! In: the lines that differ, with what is said to explain them. Out: of a lost trait, the changes
//! that bring what hasn't it, here or in a model that is held.

use super::effect::Effect;
use super::walk::{Aspect, Link, Subject, Walk};
use crate::ir;
use crate::lower::{reachable, type_eq};
use std::collections::HashMap;

/// Settles what explains the traits that models lose.
pub(super) fn explain(walk: &Walk<'_, '_>, effects: &mut [Effect]) {
    for effect in effects.iter_mut().filter(|effect| effect.key.1 == Aspect::Trait) {
        guilty(walk, effect);
    }
    spread(walk, effects);
}

/// Of the changes around a lost trait, those that bring what hasn't it.
fn guilty(walk: &Walk<'_, '_>, effect: &mut Effect) {
    let api = &walk.new.api;
    let is_eq = |ty: &ir::Type| type_eq(ty, &|id| api.item(id).derives.eq);
    let lacks = |link: &Link| match &link.subject {
        Subject::Field(model, wire) if link.is_new => match &api.items[*model as usize].kind {
            ir::Kind::Struct(shape) => {
                let mut fields = shape.fields.iter().filter(|field| field.wire == *wire);
                match effect.key.2.as_str() {
                    "Default" => fields.any(ir::Field::is_argument),
                    _ => fields.any(|field| !is_eq(&field.ty)),
                }
            }
            _ => false,
        },
        Subject::Variant(model, name) if link.is_new => match &api.items[*model as usize].kind {
            ir::Kind::Union(shape) => {
                let mut variants = shape.variants.iter().filter(|it| it.name.as_str() == name);
                variants.any(|variant| !is_eq(&variant.ty))
            }
            _ => false,
        },
        _ => false,
    };
    let brings = |at: &&usize| walk.changes[**at].links.iter().any(lacks);
    let found: Vec<usize> = effect.explained_by.iter().filter(brings).copied().collect();
    if !found.is_empty() {
        effect.explained_by = found;
    }
}

/// A trait that one model loses, those that hold it lose too.
fn spread(walk: &Walk<'_, '_>, effects: &mut [Effect]) {
    let api = &walk.new.api;
    let mut lost: HashMap<(String, u32), Vec<usize>> = HashMap::new();
    for effect in effects.iter() {
        if let (Subject::Item(model), Aspect::Trait, name) = &effect.key {
            lost.entry((name.clone(), *model)).or_default().extend(&effect.explained_by);
        }
    }
    for effect in effects.iter_mut().filter(|effect| effect.explained_by.is_empty()) {
        let (Subject::Item(model), Aspect::Trait, name) = &effect.key else { continue };
        if *model as usize >= api.items.len() {
            continue;
        }
        let held = reachable(api, vec![ir::ItemId(*model)]);
        let found = held.iter().filter_map(|id| lost.get(&(name.clone(), id.0))).flatten();
        effect.explained_by = found.copied().collect();
        effect.explained_by.sort_unstable();
        effect.explained_by.dedup();
    }
}
