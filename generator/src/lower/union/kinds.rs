//! The JSON types in which the values of each type are written.

use crate::spec::Types;
use tenon_ir as ir;

/// The JSON types by item.
pub(super) struct Kinds {
    by_item: Vec<Types>,
}

impl Kinds {
    /// Finds the JSON types of every item, by fixpoint: a union has those of its alternatives.
    pub(super) fn of(items: &[ir::Item]) -> Kinds {
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        for (index, item) in items.iter().enumerate() {
            for ty in written(item) {
                mentioned(ty, &mut |id| users[id.0 as usize].push(index));
            }
        }
        let mut kinds = Kinds { by_item: vec![Types::default(); items.len()] };
        let mut open: Vec<usize> = (0..items.len()).collect();
        while let Some(index) = open.pop() {
            let found = kinds.of_item(&items[index]);
            if found != kinds.by_item[index] {
                kinds.by_item[index] = found;
                open.extend(&users[index]);
            }
        }
        kinds
    }

    /// The names of the JSON types of a type, as [`ir::Pick::JsonType`] has them.
    pub(super) fn names(&self, ty: &ir::Type) -> Vec<&'static str> {
        self.of_type(ty).iter().map(super::pick::json_type).collect()
    }

    fn of_item(&self, item: &ir::Item) -> Types {
        match &item.kind {
            ir::Kind::Struct(_) => Types::OBJECT,
            ir::Kind::Enum(shape) => match shape.base {
                ir::EnumBase::Text => Types::STRING,
                ir::EnumBase::Int => Types::NUMBER,
            },
            ir::Kind::Union(_) | ir::Kind::Newtype(_) | ir::Kind::Alias(_) => {
                written(item).fold(Types::default(), |known, ty| known.with(self.of_type(ty)))
            }
        }
    }

    fn of_type(&self, ty: &ir::Type) -> Types {
        match ty {
            ir::Type::Bool => Types::BOOLEAN,
            ir::Type::Int(_) | ir::Type::Float(_) => Types::NUMBER,
            ir::Type::Text(_) | ir::Type::Bytes(_) => Types::STRING,
            ir::Type::List(_) | ir::Type::Tuple(_) => Types::ARRAY,
            ir::Type::Map(_) => Types::OBJECT,
            ir::Type::Unit => Types::NULL,
            ir::Type::Json => {
                [Types::BOOLEAN, Types::NUMBER, Types::STRING, Types::ARRAY, Types::OBJECT]
                    .into_iter()
                    .fold(Types::NULL, Types::with)
            }
            ir::Type::Nullable(inner) => self.of_type(inner).with(Types::NULL),
            ir::Type::Boxed(inner) => self.of_type(inner),
            ir::Type::Item(id) => self.by_item[id.0 as usize],
        }
    }
}

/// The types as one of which a value of an item is written.
fn written(item: &ir::Item) -> impl Iterator<Item = &ir::Type> {
    let (variants, inner) = match &item.kind {
        ir::Kind::Union(union) => (union.variants.as_slice(), None),
        ir::Kind::Newtype(newtype) => (&[][..], Some(&newtype.ty)),
        ir::Kind::Alias(ty) => (&[][..], Some(ty)),
        ir::Kind::Struct(_) | ir::Kind::Enum(_) => (&[][..], None),
    };
    variants.iter().map(|variant| &variant.ty).chain(inner)
}

/// The items as one of which a value of a type is written.
fn mentioned(ty: &ir::Type, found: &mut dyn FnMut(ir::ItemId)) {
    match ty {
        ir::Type::Item(id) => found(*id),
        ir::Type::Nullable(inner) | ir::Type::Boxed(inner) => mentioned(inner, found),
        ir::Type::Bool
        | ir::Type::Int(_)
        | ir::Type::Float(_)
        | ir::Type::Text(_)
        | ir::Type::Bytes(_)
        | ir::Type::Json
        | ir::Type::Unit
        | ir::Type::List(_)
        | ir::Type::Tuple(_)
        | ir::Type::Map(_) => {}
    }
}
