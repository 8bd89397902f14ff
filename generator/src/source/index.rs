//! Lookup by hash in the maps that are too large to search.
//!
//! One table serves every map; an entry is known by where its map's entries begin.

use super::text::{Text, Texts, resolve};
use super::tree::Entry;
use hashbrown::HashTable;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Maps of more entries than this are in the index.
const LINEAR: usize = 16;

/// Whether a map of `len` entries is in the index.
pub(super) fn is_indexed(len: usize) -> bool {
    len > LINEAR
}

/// What is needed to read the keys of entries.
#[derive(Clone, Copy)]
pub(super) struct Keys<'t> {
    pub(super) entries: &'t [Entry],
    pub(super) files: &'t str,
    pub(super) side: &'t str,
}

impl<'t> Keys<'t> {
    pub(super) fn new(entries: &'t [Entry], texts: &'t Texts) -> Keys<'t> {
        Keys { entries, files: &texts.files, side: &texts.side }
    }

    pub(super) fn text(self, text: Text) -> &'t str {
        resolve(self.files, self.side, text)
    }

    pub(super) fn key(self, at: u32) -> &'t str {
        self.entries.get(at as usize).map_or("", |entry| self.text(entry.key))
    }
}

/// An entry of an indexed map.
#[derive(Clone, Copy, Debug)]
struct Slot {
    map: u32,
    at: u32,
}

/// Entries by map and key.
#[derive(Debug, Default)]
pub(super) struct Index {
    table: HashTable<Slot>,
}

impl Index {
    /// The entry with this key, of the map whose entries begin at `map`.
    pub(super) fn find(&self, map: u32, key: &str, keys: Keys<'_>) -> Option<u32> {
        let found = self.table.find(hash(map, key), |s| s.map == map && keys.key(s.at) == key);
        found.map(|slot| slot.at)
    }

    /// Adds the entry `at`; the caller has seen to it that its key is new in the map.
    pub(super) fn insert(&mut self, map: u32, at: u32, keys: Keys<'_>) {
        let rehash = |slot: &Slot| hash(slot.map, keys.key(slot.at));
        self.table.insert_unique(hash(map, keys.key(at)), Slot { map, at }, rehash);
    }

    /// Forgets the entries from `at` on.
    pub(super) fn truncate(&mut self, at: usize) {
        self.table.retain(|slot| (slot.at as usize) < at);
    }
}

/// The hasher has fixed keys: nothing may depend on the run.
fn hash(map: u32, key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    map.hash(&mut hasher);
    key.hash(&mut hasher);
    hasher.finish()
}
