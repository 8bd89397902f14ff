//! An overlay's own text: its version, and its actions (Overlay 1.0, section 4.4).

use crate::diag::{At, Code, Sink};
use crate::source::{FileId, NodeId, Tree, is_network, resolve_path};

/// An action that says what it has to.
pub(super) struct Action {
    /// `target`: a text.
    pub(super) target: NodeId,
    /// `update`.
    pub(super) update: Option<NodeId>,
    /// `remove`, before which an update has no effect.
    pub(super) remove: bool,
}

/// The actions of an overlay, in order. What can't be one is reported and left out.
pub(super) fn actions(tree: &Tree, file: FileId, sink: &mut Sink) -> Vec<Action> {
    let root = tree.file_root(file);
    if !states_version(tree, root, file, sink) {
        return Vec::new();
    }
    check_extends(tree, root, sink);
    let Some(list) = tree.get(root, "actions") else {
        sink.error(Code::Overlay, At::File(file), "the overlay has no `actions`");
        return Vec::new();
    };
    if tree.items(list).is_empty() {
        sink.error(Code::Overlay, list, "`actions` has to be a list of at least one action");
    }
    tree.items(list).iter().filter_map(|item| action(tree, *item, sink)).collect()
}

fn states_version(tree: &Tree, root: NodeId, file: FileId, sink: &mut Sink) -> bool {
    const HELP: &str = "an overlay starts with `overlay: 1.0.0`, followed by `info` and `actions`";
    let Some(version) = tree.get(root, "overlay") else {
        sink.error(Code::Overlay, At::File(file), "this isn't an overlay").help(HELP);
        return false;
    };
    let text = tree.text(version).unwrap_or_default();
    if text == "1.0" || text.starts_with("1.0.") {
        return true;
    }
    let message = format!("the version `{text}` of overlays isn't known");
    sink.error(Code::Overlay, version, message).help(HELP);
    false
}

/// An overlay may name its document. Addresses on the network can't be compared with a path.
fn check_extends(tree: &Tree, root: NodeId, sink: &mut Sink) {
    let Some(node) = tree.get(root, "extends") else { return };
    let (Some(text), Some(main)) = (tree.text(node), tree.source(FileId::MAIN)) else { return };
    let from = tree.source(tree.file(node)).map_or("", |source| &source.path);
    if !is_network(text) && resolve_path(from, text) != resolve_path("", &main.path) {
        let message = format!("the overlay is for `{text}`, and applied to `{}`", main.path);
        sink.warning(Code::OverlayExtends, node, message);
    }
}

fn action(tree: &Tree, at: NodeId, sink: &mut Sink) -> Option<Action> {
    if !has_known_fields(tree, at, sink) {
        return None;
    }
    let mut refuse = |at: NodeId, message: &str| {
        sink.error(Code::Overlay, at, message);
        None
    };
    let Some(target) = tree.get(at, "target") else {
        return refuse(at, "the action has no `target`");
    };
    if tree.text(target).is_none() {
        return refuse(target, "`target` has to be a text");
    }
    let remove = tree.get(at, "remove");
    let is_removed = remove.map_or(Some(false), |node| tree.bool(node));
    let Some(remove) = is_removed else {
        return refuse(remove.unwrap_or(at), "`remove` has to be `true` or `false`");
    };
    let update = tree.get(at, "update");
    if update.is_none() && !remove {
        return refuse(at, "the action has neither `update` nor `remove: true`");
    }
    Some(Action { target, update, remove })
}

/// A mistyped field would change nothing, and nobody would be told.
fn has_known_fields(tree: &Tree, at: NodeId, sink: &mut Sink) -> bool {
    const FIELDS: [&str; 4] = ["target", "description", "update", "remove"];
    let unknown = tree.entries(at).find(|(key, _)| !FIELDS.contains(key) && !key.starts_with("x-"));
    if let Some((key, node)) = unknown {
        sink.error(Code::Overlay, At::Key(node), format!("an action has no `{key}`"))
            .help("there are `target`, `description`, `update` and `remove`");
    }
    unknown.is_none()
}
