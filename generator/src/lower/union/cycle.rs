//! Unions that are alternatives of themselves, directly or through other unions.
//!
//! Each of them admits what all of them admit, so each gets the alternatives of all, without the
//! unions: a decoder that followed them would never read anything.

use std::collections::{BTreeMap, HashMap};

use super::super::cx::Cx;
use super::super::graph;
use super::Undecided;
use super::pick::Arm;
use tenon_ir as ir;

/// Replaces the alternatives of unions in a circle.
pub(super) fn flatten(cx: &mut Cx<'_, '_>, unions: &mut [Undecided]) {
    let index: HashMap<ir::ItemId, usize> =
        unions.iter().enumerate().map(|(index, union)| (union.item, index)).collect();
    let targets = |union: &Undecided| {
        union.arms.iter().filter_map(|arm| union_of(cx, &index, &arm.ty)).collect::<Vec<_>>()
    };
    let edges: Vec<Vec<usize>> = unions.iter().map(targets).collect();
    let circles = graph::of_edges(&edges);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in (0..unions.len()).filter(|at| circles.cyclic[*at]) {
        members.entry(circles.number[at]).or_default().push(at);
    }
    for members in members.values() {
        let inside = |arm: &Arm| {
            union_of(cx, &index, &arm.ty).is_some_and(|target| members.contains(&target))
        };
        let all: Vec<Vec<Arm>> = members
            .iter()
            .map(|at| unions[*at].arms.iter().filter(|arm| !inside(arm)).cloned().collect())
            .collect();
        for (position, at) in members.iter().enumerate() {
            let others = all.iter().enumerate().filter(|(other, _)| *other != position);
            let mut arms = all[position].clone();
            for arm in others.flat_map(|(_, arms)| arms) {
                if !arms.iter().any(|known| known.ty == arm.ty) {
                    arms.push(arm.clone());
                }
            }
            let item = unions[*at].item;
            cx.item_mut(item).kind = super::kind_of_arms(&arms, unions[*at].extends);
            unions[*at].arms = arms;
        }
    }
}

/// The union that a value of the type is, aliases seen through.
fn union_of(cx: &Cx<'_, '_>, index: &HashMap<ir::ItemId, usize>, ty: &ir::Type) -> Option<usize> {
    let mut ty = ty;
    for _ in 0..cx.items.len() {
        ty = match ty {
            ir::Type::Nullable(inner) | ir::Type::Boxed(inner) => inner,
            ir::Type::Item(id) => match &cx.items[id.0 as usize].kind {
                ir::Kind::Alias(inner) => inner,
                ir::Kind::Union(_) => return index.get(id).copied(),
                ir::Kind::Struct(_) | ir::Kind::Enum(_) | ir::Kind::Newtype(_) => return None,
            },
            _ => return None,
        };
    }
    None
}
