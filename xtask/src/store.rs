//! A state of the files: as they are, or as a git revision has them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use tenon::source::{LoadError, Loader};

use crate::input;

/// Where files are read.
#[derive(Clone, Debug)]
pub(crate) enum Store {
    /// As they are.
    Disk,
    /// As this commit has them.
    Revision(String),
}

impl Store {
    /// The commit that a revision names.
    pub(crate) fn revision(base: &Path, name: &str) -> anyhow::Result<Self> {
        let commit = git(
            base,
            &["rev-parse", "--verify", "--end-of-options", &format!("{name}^{{commit}}")],
        )
        .with_context(|| format!("`{name}` is no revision"))?;
        Ok(Self::Revision(String::from_utf8_lossy(&commit).trim().to_owned()))
    }

    /// The file at a path below `base`.
    pub(crate) fn read(&self, base: &Path, path: &str) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Disk => input::read(&base.join(path)),
            Self::Revision(commit) => git(base, &["show", &format!("{commit}:./{path}")])
                .with_context(|| format!("cannot read `{path}` of {}", short(commit))),
        }
    }

    /// What gives the files that a document refers to.
    pub(crate) fn loader(
        &self,
        base: &Path,
        document: &str,
        allowed: &[PathBuf],
    ) -> anyhow::Result<Box<dyn Loader>> {
        Ok(match self {
            Self::Disk => Box::new(input::Folder::of(base, document, allowed)?),
            Self::Revision(commit) => {
                let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
                let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                Box::new(Committed { base: base.to_owned(), commit: commit.clone(), folder })
            }
        })
    }
}

/// Files of a commit, below the folder of a document.
struct Committed {
    base: PathBuf,
    commit: String,
    folder: String,
}

impl Loader for Committed {
    fn load(&mut self, path: &str) -> Result<Vec<u8>, LoadError> {
        // Git has no links to follow, so that the path tells where the file lies.
        if !path.starts_with(&self.folder) || path.starts_with('/') || path.starts_with("..") {
            return Err(LoadError::NotAllowed);
        }
        let bytes = git(&self.base, &["show", &format!("{}:./{path}", self.commit)]);
        bytes.map_err(|_| LoadError::NotFound)
    }
}

fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}

/// What git writes to its standard output.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .context("cannot run git")?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "git: {}", said.trim());
    Ok(output.stdout)
}
