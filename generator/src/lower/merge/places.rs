//! Where entries stand in a list, of which the first are found by looking: most lists are short.

use std::collections::HashMap;
use std::hash::Hash;

/// Places in a list that is kept elsewhere; those of the first few entries are not noted.
#[derive(Debug)]
pub(super) struct Places<K>(HashMap<K, usize>);

/// How many entries are found by looking.
const FEW: usize = 16;

impl<K> Default for Places<K> {
    fn default() -> Self {
        Places(HashMap::new())
    }
}

impl<K: Copy + Eq + Hash> Places<K> {
    /// Where an entry of the list stands.
    pub(super) fn of(&self, key: K, mut list: impl Iterator<Item = K>) -> Option<usize> {
        let first = list.by_ref().take(FEW).position(|known| known == key);
        first.or_else(|| self.0.get(&key).copied())
    }

    /// Notes an entry that is added to the list at this place.
    pub(super) fn push(&mut self, key: K, place: usize) {
        if place >= FEW {
            self.0.insert(key, place);
        }
    }
}
