//! What a comparison finds: one change each, with what it does to the wire and to the Rust API.

use crate::diag::{Diagnostic, Severity};
use crate::source::{NodeId, Tree};
use std::collections::BTreeMap;

/// How much a finding matters, as configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Callers on the wire break.
    Error,
    /// Callers may break, or code that uses the generated crate has to change.
    Warning,
    /// Worth knowing.
    Info,
}

impl Level {
    /// `error`, `warning` or `info`.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        }
    }

    /// The level of this name.
    pub fn named(name: &str) -> Option<Level> {
        [Level::Error, Level::Warning, Level::Info].into_iter().find(|level| level.name() == name)
    }
}

/// The way in which what changed travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the caller to the server.
    Request,
    /// From the server to the caller.
    Reply,
    /// Both ways.
    Both,
    /// It doesn't travel: an operation, a tag, a security scheme, a model that no operation uses.
    None,
}

impl Direction {
    /// `request`, `reply`, `both` or `none`.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Request => "request",
            Direction::Reply => "reply",
            Direction::Both => "both",
            Direction::None => "none",
        }
    }
}

/// What a change does to callers that were written before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// They go on as before.
    Safe,
    /// Some may break: by what they send, or by how strictly they read.
    MayBreak,
    /// They break.
    Breaks,
}

impl Wire {
    /// `safe`, `may-break` or `breaks`.
    pub fn name(self) -> &'static str {
        match self {
            Wire::Safe => "safe",
            Wire::MayBreak => "may-break",
            Wire::Breaks => "breaks",
        }
    }
}

/// The release of the generated crate that a change asks for (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rust {
    /// The public API stays as it was.
    Patch,
    /// The public API grows.
    Minor,
    /// Code that compiled may not compile any more.
    Major,
}

impl Rust {
    /// `patch`, `minor` or `major`.
    pub fn name(self) -> &'static str {
        match self {
            Rust::Patch => "patch",
            Rust::Minor => "minor",
            Rust::Major => "major",
        }
    }
}

/// An operation that a change reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationName {
    /// `operationId`, where there is one: that of the new document, or of the old one if the
    /// operation is gone.
    pub id: Option<String>,
    /// Method in upper case.
    pub method: String,
    /// Path template, or the name of a webhook.
    pub path: String,
}

impl OperationName {
    /// `operationId`, or the method and the path.
    pub fn shown(&self) -> String {
        self.id.clone().unwrap_or_else(|| format!("{} {}", self.method, self.path))
    }
}

/// A line of the generated crate's public API, before and after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RustChange {
    /// What it asks for.
    pub verdict: Rust,
    /// As it was; absent for what is new.
    pub before: Option<String>,
    /// As it is; absent for what is gone.
    pub after: Option<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable id: the name of the rule, after `request-` or `reply-` where what changed travels in
    /// one direction only.
    pub code: String,
    /// Name of the rule: the code without its direction.
    pub rule: &'static str,
    /// How much it matters, as configured.
    pub level: Level,
    /// The way in which what changed travels.
    pub direction: Direction,
    /// What it does to callers.
    pub wire: Wire,
    /// Why, in a sentence.
    pub wire_why: String,
    /// What it does to code that uses the generated crate.
    pub rust: Rust,
    /// Why, in a sentence.
    pub rust_why: String,
    /// The changed lines of the generated public API.
    pub rust_changes: Vec<RustChange>,
    /// Only documentation changed: descriptions, titles, examples.
    pub docs_only: bool,
    /// What changed, in a sentence without a full stop.
    pub message: String,
    /// What it is about, by name: `Device.name`, `query parameter limit of GET /devices`.
    pub subject: String,
    /// Where it stood; absent for what is new.
    pub old: Option<NodeId>,
    /// Where it stands; absent for what is gone.
    pub new: Option<NodeId>,
    /// The value before, as JSON or a word.
    pub old_text: Option<String>,
    /// The value after, as JSON or a word.
    pub new_text: Option<String>,
    /// The operations that it reaches, in the document's order.
    pub operations: Vec<OperationName>,
    /// Stays the same when lines move: a hash of the code, the names on the way, and the values.
    pub fingerprint: String,
    /// Why it is accepted, if it is.
    pub accepted: Option<String>,
}

impl Finding {
    /// What it does to callers, and on which way: `breaks (request)`.
    pub fn wire_words(&self) -> String {
        let wire = self.wire.name();
        match self.direction {
            Direction::None => wire.to_owned(),
            Direction::Both => format!("{wire} (both ways)"),
            Direction::Request | Direction::Reply => format!("{wire} ({})", self.direction.name()),
        }
    }
}

/// A change of the generated API that no change of meaning explains: something moved.
///
/// A schema that becomes a component keeps its meaning, and gets another Rust name; properties in
/// another order are arguments in another order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// What it asks for.
    pub rust: Rust,
    /// What moved, in a sentence without a full stop.
    pub message: String,
    /// The changed line of the generated public API.
    pub change: RustChange,
}

/// What the comparison of two documents found.
#[derive(Debug)]
pub struct Report {
    /// The document before.
    pub old: Tree,
    /// The document after.
    pub new: Tree,
    /// The changes, by consequence: what breaks callers first, then what breaks code.
    pub findings: Vec<Finding>,
    /// Changes of the generated API without a change of meaning.
    pub moves: Vec<Move>,
    /// Fingerprints that were to be accepted and match nothing.
    pub unmatched: Vec<String>,
    /// What of the document before isn't compared because it can't be read.
    pub unread_old: Vec<Diagnostic>,
    /// What of the document after isn't compared because it can't be read.
    pub unread_new: Vec<Diagnostic>,
}

impl Report {
    /// The worst of what is not accepted.
    pub fn wire(&self) -> Wire {
        self.open().map(|finding| finding.wire).max().unwrap_or(Wire::Safe)
    }

    /// The release that all of it asks for, accepted or not.
    pub fn rust(&self) -> Rust {
        let findings = self.findings.iter().map(|finding| finding.rust);
        findings.chain(self.moves.iter().map(|it| it.rust)).max().unwrap_or(Rust::Patch)
    }

    /// Either document can't be read to its end: what is found is not all, or not so.
    pub fn is_partial(&self) -> bool {
        let mut all = self.unread_old.iter().chain(&self.unread_new);
        all.any(|it| it.severity == Severity::Error)
    }

    /// The findings that are not accepted.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.accepted.is_none())
    }
}

/// What the caller chooses.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Levels by code or by name of a rule; the code goes first. `None` leaves the finding out.
    pub levels: BTreeMap<String, Option<Level>>,
    /// Reasons of accepted findings, by fingerprint.
    pub accepted: BTreeMap<String, String>,
    /// The date of today (`2026-11-22`), which tells whether an `x-sunset` has passed; without one,
    /// none has.
    pub today: Option<String>,
}
