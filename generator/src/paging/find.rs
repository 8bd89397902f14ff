//! Places in the types of a reply or request: a JSON pointer in, the type at it out.

use std::collections::HashSet;

use tenon_ir as ir;

/// Types that refer to each other in a circle are followed no further.
const DEEPEST: usize = 32;

/// What is at a pointer.
#[derive(Debug)]
pub(crate) enum Found<'a> {
    /// A value of this type.
    Type(&'a ir::Type),
    /// The document doesn't say what is there, nor that there is nothing.
    Anything,
    /// The document describes nothing there.
    Nothing,
}

/// The type without `null`, boxes, aliases and wrappers.
pub(crate) fn resolved<'a>(api: &'a ir::Api, ty: &'a ir::Type) -> &'a ir::Type {
    let mut ty = ty;
    for _ in 0..DEEPEST {
        ty = match ty {
            ir::Type::Nullable(inner) | ir::Type::Boxed(inner) => inner,
            ir::Type::Item(id) => match &api.item(*id).kind {
                ir::Kind::Alias(inner) => inner,
                ir::Kind::Newtype(newtype) => &newtype.ty,
                ir::Kind::Struct(_) | ir::Kind::Enum(_) | ir::Kind::Union(_) => return ty,
            },
            _ => return ty,
        };
    }
    ty
}

/// What is at a pointer into values of a type.
pub(crate) fn at<'a>(api: &'a ir::Api, ty: &'a ir::Type, pointer: &str) -> Found<'a> {
    let steps: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
    walk(api, ty, &steps, &mut HashSet::new(), DEEPEST)
}

fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// Unions that were `seen` with as many steps to go have nothing there.
fn walk<'a>(
    api: &'a ir::Api,
    ty: &'a ir::Type,
    steps: &[String],
    seen: &mut HashSet<(ir::ItemId, usize)>,
    depth: usize,
) -> Found<'a> {
    let ty = resolved(api, ty);
    let Some((step, below)) = steps.split_first() else { return Found::Type(ty) };
    let Some(depth) = depth.checked_sub(1) else { return Found::Nothing };
    let next = match ty {
        ir::Type::Json => return Found::Anything,
        ir::Type::List(item) if step.parse::<usize>().is_ok() => Some(&**item),
        ir::Type::Tuple(places) => step.parse::<usize>().ok().and_then(|at| places.get(at)),
        ir::Type::Map(value) => Some(&**value),
        ir::Type::Item(id) => match &api.item(*id).kind {
            ir::Kind::Struct(shape) => property(shape, step),
            ir::Kind::Union(union) => {
                if !seen.insert((*id, steps.len())) {
                    return Found::Nothing;
                }
                let mut found =
                    union.variants.iter().map(|it| walk(api, &it.ty, steps, seen, depth));
                return found.find(|it| !is_nothing(it)).unwrap_or(Found::Nothing);
            }
            ir::Kind::Enum(_) | ir::Kind::Newtype(_) | ir::Kind::Alias(_) => None,
        },
        _ => None,
    };
    next.map_or(Found::Nothing, |next| walk(api, next, below, seen, depth))
}

fn is_nothing(found: &Found<'_>) -> bool {
    matches!(found, Found::Nothing)
}

/// The type of a property, listed or of the map for the others.
fn property<'a>(shape: &'a ir::Struct, name: &str) -> Option<&'a ir::Type> {
    let listed = shape.fields.iter().find(|field| field.wire == name).map(|field| &field.ty);
    listed.or(match &shape.rest {
        ir::Rest::Keep { ty, .. } => Some(ty),
        ir::Rest::Ignore | ir::Rest::Unknown { .. } | ir::Rest::Deny => None,
    })
}

/// The type of an operation's page: its first success in JSON that is read whole.
pub(crate) fn page_type(operation: &ir::Operation) -> Option<&ir::Type> {
    let whole = operation.responses.iter().filter(|it| it.success && !it.only_stream);
    whole.filter_map(|it| if let ir::Body::Json(ty) = &it.content { Some(ty) } else { None }).next()
}

/// The type of the items of a list at a pointer into the page; absent where there is no list.
pub(crate) fn items(api: &ir::Api, page: &ir::Type, pointer: &str) -> Option<ir::Type> {
    match at(api, page, pointer) {
        Found::Type(ir::Type::List(item)) => Some((**item).clone()),
        Found::Type(ir::Type::Json) | Found::Anything => Some(ir::Type::Json),
        Found::Type(_) | Found::Nothing => None,
    }
}
