//! Names and texts: white space at their ends, and texts that say nothing.

use super::cx::{Cx, shown};
use crate::diag::At;
use crate::source::NodeId;

/// Names and values have no white space at their ends.
pub(super) fn space(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    field(cx, spec.info.at, &["title", "version"]);
    for tag in &spec.tags {
        field(cx, tag.at, &["name"]);
    }
    for server in &spec.servers {
        field(cx, server.at, &["url"]);
    }
    for operation in spec.all_operations() {
        field(cx, operation.at, &["operationId", "summary"]);
        items(cx, operation.at, "tags");
    }
    for parameter in &spec.parameters {
        field(cx, parameter.at, &["name"]);
    }
    for schema in &spec.schemas {
        let at = schema.at;
        field(cx, at, &["title", "type", "format"]);
        items(cx, at, "required");
        items(cx, at, "enum");
        let properties = cx.tree.get(at, "properties");
        for (name, node) in properties.into_iter().flat_map(|map| cx.tree.entries(map)) {
            if has_space(name) {
                say(cx, At::Key(node), name);
            }
        }
    }
}

fn field(cx: &mut Cx<'_, '_>, at: NodeId, keys: &[&str]) {
    for key in keys {
        let Some(node) = cx.tree.get(at, key) else { continue };
        value(cx, node);
    }
}

fn items(cx: &mut Cx<'_, '_>, at: NodeId, key: &str) {
    let Some(list) = cx.tree.get(at, key) else { return };
    for item in cx.tree.items(list) {
        value(cx, *item);
    }
}

fn value(cx: &mut Cx<'_, '_>, node: NodeId) {
    // A text in several lines ends with a line feed; nobody means it.
    if let Some(text) = cx.tree.text(node).filter(|text| has_space(text.trim_end_matches('\n'))) {
        say(cx, At::Node(node), text);
    }
}

fn has_space(text: &str) -> bool {
    text.len() != text.trim().len() && !text.trim().is_empty()
}

fn say(cx: &mut Cx<'_, '_>, at: At, text: &str) {
    cx.say(at, format!("`{}` begins or ends with white space", shown(text)))
        .help("remove it; what the vendor sends has none, as far as a page can show it");
}

/// Texts for people say something.
pub(super) fn empty(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let tags = spec.tags.iter().map(|tag| tag.at);
    let operations = spec.all_operations().map(|operation| operation.at);
    let parameters = spec.parameters.iter().map(|parameter| parameter.at);
    let schemas = spec.schemas.iter().map(|schema| schema.at);
    let replies = spec.responses.iter().map(|response| response.at);
    let bodies = spec.bodies.iter().map(|body| body.at);
    let mut places: Vec<NodeId> = vec![spec.info.at];
    places.extend(tags.chain(operations).chain(parameters).chain(schemas));
    places.extend(replies.chain(bodies));
    for at in places {
        for key in ["title", "summary", "description"] {
            let Some(node) = cx.tree.get(at, key) else { continue };
            let is_blank = cx.tree.text(node).is_some_and(|text| text.trim().is_empty());
            if is_blank || cx.tree.is_null(node) {
                cx.say(At::Key(node), format!("the {key} is empty"))
                    .help("say something, or remove the field where it isn't required");
            }
        }
    }
}
