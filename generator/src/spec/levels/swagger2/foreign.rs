//! Fields of OpenAPI 3 in a document that says it is Swagger 2.0: read as what they mean.

use super::super::rewrite::Rewrite;
use crate::diag::{At, Code};
use crate::source::NodeId;

/// What stands in the terms of Swagger 2.0, else the value of a field that only OpenAPI 3 has. The
/// field is told of; once of each name where the document is somebody else's.
pub(super) fn or_read(
    rewrite: &mut Rewrite<'_>,
    own: Option<NodeId>,
    object: NodeId,
    key: &'static str,
) -> Option<NodeId> {
    let Some(node) = rewrite.tree.get(object, key) else { return own };
    if rewrite.foreign.insert((key, own.is_some())) || !rewrite.sink.is_lenient() {
        let message = format!("`{key}` is a field of OpenAPI 3");
        let help = match own {
            Some(_) => "what Swagger 2.0 has for it holds; remove one of them",
            None => "it is read as OpenAPI 3 has it; state `openapi` in place of `swagger`",
        };
        rewrite.sink.remark(Code::UnknownField, At::Key(node), message).help(help);
    }
    own.or(Some(node))
}
