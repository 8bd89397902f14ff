//! What the document says and the client has no place for: said once, so that nothing is lost
//! without a word.

use super::cx::Cx;
use crate::diag::{At, Code};
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
    }
}
