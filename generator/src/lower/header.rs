//! Headers of replies: one constant for each name and type, whatever number of operations have it.

use super::cx::{Cx, Hint};
use super::{docs, media, schema};
use crate::spec::{Parameter, ParameterId, Response};
use tenon_ir as ir;

/// The documented headers of a response, as indices into those of the API.
///
/// `Content-Type` isn't one of them (OpenAPI 3.1, section 4.8.17.1).
pub(super) fn of(cx: &mut Cx<'_, '_>, stated: &Response<'_>) -> Vec<usize> {
    let spec = cx.spec;
    let is_own =
        |id: &&ParameterId| !spec.parameter(**id).name.eq_ignore_ascii_case("content-type");
    stated.headers.iter().filter(is_own).map(|id| one(cx, *id)).collect()
}

fn one(cx: &mut Cx<'_, '_>, id: ParameterId) -> usize {
    let known = cx.headers.iter().position(|(known, _)| *known == id || is_same(cx, *known, id));
    if let Some(index) = known {
        return index;
    }
    let spec = cx.spec;
    let stated = spec.parameter(id);
    let header = lower(cx, stated);
    let same = cx.headers.iter().position(|(_, known)| {
        let written = (&known.wire, known.explode, known.json);
        known.ty == header.ty && written == (&header.wire, header.explode, header.json)
    });
    same.unwrap_or_else(|| {
        cx.headers.push((id, header));
        cx.headers.len() - 1
    })
}

/// The same header, written twice: a model of its schema would be there twice as well.
fn is_same(cx: &Cx<'_, '_>, one: ParameterId, other: ParameterId) -> bool {
    let spec = cx.spec;
    let (one, other) = (spec.parameter(one), spec.parameter(other));
    let (Some(a), Some(b)) = (one.schema, other.schema) else { return false };
    let value = |id| spec.tree.to_value(spec.schema(id).at);
    one.name.eq_ignore_ascii_case(other.name)
        && one.explode == other.explode
        && (a == b || value(a) == value(b))
}

fn lower(cx: &mut Cx<'_, '_>, stated: &Parameter<'_>) -> ir::ReplyHeader {
    let content = stated.content.first();
    let json = stated.schema.is_none() && content.is_some_and(|it| media::is_json(it.name));
    let described = stated.schema.or(content.filter(|_| json).and_then(|it| it.schema));
    let hint = Hint::of_operation(stated.name, "header");
    let plain = if json { ir::Type::Json } else { ir::Type::Text(ir::Text::Plain) };
    let ty = described.map_or(plain, |id| schema::type_of(cx, id, &hint));
    let ty = match ty {
        // A header is there or it isn't.
        ir::Type::Nullable(inner) if !json => *inner,
        ir::Type::Json if !json => ir::Type::Text(ir::Text::Plain),
        ty => ty,
    };
    let mut docs = docs::described(cx, stated.at, stated.description);
    if let (None, Some(id)) = (&docs.description, described) {
        docs.description = docs::of_use(cx, &[id]).description;
    }
    docs.deprecated = stated.deprecated;
    ir::ReplyHeader {
        name: ir::Ident(stated.name.to_owned()),
        wire: stated.name.to_ascii_lowercase(),
        ty,
        explode: stated.explode.unwrap_or(false),
        json,
        docs,
    }
}
