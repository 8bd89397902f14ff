//! The project file: which APIs are generated from what, into which crate.
//!
//! In: `specs/tenon.yaml`. Out: a [`Job`] for each API. Documents are named relative to the folder
//! above the project file's own (`specs/kandji/openapi.yaml`), wherever the command is run: what
//! is generated must not depend on it.

mod check;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::Deserialize;
use tenon::diag::{At, Code, Sink};
use tenon::diff::{Level, Version};
use tenon::lint::Lints;
use tenon::source::Loader;
use tenon::source::{self, Tree};
use tenon::spec::Selection;
use tenon::{Config, Input, Outcome, Pagination, Repeated};
use tenon_emit::{Manifest, Runtime};

use crate::choice::{DatesIn, DiffIn, PaginationIn, RepeatedIn, UnknownIn};
use crate::input;
use crate::lint::settings::{self, AllowIn, Allowed, Levels};
use crate::report::Look;
use crate::store::Store;

/// Which project a command works on.
#[derive(Debug, Default, Args)]
pub(crate) struct Location {
    /// The project file [default: specs/tenon.yaml of this workspace]
    #[arg(long, value_name = "FILE")]
    project: Option<PathBuf>,
}

/// A project file that was read.
#[derive(Debug)]
pub(crate) struct Project {
    /// Folder of the project file.
    pub(crate) folder: PathBuf,
    /// Name of the generated crate.
    name: String,
    /// What the generated crate is.
    description: String,
    /// Folder of the project file, as it is shown.
    source: String,
    /// Folder of the generated crate.
    pub(crate) output: PathBuf,
    /// The same, as it is shown.
    pub(crate) shown_output: String,
    /// The APIs, in the order of the file.
    pub(crate) jobs: Vec<Job>,
    /// Levels of findings, by code or rule; none leaves the finding out.
    pub(crate) levels: BTreeMap<String, Option<Level>>,
}

/// One document and what to make of it.
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
struct Overlay {
    /// Its path, as it is shown.
    shown: String,
    /// Where it is read.
    path: PathBuf,
}

/// The project file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "crate")]
    name: String,
    #[serde(default = "default_description")]
    description: String,
    output: String,
    #[serde(default)]
    lints: Levels,
    apis: Vec<Api>,
    #[serde(default)]
    diff: DiffIn,
}

fn default_description() -> String {
    "Clients generated from OpenAPI documents".to_owned()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Api {
    name: String,
    spec: String,
    #[serde(default)]
    overlays: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
    #[serde(default)]
    dates: DatesIn,
    #[serde(default)]
    unknown: UnknownIn,
    #[serde(default)]
    repeated: RepeatedIn,
    #[serde(default = "yes")]
    mock: bool,
    #[serde(default)]
    pagination: PaginationIn,
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    lints: Levels,
    #[serde(default)]
    allow: Vec<AllowIn>,
}

/// What is generated of one's own documents has a mock server.
fn yes() -> bool {
    true
}

impl Location {
    /// Reads the project file. Shows what is wrong with it; then there is no project.
    pub(crate) fn load(&self, look: &Look) -> anyhow::Result<Option<Project>> {
        Ok(self.load_with_tree(look)?.1)
    }

    /// The same, with the file itself, to point at.
    pub(crate) fn load_with_tree(&self, look: &Look) -> anyhow::Result<(Tree, Option<Project>)> {
        let mut sink = Sink::new();
        let (tree, project) = self.read(&mut sink)?;
        let accepted = !sink.has_errors();
        look.diagnostics(&sink.into_diagnostics(), &tree);
        Ok((tree, project.filter(|_| accepted)))
    }

    fn read(&self, sink: &mut Sink) -> anyhow::Result<(Tree, Option<Project>)> {
        self.read_from(&Store::Disk, sink)
    }

    /// The path of the project file, the folder that documents are named from, and the path from
    /// there.
    fn paths(&self) -> anyhow::Result<(PathBuf, PathBuf, String)> {
        let path = self.project.clone().unwrap_or_else(|| workspace().join("specs/tenon.yaml"));
        let path = std::path::absolute(&path)?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let base = folder.parent().unwrap_or(&folder).to_owned();
        let shown = path.strip_prefix(&base)?.to_str().context("the path is not UTF-8")?.to_owned();
        Ok((path, base, shown))
    }

    /// The folder of the project file.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        Some(self.paths().ok()?.0.parent()?.to_owned())
    }

    /// The folder that documents are named from.
    pub(crate) fn base(&self) -> anyhow::Result<PathBuf> {
        Ok(self.paths()?.1)
    }

    /// Reads the project file of another state of the files.
    pub(crate) fn load_from(&self, store: &Store, look: &Look) -> anyhow::Result<Option<Project>> {
        let mut sink = Sink::new();
        let (tree, project) = self.read_from(store, &mut sink)?;
        let accepted = !sink.has_errors();
        look.diagnostics(&sink.into_diagnostics(), &tree);
        Ok(project.filter(|_| accepted))
    }

    fn read_from(&self, store: &Store, sink: &mut Sink) -> anyhow::Result<(Tree, Option<Project>)> {
        let (path, base, shown) = self.paths()?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let text = store.read(&base, &shown)?;
        let tree = source::parse(&shown, text.clone(), sink);
        let file = if sink.has_errors() { None } else { typed(&text, &tree, sink) };
        let project = file.map(|file| {
            check::check(&file, &folder, &tree, sink);
            project(file, folder, &base, &shown)
        });
        Ok((tree, project))
    }
}

impl Project {
    /// The head of the generated crate's `Cargo.toml`.
    pub(crate) fn manifest(&self) -> Manifest {
        Manifest {
            name: self.name.clone(),
            description: self.description.clone(),
            version: None,
            runtime: Runtime::Workspace,
            source: self.source.clone(),
        }
    }

    /// The API of this name.
    pub(crate) fn job(&self, name: &str) -> anyhow::Result<&Job> {
        self.jobs.iter().find(|job| job.name == name).with_context(|| {
            let names: Vec<_> = self.jobs.iter().map(|job| job.name.as_str()).collect();
            format!("there is no API `{name}` in the project file; there are {}", names.join(", "))
        })
    }
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

    fn new(config: Config, base: PathBuf, document: String, overlays: Vec<Overlay>) -> Self {
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

    /// The same with leave to refer to files in these folders.
    pub(crate) fn allowing(mut self, folders: &[PathBuf]) -> Self {
        self.allowed.extend_from_slice(folders);
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

/// The folder of this workspace: where cargo says it is, or where it was when this was compiled.
pub(crate) fn workspace() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.parent().map(Path::to_owned).unwrap_or_default()
}

/// Reads the file into its type. What doesn't fit is an error where it stands.
fn typed(text: &[u8], tree: &Tree, sink: &mut Sink) -> Option<File> {
    match serde_yaml::from_slice(text) {
        Ok(file) => Some(file),
        Err(error) => {
            let file = tree.file(tree.root());
            let at = match error.location() {
                Some(place) => At::Span { file, start: place.index(), end: place.index() + 1 },
                None => At::File(file),
            };
            sink.error(Code::ProjectFile, at, error.to_string());
            None
        }
    }
}

/// Lower-case words that Cargo takes.
pub(crate) fn is_crate_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
}

fn project(file: File, folder: PathBuf, base: &Path, shown: &str) -> Project {
    let output = source::resolve_path(shown, &file.output);
    Project {
        jobs: jobs(file.apis, &file.name, &file.lints, base, shown),
        output: base.join(&output),
        shown_output: output,
        levels: file.diff.levels.into_iter().map(|(code, level)| (code, level.into())).collect(),
        source: shown.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned(),
        folder,
        name: file.name,
        description: file.description,
    }
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

fn jobs(apis: Vec<Api>, name: &str, lints: &Levels, base: &Path, shown: &str) -> Vec<Job> {
    let jobs = apis.into_iter().enumerate().map(|(index, mut api)| {
        let settings = settings::of(lints, &api.lints, std::mem::take(&mut api.allow), index);
        let job = job(api, name, base, shown);
        Job { lints: settings.0, allowed_findings: settings.1, ..job }
    });
    jobs.collect()
}

fn job(api: Api, crate_name: &str, base: &Path, project_file: &str) -> Job {
    let document = source::resolve_path(project_file, &api.spec);
    let config = Config {
        module_path: format!("{}::{}", crate_name.replace('-', "_"), api.name),
        name: api.name.clone(),
        source: document.clone(),
        dates: api.dates.into(),
        unknown: api.unknown.into(),
        repeated: api.repeated.into(),
        pagination: api.pagination.into(),
        names: api.names,
        selection: Selection { include: api.include, exclude: api.exclude },
        mock: api.mock,
        strict: true,
        ..Config::default()
    };
    let overlay = |path: &String| {
        let shown = source::resolve_path(project_file, path);
        Overlay { path: base.join(&shown), shown }
    };
    let overlays = api.overlays.iter().map(overlay).collect();
    Job::new(config, base.to_owned(), document, overlays)
}
