//! Responses.

use super::super::model::{Response, ResponseId};
use super::cx::Cx;
use super::{body, known, link, parameter};
use crate::source::NodeId;

/// The response at a node, or that its references lead to. Nothing at all is a response without a
/// body.
pub(super) fn id(cx: &mut Cx<'_, '_>, node: NodeId) -> Option<ResponseId> {
    if !cx.tree.is_map(node) && !cx.tree.is_null(node) {
        cx.wrong_kind(node, "responses", "a map of maps");
        return None;
    }
    let at = cx.follow(node)?;
    if let Some(id) = cx.response_of.get(&at) {
        return Some(*id);
    }
    cx.known(at, &known::RESPONSE);
    let response = Response {
        at,
        component: cx.component_names.get(&at).copied(),
        description: cx.text(at, "description"),
        headers: parameter::headers(cx, at),
        content: body::content(cx, at),
        links: link::list(cx, at),
    };
    let id = ResponseId(cx.responses.len() as u32);
    cx.responses.push(response);
    cx.response_of.insert(at, id);
    Some(id)
}
