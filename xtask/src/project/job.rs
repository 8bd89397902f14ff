//! One document and what to make of it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use tenon::diag::Sink;
use tenon::diff::Version;
use tenon::lint::Lints;
use tenon::source::Loader;
use tenon::spec::Selection;
use tenon::{Config, Input, Outcome, Pagination, Repeated};

use super::Location;
use crate::choice::{FeaturesIn, PaginationIn, RepeatedIn, UnknownIn};
use crate::input;
use crate::lint::settings::Allowed;
use crate::store::Store;

/// A document, and the settings that it is generated with.
#[derive(Debug)]
pub(crate) struct Job {
    /// Module of the generated crate.
    pub(crate) name: String,
    /// Folder that the following paths are relative to.
    base: PathBuf,
    /// The document.
    pub(crate) document: String,
    /// What changes the document before it is read, in this order.
    overlays: Vec<Overlay>,
    /// Folders that it may refer to, beside its own.
    allowed: Vec<PathBuf>,
    /// What the generator is told.
    config: Config,
    /// Levels of rules.
    lints: Lints,
    /// Findings that are as they should be.
    pub(crate) allowed_findings: Vec<Allowed>,
}

/// An overlay of a document.
#[derive(Clone, Debug)]
pub(super) struct Overlay {
    /// Its path, as it is shown.
    pub(super) shown: String,
    /// Where it is read.
    pub(super) path: PathBuf,
}

impl Job {
    /// A document under the path that the user gave: with the settings of the project, if it is
    /// one of the project's.
    pub(crate) fn of_document(path: &Path) -> anyhow::Result<Self> {
        let document = utf8(path)?;
        let (config, overlays) = match of_project(path) {
            Some(job) => (job.config, job.overlays),
            None => (foreign(), Vec::new()),
        };
        Ok(Self::new(config, PathBuf::new(), document, overlays))
    }

    /// A document that is none of the project's.
    pub(crate) fn foreign(path: &Path) -> anyhow::Result<Self> {
        Ok(Self::new(foreign(), PathBuf::new(), utf8(path)?, Vec::new()))
    }

    pub(super) fn new(
        config: Config,
        base: PathBuf,
        document: String,
        overlays: Vec<Overlay>,
    ) -> Self {
        let (allowed, allowed_findings) = (Vec::new(), Vec::new());
        let (name, lints) = (config.name.clone(), Lints::standard());
        Self { name, base, document, overlays, allowed, config, lints, allowed_findings }
    }

    /// It is the document under this path.
    pub(crate) fn is_of(&self, path: &Path) -> bool {
        let own = self.base.join(&self.document).canonicalize();
        own.is_ok_and(|own| path.canonicalize().is_ok_and(|path| path == own))
    }

    /// Where a file of the document is, by the path that is shown.
    pub(crate) fn path_of(&self, shown: &str) -> PathBuf {
        self.base.join(shown)
    }

    /// The same with these overlays after those of the project.
    pub(crate) fn overlaid(mut self, paths: &[PathBuf]) -> anyhow::Result<Self> {
        for path in paths {
            self.overlays.push(Overlay { shown: utf8(path)?, path: path.clone() });
        }
        Ok(self)
    }

    /// The same with these patterns in place of those of the project, if there are any.
    pub(crate) fn selecting(mut self, selection: Selection) -> Self {
        if !selection.is_empty() {
            self.config.selection = selection;
        }
        self
    }

    /// Keeps or skips properties that a schema doesn't list, shares equal inline schemas or not, and
    /// infers pages or not.
    pub(crate) fn treating(
        mut self,
        unknown: UnknownIn,
        repeated: RepeatedIn,
        pagination: PaginationIn,
    ) -> Self {
        self.config.unknown = unknown.into();
        self.config.repeated = repeated.into();
        self.config.pagination = pagination.into();
        self
    }

    /// The same with a mock server, or without one.
    pub(crate) fn mocked(mut self, mock: bool) -> Self {
        self.config.mock = mock;
        self
    }

    /// The same as a crate of its own, with these features.
    pub(crate) fn alone(mut self, features: FeaturesIn) -> Self {
        self.config.features = features.of_one();
        self
    }

    /// The same with leave to refer to files in these folders.
    pub(crate) fn allowing(mut self, folders: &[PathBuf]) -> Self {
        self.allowed.extend_from_slice(folders);
        self
    }

    /// The same with these levels of rules, and without these findings.
    pub(super) fn linted(mut self, lints: Lints, allowed: Vec<Allowed>) -> Self {
        (self.lints, self.allowed_findings) = (lints, allowed);
        self
    }

    /// Reads the document and generates.
    pub(crate) fn generate(&self) -> anyhow::Result<Outcome> {
        self.with_input(tenon::generate, &self.config)
    }

    /// Reads the document and decides what would be generated.
    pub(crate) fn decide(&self) -> anyhow::Result<Outcome> {
        self.with_input(tenon::decide, &self.config)
    }

    /// The same, and runs the lints.
    pub(crate) fn lint(&self) -> anyhow::Result<Outcome> {
        let config = Config { lints: self.lints.clone(), ..self.config.clone() };
        self.with_input(tenon::decide, &config)
    }

    /// Levels of rules.
    pub(crate) fn lints(&self) -> &Lints {
        &self.lints
    }

    fn with_input(
        &self,
        run: fn(Input<'_>, &Config) -> Outcome,
        config: &Config,
    ) -> anyhow::Result<Outcome> {
        let mut loader = input::Folder::of(&self.base, &self.document, &self.allowed)?;
        let overlay = |one: &Overlay| Ok((one.shown.clone(), input::read(&one.path)?));
        let input = Input {
            path: self.document.clone(),
            text: self.text()?,
            overlays: self.overlays.iter().map(overlay).collect::<anyhow::Result<_>>()?,
            loader: Some(&mut loader),
        };
        Ok(run(input, config))
    }

    /// Reads the document from this state of the files, to be compared.
    pub(crate) fn with_version<T>(
        &self,
        store: &Store,
        run: impl FnOnce(Version<'_>) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let mut loader: Box<dyn Loader> =
            store.loader(&self.base, &self.document, &self.allowed)?;
        let overlay = |one: &Overlay| {
            let bytes = match store {
                Store::Disk => input::read(&one.path)?,
                Store::Revision(_) => store.read(&self.base, &one.shown)?,
            };
            Ok((one.shown.clone(), bytes))
        };
        let input = Input {
            path: self.document.clone(),
            text: store.read(&self.base, &self.document)?,
            overlays: self.overlays.iter().map(overlay).collect::<anyhow::Result<_>>()?,
            loader: Some(loader.as_mut()),
        };
        run(Version { input, config: self.config.clone() })
    }

    /// The same with the settings of another document.
    pub(crate) fn configured_like(mut self, other: &Self) -> Self {
        self.config = other.config.clone();
        self
    }

    /// It is a document of the project.
    pub(crate) fn is_own(&self) -> bool {
        self.config.strict
    }

    /// The document as it stands on disk.
    pub(crate) fn text(&self) -> anyhow::Result<Vec<u8>> {
        input::read(&self.base.join(&self.document))
    }
}

fn utf8(path: &Path) -> anyhow::Result<String> {
    Ok(path.to_str().with_context(|| format!("`{}` is not UTF-8", path.display()))?.to_owned())
}

/// A document of this workspace's project, with its settings.
fn of_project(path: &Path) -> Option<Job> {
    let (_, project) = Location::default().read(&mut Sink::new()).ok()?;
    project?.jobs.into_iter().find(|job| job.is_of(path))
}

/// Settings of a document that is none of the project's.
fn foreign() -> Config {
    Config {
        name: "api".to_owned(),
        repeated: Repeated::Shared,
        pagination: Pagination::Inferred,
        ..Config::default()
    }
}
