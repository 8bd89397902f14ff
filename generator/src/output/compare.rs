//! The disk against what is wanted: which files are new, changed, left over, or the user's.
//!
//! Reads, never writes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::plan::JOINT;
use super::{Change, Error, Folder, Kind, MARKER, Output};

/// Everything that differs.
#[derive(Debug, Default)]
pub(super) struct Differences {
    /// Folders in which some file differs, each with all of its files.
    pub(super) folders: Vec<FolderState>,
    /// Differing files outside of the folders.
    pub(super) files: Vec<FileState>,
}

/// A folder whose content has to change.
#[derive(Debug)]
pub(super) struct FolderState {
    /// Path relative to the root.
    pub(super) path: String,
    /// Whether it is on disk now.
    pub(super) exists: bool,
    /// All of its files.
    pub(super) files: Vec<FileState>,
}

impl FolderState {
    /// Whether a file remains in it.
    pub(super) fn remains(&self) -> bool {
        self.files.iter().any(|file| !matches!(file.state, State::Removed(_)))
    }
}

/// A file and what becomes of it.
#[derive(Debug)]
pub(super) struct FileState {
    /// Path relative to the root.
    pub(super) path: String,
    /// What becomes of it.
    pub(super) state: State,
}

/// What becomes of a file.
#[derive(Debug)]
pub(super) enum State {
    /// It stays: equal already, or the user's.
    Kept,
    /// It is written: this text.
    Added(String),
    /// It is written: old text, new text.
    Changed(String, String),
    /// It goes: old text.
    Removed(String),
}

impl Differences {
    /// Whether the disk is as wanted.
    pub(super) fn is_empty(&self) -> bool {
        self.folders.is_empty() && self.files.is_empty()
    }

    /// What happens to each differing file.
    pub(super) fn changes(&self) -> impl Iterator<Item = Change> {
        self.texts().map(|(change, ..)| change)
    }

    /// Each differing file with its text on disk and its text as wanted.
    pub(super) fn texts(&self) -> impl Iterator<Item = (Change, Option<&str>, Option<&str>)> {
        let folders = self.folders.iter().flat_map(|folder| &folder.files);
        folders.chain(&self.files).filter_map(|file| {
            let (kind, old, new) = match &file.state {
                State::Kept => return None,
                State::Added(new) => (Kind::Added, None, Some(new.as_str())),
                State::Changed(old, new) => (Kind::Changed, Some(old.as_str()), Some(new.as_str())),
                State::Removed(old) => (Kind::Removed, Some(old.as_str()), None),
            };
            Some((Change { path: file.path.clone(), kind }, old, new))
        })
    }
}

/// Compares the disk below `root` with `output`.
pub(super) fn compare(root: &Path, output: &Output) -> Result<Differences, Error> {
    output.folders.iter().try_for_each(|folder| fit_path(&folder.path))?;
    output
        .folders
        .iter()
        .flat_map(|folder| &folder.files)
        .chain(&output.files)
        .try_for_each(fit)?;
    let mut differences = Differences::default();
    for folder in &output.folders {
        differences.folders.extend(folder_state(root, folder)?);
    }
    for (path, text) in &output.files {
        let state = file_state(&root.join(path), text)?;
        differences.files.extend(differing(FileState { path: path.clone(), state }));
    }
    if let Some(cleared) = &output.cleared {
        leftovers(root, cleared, output, &mut differences)?;
    }
    Ok(differences)
}

/// Refuses a file that would escape its folder, or that the next run would take for the user's.
fn fit((path, text): &(String, String)) -> Result<(), Error> {
    fit_path(path)?;
    if is_marked(text.as_bytes()) {
        return Ok(());
    }
    Err(Error::Unfit {
        path: path.clone(),
        reason: "its first line lacks the marker of generated files",
    })
}

fn fit_path(path: &str) -> Result<(), Error> {
    let plain = |segment: &str| {
        !segment.is_empty()
            && !segment.starts_with('.')
            && !segment.contains(['\\', ':', '\0'])
            && !segment.contains(JOINT)
    };
    if path.split('/').all(plain) {
        return Ok(());
    }
    Err(Error::Unfit { path: path.to_owned(), reason: "it is not a plain relative path" })
}

/// The state of every file of `folder`; nothing when it is as wanted.
fn folder_state(root: &Path, folder: &Folder) -> Result<Option<FolderState>, Error> {
    let path = &folder.path;
    let mut found = BTreeSet::new();
    list(&root.join(path), path, &mut found)?;
    let wanted: BTreeMap<String, &str> =
        folder.files.iter().map(|(file, text)| (format!("{path}/{file}"), text.as_str())).collect();
    let exists = is_folder(&root.join(path))?;
    let mut files = Vec::new();
    for file in found.iter().chain(wanted.keys().filter(|file| !found.contains(*file))) {
        let on_disk = root.join(file);
        let state = match wanted.get(file) {
            Some(text) => file_state(&on_disk, text)?,
            None => read(&on_disk)?.map_or(State::Kept, State::Removed),
        };
        files.push(FileState { path: file.clone(), state });
    }
    let equal = files.iter().all(|file| matches!(file.state, State::Kept));
    Ok((!equal).then_some(FolderState { path: path.clone(), exists, files }))
}

/// What becomes of a wanted file.
fn file_state(path: &Path, wanted: &str) -> Result<State, Error> {
    match path.symlink_metadata() {
        Err(error) if is_absent(&error) => return Ok(State::Added(wanted.to_owned())),
        Err(source) => {
            return Err(Error::Disk { action: "look at", path: path.to_owned(), source });
        }
        Ok(_) => {}
    }
    match read(path)? {
        Some(text) if text == wanted => Ok(State::Kept),
        Some(text) => Ok(State::Changed(text, wanted.to_owned())),
        None => Err(Error::NotOurs { path: path.to_owned() }),
    }
}

/// Generated files and folders right in a folder that nothing wants.
fn leftovers(
    root: &Path,
    cleared: &str,
    output: &Output,
    differences: &mut Differences,
) -> Result<(), Error> {
    let folders = output.folders.iter().map(|folder| &folder.path);
    let files = output.files.iter().map(|(path, _)| path);
    let wanted: BTreeSet<&String> = folders.chain(files).chain(&output.keep).collect();
    for entry in entries(&root.join(cleared))? {
        let Some(name) = entry.file_name().and_then(|name| name.to_str()) else { continue };
        let path = format!("{cleared}/{name}");
        if wanted.contains(&path) {
            continue;
        }
        if is_folder(&entry)? {
            differences.folders.extend(folder_state(root, &Folder { path, files: Vec::new() })?);
        } else {
            let state = read(&entry)?.map_or(State::Kept, State::Removed);
            differences.files.extend(differing(FileState { path, state }));
        }
    }
    Ok(())
}

fn differing(file: FileState) -> Option<FileState> {
    (!matches!(file.state, State::Kept)).then_some(file)
}

/// Adds every file below `folder`, under names that begin with `prefix`.
fn list(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> Result<(), Error> {
    for entry in entries(folder)? {
        let Some(name) = entry.file_name().and_then(|name| name.to_str()) else {
            return Err(Error::NotOurs { path: entry });
        };
        let path = format!("{prefix}/{name}");
        if is_folder(&entry)? {
            list(&entry, &path, found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}

/// What is in a folder; nothing when it does not exist.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |source| Error::Disk { action: "list", path: folder.to_owned(), source };
    let mut paths = match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(failed)?,
        Err(error) if is_absent(&error) => Vec::new(),
        Err(source) => return Err(failed(source)),
    };
    paths.sort();
    Ok(paths)
}

/// Whether a folder stands here. A link to one is the user's, and is not followed.
fn is_folder(path: &Path) -> Result<bool, Error> {
    match path.symlink_metadata() {
        Ok(metadata) => Ok(metadata.is_dir()),
        Err(error) if is_absent(&error) => Ok(false),
        Err(source) => Err(Error::Disk { action: "look at", path: path.to_owned(), source }),
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The text of a generated file; nothing when the file is the user's.
fn read(path: &Path) -> Result<Option<String>, Error> {
    let failed = |source| Error::Disk { action: "read", path: path.to_owned(), source };
    if !path.symlink_metadata().map_err(failed)?.is_file() {
        return Ok(None);
    }
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    // The head decides: a large file of the user's is not read whole.
    (&mut file).take(512).read_to_end(&mut bytes).map_err(failed)?;
    if !is_marked(&bytes) {
        return Ok(None);
    }
    file.read_to_end(&mut bytes).map_err(failed)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn is_marked(text: &[u8]) -> bool {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.windows(MARKER.len()).any(|window| window == MARKER.as_bytes())
}
