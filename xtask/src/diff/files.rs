//! Two documents of any origin.

use std::path::PathBuf;

use tenon::diff::render::Compared;
use tenon::diff::{Settings, diff};

use crate::choice::{PaginationIn, RepeatedIn, UnknownIn};
use crate::project::Job;
use crate::store::Store;

/// Compares two files; each is read with the settings of the project if it is one of the project's.
pub(super) fn compare(paths: &[PathBuf], settings: &Settings) -> anyhow::Result<Vec<Compared>> {
    let [old, new] = paths else { anyhow::bail!("two documents are compared") };
    let (old, new) = (Job::of_document(old)?, Job::of_document(new)?);
    let name = new.document.clone();
    let (old, new) = match (old.is_own(), new.is_own()) {
        (true, false) => {
            let new = new.configured_like(&old);
            (old, new)
        }
        (false, true) => (old.configured_like(&new), new),
        // Schemas that are equal before and not after would be told as models that came apart.
        (false, false) => (
            old.treating(UnknownIn::Keep, RepeatedIn::Apart, PaginationIn::Stated),
            new.treating(UnknownIn::Keep, RepeatedIn::Apart, PaginationIn::Stated),
        ),
        (true, true) => (old, new),
    };
    let report = old.with_version(&Store::Disk, |old| {
        new.with_version(&Store::Disk, |new| Ok(diff(old, new, settings)))
    })?;
    Ok(vec![Compared { name, report }])
}
