//! The disk operations that a plan is made of.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::Error;
use super::plan::{Step, WORK};

/// Takes the steps in order, up to the first that fails.
pub(super) fn run(root: &Path, steps: &[Step]) -> Result<(), Error> {
    steps.iter().try_for_each(|step| take(root, step))
}

fn take(root: &Path, step: &Step) -> Result<(), Error> {
    match step {
        Step::MakeFolder(path) => make_folder(&root.join(path)),
        Step::Write(path, text) => {
            tell("write", &root.join(path), |path| write_through(path, text))
        }
        Step::Link(from, to) => tell("link", &root.join(from), |from| link(from, &root.join(to))),
        Step::Move(from, to) => {
            tell("replace", &root.join(to), |to| fs::rename(root.join(from), to))
        }
        Step::Exchange(from, to) => {
            tell("replace", &root.join(to), |to| exchange(&root.join(from), to))
        }
        Step::Remove(path) => {
            tell("remove", &root.join(path), |path| present(fs::remove_file(path)))
        }
        Step::RemoveFolder(path) => {
            tell("remove", &root.join(path), |path| present(fs::remove_dir_all(path)))
        }
    }
}

/// Creates a folder and those above it.
pub(super) fn make_folder(path: &Path) -> Result<(), Error> {
    tell("create", path, |path| fs::create_dir_all(path))
}

/// Keeps other processes from writing below `root` until the result is dropped; the system drops
/// it too when the process ends, however it ends.
#[cfg(unix)]
pub(super) fn lock(root: &Path) -> Result<File, Error> {
    tell("lock", root, |root| {
        let folder = File::open(root)?;
        folder.lock()?;
        Ok(folder)
    })
}

/// Keeps other processes from writing below `root` until the result is dropped. Folders can't be
/// locked here, so a file stands for it; it stays, since deleting it would race with the next one.
#[cfg(not(unix))]
pub(super) fn lock(root: &Path) -> Result<File, Error> {
    tell("lock", &root.join(".tenon-lock"), |path| {
        let file = File::create(path)?;
        file.lock()?;
        Ok(file)
    })
}

/// Whether two folders below `root` can change places at once: asks by trying.
pub(super) fn can_exchange(root: &Path) -> Result<bool, Error> {
    let [left, right] = ["left", "right"].map(|name| root.join(WORK).join(name));
    make_folder(&left)?;
    make_folder(&right)?;
    Ok(exchange(&left, &right).is_ok())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(left: &Path, right: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_left: &Path, _right: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Writes a file and waits until the disk has it: a rename must not become durable before the
/// bytes it makes visible.
fn write_through(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_data()
}

/// Gives a file a second name, or where the file system has no such thing, a copy with its times.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let times = from.metadata()?;
    fs::copy(from, to)?;
    File::options().write(true).open(to)?.set_modified(times.modified()?)
}

/// Takes a missing file for a deleted one.
fn present(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Says on which path an operation failed.
fn tell<T>(
    action: &'static str,
    path: &Path,
    operation: impl FnOnce(&Path) -> io::Result<T>,
) -> Result<T, Error> {
    operation(path).map_err(|source| Error::Disk { action, path: path.to_owned(), source })
}
