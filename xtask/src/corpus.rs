//! `cargo xtask corpus`: every document of a folder through the generator, and what became of it.
//!
//! Each document is read by a process of its own ([`one`]), so that none can end the run, within
//! limits of time and memory. What it makes can be given to the compiler ([`check`]).

mod check;
mod child;
mod glob;
mod invalid;
pub(crate) mod one;
mod roots;
mod show;
mod stated;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use crate::progress::Progress;
use crate::report::Look;
use check::Compiled;
use invalid::Invalid;
use one::Found;

const EXAMPLES: &str = "\
Examples:
  cargo xtask corpus ../documents              Read, lower and emit every document
  cargo xtask corpus ../documents --only 'stripe/*' --check
                                               And give what comes out to the compiler
  cargo xtask corpus ../documents --invalid tests/corpus-invalid.tsv
                                               Fail, too, where that list isn't right

A document passes when every operation and every component schema of it is in the generated code, and
with --check the compiler takes that; or when the document is refused and an error says where it is
wrong.";

/// Runs every OpenAPI document below a folder through the generator.
///
/// Documents are files that state `openapi` or `swagger` at the top, other than those that only
/// serve another document. Each is read in isolation.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Folder that is searched for documents
    folder: PathBuf,
    /// Have the compiler check what is generated
    #[arg(long)]
    check: bool,
    /// Only documents whose path below the folder matches; `*` stands for any text
    #[arg(long, value_name = "GLOB")]
    only: Option<String>,
    /// How many at a time [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Seconds that a document may take, and its crate in the compiler ten times as long
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    time_limit: u64,
    /// Mebibytes that the generator may take for a document
    #[arg(long, value_name = "MIB", default_value_t = 4096)]
    memory_limit: u64,
    /// Write what became of each document to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Also fail where this list of invalid documents is wrong: path, code and reason, by tabs
    #[arg(long, value_name = "FILE")]
    invalid: Option<PathBuf>,
}

/// What became of one document.
#[derive(Debug, Serialize)]
struct Result {
    /// Its path below the folder.
    path: String,
    /// What the generator made of it, unless it broke down.
    found: Option<Found>,
    /// What the compiler says, if it was asked.
    compiled: Option<Compiled>,
    /// Why it fails; absent when it passes.
    failure: Option<String>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    let mut roots = roots::find(&arguments.folder)?;
    if let Some(only) = &arguments.only {
        roots.retain(|path| glob::matches(only, path));
    }
    anyhow::ensure!(!roots.is_empty(), "there are no documents in `{}`", shown(arguments));
    let listed = arguments.invalid.as_deref().map(Invalid::read).transpose()?;
    let crates = arguments.check.then(check::Crates::new).transpose()?;
    let mut results = generate(arguments, &roots, crates.as_ref())?;
    if let Some(crates) = &crates {
        compile(arguments, crates, &mut results)?;
    }
    for result in &mut results {
        result.failure = failure(result, listed.as_ref());
    }
    if let Some(file) = &arguments.json {
        let text = serde_json::to_string_pretty(&results)?;
        std::fs::write(file, text).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    let stale = listed.map(|listed| listed.without_document(&arguments.folder)).unwrap_or_default();
    Ok(show::results(&results, &stale, look))
}

fn shown(arguments: &Arguments) -> String {
    arguments.folder.display().to_string()
}

/// How many things are done at a time.
fn jobs(arguments: &Arguments) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    arguments.jobs.unwrap_or_else(all).max(1)
}

/// Has each document read by a process of its own.
fn generate(
    arguments: &Arguments,
    roots: &[String],
    crates: Option<&check::Crates>,
) -> anyhow::Result<Vec<Result>> {
    let limits = child::Limits {
        corpus: &arguments.folder,
        time: Duration::from_secs(arguments.time_limit),
        memory: arguments.memory_limit,
    };
    let outputs = tempfile::tempdir()?;
    let progress = Progress::new(roots.len());
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let worker = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = roots.get(index) else { return };
            progress.begin(path);
            let document = arguments.folder.join(path);
            let out = crates.map(|crates| crates.folder(index));
            let scratch = outputs.path().join(index.to_string());
            let result = one_result(path, &document, out.as_deref(), &scratch, &limits);
            progress.advance();
            done.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push((index, result));
        }
    };
    std::thread::scope(|scope| {
        (0..jobs(arguments)).for_each(|_| drop(scope.spawn(worker)));
    });
    let mut done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    done.sort_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

fn one_result(
    path: &str,
    document: &Path,
    out: Option<&Path>,
    scratch: &Path,
    limits: &child::Limits<'_>,
) -> Result {
    let (found, failure) = match child::run(document, out, scratch, limits) {
        Ok(found) => (Some(found), None),
        Err(error) => (None, Some(format!("{error:#}"))),
    };
    Result { path: path.to_owned(), found, compiled: None, failure }
}

/// Has the compiler check every crate that was written.
fn compile(
    arguments: &Arguments,
    crates: &check::Crates,
    results: &mut [Result],
) -> anyhow::Result<()> {
    let is_emitted = |result: &Result| result.found.as_ref().is_some_and(|found| found.emitted);
    let emitted: Vec<usize> =
        (0..results.len()).filter(|index| is_emitted(&results[*index])).collect();
    let progress = Progress::new(emitted.len());
    let limit = Duration::from_secs(arguments.time_limit.saturating_mul(10));
    for batch in emitted.chunks(check::BATCH) {
        let first = batch.first().map_or("", |index| results[*index].path.as_str());
        progress.begin(&format!("compiling from {first}"));
        for (index, compiled) in crates.check(batch, jobs(arguments), limit)? {
            results[index].compiled = Some(compiled);
            progress.advance();
        }
    }
    Ok(())
}

/// Why a document fails, if it does.
fn failure(result: &Result, listed: Option<&Invalid>) -> Option<String> {
    if result.failure.is_some() {
        return result.failure.clone();
    }
    let found = result.found.as_ref()?;
    let unlisted = || listed.and_then(|listed| unlisted(&result.path, found, listed));
    if !found.emitted {
        return match found.errors.iter().any(|error| error.located) {
            true => unlisted(),
            false => {
                Some("nothing is generated, and no error says where the document is wrong".into())
            }
        };
    }
    if !found.missing.is_empty() {
        return Some(format!("missing: {}", found.missing.join(", ")));
    }
    let compiled = result.compiled.as_ref();
    let refused = compiled.filter(|compiled| !compiled.passed);
    refused.and_then(|compiled| compiled.first_error.clone()).or_else(unlisted)
}

/// What the list of invalid documents has wrong of a document.
fn unlisted(path: &str, found: &Found, listed: &Invalid) -> Option<String> {
    let first = found.errors.first();
    match (listed.code(path), first) {
        (None, None) => None,
        (None, Some(error)) => Some(format!("is invalid, and isn't listed: {}", error.text)),
        (Some(code), None) => Some(format!("is listed as invalid by {code}, but is valid")),
        (Some(code), Some(first)) => {
            let holds = found.errors.iter().any(|error| error.code == code);
            (!holds).then(|| format!("is listed as invalid by {code}, but is by {}", first.code))
        }
    }
}
