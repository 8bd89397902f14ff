//! Lists that could be read page by page: told from the decided client, as the proposal is.

use std::collections::HashMap;

use super::cx::Cx;
use crate::diag::At;
use crate::paging;
use crate::source::NodeId;
use tenon_ir as ir;

/// Left to [`decided`].
pub(super) fn check(_: &mut Cx<'_, '_>) {}

/// Operations with pages that leave no doubt declare them.
pub(super) fn decided(cx: &mut Cx<'_, '_>, api: &ir::Api) {
    let (spec, tree) = (cx.spec, cx.tree);
    // One that stands at the root says what holds for the others too.
    if tree.get(tree.root(), "x-pagination").is_some() {
        return;
    }
    let stated = spec.operations.iter();
    let stated: HashMap<String, NodeId> = stated
        .filter(|operation| cx.of_operation(operation, "x-pagination").is_none())
        .map(|operation| (tree.pointer(operation.at), operation.at))
        .collect();
    for operation in api.operations().filter(|operation| operation.paging.is_none()) {
        let Some(at) = stated.get(&operation.origin) else { continue };
        let Some(paging) = paging::propose(api, operation) else { continue };
        let extension = paging::extension(&paging, operation);
        cx.say(At::Key(*at), "the list could be read page by page").help(format!(
            "check with the vendor's page, and add `x-pagination: {extension}`, or \
             `x-pagination: none`"
        ));
    }
}
