//! The media type of JSON that a header parameter `Accept` names: some vendors tell the version of an
//! API there, and document replies as plain JSON. OpenAPI ignores the parameter (OpenAPI 3.1, section
//! 4.8.12.1); the client asks for what it names as for another name of the same JSON.

use super::cx::Cx;
use super::docs;
use super::media::{is_json, is_range, is_same};
use super::merge::{Key, merge};
use crate::source::NodeId;
use crate::spec::{Operation, Place, SchemaId};
use tenon_ir as ir;

/// The JSON response among these that is known by the other name as well, and that name.
pub(super) fn other_name(
    cx: &mut Cx<'_, '_>,
    operation: &Operation<'_>,
    responses: &[&ir::Response],
) -> Option<(usize, String)> {
    let media = named(cx, operation)?;
    let is_known = responses.iter().any(|response| is_same(&response.media, &media));
    let is_json =
        |it: &&ir::Response| matches!(it.content, ir::Body::Json(_)) && is_json(&it.media);
    let at = responses.iter().position(is_json).filter(|_| !is_known)?;
    Some((at, media))
}

/// The one value that the parameter has, or else its default, where that is a name of JSON.
fn named(cx: &mut Cx<'_, '_>, operation: &Operation<'_>) -> Option<String> {
    let spec = cx.spec;
    let mut parameters = operation.parameters.iter().map(|id| spec.parameter(*id));
    let schema = parameters
        .find(|it| it.place == Place::Header && it.name.eq_ignore_ascii_case("accept"))?
        .schema?;
    let at = only_value(cx, schema)
        .or_else(|| docs::layers(cx, &[schema]).find_map(|id| spec.schema(id).default))?;
    let media = spec.tree.text(at)?;
    let is_plain = media.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let is_one = is_plain && !media.contains(',') && !is_range(media) && is_json(media);
    is_one.then(|| media.to_owned())
}

/// The only value that a schema admits.
fn only_value(cx: &mut Cx<'_, '_>, schema: SchemaId) -> Option<NodeId> {
    let (_, values) = merge(cx, &Key::one(schema)).values.clone()?;
    values.first().copied().filter(|_| values.len() == 1)
}
