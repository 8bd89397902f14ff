//! The project file: which APIs are generated from what, into which crate.
//!
//! In: `specs/tenon.yaml`. Out: a [`Job`] for each API. Documents are named relative to the folder
//! above the project file's own (`specs/kandji/openapi.yaml`), wherever the command is run: what
//! is generated must not depend on it.

mod check;
mod file;
mod job;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use tenon::diag::Sink;
use tenon::diff::Level;
use tenon::source::{self, Tree};
use tenon_emit::{Manifest, Runtime};

use crate::report::Look;
use crate::store::Store;
use crate::version::Number;

use file::{File, jobs, typed};
pub(crate) use job::Job;

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
    pub(crate) name: String,
    /// Version of the generated crate; without one, it is that of the workspace.
    pub(crate) version: Option<Number>,
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

    /// The path of the project file.
    pub(crate) fn file(&self) -> anyhow::Result<PathBuf> {
        Ok(self.paths()?.0)
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
            version: self.version.map(|version| version.to_string()),
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

/// The folder of this workspace: where cargo says it is, or where it was when this was compiled.
pub(crate) fn workspace() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.parent().map(Path::to_owned).unwrap_or_default()
}

/// Crates that code sees under these names already, and a word that is reserved since the 2024 edition.
const TAKEN: [&str; 7] = ["alloc", "core", "gen", "proc_macro", "std", "tenon_runtime", "test"];

/// Lower-case words that Cargo takes, and Rust as the name of a crate.
pub(crate) fn is_crate_name(name: &str) -> bool {
    let known_as = name.replace('-', "_");
    is_lower_case(name)
        && syn::parse_str::<syn::Ident>(&known_as).is_ok()
        && !TAKEN.contains(&known_as.as_str())
}

fn is_lower_case(name: &str) -> bool {
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
        version: file.version,
        description: file.description,
    }
}
