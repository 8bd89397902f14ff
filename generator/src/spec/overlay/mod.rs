//! OpenAPI Overlay 1.0: actions that change the main document before it is read.
//!
//! Nodes that an overlay adds point at the overlay's file, so that a message about them names what
//! its author wrote. An action that matches nothing is an error: the document has moved on, and the
//! overlay has to follow.

mod edit;
mod query;
mod read;

use crate::diag::{At, Code, Sink};
use crate::source::{FileId, MAX_DEPTH, NodeId, Tree};
use query::{Document, Found};
use read::Action;

/// The most nodes that overlays may add to a document.
const MAX_ADDED: usize = 100_000;

/// Applies overlays, given by path and bytes, to the main document, one after the other. To be
/// called before the files that references lead to are loaded.
pub fn overlay(tree: &mut Tree, overlays: Vec<(String, Vec<u8>)>, sink: &mut Sink) {
    if overlays.is_empty() {
        return;
    }
    let is_readable = tree.source(FileId::MAIN).is_some_and(|file| !file.broken);
    tree.unshare(tree.root());
    let mut left = MAX_ADDED;
    for (path, text) in overlays {
        let file = tree.add_overlay(&path, text, sink);
        if tree.source(file).is_none_or(|file| file.broken) {
            continue;
        }
        for action in read::actions(tree, file, sink) {
            if is_readable {
                apply(tree, &action, &mut left, sink);
            }
        }
    }
}

/// Finds what an action is about, and changes it.
fn apply(tree: &mut Tree, action: &Action, left: &mut usize, sink: &mut Sink) {
    let text = tree.text(action.target).unwrap_or_default().to_owned();
    let path = match query::parse(&text) {
        Ok(path) => path,
        Err(message) => {
            sink.error(Code::OverlayTarget, action.target, message)
                .help("a target is a JSONPath (RFC 9535), such as `$.paths['/devices'].get`");
            return;
        }
    };
    let document = Document::of(tree);
    let found = document.find(tree, &path);
    if found.is_empty() {
        let message = "the target of this action matches nothing";
        let help = query::help(tree, &document, &text);
        sink.error(Code::OverlayUnmatched, action.target, message).help(help);
        return;
    }
    if action.remove {
        remove(tree, action, &found, sink);
    } else if let Some(update) = action.update {
        for one in found {
            if !merge(tree, &one, update, left, sink) {
                return;
            }
        }
    }
}

fn remove(tree: &mut Tree, action: &Action, found: &[Found], sink: &mut Sink) {
    if found.iter().any(|one| one.holder.is_none()) {
        sink.error(Code::Overlay, action.target, "the whole document can't be removed")
            .help("name the parts that have to go");
        return;
    }
    edit::remove(tree, found);
}

/// Merges an update into one match; tells whether the action may go on with the next.
fn merge(
    tree: &mut Tree,
    found: &Found,
    update: NodeId,
    left: &mut usize,
    sink: &mut Sink,
) -> bool {
    let (height, size) = tree.extent(update);
    if found.depth + height > MAX_DEPTH {
        let message = format!("with this update, the document is deeper than {MAX_DEPTH} levels");
        sink.error(Code::TooDeep, update, message);
        return false;
    }
    let Some(rest) = left.checked_sub(size) else {
        let message = format!("overlays add more than {MAX_ADDED} nodes to the document");
        sink.error(Code::Overlay, update, message).help("let the target match less");
        return false;
    };
    *left = rest;
    if tree.is_list(found.node) {
        edit::append(tree, found.node, update);
        return true;
    }
    if tree.is_map(found.node) && tree.is_map(update) {
        edit::merge(tree, found.node, update);
        return true;
    }
    let (message, help) = if tree.is_map(found.node) {
        ("a map is updated by a map", "put the value under the key that it belongs to")
    } else {
        (
            "the target is neither a map nor a list, so that there is nothing to merge with",
            "let the target be the map that holds it, and the update a map with its key",
        )
    };
    sink.error(Code::Overlay, update, message)
        .label(At::Node(found.node), "this is what the target matches")
        .help(help);
    false
}
