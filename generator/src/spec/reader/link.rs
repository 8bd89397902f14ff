//! Links of responses.

use super::super::model::Link;
use super::cx::Cx;
use crate::source::NodeId;

/// `links` of a response.
pub(super) fn list<'t>(cx: &mut Cx<'t, '_>, response: NodeId) -> Vec<Link<'t>> {
    cx.map(response, "links").filter_map(|(name, node)| link(cx, name, node)).collect()
}

fn link<'t>(cx: &mut Cx<'t, '_>, name: &'t str, node: NodeId) -> Option<Link<'t>> {
    if !cx.tree.is_map(node) {
        return None;
    }
    let at = cx.follow(node)?;
    let id = cx.text(at, "operationId");
    Some(Link {
        name,
        operation: id.or_else(|| cx.text(at, "operationRef")),
        parameters: cx.map(at, "parameters").collect(),
        description: cx.text(at, "description"),
    })
}
