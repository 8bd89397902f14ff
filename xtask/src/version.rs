//! `cargo xtask version`: the version that the generated crate takes next, and its changelog.

mod changelog;
mod merge;
mod number;
mod since;
mod words;

use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::Args;
use tenon::diff::render::Compared;
use tenon::diff::{Rust, Settings};
use tenon::ir::Api;

use crate::diff;
use crate::generate;
use crate::project::{Job, Location, Project};
use crate::report::{Look, counted};
use crate::store::git;
use changelog::{Entry, Group};
pub(crate) use number::Number;
use since::Release;
use words::Calls;

const EXAMPLES: &str = "\
Examples:
  cargo xtask version                    The next version, why, and what the changelog will say
  cargo xtask version --write            Write both, and generate
  cargo xtask version --since HEAD~5     As if that revision were the last release

The last release is the greatest tag `CRATE-vX.Y.Z` among the ancestors of what is checked out.
Below 1.0.0, a breaking change raises the second number and any other the third, as Cargo counts.
A `version` of the project file that is greater than what the changes ask for stands.";

/// Tells which version the generated crate takes next.
///
/// What changed since the last release decides: the worst of all findings of all APIs, accepted or
/// not. With `--write` the version goes into the project file and the generated crate, and
/// `CHANGELOG.md` of the crate gets a section; the sections of earlier releases stay as they are.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Compare with this revision [default: the tag of the last release]
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Write the version, the changelog and the generated crate
    #[arg(long)]
    write: bool,
    /// The date of the release [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    #[command(flatten)]
    location: Location,
}

/// What is to be released.
struct Next {
    version: Number,
    /// A sentence without a full stop.
    why: String,
    /// Nothing, where the version stays.
    entries: Option<Vec<Entry>>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    let date = match &arguments.date {
        Some(date) => date.clone(),
        None => diff::today()?,
    };
    let location = &arguments.location;
    let Some(project) = location.load(look)? else { return Ok(false) };
    let last = since::find(location, &project.name, arguments.since.as_deref(), look)?;
    let next = match &last {
        None => Some(first(&project)?),
        Some(last) => after(location, &project, last, &date, look)?,
    };
    let Some(next) = next else { return Ok(false) };
    look.line(&format!("{} {}: {}", project.name, next.version, next.why));
    let Some(entries) = next.entries else { return Ok(true) };
    let section = changelog::section(next.version, &date, &entries);
    if !arguments.write {
        look.result(&format!("\n{section}"));
        return Ok(true);
    }
    let path = project.output.join("CHANGELOG.md");
    let file = path.exists().then(|| fs::read_to_string(&path)).transpose()?;
    let last = last.map(|last| last.version);
    let text = changelog::with(file.as_deref(), &section, next.version, last);
    fs::create_dir_all(&project.output)?;
    fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    raise(&location.file()?, next.version)?;
    let Some(project) = location.load(look)? else { return Ok(false) };
    generate::of_project(&project, None, false, look)
}

/// The first release: the version stands.
fn first(project: &Project) -> anyhow::Result<Next> {
    let version = project.version.unwrap_or(Number::FIRST);
    let mut entries = Vec::new();
    for job in &project.jobs {
        let calls = counted(decided(job)?.operations().count(), "call");
        entries.push(added(&job.name, &format!("with {calls}")));
    }
    let why = "nothing was released before".to_owned();
    Ok(Next { version, why, entries: Some(entries) })
}

fn added(api: &str, what: &str) -> Entry {
    let text = format!("The API `{api}` {what}, behind the feature `{api}`");
    Entry { group: Group::Added, api: api.to_owned(), text }
}

/// The release after another.
fn after(
    location: &Location,
    project: &Project,
    last: &Release,
    date: &str,
    look: &Look,
) -> anyhow::Result<Option<Next>> {
    let Some(old) = location.load_from(&last.store, look)? else { return Ok(None) };
    let Some(head) = location.load(look)? else { return Ok(None) };
    // Levels and accepted findings are for reviewers: users of the crate see every change.
    let settings = Settings { today: Some(date.to_owned()), ..Settings::default() };
    let ends = (Some(last.store.commit()), None);
    let compared = diff::revision::compare(location, head, ends, &settings, look)?;
    let Some(compared) = compared.and_then(|all| diff::whole(all, look)) else {
        return Ok(None);
    };
    let (mut worst, mut entries) = (None, Vec::new());
    for one in &compared {
        let (rust, lines) = of_api(one, &old, project)?;
        worst = worst.max(rust);
        entries.extend(lines);
    }
    if worst.is_none() && is_code_changed(location, project, last) {
        worst = Some(Rust::Patch);
    }
    Ok(Some(next(project, last, worst, entries)))
}

/// What one API asks for, and what is said of it.
fn of_api(
    one: &Compared,
    old: &Project,
    new: &Project,
) -> anyhow::Result<(Option<Rust>, Vec<Entry>)> {
    let (name, report) = (&one.name, &one.report);
    let Ok(job) = new.job(name) else {
        let text = format!("The API `{name}` and its feature are gone");
        let gone = Entry { group: Group::Breaking, api: name.clone(), text };
        return Ok((Some(Rust::Major), vec![gone]));
    };
    let api = decided(job)?;
    if old.job(name).is_err() {
        let what = format!("is new, with {}", counted(api.operations().count(), "call"));
        return Ok((Some(Rust::Minor), vec![added(name, &what)]));
    }
    let calls = Calls::of(&api);
    let entries = words::entries(name, report, &calls);
    Ok(((!entries.is_empty()).then(|| report.rust()), entries))
}

/// What is generated of an API; a document that is refused is nothing to release.
fn decided(job: &Job) -> anyhow::Result<Api> {
    let refused =
        || format!("the document of `{}` is refused: see `cargo xtask generate`", job.name);
    job.decide()?.api.with_context(refused)
}

fn next(project: &Project, last: &Release, worst: Option<Rust>, entries: Vec<Entry>) -> Next {
    let asked = worst.map_or(last.version, |worst| last.version.after(worst));
    let version = project.version.map_or(asked, |stands| stands.max(asked));
    let name = &last.name;
    let why = match worst {
        None => format!("nothing changed since {name}"),
        Some(_) if entries.is_empty() => {
            format!("the generated code changed since {name}, and no document did")
        }
        Some(Rust::Major) => format!("what changed since {name} breaks code that uses the crate"),
        Some(Rust::Minor) => format!("the API grew since {name}"),
        Some(Rust::Patch) => format!("the API is as in {name}, and something in it changed"),
    };
    let raised = if version > asked { "; the version of the project file stands" } else { "" };
    let entries = (version != last.version).then_some(entries);
    Next { version, why: format!("{why}{raised}"), entries }
}

/// A generator that writes other code from the same documents makes a release too.
fn is_code_changed(location: &Location, project: &Project, last: &Release) -> bool {
    let path = format!("{}/src", project.shown_output);
    let arguments = ["diff", "--quiet", last.store.commit(), "--", &path];
    location.base().is_ok_and(|base| git(&base, &arguments).is_err())
}

/// Writes the version into the project file, and leaves the rest of it as it is.
fn raise(path: &Path, version: Number) -> anyhow::Result<()> {
    let text = fs::read_to_string(path)?;
    let has_one = text.lines().any(|line| line.starts_with("version:"));
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
        if line.starts_with("version:") {
            let comment = line.find(" #").and_then(|at| line.get(at..)).unwrap_or(end);
            out.push_str(&format!("version: {version}{comment}"));
            continue;
        }
        out.push_str(line);
        if !has_one && line.starts_with("crate:") {
            let gap = if line.ends_with('\n') { "" } else { end };
            out.push_str(&format!("{gap}version: {version}{end}"));
        }
    }
    if out != text {
        fs::write(path, out).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}
