//! `cargo xtask corpus`: every document of a folder through the generator, and what became of it.
//!
//! Each document is read by a process of its own ([`one`]), so that none can end the run, within
//! limits of time and memory. What it makes can be given to the compiler ([`crates`]), and the
//! document's examples to what the compiler makes of it ([`examples`]).

mod child;
mod glob;
mod invalid;
pub(crate) mod one;
mod roots;
mod show;
mod stated;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use crate::crates::{self, Compiled, Crates, Work};
use crate::examples::{self, Tried};
use crate::progress::Progress;
use crate::report::Look;
use crate::validator;
use invalid::Invalid;
use one::Found;

const EXAMPLES: &str = "\
Examples:
  cargo xtask corpus ../documents              Read, lower and emit every document
  cargo xtask corpus ../documents --only 'stripe/*' --check
                                               And give what comes out to the compiler
  cargo xtask corpus ../documents --examples   And have its examples read and written
  cargo xtask corpus ../documents --invalid tests/corpus-invalid.tsv
                                               Fail, too, where that list isn't right

A document passes when every operation and every component schema of it is in the generated code, and
with --check the compiler takes that; or when the document is refused and an error says where it is
wrong.";

/// The documents below a folder, by path.
pub(crate) fn documents(folder: &Path) -> anyhow::Result<Vec<String>> {
    roots::find(folder)
}

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
    /// Also read each example that is valid by its schema as the generated type, and compare what
    /// is written again
    #[arg(long)]
    examples: bool,
    /// Only documents whose path below the folder matches; `*` stands for any text
    #[arg(long, value_name = "GLOB")]
    only: Option<String>,
    /// How many at a time [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Seconds that a document may take, and its crate in the compiler ten times as long
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
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
    /// What became of its examples, if they were tried.
    examples: Option<Tried>,
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
    let crates = match (arguments.examples, arguments.check) {
        (true, _) => Some(Crates::new("drivers", Work::Drivers)?),
        (false, true) => Some(Crates::new("crates", Work::Check)?),
        (false, false) => None,
    };
    if arguments.examples {
        validator::build()?;
    }
    let run = Run { arguments, crates, listed, look, outputs: tempfile::tempdir()? };
    let results = run.results(&roots)?;
    if let Some(file) = &arguments.json {
        let text = serde_json::to_string_pretty(&results)?;
        std::fs::write(file, text).with_context(|| format!("cannot write `{}`", file.display()))?;
    }
    let stale = run.listed.map(|listed| listed.without_document(&arguments.folder));
    Ok(show::results(&results, &stale.unwrap_or_default(), look))
}

fn shown(arguments: &Arguments) -> String {
    arguments.folder.display().to_string()
}

/// How many things are done at a time.
fn jobs(arguments: &Arguments) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    arguments.jobs.unwrap_or_else(all).max(1)
}

/// A run over a folder.
struct Run<'a> {
    arguments: &'a Arguments,
    crates: Option<Crates>,
    listed: Option<Invalid>,
    look: &'a Look,
    /// Where processes leave what they say.
    outputs: tempfile::TempDir,
}

impl Run<'_> {
    /// What becomes of each document; each is shown as soon as that is settled.
    fn results(&self, roots: &[String]) -> anyhow::Result<Vec<Result>> {
        let is_emitted = |result: &Result| result.found.as_ref().is_some_and(|found| found.emitted);
        let mut results = self.generate(roots, |result| {
            if self.crates.is_none() || !is_emitted(result) {
                self.settle(result);
            }
        });
        if let Some(crates) = &self.crates {
            let emitted: Vec<usize> =
                (0..results.len()).filter(|index| is_emitted(&results[*index])).collect();
            self.compile(crates, &emitted, &mut results)?;
        }
        Ok(results)
    }

    fn limits(&self) -> child::Limits<'_> {
        child::Limits {
            corpus: &self.arguments.folder,
            time: Duration::from_secs(self.arguments.time_limit),
            memory: self.arguments.memory_limit,
            examples: self.arguments.examples,
        }
    }

    fn scratch(&self, index: usize) -> PathBuf {
        self.outputs.path().join(index.to_string())
    }

    /// Has each document read by a process of its own.
    fn generate(&self, roots: &[String], done: impl Fn(&mut Result) + Sync) -> Vec<Result> {
        let progress = Progress::new(roots.len());
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::new());
        let worker = || {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(path) = roots.get(index) else { return };
                progress.begin(path);
                let mut result = self.one(index, path);
                progress.advance();
                let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
                progress.suspend(|| done(&mut result));
                results.push((index, result));
            }
        };
        std::thread::scope(|scope| {
            (0..jobs(self.arguments)).for_each(|_| drop(scope.spawn(worker)));
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|(index, _)| *index);
        results.into_iter().map(|(_, result)| result).collect()
    }

    fn one(&self, index: usize, path: &str) -> Result {
        let document = self.arguments.folder.join(path);
        let out = self.crates.as_ref().map(|crates| crates.folder(index));
        let run = child::run(&document, out.as_deref(), &self.scratch(index), &self.limits());
        let (found, failure) = match run {
            Ok(found) => (Some(found), None),
            Err(error) => (None, Some(format!("{error:#}"))),
        };
        Result { path: path.to_owned(), found, compiled: None, examples: None, failure }
    }

    /// Has the compiler take every crate that was written.
    fn compile(
        &self,
        crates: &Crates,
        emitted: &[usize],
        results: &mut [Result],
    ) -> anyhow::Result<()> {
        let progress = Progress::new(emitted.len());
        let limit = Duration::from_secs(self.arguments.time_limit.saturating_mul(10));
        for batch in emitted.chunks(crates::BATCH) {
            let first = batch.first().map_or("", |index| results[*index].path.as_str());
            progress.begin(&format!("compiling from {first}"));
            crates.compile(batch, jobs(self.arguments), limit, |index, compiled| {
                let result = &mut results[index];
                if let Some(program) = &compiled.program {
                    self.examples(crates, index, program, result);
                }
                result.compiled = Some(compiled);
                progress.advance();
                progress.suspend(|| self.settle(result));
            })?;
            if self.arguments.examples {
                crates.forget(batch)?;
            }
        }
        Ok(())
    }

    fn examples(&self, crates: &Crates, index: usize, program: &Path, result: &mut Result) {
        let plan = examples::plan(&crates.driver(index));
        match child::examples(&plan, program, &self.scratch(index), &self.limits()) {
            Ok(tried) => result.examples = Some(tried),
            Err(error) => result.failure = Some(format!("examples: {error:#}")),
        }
    }

    fn settle(&self, result: &mut Result) {
        result.failure = failure(result, self.listed.as_ref());
        self.look.line(&show::line(result));
    }
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
