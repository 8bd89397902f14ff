//! How much each rule matters: what the rule says, or what the project says instead.

use std::collections::BTreeMap;

use super::Rule;
use crate::diag::{Code, Severity};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It isn't looked for, or isn't told.
    Off,
    /// Worth knowing.
    Info,
    /// To be mended, or allowed for a reason.
    Warn,
    /// Nothing is generated.
    Error,
}

impl Level {
    /// `off`, `info`, `warn` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }

    /// The severity of a finding; none when there shall be no finding.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Info => Some(Severity::Note),
            Level::Warn => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// Which rules run, and how much they matter. By default none runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lints {
    /// Rules run at their own level where `levels` says nothing.
    pub enabled: bool,
    /// Levels by code: of rules, and of what reading and lowering report.
    pub levels: BTreeMap<Code, Level>,
}

impl Lints {
    /// Every rule at its own level.
    pub fn standard() -> Lints {
        Lints { enabled: true, levels: BTreeMap::new() }
    }

    /// This rule and no other, so that it warns at least.
    pub fn only(rule: &Rule) -> Lints {
        let level = rule.level.max(Level::Warn);
        Lints { enabled: false, levels: BTreeMap::from([(rule.code, level)]) }
    }

    /// The level of a rule.
    pub fn level(&self, rule: &Rule) -> Level {
        let own = if self.enabled { rule.level } else { Level::Off };
        self.levels.get(&rule.code).copied().unwrap_or(own)
    }
}
