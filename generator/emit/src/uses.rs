//! Models that a model refers to.

use tenon_ir::{ItemId, Kind, Rest, Type};

/// Calls `visit` for each model that the shape names.
pub(crate) fn of_kind(kind: &Kind, visit: &mut impl FnMut(ItemId)) {
    match kind {
        Kind::Struct(shape) => {
            for field in &shape.fields {
                of_type(&field.ty, visit);
            }
            match &shape.rest {
                Rest::Ignore | Rest::Deny | Rest::Unknown { .. } => {}
                Rest::Keep { ty, .. } => of_type(ty, visit),
            }
        }
        Kind::Enum(_) => {}
        Kind::Union(shape) => {
            for variant in &shape.variants {
                of_type(&variant.ty, visit);
            }
        }
        Kind::Newtype(shape) => of_type(&shape.ty, visit),
        Kind::Alias(ty) => of_type(ty, visit),
    }
}

fn of_type(ty: &Type, visit: &mut impl FnMut(ItemId)) {
    ty.models().into_iter().for_each(visit);
}
