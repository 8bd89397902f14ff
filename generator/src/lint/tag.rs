//! Tags: the groups of operations.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::cx::{Cx, shown};
use crate::diag::At;
use crate::source::NodeId;
use crate::spec::similar;

/// Operations have a tag.
pub(super) fn missing(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in spec.operations.iter().filter(|operation| operation.tags.is_empty()) {
        let message = format!("{} {} has no tag", operation.method, operation.path);
        cx.say(At::Key(operation.at), message)
            .help("name the group that it belongs to in `tags`; it is grouped by its path");
    }
}

/// Tags are declared. One is told of once, where it is first used.
pub(super) fn undeclared(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let declared: BTreeSet<&str> = spec.tags.iter().map(|tag| tag.name).collect();
    let mut told: HashSet<&str> = HashSet::new();
    for operation in spec.all_operations() {
        let at = cx.of_operation(operation, "tags").unwrap_or(operation.at);
        for name in operation.tags.iter().copied() {
            if declared.contains(name) || !told.insert(name) {
                continue;
            }
            let node = item(cx, at, name).unwrap_or(at);
            let help = match similar(name, declared.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? Otherwise declare it in `tags`"),
                None => "declare it in `tags`, with a description of its operations".to_owned(),
            };
            let message = format!("the tag `{}` isn't declared", shown(name));
            cx.say(node, message).help(help);
        }
    }
}

/// Declared tags are used, and declared once.
pub(super) fn unused(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let used: HashSet<&str> =
        spec.all_operations().flat_map(|operation| operation.tags.iter().copied()).collect();
    // A tag of OpenAPI 3.2 may be there to hold others.
    let parents: HashSet<&str> =
        spec.tags.iter().filter_map(|tag| cx.tree.text(cx.tree.get(tag.at, "parent")?)).collect();
    let mut known: HashMap<&str, NodeId> = HashMap::new();
    for tag in &spec.tags {
        let name = shown(tag.name);
        if let Some(first) = known.insert(tag.name, tag.at) {
            cx.say(tag.at, format!("the tag `{name}` is declared twice"))
                .label(first, "first declared here")
                .help("keep one of the two");
        } else if !used.contains(tag.name) && !parents.contains(tag.name) {
            cx.say(tag.at, format!("no operation has the tag `{name}`"))
                .help("remove it, or add it to the operations that it is about");
        }
    }
}

/// Declared tags are described.
pub(super) fn description(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for tag in spec.tags.iter().filter(|tag| tag.description.is_none()) {
        cx.say(tag.at, format!("the tag `{}` has no description", shown(tag.name)))
            .help("say what its operations are about: the text documents the group of methods");
    }
}

/// The item of a list with this text.
fn item(cx: &Cx<'_, '_>, list: NodeId, name: &str) -> Option<NodeId> {
    cx.tree.items(list).iter().copied().find(|item| cx.tree.text(*item) == Some(name))
}
