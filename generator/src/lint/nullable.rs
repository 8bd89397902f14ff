//! `nullable` of OpenAPI 3.0 where that version gives it no effect.

use super::cx::Cx;
use crate::diag::At;

/// `nullable` stands beside a `type` (OpenAPI 3.0.3, section 4.7.24.1).
pub(super) fn without_type(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in &spec.schemas {
        let at = schema.at;
        let Some(node) = cx.tree.get(at, "nullable") else { continue };
        if cx.tree.bool(node) != Some(true) || cx.tree.get(at, "type").is_some() || !cx.is_old(at) {
            continue;
        }
        let (message, help) = if cx.tree.get(at, "$ref").is_some() {
            (
                "`nullable` beside `$ref` has no effect in OpenAPI 3.0",
                "make the schema nullable that it refers to, or a copy of it",
            )
        } else if schema_is_bare(cx, at) {
            (
                "`nullable` without a `type` has no effect",
                "state the `type`; without one, null is allowed",
            )
        } else {
            (
                "`nullable` has an effect only beside a `type`",
                "state the `type` beside it; it is honoured here, and other tools ignore it",
            )
        };
        cx.say(At::Key(node), message).help(help);
    }
}

fn schema_is_bare(cx: &Cx<'_, '_>, at: crate::source::NodeId) -> bool {
    ["allOf", "anyOf", "oneOf", "enum", "properties"]
        .iter()
        .all(|key| cx.tree.get(at, key).is_none())
}
