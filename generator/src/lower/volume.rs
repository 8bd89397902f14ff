//! Volumes: a long list in parts, by the letters that names begin with, as a dictionary is bound.
//!
//! Which part something stands in depends on its own name, and on the others only as far as they
//! make a part too thick: a file stays the same when something is added to another.

use std::collections::BTreeMap;

/// Something that is bound: its name, and about how many bytes of code it becomes.
pub(super) struct Entry {
    /// Name in snake case.
    pub(super) name: String,
    /// Estimated size.
    pub(super) bytes: usize,
}

/// As thick as a part becomes, unless one name alone is thicker; far below what editors and
/// reviews cope with, as the bytes are estimated.
const THICKEST: usize = 300_000;

/// The part of each entry: the beginning of its name; empty where all fit into one.
pub(super) fn bind(entries: &[Entry]) -> Vec<String> {
    let mut parts = vec![String::new(); entries.len()];
    let all: Vec<usize> = (0..entries.len()).collect();
    divide(entries, &all, 0, &mut parts);
    parts
}

/// Divides entries, whose names share their first `shared` letters, where they are too many.
fn divide(entries: &[Entry], members: &[usize], shared: usize, parts: &mut [String]) {
    let bytes: usize = members.iter().map(|at| entries[*at].bytes).sum();
    if bytes <= THICKEST {
        return;
    }
    let mut shelves: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let common = shared + common(entries, members, shared);
    for at in members {
        let beginning = entries[*at].name.chars().take(common + 1).collect();
        shelves.entry(beginning).or_default().push(*at);
    }
    for (beginning, members) in &shelves {
        for at in members {
            beginning.trim_end_matches('_').clone_into(&mut parts[*at]);
        }
        if shelves.len() > 1 {
            divide(entries, members, common + 1, parts);
        }
    }
}

/// How many letters behind the first `shared` ones all names have in common.
fn common(entries: &[Entry], members: &[usize], shared: usize) -> usize {
    let rest = |at: &usize| entries[*at].name.chars().skip(shared);
    let Some((first, others)) = members.split_first() else { return 0 };
    let alike = |other: &usize| rest(first).zip(rest(other)).take_while(|(a, b)| a == b).count();
    others.iter().map(alike).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(names: &[&str], bytes: usize) -> Vec<String> {
        let entry = |name: &&str| Entry { name: (*name).to_owned(), bytes };
        bind(&names.iter().map(entry).collect::<Vec<_>>())
    }

    #[test]
    fn what_fits_into_one_part_is_not_divided() {
        assert_eq!(parts(&["apple", "pear"], THICKEST / 2), ["", ""]);
    }

    #[test]
    fn parts_are_named_by_the_letters_that_tell_them_apart() {
        let names = ["webhook_check", "webhook_create", "webhook_star"];
        assert_eq!(parts(&names, THICKEST / 2), ["webhook_c", "webhook_c", "webhook_s"]);
        let names = ["webhook_check", "webhook_star", "webhook"];
        assert_eq!(parts(&names, THICKEST / 2), ["webhook"; 3]);
    }

    #[test]
    fn a_part_that_is_too_thick_is_divided_again() {
        let names = ["ab", "ac", "b"];
        assert_eq!(parts(&names, THICKEST), ["ab", "ac", "b"]);
    }

    #[test]
    fn what_has_one_name_stays_together() {
        assert_eq!(parts(&["same", "same"], THICKEST), ["same", "same"]);
    }
}
