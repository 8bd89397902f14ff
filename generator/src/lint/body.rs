//! Bodies: where they belong, and what they are.

use super::cx::{Cx, is_json};
use super::reply::is_empty;
use crate::diag::At;
use crate::spec::Media;

/// Calls that only read have no body.
pub(super) fn of_get(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in &spec.operations {
        let reads = ["GET", "HEAD", "TRACE"].contains(&operation.method.as_str());
        if reads && operation.body.is_some() {
            let at = cx.of_operation(operation, "requestBody").unwrap_or(operation.at);
            let message = format!("a {} with a body may lose it on its way", operation.method);
            cx.say(At::Key(at), message)
                .help("check with the vendor's page; the values may belong in the query");
        }
    }
}

/// JSON has a schema.
pub(super) fn schema(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let is_bare = |media: &&Media<'_>| {
        is_json(media) && media.schema.is_none() && media.item_schema.is_none()
    };
    let bodies = spec.bodies.iter().flat_map(|body| &body.content);
    let replies = spec.all_operations().flat_map(|operation| &operation.responses);
    // A reply without a body has nothing to describe, whatever its content is called.
    let replies = replies.filter(|(status, _)| !is_empty(*status));
    let replies = replies.flat_map(|(_, id)| &spec.response(*id).content);
    for media in bodies.chain(replies).filter(is_bare) {
        cx.say(At::Key(media.at), "this body has no schema: it is any JSON")
            .help("add `schema` with what the vendor's page says of the body");
    }
}
