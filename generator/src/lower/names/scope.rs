//! A scope in which every name is taken once.

use std::collections::{HashMap, HashSet};

use tenon_ir as ir;

use super::words;

/// Names that are taken.
#[derive(Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
    /// The number that the next of many of one name tries first: those below it are taken.
    numbers: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which these names are taken.
    pub(super) fn with(reserved: &[&str]) -> Scope {
        let taken = reserved.iter().map(|name| (*name).to_owned()).collect();
        Scope { taken, numbers: HashMap::new() }
    }

    /// The name can still be had.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }

    /// Takes a name as it is.
    pub(super) fn insert(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Takes the first candidate that is free; when none is, numbers the last one.
    pub(super) fn take(&mut self, candidates: &[String]) -> ir::Ident {
        ir::Ident(words::escape(&self.take_text(candidates)))
    }

    /// The same for a name that isn't an identifier of Rust.
    pub(super) fn take_text(&mut self, candidates: &[String]) -> String {
        let free = candidates.iter().find(|name| self.is_free(name)).cloned();
        let name = free.unwrap_or_else(|| self.numbered(candidates.last().map_or("", |name| name)));
        self.insert(&name);
        name
    }

    fn numbered(&mut self, name: &str) -> String {
        let apart = if name.chars().all(|c| !c.is_uppercase()) { "_" } else { "" };
        let last_is_digit = name.ends_with(|c: char| c.is_ascii_digit());
        let apart = if apart.is_empty() && last_is_digit { "_" } else { apart };
        let apart = if name.contains('-') { "-" } else { apart };
        // `clone_` is followed by `clone_2`.
        let name = name.trim_end_matches('_');
        let number = self.numbers.entry(name.to_owned()).or_insert(2);
        loop {
            let candidate = format!("{name}{apart}{number}");
            *number += 1;
            if !self.taken.contains(&candidate) {
                return candidate;
            }
        }
    }
}
