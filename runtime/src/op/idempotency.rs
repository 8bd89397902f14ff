//! Idempotency keys: what tells a server that two requests are one.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// A new key: a random UUID (version 4, RFC 9562, section 5.4).
///
/// The bits come from the keys of [`RandomState`], which the operating system provides. No secret
/// depends on them: it is enough that no two are equal.
pub(crate) fn new_key() -> String {
    let state = RandomState::new();
    let [high, low] = [0_u8, 1].map(|half| u128::from(state.hash_one(half)));
    let bytes = (high << 64 | low).to_be_bytes();
    ::uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_are_random_uuids() {
        let keys: HashSet<String> = (0..10_000).map(|_| new_key()).collect();
        assert_eq!(keys.len(), 10_000);
        for key in keys {
            let uuid = ::uuid::Uuid::parse_str(&key).unwrap();
            assert_eq!(uuid.get_version_num(), 4);
            assert_eq!(uuid.get_variant(), ::uuid::Variant::RFC4122);
        }
    }

    #[test]
    fn keys_of_several_threads_differ() {
        let threads: Vec<_> = (0..8).map(|_| std::thread::spawn(new_key)).collect();
        let keys: HashSet<String> = threads.into_iter().map(|it| it.join().unwrap()).collect();
        assert_eq!(keys.len(), 8);
    }
}
