//! `cargo xtask diff`: what a change of the documents does to the wire and to the Rust API.

mod accepted;
mod files;
pub(crate) mod mutate;
mod prove;
pub(crate) mod revision;
pub(crate) mod rewrite;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tenon::diag::Diagnostic;
use tenon::diff::render::{Compared, Form, render};
use tenon::diff::{Level, Rust, Settings, Wire};

use crate::project::Location;
use crate::report::Look;

const EXAMPLES: &str = "\
Examples:
  cargo xtask diff                       What this branch changes, since it left main
  cargo xtask diff v0.3.0                What changed since a release
  cargo xtask diff v0.2.0 v0.3.0         Between two revisions
  cargo xtask diff --spec old.yaml new.yaml
                                         Between two documents of any origin
  cargo xtask diff --format markdown     A comment for a pull request
  cargo xtask diff --format html > changes.html
                                         A page for a browser
  cargo xtask diff --fail-on wire,major  Exit with 1 when callers or users' code break";

/// Tells what a change of the documents does to the wire and to the Rust API.
///
/// BASE and HEAD are git revisions, of which the project file, the documents, their overlays and the
/// files that they refer to are read. Without HEAD, BASE is compared with the files as they are;
/// without BASE, it is where this branch left main.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The revision before
    #[arg(conflicts_with = "spec")]
    base: Option<String>,
    /// The revision after [default: the files as they are]
    #[arg(conflicts_with = "spec")]
    head: Option<String>,
    /// Compare two documents
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    spec: Option<Vec<PathBuf>>,
    /// How the findings are written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 when there is one of these; accepted findings don't count
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',', default_value = "none")]
    fail_on: Vec<FailOn>,
    /// Accepted findings [default: diff-accepted.yaml beside the project file]
    #[arg(long, value_name = "FILE")]
    accepted: Option<PathBuf>,
    /// The day on which an `x-sunset` is looked at [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    /// Prove on the documents of a folder that nothing is found where nothing changed, and that one
    /// change gives one finding
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["base", "spec"])]
    prove: Option<PathBuf>,
    /// Largest document that is looked at by `--prove`, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 200_000)]
    largest: u64,
    /// Documents that `--prove` is known to fail for, with reasons, by tabs
    #[arg(long, value_name = "FILE", requires = "prove")]
    known: Option<PathBuf>,
    #[command(flatten)]
    location: Location,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For a comment on a pull request
    Markdown,
    /// One page for a browser, which needs nothing else
    Html,
    /// One JSON document
    Json,
    /// Annotations for GitHub Actions
    Github,
    /// SARIF 2.1.0
    Sarif,
}

/// What makes the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Nothing
    None,
    /// Callers break
    Wire,
    /// Callers may break
    WireMayBreak,
    /// The generated crate takes a major release
    Major,
    /// The generated crate takes a minor release
    Minor,
    /// A finding whose level is `error`
    Error,
    /// A finding whose level is `warning` or worse
    Warning,
    /// Any finding
    Any,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    if let Some(folder) = &arguments.prove {
        return prove::run(folder, arguments.largest, arguments.known.as_deref(), look);
    }
    let today = match &arguments.today {
        Some(today) => today.clone(),
        None => today()?,
    };
    let Some(project) = arguments.location.load(look)? else { return Ok(false) };
    let settings = settings(arguments, today, project.levels.clone())?;
    let compared = match &arguments.spec {
        Some(paths) => Some(files::compare(paths, &settings)?),
        None => {
            let ends = (arguments.base.as_deref(), arguments.head.as_deref());
            revision::compare(&arguments.location, project, ends, &settings, look)?
        }
    };
    let Some(compared) = compared.and_then(|all| whole(all, look)) else { return Ok(false) };
    let (compared, unmatched) = accepted::across(compared);
    let form = match arguments.format {
        Format::Text => Form::Text { color: look.color.is_on() },
        Format::Markdown => Form::Markdown,
        Format::Html => Form::Html,
        Format::Json => Form::Json,
        Format::Github => Form::Github,
        Format::Sarif => Form::Sarif,
    };
    look.result(&render(&compared, form));
    anyhow::ensure!(
        unmatched.is_empty(),
        "accepted findings that match nothing: {}; remove them",
        unmatched.join(", ")
    );
    Ok(!arguments.fail_on.iter().any(|what| fails(&compared, *what)))
}

/// Shows what can't be read of the documents; gives the comparison back where each was read to its
/// end, so that what is found in them is there.
pub(crate) fn whole(all: Vec<Compared>, look: &Look) -> Option<Vec<Compared>> {
    for Compared { report, .. } in &all {
        // What is missing before and after is missing once.
        let is_still = |it: &&Diagnostic| {
            report.unread_new.iter().any(|new| (new.code, &new.message) == (it.code, &it.message))
        };
        let gone: Vec<Diagnostic> =
            report.unread_old.iter().filter(|it| !is_still(it)).cloned().collect();
        look.diagnostics(&gone, &report.old);
        look.diagnostics(&report.unread_new, &report.new);
    }
    let is_partial = all.iter().any(|it| it.report.is_partial());
    (!is_partial).then_some(all)
}

fn fails(all: &[Compared], what: FailOn) -> bool {
    let mut open = all.iter().flat_map(|it| it.report.open());
    let rust = all.iter().flat_map(|it| {
        let moves = it.report.moves.iter().map(|it| it.rust);
        it.report.open().map(|it| it.rust).chain(moves)
    });
    let rust = rust.max();
    match what {
        FailOn::None => false,
        FailOn::Wire => open.any(|it| it.wire == Wire::Breaks),
        FailOn::WireMayBreak => open.any(|it| it.wire >= Wire::MayBreak),
        FailOn::Major => rust == Some(Rust::Major),
        FailOn::Minor => rust >= Some(Rust::Minor),
        FailOn::Error => open.any(|it| it.level == Level::Error),
        FailOn::Warning => open.any(|it| it.level <= Level::Warning),
        FailOn::Any => open.next().is_some(),
    }
}

fn settings(
    arguments: &Arguments,
    today: String,
    levels: BTreeMap<String, Option<Level>>,
) -> anyhow::Result<Settings> {
    let path = arguments.accepted.clone().or_else(|| {
        let path = arguments.location.folder()?.join("diff-accepted.yaml");
        (arguments.spec.is_none() && path.exists()).then_some(path)
    });
    Ok(Settings {
        levels,
        accepted: path.map(|path| accepted::read(&path)).transpose()?.unwrap_or_default(),
        today: Some(today),
    })
}

/// The date of today in UTC, by the clock.
pub(crate) fn today() -> anyhow::Result<String> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Ok(date(i64::try_from(since.as_secs() / 86_400)?))
}

/// The date of a day, counted from 1970-01-01 (days to a civil date, by eras of 400 years).
fn date(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        for (days, text) in
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_779, "2026-11-22")]
        {
            assert_eq!(date(days), text);
        }
    }
}
