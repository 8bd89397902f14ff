//! Two states of the project: git revisions, or the files as they are.

use std::path::Path;

use anyhow::Context;
use tenon::Input;
use tenon::diff::render::Compared;
use tenon::diff::{Settings, Version, diff};

use crate::project::{Job, Location, Project};
use crate::report::Look;
use crate::store::{Store, git};

/// Compares every API of two states; one that only one of them has is compared with nothing.
pub(super) fn compare(
    location: &Location,
    project: Project,
    (base, head): (Option<&str>, Option<&str>),
    settings: &Settings,
    look: &Look,
) -> anyhow::Result<Option<Vec<Compared>>> {
    let folder = location.base()?;
    let before = match base {
        Some(base) => Store::revision(&folder, base)?,
        None => Store::revision(&folder, &left_main(&folder)?)?,
    };
    let after = match head {
        Some(head) => Store::revision(&folder, head)?,
        None => Store::Disk,
    };
    let Some(old) = location.load_from(&before, look)? else { return Ok(None) };
    let new = match &after {
        Store::Disk => Some(project),
        Store::Revision(_) => location.load_from(&after, look)?,
    };
    let Some(new) = new else { return Ok(None) };
    let mut names: Vec<&str> = new.jobs.iter().map(|job| job.name.as_str()).collect();
    names
        .extend(old.jobs.iter().map(|job| job.name.as_str()).filter(|name| new.job(name).is_err()));
    let compared = names.into_iter().map(|name| {
        let old = old.job(name).ok().map(|job| (job, &before));
        let new = new.job(name).ok().map(|job| (job, &after));
        one(name, old, new, settings)
    });
    compared.collect::<anyhow::Result<_>>().map(Some)
}

/// Where this branch left `main`.
fn left_main(folder: &Path) -> anyhow::Result<String> {
    let mains = ["origin/main", "main", "origin/master", "master"];
    let found = mains.into_iter().find_map(|main| git(folder, &["merge-base", main, "HEAD"]).ok());
    let commit = found.context("there is no branch `main`; say what to compare with")?;
    Ok(String::from_utf8_lossy(&commit).trim().to_owned())
}

fn one(
    name: &str,
    old: Option<(&Job, &Store)>,
    new: Option<(&Job, &Store)>,
    settings: &Settings,
) -> anyhow::Result<Compared> {
    let report = with(old, |old| with(new, |new| Ok(diff(old, new, settings))))?;
    Ok(Compared { name: name.to_owned(), report })
}

/// A version of an API; where there is none, a document that describes nothing.
fn with<T>(
    job: Option<(&Job, &Store)>,
    run: impl FnOnce(Version<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let Some((job, store)) = job else {
        let text = b"{openapi: 3.1.0, info: {title: '', version: ''}, paths: {}}".to_vec();
        let input =
            Input { path: "none.yaml".to_owned(), text, overlays: Vec::new(), loader: None };
        return run(Version { input, config: tenon::Config::default() });
    };
    job.with_version(store, run)
}
