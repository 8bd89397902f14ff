//! What the caller of the generator chooses for one API.

use std::collections::BTreeMap;

use crate::lint::Lints;
use crate::spec::Selection;
use tenon_ir::Dates;

/// Choices for one API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Module and Cargo feature of the API, in snake case; see
    /// [`module_name`](crate::module_name).
    pub name: String,
    /// Rust path of that module as a user of the crate writes it, such as `mdm_clients::kandji`.
    pub module_path: String,
    /// Where the document is kept, for the note at the head of each file: `specs/kandji`.
    pub source: String,
    /// Crate whose types hold dates and times.
    pub dates: Dates,
    /// What becomes of properties that a schema doesn't list.
    pub unknown: Unknown,
    /// What becomes of inline schemas that are equal.
    pub repeated: Repeated,
    /// Where operations say how their lists are read page by page.
    pub pagination: Pagination,
    /// Which parts of the API have a Cargo feature.
    pub features: Features,
    /// Names that settle a clash or improve on what the document gives: by component name,
    /// `operationId`, or JSON pointer.
    pub names: BTreeMap<String, String>,
    /// The operations to generate; without one, everything is generated.
    pub selection: Selection,
    /// The lints that run; by default none does.
    pub lints: Lints,
    /// A mock server is generated, behind the feature `mock` of the crate.
    pub mock: bool,
    /// The document is hand-written: it also has to parse as [`openapiv3::OpenAPI`], and errors that
    /// can be read on from ([`is_recoverable`](crate::diag::Code::is_recoverable)) are errors.
    pub strict: bool,
}

/// What becomes of properties that a schema neither lists nor forbids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// They are kept as they came, and written back.
    #[default]
    Keep,
    /// They are skipped when a reply is read.
    Ignore,
}

/// What becomes of inline schemas that are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeated {
    /// Each is a model of its own, so that one may grow without the others.
    #[default]
    Apart,
    /// All of them are one model, called as the first place. A large client is a fraction of the code.
    Shared,
}

/// Where operations say how their lists are read page by page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pagination {
    /// In `x-pagination`.
    #[default]
    Stated,
    /// There, or in their parameters and replies, where those leave no doubt
    /// ([`paging::propose`](crate::paging::propose)).
    Inferred,
}

/// Which parts of an API have a Cargo feature of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Features {
    /// None: it is compiled as a whole.
    #[default]
    Api,
    /// Each tag, by its name: `device-actions`. For a crate of its own.
    Tags,
    /// Each tag, by its name behind that of the API: `kandji-device-actions`. For a crate of several.
    PrefixedTags,
}
