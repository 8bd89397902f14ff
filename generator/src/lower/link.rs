//! Links of replies: kept as documentation, as nothing but a human can follow an expression.

use super::cx::Cx;
use crate::spec::Response;
use tenon_ir as ir;

/// The links of a response.
pub(super) fn of(cx: &Cx<'_, '_>, stated: &Response<'_>) -> Vec<ir::ReplyLink> {
    let tree = cx.spec.tree;
    let value = |at| match tree.to_value(at) {
        ir::Value::Text(text) | ir::Value::Number(text) => text,
        ir::Value::Bool(value) => value.to_string(),
        ir::Value::Null | ir::Value::List(_) | ir::Value::Object(_) => "a constant".to_owned(),
    };
    let links = stated.links.iter().map(|link| ir::ReplyLink {
        operation: link.operation.unwrap_or(link.name).to_owned(),
        parameters: link
            .parameters
            .iter()
            .map(|(name, at)| ((*name).to_owned(), value(*at)))
            .collect(),
        description: link.description.map(str::to_owned),
    });
    links.collect()
}
