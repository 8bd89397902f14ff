//! A breach of a documented rule by a value that is about to be sent.
//!
//! Comes from the encoder and from `check_json`; goes to the user as part of an error. It quotes at most a short
//! scalar, and nothing of a secret.

use std::fmt;

use super::path;
use super::rule::Rule;

/// A value breaks a rule of its schema.
///
/// Displays as `at $.displayName: must have at most 128 characters, has 130`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where, as a JSON path from the root: `$.displayName`.
    pub path: String,
    /// The rule.
    pub rule: Rule,
    /// What breaks it: a count, or a scalar's first 40 characters.
    pub found: String,
}

impl Violation {
    /// A violation at `path`.
    pub fn new(path: impl Into<String>, rule: Rule, found: impl Into<String>) -> Self {
        Self { path: path.into(), rule, found: found.into() }
    }

    pub(super) fn at_root(rule: Rule, found: impl Into<String>) -> Self {
        Self::new(path::ROOT, rule, found)
    }

    /// The same violation, seen from a place outside the text: `root` stands for the leading `$` of the path.
    #[must_use]
    pub fn under(mut self, root: &str) -> Self {
        self.move_under(root);
        self
    }

    pub(super) fn move_under(&mut self, root: &str) {
        if let Some(steps) = self.path.strip_prefix(path::ROOT) {
            self.path = format!("{root}{steps}");
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (must, does) = self.rule.verbs();
        write!(f, "at {}: must {must} {}, {does} {}", self.path, self.rule, self.found)
    }
}

impl std::error::Error for Violation {}
