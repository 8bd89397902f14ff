//! The order of the disk operations: after each of them, every folder is as before or complete.
//!
//! Looks at the disk, changes nothing. A plan is a list of steps so that it can be read, and cut
//! off after any step by a test.

use std::collections::BTreeSet;
use std::path::Path;

use super::compare::{Differences, FileState, FolderState, State};

/// Folder for work in progress, below the root so that renames stay on one file system.
pub(super) const WORK: &str = ".tenon";
/// Below it: what is being built, and after an exchange what was replaced.
const NEW: &str = ".tenon/new";
/// Below it: folders on their way out while their successor moves in, where the file system can't
/// exchange two folders at once. They move back when the successor didn't arrive.
const OLD: &str = ".tenon/old";
/// Below it: what only has to be deleted.
const GONE: &str = ".tenon/gone";
/// Stands for `/` where a path is a single name: no path of ours contains it.
pub(super) const JOINT: &str = "+";

/// One disk operation; paths are relative to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Creates a folder and those above it.
    MakeFolder(String),
    /// Writes a file that nobody sees yet, down to the disk.
    Write(String, String),
    /// Gives a file a second name.
    Link(String, String),
    /// Gives a file or folder another name; a file of that name is replaced.
    Move(String, String),
    /// Lets two folders change places.
    Exchange(String, String),
    /// Deletes a file.
    Remove(String),
    /// Deletes a folder, if it is there, and what is in it.
    RemoveFolder(String),
}

/// What an earlier run that was killed left to do.
pub(super) fn recovery(root: &Path) -> Vec<Step> {
    let mut steps = Vec::new();
    for entry in root.join(OLD).read_dir().into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let home = name.replace(JOINT, "/");
        if root.join(&home).symlink_metadata().is_ok() {
            discard(&format!("{OLD}/{name}"), &name, &mut steps);
        } else {
            steps.push(Step::Move(format!("{OLD}/{name}"), home));
        }
    }
    if root.join(WORK).symlink_metadata().is_ok() {
        steps.push(Step::RemoveFolder(WORK.to_owned()));
    }
    steps
}

/// Every operation that turns the disk into what is wanted.
pub(super) fn plan(differences: &Differences, can_exchange: bool) -> Vec<Step> {
    let (remaining, orphans): (Vec<_>, Vec<_>) =
        differences.folders.iter().partition(|folder| folder.remains());
    let staged = remaining.iter().flat_map(|folder| &folder.files).chain(&differences.files);
    let mut steps = stage(staged);
    for folder in remaining {
        install(folder, can_exchange, &mut steps);
    }
    for file in &differences.files {
        place(file, &mut steps);
    }
    // Last, when nothing names them any more.
    for folder in orphans {
        discard(&folder.path, &name(&folder.path), &mut steps);
    }
    steps.push(Step::RemoveFolder(WORK.to_owned()));
    steps
}

/// Builds below [`NEW`] every file that remains.
fn stage<'a>(files: impl Iterator<Item = &'a FileState>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut made = BTreeSet::new();
    for FileState { path, state } in files {
        let staged = format!("{NEW}/{path}");
        let step = match state {
            State::Kept => Step::Link(path.clone(), staged.clone()),
            State::Added(text) | State::Changed(_, text) => {
                Step::Write(staged.clone(), text.clone())
            }
            State::Removed(_) => continue,
        };
        let folder = parent(&staged);
        if made.insert(folder.to_owned()) {
            steps.push(Step::MakeFolder(folder.to_owned()));
        }
        steps.push(step);
    }
    steps
}

/// Lets the folder below [`NEW`] take the place of the one in use.
fn install(folder: &FolderState, can_exchange: bool, steps: &mut Vec<Step>) {
    let live = folder.path.clone();
    let staged = format!("{NEW}/{live}");
    if !folder.exists {
        steps.push(Step::MakeFolder(parent(&live).to_owned()));
        steps.push(Step::Move(staged, live));
    } else if can_exchange {
        steps.push(Step::Exchange(staged, live));
    } else {
        let name = name(&live);
        let old = format!("{OLD}/{name}");
        steps.push(Step::MakeFolder(OLD.to_owned()));
        steps.push(Step::Move(live.clone(), old.clone()));
        steps.push(Step::Move(staged, live));
        discard(&old, &name, steps);
    }
}

/// Puts a file that belongs to no folder in its place, or removes it.
fn place(file: &FileState, steps: &mut Vec<Step>) {
    match &file.state {
        State::Kept => {}
        State::Added(_) | State::Changed(..) => {
            steps.push(Step::MakeFolder(parent(&file.path).to_owned()));
            steps.push(Step::Move(format!("{NEW}/{}", file.path), file.path.clone()));
        }
        State::Removed(_) => steps.push(Step::Remove(file.path.clone())),
    }
}

/// Takes a folder out of use at once; its files are deleted later. Half deleted in its place, it
/// would look like a folder that is still wanted.
fn discard(path: &str, name: &str, steps: &mut Vec<Step>) {
    let gone = format!("{GONE}/{name}");
    steps.push(Step::RemoveFolder(gone.clone()));
    steps.push(Step::MakeFolder(GONE.to_owned()));
    steps.push(Step::Move(path.to_owned(), gone));
}

/// The folder that holds a file; empty for a file in the root itself.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path as a single name.
fn name(path: &str) -> String {
    path.replace('/', JOINT)
}
