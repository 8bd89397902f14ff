//! Documents from the disk, for a library that doesn't touch it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use tenon::source::{LoadError, Loader, MAX_FILE_BYTES};

/// Reads a file, or as much of it as shows that it is too large.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    read_bounded(path).with_context(|| format!("cannot read `{}`", path.display()))
}

fn read_bounded(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    // Only a hint: what is read is what there is.
    let size = file.metadata().map_or(0, |it| it.len().min(MAX_FILE_BYTES as u64));
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Gives the files that a document refers to, as long as they lie in its folder, or in another
/// that the user allows.
pub(crate) struct Folder {
    /// What the paths of references are relative to.
    base: PathBuf,
    /// The folders that may be read, without links: that of the document first.
    allowed: Vec<PathBuf>,
}

impl Folder {
    /// Files beside and below `document`, whose path is relative to `base`, and files below the
    /// folders `also`.
    pub(crate) fn of(base: &Path, document: &str, also: &[PathBuf]) -> anyhow::Result<Self> {
        let folder = base.join(document).parent().map(Path::to_owned).unwrap_or_default();
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        let mut allowed: Vec<PathBuf> = folder.canonicalize().into_iter().collect();
        for folder in also {
            let folder = folder
                .canonicalize()
                .with_context(|| format!("cannot allow `{}`", folder.display()))?;
            allowed.push(folder);
        }
        Ok(Self { base: base.to_owned(), allowed })
    }
}

impl Loader for Folder {
    fn load(&mut self, path: &str) -> Result<Vec<u8>, LoadError> {
        let path = self.base.join(path).canonicalize().map_err(told)?;
        if self.allowed.iter().any(|allowed| path.starts_with(allowed)) {
            read_bounded(&path).map_err(told)
        } else {
            Err(LoadError::NotAllowed)
        }
    }
}

fn told(error: std::io::Error) -> LoadError {
    match error.kind() {
        std::io::ErrorKind::NotFound => LoadError::NotFound,
        _ => LoadError::Failed(error.to_string()),
    }
}
