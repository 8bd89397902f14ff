//! What a project file says of lints: `lints`, which maps rules to levels, and `allow`.

use std::collections::BTreeMap;

use serde::Deserialize;
use tenon::diag::{At, Code, Sink};
use tenon::lint::{self, Allow, Level, Lints, Where};
use tenon::source::segments;

/// Levels by the name of a rule, or the code of what reading and lowering report.
pub(crate) type Levels = BTreeMap<String, LevelIn>;

/// A level, as it is written.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LevelIn {
    Off,
    Info,
    Warn,
    Error,
}

/// An entry of `allow`, as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllowIn {
    rule: String,
    at: Option<String>,
    operation: Option<String>,
    reason: String,
}

/// A finding that is as it should be.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    /// What is allowed.
    pub(crate) allow: Allow,
    /// The rule, as the entry names it.
    pub(crate) rule: String,
    /// Where the entry stands in the project file.
    pub(crate) pointer: String,
}

/// Refuses rules that there aren't.
pub(crate) fn check_levels(
    levels: &Levels,
    pointer: &str,
    at: &impl Fn(String) -> At,
    sink: &mut Sink,
) {
    for name in levels.keys() {
        check_rule(name, at(format!("{pointer}/{name}")), sink);
    }
}

/// Refuses allowances of rules that there aren't, of no place, or without a reason.
pub(crate) fn check_allows(
    allows: &[AllowIn],
    pointer: &str,
    at: &impl Fn(String) -> At,
    sink: &mut Sink,
) {
    for (index, allow) in allows.iter().enumerate() {
        let entry = format!("{pointer}/{index}");
        check_rule(&allow.rule, at(format!("{entry}/rule")), sink);
        if allow.reason.trim().is_empty() {
            sink.error(Code::ProjectFile, at(format!("{entry}/reason")), "the reason is empty")
                .help("say why the document is right as it is");
        }
        if allow.at.is_some() && allow.operation.is_some() {
            sink.error(Code::ProjectFile, at(entry.clone()), "both `at` and `operation` are given")
                .help("give the JSON pointer or the operationId");
        }
        let stated = allow.at.as_deref().map(|at| at.trim_start_matches('#'));
        if stated.is_some_and(|pointer| segments(pointer).is_none()) {
            sink.error(Code::ProjectFile, at(format!("{entry}/at")), "this isn't a JSON pointer")
                .help("pointers look like `/paths/~1devices/get`");
        }
    }
}

fn check_rule(name: &str, at: At, sink: &mut Sink) {
    if let Err(near) = lint::named(name) {
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cargo xtask lint --rules` lists the rules".to_owned(),
        };
        sink.error(Code::ProjectFile, at, format!("there is no rule `{name}`")).help(help);
    }
}

/// Levels and allowances of the API at this place in the project file; its own levels go first.
pub(crate) fn of(
    all: &Levels,
    own: &Levels,
    allows: Vec<AllowIn>,
    index: usize,
) -> (Lints, Vec<Allowed>) {
    let stated = all.iter().chain(own);
    let levels =
        stated.filter_map(|(name, level)| Some((lint::named(name).ok()?, (*level).into())));
    let lints = Lints { levels: levels.collect(), ..Lints::standard() };
    let allowed = allows.into_iter().enumerate().filter_map(|(number, entry)| {
        let at = match (entry.at, entry.operation) {
            (Some(pointer), _) => Where::Pointer(pointer),
            (None, Some(id)) => Where::Operation(id),
            (None, None) => Where::Document,
        };
        let allow = Allow { code: lint::named(&entry.rule).ok()?, at };
        let pointer = format!("/apis/{index}/allow/{number}");
        Some(Allowed { allow, rule: entry.rule, pointer })
    });
    (lints, allowed.collect())
}

impl From<LevelIn> for Level {
    fn from(level: LevelIn) -> Self {
        match level {
            LevelIn::Off => Self::Off,
            LevelIn::Info => Self::Info,
            LevelIn::Warn => Self::Warn,
            LevelIn::Error => Self::Error,
        }
    }
}
