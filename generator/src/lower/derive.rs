//! Traits that hold for each item, by fixpoint: a model has one when all of its parts do.

use tenon_ir as ir;

/// Decides the traits of every item, and which alternatives a union can be made from.
pub(super) fn derive(api: &mut ir::Api) {
    let mut eq = vec![true; api.items.len()];
    loop {
        let next: Vec<bool> = {
            let known = |id: ir::ItemId| eq[id.0 as usize];
            api.items.iter().map(|item| item_eq(item, &known)).collect()
        };
        if next == eq {
            break;
        }
        eq = next;
    }
    let from: Vec<Vec<bool>> =
        api.items.iter().enumerate().map(|(index, item)| convertible(api, index, item)).collect();
    for (index, item) in api.items.iter_mut().enumerate() {
        item.derives.eq = eq[index];
        match &mut item.kind {
            ir::Kind::Enum(shape) => item.derives.copy = shape.base == ir::EnumBase::Int,
            ir::Kind::Struct(shape) => item.derives.default = is_default(shape),
            ir::Kind::Union(union) => {
                for (variant, from) in union.variants.iter_mut().zip(&from[index]) {
                    variant.from = *from;
                }
            }
            ir::Kind::Newtype(_) | ir::Kind::Alias(_) => {}
        }
    }
}

/// Decides which contents an enum of request bodies can be made from.
pub(super) fn payloads(api: &mut ir::Api) {
    let mut groups = std::mem::take(&mut api.groups);
    let operations = groups.iter_mut().flat_map(|group| &mut group.operations);
    for body in operations.filter_map(|operation| operation.body.as_mut()) {
        let ir::Sent::Choice { cases, .. } = &mut body.sent else { continue };
        let types: Vec<Option<ir::Type>> =
            cases.iter().map(|case| content_type(api, &case.payload.content)).collect();
        for (case, ty) in cases.iter_mut().zip(&types) {
            case.from = ty.is_none() || types.iter().filter(|other| *other == ty).count() == 1;
        }
    }
    api.groups = groups;
}

/// The type that holds a content; absent for one that holds nothing else in the same enum.
fn content_type(api: &ir::Api, content: &ir::Content) -> Option<ir::Type> {
    match content {
        ir::Content::Json(ty) => Some(resolved(api, ty)),
        ir::Content::Text => Some(ir::Type::Text(ir::Text::Plain)),
        ir::Content::Lines(ty) => Some(ir::Type::List(Box::new(resolved(api, ty)))),
        ir::Content::Form(form) | ir::Content::Multipart(ir::Multipart::Value(form)) => {
            Some(resolved(api, &form.ty))
        }
        ir::Content::Bytes
        | ir::Content::Multipart(ir::Multipart::Parts(_) | ir::Multipart::Open) => None,
    }
}

/// Nothing has to be given to make one.
fn is_default(shape: &ir::Struct) -> bool {
    shape.fields.iter().all(|field| field.presence == ir::Presence::Optional)
}

fn item_eq(item: &ir::Item, known: &dyn Fn(ir::ItemId) -> bool) -> bool {
    match &item.kind {
        ir::Kind::Struct(shape) => {
            let rest = match &shape.rest {
                ir::Rest::Keep { ty, .. } => type_eq(ty, known),
                ir::Rest::Ignore | ir::Rest::Deny | ir::Rest::Unknown { .. } => true,
            };
            rest && shape.fields.iter().all(|field| type_eq(&field.ty, known))
        }
        ir::Kind::Enum(_) => true,
        // The variant for unknown kinds holds any JSON value.
        ir::Kind::Union(union) => {
            union.unknown.is_none()
                && union.variants.iter().all(|variant| type_eq(&variant.ty, known))
        }
        ir::Kind::Newtype(newtype) => type_eq(&newtype.ty, known),
        ir::Kind::Alias(ty) => type_eq(ty, known),
    }
}

/// Values of a type are equal or not, and have a hash, if those of the models that it names do.
pub(crate) fn type_eq(ty: &ir::Type, known: &dyn Fn(ir::ItemId) -> bool) -> bool {
    match ty {
        ir::Type::Bool
        | ir::Type::Int(_)
        | ir::Type::Text(_)
        | ir::Type::Bytes(_)
        | ir::Type::Float(ir::Float::Decimal)
        | ir::Type::Unit => true,
        ir::Type::Float(ir::Float::F64) | ir::Type::Json => false,
        ir::Type::List(inner)
        | ir::Type::Map(inner)
        | ir::Type::Nullable(inner)
        | ir::Type::Boxed(inner) => type_eq(inner, known),
        ir::Type::Tuple(places) => places.iter().all(|place| type_eq(place, known)),
        ir::Type::Item(id) => known(*id),
    }
}

/// For each alternative of a union: it isn't the union, and no other one has the same Rust type.
fn convertible(api: &ir::Api, index: usize, item: &ir::Item) -> Vec<bool> {
    let ir::Kind::Union(union) = &item.kind else { return Vec::new() };
    let types: Vec<ir::Type> =
        union.variants.iter().map(|variant| resolved(api, &variant.ty)).collect();
    let taken = union.unknown.is_some().then_some(ir::Type::Json);
    let own = ir::Type::Item(ir::ItemId(index as u32));
    types
        .iter()
        .map(|ty| {
            *ty != own && types.iter().chain(&taken).filter(|other| *other == ty).count() == 1
        })
        .collect()
}

/// The type with aliases and boxes seen through.
pub(super) fn resolved(api: &ir::Api, ty: &ir::Type) -> ir::Type {
    let inner = |ty: &ir::Type| Box::new(resolved(api, ty));
    match ty {
        ir::Type::Item(id) => match &api.item(*id).kind {
            ir::Kind::Alias(ty) => resolved(api, ty),
            ir::Kind::Struct(_) | ir::Kind::Enum(_) | ir::Kind::Union(_) | ir::Kind::Newtype(_) => {
                ty.clone()
            }
        },
        ir::Type::Boxed(boxed) => resolved(api, boxed),
        ir::Type::List(ty) => ir::Type::List(inner(ty)),
        ir::Type::Map(ty) => ir::Type::Map(inner(ty)),
        ir::Type::Nullable(ty) => ir::Type::Nullable(inner(ty)),
        ir::Type::Tuple(places) => {
            ir::Type::Tuple(places.iter().map(|place| resolved(api, place)).collect())
        }
        ir::Type::Bool
        | ir::Type::Int(_)
        | ir::Type::Float(_)
        | ir::Type::Text(_)
        | ir::Type::Bytes(_)
        | ir::Type::Json
        | ir::Type::Unit => ty.clone(),
    }
}
