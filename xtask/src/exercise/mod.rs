//! `cargo xtask exercise`: every operation of a document called by the generated client, against a
//! server that isn't ours.
//!
//! The inputs are made of the document ([`plan`], [`value`]) and approved by an independent
//! validator; the server ([`prism`]) holds the requests to the document; what comes back has to
//! decode ([`judge`]). The bytes are recorded on the line.

mod faults;
mod inputs;
mod judge;
mod pattern;
mod plan;
mod prism;
mod scalar;
mod value;
mod withheld;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use tenon::diag::Sink;
use tenon_emit::{Does, Driver, driver_name, emit_driver};

use crate::crates::{self, Crates, Work};
use crate::project::{self, Job};
use crate::report::{Look, counted};
use crate::{drive, standalone, validator};
use faults::Faults;
use prism::Prism;

const EXAMPLES: &str = "\
Examples:
  cargo xtask exercise specs/kandji/openapi.yaml      Call every operation of a mock server
  cargo xtask exercise acme.yaml --server http://localhost:8080
                                                      Call the server at this address
  cargo xtask exercise --list tests/exercise.tsv --corpus ../documents
                                                      Exercise each document of a list

Without --server, Prism is the server. It is installed with npm below the target folder when it is
first needed, so Node.js 18 or later has to be there.";

/// The documents that the project exercises.
const LIST: &str = "tests/exercise.tsv";

/// Calls every operation of a document with the generated client.
///
/// Inputs are made of the document's examples, defaults and schemas: a call with its examples, one
/// with what is required, one with everything. A request that the server refuses for breaking the
/// document fails, and so does a reply that is valid by its schema and doesn't decode.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The document
    #[arg(required_unless_present = "list")]
    spec: Option<PathBuf>,
    /// Address of the server: http only, so that the bytes can be recorded
    #[arg(long, value_name = "URL", conflicts_with = "list")]
    server: Option<String>,
    /// Exercise the documents of this list: their paths come before the first tab
    #[arg(long, value_name = "FILE", requires = "corpus", conflicts_with = "spec")]
    list: Option<PathBuf>,
    /// Folder that the paths of the list are below
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// What the mock server has wrong: document, operation, part of the failure, reason, by tabs
    #[arg(long, value_name = "FILE", default_value = "tests/mock-faults.tsv")]
    faults: PathBuf,
    /// Write each request and reply to this file as a line of JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Seconds that the compiler may take for a document
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    time_limit: u64,
}

/// What became of the calls.
#[derive(Debug, Default)]
struct Sums {
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    let faults = project::workspace().join(&arguments.faults);
    // Another server has faults of its own.
    let listed = arguments.server.is_none() && faults.is_file();
    let mut faults = if listed { Faults::read(&faults)? } else { Faults::default() };
    validator::build()?;
    let crates = Crates::new("exercise", Work::Drivers)?;
    let mut record = arguments.json.as_deref().map(std::fs::File::create).transpose()?;
    let mut sums = Sums::default();
    for (index, document) in documents(arguments)?.iter().enumerate() {
        if arguments.list.is_some() {
            look.line(&format!("{}", document.display()));
        }
        let one = one(arguments, &crates, index, document);
        crates.forget(&[index])?;
        let lines = one.and_then(|(plan, lines)| {
            show(&plan, &lines, document, &mut faults, &mut sums, look)?;
            Ok(recorded(&plan, lines, document))
        });
        match lines {
            Ok(lines) => {
                let Some(file) = &mut record else { continue };
                for line in &lines {
                    writeln!(file, "{line}")?;
                }
            }
            Err(error) => {
                sums.failed += 1;
                look.line(&format!("FAILED   {error:#}"));
            }
        }
    }
    // What holds of any document is shown by those of the project's list.
    if arguments.list.as_deref().is_some_and(is_own_list) {
        tell_stale(&faults.stale_everywhere(), &mut sums, look);
    }
    if sums.skipped > 0 {
        look.line(&format!(
            "{} not judged, each for the reason above",
            counted(sums.skipped, "call")
        ));
    }
    look.line(&format!("{} passed, {} failed", sums.passed, sums.failed));
    Ok(sums.failed == 0)
}

fn is_own_list(list: &Path) -> bool {
    let own = project::workspace().join(LIST).canonicalize();
    own.is_ok_and(|own| list.canonicalize().is_ok_and(|list| list == own))
}

/// The lines of the record: what was called with what, what was sent and what came back.
fn recorded(plan: &plan::Plan, lines: Vec<Value>, document: &Path) -> Vec<Value> {
    let (numbers, orders) = plan::orders(plan);
    let calls = numbers.iter().map(|number| &plan.calls[*number]);
    let mut lines = lines;
    for ((line, call), order) in lines.iter_mut().zip(calls).zip(orders) {
        line["document"] = json!(document);
        line["operation"] = json!(call.id);
        line["variant"] = json!(call.variant);
        line["inputs"] = order;
    }
    lines
}

fn documents(arguments: &Arguments) -> anyhow::Result<Vec<PathBuf>> {
    let Some(list) = &arguments.list else { return Ok(arguments.spec.iter().cloned().collect()) };
    let text = std::fs::read_to_string(list)
        .with_context(|| format!("cannot read `{}`", list.display()))?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let folder = arguments.corpus.clone().unwrap_or_default();
    Ok(lines.map(|line| folder.join(line.split('\t').next().unwrap_or_default())).collect())
}

/// Generates, compiles and calls.
fn one(
    arguments: &Arguments,
    crates: &Crates,
    index: usize,
    document: &Path,
) -> anyhow::Result<(plan::Plan, Vec<Value>)> {
    let corpus: Vec<PathBuf> = arguments.corpus.iter().cloned().collect();
    let job = Job::of_document(document)?.allowing(&corpus);
    let outcome = job.decide()?;
    let api = outcome.api.as_ref().context("the document is refused: see cargo xtask explain")?;
    let folder = crates.folder(index);
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    standalone::write_member(&folder, &standalone::crate_files(api, &job.document, &name)?)?;
    let drive = drive::folder()?;
    let driver = Driver { client: &name, drive: &drive, does: Does::Calls };
    let driver = emit_driver(api, &driver);
    standalone::write_member(&folder.with_file_name(driver_name(&name)), &driver)?;
    let mut compiled = None;
    let limit = Duration::from_secs(arguments.time_limit);
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    crates.compile(&[index], jobs, limit, |_, one| compiled = Some(one))?;
    let compiled = compiled.context("not compiled")?;
    let said = || compiled.first_error.clone().unwrap_or_default();
    let program = compiled.program.as_deref().with_context(said)?;
    let spec = tenon::spec::read(&outcome.tree, &mut Sink::lenient());
    let plan = plan::plan(&spec, api)?;
    let (_, orders) = plan::orders(&plan);
    let log = crates::target()?.join("prism.log");
    let lines = match &arguments.server {
        Some(server) => drive::answers(program, &[server], &orders)?,
        None => {
            let prism = Prism::start(document, &log)?;
            drive::answers(program, &[&prism.address], &orders)?
        }
    };
    Ok((plan, lines))
}

/// Tells of listed faults of the mock server that didn't happen.
fn tell_stale(stale: &[String], sums: &mut Sums, look: &Look) {
    for stale in stale {
        sums.failed += 1;
        look.line(&format!("FAILED   a fault of the mock server doesn't happen any more: {stale}"));
    }
}

fn show(
    plan: &plan::Plan,
    lines: &[Value],
    document: &Path,
    faults: &mut Faults,
    sums: &mut Sums,
    look: &Look,
) -> anyhow::Result<()> {
    let document = document.display().to_string();
    let (numbers, _) = plan::orders(plan);
    let answers: BTreeMap<usize, &Value> = numbers.into_iter().zip(lines).collect();
    for (number, call) in plan.calls.iter().enumerate() {
        let name = format!("{} ({})", call.id, call.variant);
        let line = match (&call.order, answers.get(&number)) {
            (Ok(_), Some(answer)) => match judge::failure(plan, call, answer)? {
                None => {
                    sums.passed += 1;
                    format!("ok       {name}{}", judge::count(answer))
                }
                Some(failure) if faults.covers(&document, &call.id, &failure) => {
                    sums.skipped += 1;
                    format!("set aside {name}: {failure}")
                }
                Some(failure) => {
                    sums.failed += 1;
                    format!("FAILED   {name}: {failure}")
                }
            },
            (Ok(_), None) => {
                sums.failed += 1;
                format!("FAILED   {name}: no answer")
            }
            (Err(reason), _) => {
                sums.skipped += 1;
                format!("skipped  {name}: {reason}")
            }
        };
        look.line(&line);
    }
    tell_stale(&faults.stale(&document), sums, look);
    let skipped = plan.calls.iter().filter(|call| call.order.is_err()).count();
    if skipped > 0 {
        look.line(&format!("{} can't be made", counted(skipped, "call")));
    }
    Ok(())
}
