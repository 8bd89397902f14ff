//! What an operation says of itself: its id, its summary, its description.

use std::collections::HashMap;

use super::cx::Cx;
use crate::diag::At;
use crate::lower::method_words;
use crate::source::NodeId;

/// Operations have an id.
pub(super) fn id(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in &spec.operations {
        if stated(cx, operation.at, "operationId").is_none() {
            let message = format!("{} {} has no `operationId`", operation.method, operation.path);
            cx.say(At::Key(operation.at), message).help(
                "add an `operationId`; its method is named by the path as long as there is none",
            );
        }
    }
}

/// Ids differ in more than their casing.
pub(super) fn case(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let mut known: HashMap<String, (&str, NodeId)> = HashMap::new();
    for operation in &spec.operations {
        let Some(id) = operation.id else { continue };
        let node = cx.tree.get(operation.at, "operationId").unwrap_or(operation.at);
        match known.get(&method_words(id)).copied() {
            None => drop(known.insert(method_words(id), (id, node))),
            // The same id twice is an error of reading.
            Some((first, _)) if first == id => {}
            Some((first, at)) => {
                let message = format!("`{id}` and `{first}` are the same name in Rust");
                cx.say(node, message)
                    .label(at, "the other operation")
                    .help("give one of them other words");
            }
        }
    }
}

/// Operations have a summary.
pub(super) fn summary(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in spec.operations.iter().filter(|operation| operation.summary.is_none()) {
        let message = format!("{} {} has no summary", operation.method, operation.path);
        cx.say(At::Key(operation.at), message)
            .help("say in a few words what it does: they become the first line of documentation");
    }
}

/// Operations have a description.
pub(super) fn description(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in spec.operations.iter().filter(|operation| operation.description.is_none()) {
        let message = format!("{} {} has no description", operation.method, operation.path);
        cx.say(At::Key(operation.at), message)
            .help("describe what it does, when it is used, and what its reply doesn't tell");
    }
}

/// The text of a field that isn't blank.
fn stated<'t>(cx: &Cx<'_, 't>, at: NodeId, key: &str) -> Option<&'t str> {
    let text = cx.tree.text(cx.tree.get(at, key)?)?;
    (!text.trim().is_empty()).then_some(text)
}
