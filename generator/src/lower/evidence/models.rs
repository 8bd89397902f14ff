//! Which alternatives of a union an example may be, by the shapes of the models.

use super::{DEPTH, format};
use crate::source::{NodeId, Tree};
use tenon_ir as ir;

/// The models, and the document that examples stand in.
pub(super) struct Models<'a> {
    /// The document.
    pub(super) tree: &'a Tree,
    /// Every item.
    pub(super) items: &'a [ir::Item],
}

impl Models<'_> {
    /// The item is a name for other types, so that its value is theirs.
    pub(super) fn is_name(&self, id: ir::ItemId) -> bool {
        match self.kind(id) {
            ir::Kind::Alias(_) | ir::Kind::Union(_) | ir::Kind::Newtype(_) => true,
            ir::Kind::Struct(_) | ir::Kind::Enum(_) => false,
        }
    }

    /// The alternatives of a union that a value may be read as, unless one of them takes it as it is.
    pub(super) fn contradicted(&self, id: ir::ItemId, at: NodeId) -> Vec<usize> {
        let ir::Kind::Union(union) = self.kind(id) else { return Vec::new() };
        if let Some(tagged) = self.tagged(union, at) {
            return tagged;
        }
        let types = || union.variants.iter().map(|variant| &variant.ty);
        let is_scalar = !self.tree.is_map(at) && !self.tree.is_list(at);
        if is_scalar && types().any(|ty| self.takes(ty, at, DEPTH)) {
            return Vec::new();
        }
        let arms = types().enumerate().filter(|(_, ty)| self.admits(ty, at, DEPTH));
        arms.map(|(index, _)| index).collect()
    }

    /// The alternatives that the discriminator names, when there is one.
    fn tagged(&self, union: &ir::Union, at: NodeId) -> Option<Vec<usize>> {
        union.picks.iter().find_map(|pick| match pick {
            ir::Pick::Tag { property, values } => {
                let tag = self.tree.text(self.tree.get(at, property)?)?;
                let named = values.iter().filter(|(value, _)| value == tag);
                Some(named.map(|(_, arm)| *arm).collect())
            }
            ir::Pick::JsonType(_)
            | ir::Pick::Property(_)
            | ir::Pick::Constant(_)
            | ir::Pick::Values(_)
            | ir::Pick::Names(_)
            | ir::Pick::Closed(_) => None,
        })
    }

    /// The type reads this scalar.
    fn takes(&self, ty: &ir::Type, at: NodeId, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        match ty {
            ir::Type::Nullable(inner) | ir::Type::Boxed(inner) => self.takes(inner, at, depth),
            ir::Type::Item(id) => match self.kind(*id) {
                ir::Kind::Alias(inner) => self.takes(inner, at, depth),
                ir::Kind::Newtype(newtype) => self.takes(&newtype.ty, at, depth),
                ir::Kind::Union(union) => {
                    union.variants.iter().any(|variant| self.takes(&variant.ty, at, depth))
                }
                ir::Kind::Enum(_) | ir::Kind::Struct(_) => self.admits(ty, at, depth),
            },
            _ => self.admits(ty, at, depth) && format::contradiction(self.tree, ty, at).is_none(),
        }
    }

    /// The value has the shape of the type, as far as that is told without going into it.
    fn admits(&self, ty: &ir::Type, at: NodeId, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        let tree = self.tree;
        match ty {
            ir::Type::Json => true,
            ir::Type::Bool => tree.bool(at).is_some(),
            ir::Type::Int(_) => tree.integer(at).is_some(),
            ir::Type::Float(_) => tree.number(at).is_some(),
            ir::Type::Text(_) | ir::Type::Bytes(_) => format::string(tree, at).is_some(),
            ir::Type::Unit => tree.is_null(at),
            ir::Type::List(_) => tree.is_list(at),
            ir::Type::Tuple(places) => tree.items(at).len() == places.len(),
            ir::Type::Map(_) => tree.is_map(at),
            ir::Type::Nullable(inner) => tree.is_null(at) || self.admits(inner, at, depth),
            ir::Type::Boxed(inner) => self.admits(inner, at, depth),
            ir::Type::Item(id) => self.item_admits(*id, at, depth),
        }
    }

    fn item_admits(&self, id: ir::ItemId, at: NodeId, depth: usize) -> bool {
        let tree = self.tree;
        match self.kind(id) {
            ir::Kind::Struct(shape) => {
                let mut required =
                    shape.fields.iter().filter(|it| it.presence == ir::Presence::Required);
                tree.is_map(at) && required.all(|field| tree.get(at, &field.wire).is_some())
            }
            ir::Kind::Enum(shape) => match shape.base {
                ir::EnumBase::Text => format::string(tree, at).is_some(),
                ir::EnumBase::Int => tree.integer(at).is_some(),
            },
            ir::Kind::Union(union) => {
                union.variants.iter().any(|variant| self.admits(&variant.ty, at, depth))
            }
            ir::Kind::Newtype(newtype) => self.admits(&newtype.ty, at, depth),
            ir::Kind::Alias(ty) => self.admits(ty, at, depth),
        }
    }

    fn kind(&self, id: ir::ItemId) -> &ir::Kind {
        &self.items[id.0 as usize].kind
    }
}
