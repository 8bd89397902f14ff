//! Links of replies.

use std::collections::BTreeSet;

use super::cx::Cx;
use crate::spec::similar;

/// Links lead to operations that there are.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let ids: BTreeSet<&str> = spec.operations.iter().filter_map(|operation| operation.id).collect();
    for response in &spec.responses {
        for link in &response.links {
            // An `operationRef` is an address.
            let id = link.operation.filter(|id| !id.contains(['#', '/', ':']));
            let Some(id) = id.filter(|id| !ids.contains(id)) else { continue };
            let at = cx
                .tree
                .get(response.at, "links")
                .and_then(|links| cx.tree.get(links, link.name))
                .map(|link| cx.tree.get(link, "operationId").unwrap_or(link));
            let help = match similar(id, ids.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name an `operationId` of this document".to_owned(),
            };
            cx.say(at.unwrap_or(response.at), format!("there is no operation `{id}`")).help(help);
        }
    }
}
