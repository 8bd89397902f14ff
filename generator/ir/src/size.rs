//! How many bytes values take in place, roughly: without what lies behind a pointer.

use crate::item::{Field, ItemId, Kind, Presence, Rest};
use crate::types::{Float, Text, Type};

impl Type {
    /// The size of a value, given those of models.
    pub fn size(&self, model: &dyn Fn(ItemId) -> usize) -> usize {
        match self {
            Type::Unit => 0,
            Type::Bool => 1,
            Type::Float(Float::Decimal) => 16,
            Type::Int(_) | Type::Float(Float::F64) | Type::Boxed(_) => 8,
            Type::Text(Text::DateTime | Text::Date | Text::Uuid | Text::Ipv4 | Text::Ipv6) => 40,
            Type::Text(Text::Plain | Text::Secret)
            | Type::Bytes(_)
            | Type::List(_)
            | Type::Map(_) => 24,
            Type::Json => 32,
            Type::Tuple(items) => sum(items.iter().map(|it| it.size(model))),
            Type::Nullable(inner) => inner.size(model).saturating_add(8),
            Type::Item(id) => model(*id),
        }
    }
}

impl Kind {
    /// The size of a value, given those of the models in it.
    pub fn size(&self, model: &dyn Fn(ItemId) -> usize) -> usize {
        match self {
            Kind::Struct(shape) => {
                let rest = match &shape.rest {
                    Rest::Ignore | Rest::Deny => 0,
                    Rest::Unknown { .. } => 8,
                    Rest::Keep { .. } => 24,
                };
                sum(shape.fields.iter().map(|field| field.size(model))).saturating_add(rest)
            }
            Kind::Enum(_) => 24,
            Kind::Union(union) => {
                let variants = union.variants.iter().map(|it| it.ty.size(model));
                variants.max().unwrap_or(0).saturating_add(8)
            }
            Kind::Newtype(newtype) => newtype.ty.size(model),
            Kind::Alias(ty) => ty.size(model),
        }
    }
}

impl Field {
    fn size(&self, model: &dyn Fn(ItemId) -> usize) -> usize {
        let value = self.ty.size(model);
        match self.presence {
            Presence::Required => value,
            Presence::Optional => value.saturating_add(4),
        }
    }
}

/// Types that hold each other several times grow without bound.
fn sum(sizes: impl Iterator<Item = usize>) -> usize {
    sizes.fold(0, usize::saturating_add)
}
