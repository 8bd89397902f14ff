//! What the document says and the client has no place for: said once, so that nothing is lost
//! without a word.

use super::cx::Cx;
use crate::diag::{At, Code};

/// Reports keywords of schemas that no type expresses.
pub(super) fn report(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for rare in spec.schemas.iter().filter_map(|schema| schema.rare.as_deref()) {
        for (keyword, at) in &rare.unmodelled {
            cx.sink
                .note(Code::Degraded, At::Key(*at), format!("`{keyword}` is not checked"))
                .help("no type expresses it; the server has the last word");
        }
    }
}
