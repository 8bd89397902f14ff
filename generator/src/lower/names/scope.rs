//! A scope in which every name is taken once.

use std::collections::HashSet;

use tenon_ir as ir;

use super::words;

/// Names that are taken.
#[derive(Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which these names are taken.
    pub(super) fn with(reserved: &[&str]) -> Scope {
        Scope { taken: reserved.iter().map(|name| (*name).to_owned()).collect() }
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
        let free = candidates.iter().find(|name| self.is_free(name)).cloned();
        let name = free.unwrap_or_else(|| self.numbered(candidates.last().map_or("", |name| name)));
        self.insert(&name);
        ir::Ident(words::escape(&name))
    }

    fn numbered(&self, name: &str) -> String {
        let apart = if name.chars().all(|c| !c.is_uppercase()) { "_" } else { "" };
        let last_is_digit = name.ends_with(|c: char| c.is_ascii_digit());
        let apart = if apart.is_empty() && last_is_digit { "_" } else { apart };
        let mut number = 2_usize;
        loop {
            let candidate = format!("{name}{apart}{number}");
            if self.is_free(&candidate) {
                return candidate;
            }
            number += 1;
        }
    }
}
