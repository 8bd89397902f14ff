//! Models that would be too large: what they hold is moved to the heap.
//!
//! A value lies within the one that holds it, so that models which hold each other several times, level
//! by level, double each time. The stack that a thread has holds few of them, and no compiler takes
//! what is larger than an address.

use super::graph;
use tenon_ir as ir;

/// Most bytes of a model, unless it has that many fields. Decoding holds a few values at each level.
const LARGEST: usize = 16 * 1024;

/// Bytes of a pointer: what is no larger takes no less room behind one.
const POINTER: usize = 8;

/// Puts the largest parts of every model that is larger behind a pointer, until it isn't; all that are
/// the same model, so that they look alike.
///
/// Models lie in each other in no circle any more, but for those in maps, which are behind one as it is.
pub(super) fn bound(api: &mut ir::Api) {
    let mut sizes: Vec<Option<usize>> = vec![None; api.items.len()];
    for start in 0..api.items.len() {
        let mut open = vec![(start, false)];
        while let Some((index, is_entered)) = open.pop() {
            if is_entered {
                sizes[index] = Some(fitted(&mut api.items[index].kind, &sizes));
            } else if sizes[index].is_none() {
                // In a map of itself a model has no size.
                sizes[index] = Some(0);
                open.push((index, true));
                let inner = graph::inside(&api.items[index]).into_iter();
                open.extend(inner.map(|id| (id.0 as usize, false)));
            }
        }
    }
}

/// The size of a model that fits.
fn fitted(kind: &mut ir::Kind, sizes: &[Option<usize>]) -> usize {
    let size_of = |id: ir::ItemId| sizes[id.0 as usize].unwrap_or(0);
    loop {
        let size = kind.size(&size_of);
        if size <= LARGEST {
            return size;
        }
        let parts = held(kind).into_iter().flat_map(graph::inline_mut);
        let large = parts.filter(|part| part.size(&size_of) > POINTER);
        let Some(largest) = large.max_by_key(|part| part.size(&size_of)).cloned() else {
            return size;
        };
        let parts = held(kind).into_iter().flat_map(graph::inline_mut);
        for part in parts.filter(|part| **part == largest) {
            *part = ir::Type::Boxed(Box::new(largest.clone()));
        }
    }
}

/// The types of which an item holds values itself; an alias does for those that use it.
fn held(kind: &mut ir::Kind) -> Vec<&mut ir::Type> {
    match kind {
        ir::Kind::Alias(ty) => vec![ty],
        ir::Kind::Struct(_) | ir::Kind::Enum(_) | ir::Kind::Union(_) | ir::Kind::Newtype(_) => {
            graph::held_mut(kind)
        }
    }
}
