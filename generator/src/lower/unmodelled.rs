//! What the document says and the client has no place for: said once, so that nothing is lost
//! without a word.

use super::cx::Cx;
use super::merge::leaves_names_free;
use crate::diag::{At, Code};
use crate::source::NodeId;
use crate::spec::SchemaId;

/// Reports keywords of schemas that no type expresses.
pub(super) fn report(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for (index, schema) in spec.schemas.iter().enumerate() {
        let is_held = cx.held.contains_key(&SchemaId(index as u32));
        let keywords = schema.rare.iter().flat_map(|rare| &rare.unmodelled);
        for (keyword, at) in keywords.filter(|(keyword, _)| !is_held || *keyword != "contentSchema")
        {
            cx.sink
                .note(Code::Degraded, At::Key(*at), format!("`{keyword}` is not checked"))
                .help("no type expresses it; the server has the last word");
        }
        if leaves_names_free(schema) {
            free_names(cx, schema.at);
        }
    }
}

/// Reports patterns whose schemas hold for some properties only.
fn free_names(cx: &mut Cx<'_, '_>, schema: NodeId) {
    let at = cx.spec.tree.get(schema, "patternProperties").unwrap_or(schema);
    let message =
        "a property that no pattern matches may hold anything, so any JSON value is taken";
    cx.sink
        .note(Code::Degraded, At::Key(at), message)
        .help("add `additionalProperties: false` where there are no others; the patterns then give the type");
}
