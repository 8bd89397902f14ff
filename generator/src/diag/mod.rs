//! What there is to say about a document: collected while it is read, rendered at the end.
//!
//! A diagnostic points at nodes, not at lines; lines are looked up when it is shown.

mod code;
mod github;
mod json;
mod place;
mod render;
mod short;
mod terminal;

pub use code::Code;
pub use render::{Style, render, render_all};

use crate::source::{FileId, NodeId};
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something is generated that is less than what the document says.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// A node; a list or map is shown by its key.
    Node(NodeId),
    /// The key of the node in the map that holds it.
    Key(NodeId),
    /// Bytes of a file's text.
    Span {
        /// The file.
        file: FileId,
        /// First byte.
        start: usize,
        /// Byte after the last.
        end: usize,
    },
    /// A file as a whole.
    File(FileId),
}

impl From<NodeId> for At {
    fn from(node: NodeId) -> At {
        At::Node(node)
    }
}

impl From<NodeId> for Option<At> {
    fn from(node: NodeId) -> Option<At> {
        Some(At::Node(node))
    }
}

/// One thing to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// It is an error that a lenient [`Sink`] takes as a warning: the document is invalid all the same.
    pub eased: bool,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where.
    pub at: Option<At>,
    /// Other places that matter, and why.
    pub labels: Vec<(At, String)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without labels or help.
    pub fn new(
        code: Code,
        severity: Severity,
        at: impl Into<Option<At>>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let (at, message) = (at.into(), message.into());
        Diagnostic { code, severity, eased: false, message, at, labels: Vec::new(), help: None }
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Points at another place.
    pub fn label(&mut self, at: impl Into<At>, label: impl Into<String>) -> &mut Diagnostic {
        self.labels.push((at.into(), label.into()));
        self
    }
}

/// How many diagnostics of one code are kept; the rest is counted.
const KEPT_PER_CODE: usize = 1000;

/// Collects diagnostics.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    counts: BTreeMap<(Code, Severity), usize>,
    /// What was said where, by the hash of the message: a schema that is used twice is judged twice.
    said: HashSet<(Code, Severity, Option<At>, u64)>,
    /// Where a diagnostic that isn't kept is written.
    spare: Option<Box<Diagnostic>>,
    is_lenient: bool,
}

impl Sink {
    /// A sink without diagnostics.
    pub fn new() -> Sink {
        Sink::default()
    }

    /// A sink that takes errors which can be read on from ([`Code::is_recoverable`]) as warnings:
    /// for documents of others, that have to be lived with as they are.
    pub fn lenient() -> Sink {
        Sink { is_lenient: true, ..Sink::default() }
    }

    /// Whether it takes documents of others as they are.
    pub fn is_lenient(&self) -> bool {
        self.is_lenient
    }

    /// Something because of which nothing is generated.
    pub fn error(
        &mut self,
        code: Code,
        at: impl Into<Option<At>>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Diagnostic::new(code, Severity::Error, at, message))
    }

    /// Something that is generated as less than what the document says.
    pub fn warning(
        &mut self,
        code: Code,
        at: impl Into<Option<At>>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Diagnostic::new(code, Severity::Warning, at, message))
    }

    /// Something worth knowing.
    pub fn note(
        &mut self,
        code: Code,
        at: impl Into<Option<At>>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Diagnostic::new(code, Severity::Note, at, message))
    }

    /// Something that its author can mend: a warning, and a note where the document is somebody else's.
    pub fn remark(
        &mut self,
        code: Code,
        at: impl Into<Option<At>>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let severity = if self.is_lenient { Severity::Note } else { Severity::Warning };
        self.push(Diagnostic::new(code, severity, at, message))
    }

    /// Any diagnostic. One that was said of the same place before isn't kept; past the first thousand
    /// of a code, one is only counted.
    pub fn push(&mut self, mut diagnostic: Diagnostic) -> &mut Diagnostic {
        if self.is_lenient && diagnostic.code.is_recoverable() {
            diagnostic.eased = diagnostic.severity == Severity::Error;
            diagnostic.severity = diagnostic.severity.max(Severity::Warning);
        }
        if !self.said.insert(key(&diagnostic)) {
            return self.spare.insert(Box::new(diagnostic));
        }
        let count = self.counts.entry((diagnostic.code, diagnostic.severity)).or_default();
        *count += 1;
        if *count > KEPT_PER_CODE {
            return self.spare.insert(Box::new(diagnostic));
        }
        let last = self.diagnostics.len();
        self.diagnostics.push(diagnostic);
        &mut self.diagnostics[last]
    }

    /// Something is an error.
    pub fn has_errors(&self) -> bool {
        self.counts.keys().any(|(_, severity)| *severity == Severity::Error)
    }

    /// The diagnostics, in the order found.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many there were of each code and severity, with those that weren't kept.
    pub fn counts(&self) -> impl Iterator<Item = (Code, Severity, usize)> {
        self.counts.iter().map(|((code, severity), count)| (*code, *severity, *count))
    }

    /// The diagnostics, and for each code of which some weren't kept another that counts
    /// them.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        for ((code, severity), count) in self.counts {
            if count > KEPT_PER_CODE {
                let message = format!("{} more of this kind", count - KEPT_PER_CODE);
                // It stands where the last of those that are shown does.
                let alike = |it: &&Diagnostic| (it.code, it.severity) == (code, severity);
                let at = self.diagnostics.iter().rev().find(alike).and_then(|it| it.at);
                let mut rest = Diagnostic::new(code, severity, at, message);
                rest.help("mend those that are shown, and look again");
                self.diagnostics.push(rest);
            }
        }
        self.diagnostics
    }
}

/// What makes a diagnostic the same as another one.
fn key(diagnostic: &Diagnostic) -> (Code, Severity, Option<At>, u64) {
    let mut hasher = DefaultHasher::new();
    diagnostic.message.hash(&mut hasher);
    (diagnostic.code, diagnostic.severity, diagnostic.at, hasher.finish())
}
