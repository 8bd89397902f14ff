//! Every place where a key is stated, without a walk: aliases may share what a walk would repeat.

use super::tree::{Kind, NodeId, Tree};

impl Tree {
    /// The maps that files state one of these keys in, with the key and its value.
    pub fn keys<'t>(&'t self, keys: &[&str]) -> Vec<(NodeId, &'t str, NodeId)> {
        let mut found = Vec::new();
        for entry in &self.entries {
            let key = self.texts.get(entry.key);
            if !keys.contains(&key) {
                continue;
            }
            if let Some(map) = self.parent(entry.node)
                && self.node(map).kind == Kind::Map
            {
                found.push((map, key, entry.node));
            }
        }
        found
    }
}
