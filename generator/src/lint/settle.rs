//! What is left to say once the project's levels and allowances are applied.
//!
//! In: every diagnostic of a document. Out: those that stand, and the allowances that applied to
//! none: what they once allowed has gone, or is named otherwise.

use std::collections::HashSet;

use super::{Level, Lints, rule_of};
use crate::diag::{At, Code, Diagnostic, Severity};
use crate::source::{NodeId, Tree, segments};

/// A finding that is as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// The rule's code.
    pub code: Code,
    /// What it is allowed for, with everything below.
    pub at: Where,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// By JSON pointer.
    Pointer(String),
    /// By `operationId`.
    Operation(String),
    /// All of it.
    Document,
}

/// What is left to say.
#[derive(Debug)]
pub struct Settled {
    /// The diagnostics that stand.
    pub diagnostics: Vec<Diagnostic>,
    /// How many were allowed.
    pub allowed: usize,
    /// Allowances that applied to nothing, by their place in the list.
    pub idle: Vec<usize>,
}

/// Applies levels and allowances. What keeps a document from being read can't be allowed.
pub fn settle(
    diagnostics: Vec<Diagnostic>,
    tree: &Tree,
    lints: &Lints,
    allows: &[Allow],
) -> Settled {
    let scopes: Vec<Option<String>> = allows.iter().map(|allow| scope(tree, &allow.at)).collect();
    let mut fired = vec![false; allows.len()];
    let mut allowed = 0;
    let mut stands = Vec::new();
    let cased = cased(tree, &diagnostics);
    for diagnostic in diagnostics {
        let is_repeated = diagnostic.code == Code::NameClash
            && matches!(diagnostic.at, Some(At::Node(at)) if cased.contains(&tree.origin(at)));
        if is_repeated {
            continue;
        }
        let Some(diagnostic) = levelled(diagnostic, lints) else { continue };
        let is_rule = rule_of(diagnostic.code).is_some();
        let can_be_allowed = is_rule || diagnostic.severity != Severity::Error;
        let pointer = pointer(tree, &diagnostic);
        let mut hit = false;
        for ((allow, scope), fired) in allows.iter().zip(&scopes).zip(&mut fired) {
            let applies = allow.code == diagnostic.code
                && can_be_allowed
                && scope.as_ref().is_some_and(|scope| holds(scope, &allow.at, pointer.as_deref()));
            *fired |= applies;
            hit |= applies;
        }
        if hit {
            allowed += 1;
        } else {
            stands.push(diagnostic);
        }
    }
    let idle = fired.iter().enumerate().filter(|(_, fired)| !**fired).map(|(at, _)| at).collect();
    Settled { diagnostics: stands, allowed, idle }
}

/// Operations whose id is another's but for casing: that their names clash says the same.
fn cased(tree: &Tree, diagnostics: &[Diagnostic]) -> HashSet<NodeId> {
    let found = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::OperationIdCase);
    let operation = |diagnostic: &Diagnostic| match diagnostic.at? {
        At::Node(id) => tree.parent(id),
        _ => None,
    };
    found.filter_map(operation).collect()
}

/// The diagnostic at the project's level. Rules have theirs already.
fn levelled(mut diagnostic: Diagnostic, lints: &Lints) -> Option<Diagnostic> {
    let is_fixed = rule_of(diagnostic.code).is_some() || diagnostic.severity == Severity::Error;
    let level = lints.levels.get(&diagnostic.code).filter(|_| !is_fixed);
    match level.copied() {
        None => Some(diagnostic),
        Some(Level::Off) => None,
        Some(level) => {
            diagnostic.severity = level.severity().unwrap_or(diagnostic.severity);
            Some(diagnostic)
        }
    }
}

/// The pointer of what a diagnostic is about.
fn pointer(tree: &Tree, diagnostic: &Diagnostic) -> Option<String> {
    match diagnostic.at? {
        At::Node(node) | At::Key(node) => Some(tree.pointer(node)),
        At::Span { .. } | At::File(_) => None,
    }
}

/// The pointer that an allowance is for; none when there is no such operation.
fn scope(tree: &Tree, at: &Where) -> Option<String> {
    match at {
        Where::Document => Some(String::new()),
        Where::Pointer(pointer) => {
            let pointer = pointer.trim_start_matches('#').trim_end_matches('/');
            segments(pointer).map(|_| pointer.to_owned())
        }
        Where::Operation(id) => operation(tree, id).map(|node| tree.pointer(node)),
    }
}

/// The operation of this id.
fn operation(tree: &Tree, id: &str) -> Option<NodeId> {
    let paths = tree.get(tree.root(), "paths")?;
    let operations = tree.entries(paths).flat_map(|(_, item)| tree.entries(item));
    operations.map(|(_, node)| node).find(|node| {
        let stated = tree.get(*node, "operationId").and_then(|id| tree.text(id));
        stated.is_some_and(|stated| stated.trim() == id)
    })
}

/// The pointer is the scope's or lies below it; what is said of an operation's path is said of it.
fn holds(scope: &str, at: &Where, pointer: Option<&str>) -> bool {
    let Some(pointer) = pointer else { return scope.is_empty() };
    let is_path = matches!(at, Where::Operation(_))
        && scope.rsplit_once('/').is_some_and(|(path, _)| path == pointer);
    let is_below = |rest: &str| rest.is_empty() || rest.starts_with('/');
    is_path || pointer.strip_prefix(scope).is_some_and(is_below)
}
