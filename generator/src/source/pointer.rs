//! JSON pointers (RFC 6901): of a node, and to a node.

use super::tree::{FileId, Kind, NO_PARENT, NodeId, Tree};
use std::borrow::Cow;

impl Tree {
    /// The pointer of a node in its file, such as `/paths/~1devices/get`; the root's is empty.
    ///
    /// A node that was made by levelling answers with the node that it was made from.
    pub fn pointer(&self, id: NodeId) -> String {
        let mut steps = Vec::new();
        let mut at = self.origin(id);
        loop {
            let node = self.node(at);
            if node.parent == NO_PARENT {
                break;
            }
            let parent = NodeId(node.parent);
            steps.push(match self.node(parent).kind {
                Kind::Map => Cow::Borrowed(self.key_text(node.slot)),
                _ => Cow::Owned(node.slot.to_string()),
            });
            at = self.origin(parent);
        }
        let mut pointer = String::new();
        for step in steps.iter().rev() {
            pointer.push('/');
            pointer.push_str(&escape(step));
        }
        pointer
    }

    /// The node that an author wrote: of a made node, the one it was made from.
    pub fn origin(&self, id: NodeId) -> NodeId {
        let mut at = id;
        while self.node(at).made && self.node(at).parent != NO_PARENT {
            at = NodeId(self.node(at).parent);
        }
        at
    }

    /// The key that the node has in the map that holds it.
    pub fn key(&self, id: NodeId) -> Option<&str> {
        let node = self.node(self.origin(id));
        let parent = (node.parent != NO_PARENT).then_some(NodeId(node.parent))?;
        self.is_map(parent).then(|| self.key_text(node.slot))
    }

    /// The node that holds it; none for a root.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        let node = self.node(self.origin(id));
        (node.parent != NO_PARENT).then_some(NodeId(node.parent))
    }

    /// The node at a JSON pointer of a file: `~0`, `~1` and percent escapes are understood.
    pub fn find(&self, file: FileId, pointer: &str) -> Option<NodeId> {
        if pointer.is_empty() {
            return self.source(file).map(|f| f.root);
        }
        let mut at = self.file_root(file);
        for step in segments(pointer)? {
            at = self.step(at, &step)?;
        }
        Some(at)
    }

    /// The child at one step of a pointer; the step may still have percent escapes.
    pub fn step(&self, at: NodeId, step: &str) -> Option<NodeId> {
        if self.is_list(at) {
            return self.items(at).get(step.parse::<usize>().ok()?).copied();
        }
        self.get(at, step).or_else(|| {
            let decoded = percent_decode(step)?;
            self.get(at, &unescape(&decoded))
        })
    }
}

/// The steps of a pointer, with `~0` and `~1` resolved; none when it doesn't start with `/`.
pub fn segments(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let steps = if pointer.is_empty() { "" } else { pointer.strip_prefix('/')? };
    // Splitting an empty text gives one empty step, which the root's pointer doesn't have.
    Some(steps.split('/').skip(usize::from(pointer.is_empty())).map(unescape))
}

/// A key as a step of a pointer.
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

fn unescape(step: &str) -> Cow<'_, str> {
    if step.contains('~') {
        Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(step)
    }
}

/// The text with percent escapes resolved; none when there are none, or they aren't UTF-8.
pub(super) fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = hex.and_then(|two| u8::from_str_radix(two, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}
