//! The last release: its tag, or the revision that the user names.

use std::path::Path;

use anyhow::Context;

use super::Number;
use crate::project::Location;
use crate::report::Look;
use crate::store::{Store, git};

/// What the next version follows.
#[derive(Debug)]
pub(super) struct Release {
    /// The tag, or the revision as it was named.
    pub(super) name: String,
    /// Its version.
    pub(super) version: Number,
    /// Its files.
    pub(super) store: Store,
}

/// The release to compare with; none before the first.
pub(super) fn find(
    location: &Location,
    package: &str,
    named: Option<&str>,
    look: &Look,
) -> anyhow::Result<Option<Release>> {
    let folder = location.base()?;
    let prefix = format!("{package}-v");
    match named {
        Some(name) => revision(location, &folder, name, &prefix, look).map(Some),
        None => last(&folder, &prefix),
    }
}

/// The greatest version whose tag is an ancestor of what is checked out.
fn last(folder: &Path, prefix: &str) -> anyhow::Result<Option<Release>> {
    let pattern = format!("{prefix}*");
    let tags = git(folder, &["tag", "--list", &pattern, "--merged", "HEAD"]).unwrap_or_default();
    let tags = String::from_utf8_lossy(&tags).into_owned();
    let versions = tags.lines().filter_map(|tag| Some((of_tag(tag, prefix)?, tag)));
    let Some((version, name)) = versions.max() else {
        let cut = git(folder, &["rev-parse", "--is-shallow-repository"]).unwrap_or_default();
        anyhow::ensure!(
            !cut.starts_with(b"true"),
            "there is no tag `{pattern}`, and the history is cut off: run `git fetch --unshallow --tags`"
        );
        return Ok(None);
    };
    let store = Store::revision(folder, &format!("refs/tags/{name}"))?;
    Ok(Some(Release { name: name.to_owned(), version, store }))
}

/// A revision; its version is that of its name, or else that of its project file.
fn revision(
    location: &Location,
    folder: &Path,
    name: &str,
    prefix: &str,
    look: &Look,
) -> anyhow::Result<Release> {
    let store = Store::revision(folder, name)?;
    let version = match of_tag(name, prefix) {
        Some(version) => version,
        None => location
            .load_from(&store, look)?
            .and_then(|project| project.version)
            .with_context(|| format!("the project file of `{name}` has no `version`"))?,
    };
    Ok(Release { name: name.to_owned(), version, store })
}

fn of_tag(tag: &str, prefix: &str) -> Option<Number> {
    Number::parse(tag.strip_prefix(prefix)?)
}
