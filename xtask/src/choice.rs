//! What may be chosen for an API, as the project file and the command line write it.

use std::collections::BTreeMap;

use serde::Deserialize;
use tenon::diff::{Level, RULES};
use tenon::ir::Dates;
use tenon::{Features, Pagination, Repeated, Unknown};

/// The crate that dates and times are made of.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DatesIn {
    #[default]
    Chrono,
    Jiff,
    Time,
}

impl From<DatesIn> for Dates {
    fn from(dates: DatesIn) -> Self {
        match dates {
            DatesIn::Chrono => Self::Chrono,
            DatesIn::Jiff => Self::Jiff,
            DatesIn::Time => Self::Time,
        }
    }
}

/// What becomes of properties that a schema neither lists nor forbids.
#[derive(Clone, Copy, Debug, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum UnknownIn {
    /// They are kept, and written back
    #[default]
    Keep,
    /// They are skipped when a reply is read
    Ignore,
}

impl From<UnknownIn> for Unknown {
    fn from(unknown: UnknownIn) -> Self {
        match unknown {
            UnknownIn::Keep => Self::Keep,
            UnknownIn::Ignore => Self::Ignore,
        }
    }
}

/// What becomes of inline schemas that are equal.
#[derive(Clone, Copy, Debug, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RepeatedIn {
    /// Each is a model of its own, which may grow without the others
    #[default]
    Apart,
    /// All of them are one model, called as the first place
    Shared,
}

impl From<RepeatedIn> for Repeated {
    fn from(repeated: RepeatedIn) -> Self {
        match repeated {
            RepeatedIn::Apart => Self::Apart,
            RepeatedIn::Shared => Self::Shared,
        }
    }
}

/// Settings of `cargo xtask diff`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiffIn {
    #[serde(default)]
    pub(crate) levels: BTreeMap<String, LevelIn>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LevelIn {
    Error,
    Warning,
    Info,
    Off,
}

impl From<LevelIn> for Option<Level> {
    fn from(level: LevelIn) -> Self {
        match level {
            LevelIn::Error => Some(Level::Error),
            LevelIn::Warning => Some(Level::Warning),
            LevelIn::Info => Some(Level::Info),
            LevelIn::Off => None,
        }
    }
}

/// A rule of `cargo xtask diff`, or its code in one direction.
pub(crate) fn is_rule(code: &str) -> bool {
    let name = code.strip_prefix("request-").or_else(|| code.strip_prefix("reply-"));
    RULES.iter().any(|rule| rule.name == code || Some(rule.name) == name)
}

/// Where operations say how their lists are read page by page.
#[derive(Clone, Copy, Debug, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PaginationIn {
    /// In `x-pagination` alone
    #[default]
    Stated,
    /// There, or in their parameters and replies, where those leave no doubt
    Infer,
}

impl From<PaginationIn> for Pagination {
    fn from(pagination: PaginationIn) -> Self {
        match pagination {
            PaginationIn::Stated => Self::Stated,
            PaginationIn::Infer => Self::Inferred,
        }
    }
}

/// Which parts of an API have a Cargo feature of their own.
#[derive(Clone, Copy, Debug, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FeaturesIn {
    /// None: it is compiled as a whole
    #[default]
    Api,
    /// Each tag, with the models that its operations reach
    Tags,
}

impl FeaturesIn {
    /// In a crate of one API, whose features need not name it.
    pub(crate) fn of_one(self) -> Features {
        match self {
            Self::Api => Features::Api,
            Self::Tags => Features::Tags,
        }
    }

    /// In a crate of several APIs.
    pub(crate) fn of_several(self) -> Features {
        match self {
            Self::Api => Features::Api,
            Self::Tags => Features::PrefixedTags,
        }
    }
}
