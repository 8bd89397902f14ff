//! One document of a corpus, in a process of its own: reads, generates, and reports as JSON.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use serde::{Deserialize, Serialize};
use tenon::diag::{self, Code, Diagnostic, Severity, Style};
use tenon::source::Tree;
use tenon_emit::driver_name;

use super::stated;
use crate::project::Job;
use crate::{examples, process, standalone};

/// Reads one document of a corpus and reports on it.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The document
    document: PathBuf,
    /// Folder whose files it may refer to
    #[arg(long)]
    corpus: PathBuf,
    /// Folder for its crate
    #[arg(long)]
    out: Option<PathBuf>,
    /// Also write a driver for the document's examples beside it
    #[arg(long)]
    examples: bool,
    /// Mebibytes of address space
    #[arg(long)]
    memory_limit: u64,
}

/// What the generator made of a document.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Found {
    /// The text was parsed.
    pub(crate) read: bool,
    /// A client was decided.
    pub(crate) lowered: bool,
    /// Its code was written.
    pub(crate) emitted: bool,
    /// Operations in the code, of those in the document.
    pub(crate) operations: Share,
    /// Component schemas in the code, of those in the document.
    pub(crate) schemas: Share,
    /// Pointers of what isn't there.
    pub(crate) missing: Vec<String>,
    /// How many diagnostics there are, by severity and code.
    pub(crate) diagnostics: BTreeMap<String, usize>,
    /// The first error of each code, with those in spite of which something is generated.
    pub(crate) errors: Vec<Refusal>,
    /// Places where less is generated than the document says.
    pub(crate) degraded: usize,
    /// Time from the text to the files.
    pub(crate) milliseconds: u64,
    /// The most memory that was in use, where the system tells.
    pub(crate) peak_kib: Option<u64>,
    /// Lines of Rust.
    pub(crate) lines: usize,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Share {
    /// Those that are there.
    pub(crate) present: usize,
    /// Those that should be.
    pub(crate) stated: usize,
}

/// An error of the document.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Refusal {
    /// Its code.
    pub(crate) code: String,
    /// It in a line.
    pub(crate) text: String,
    /// It says where in the text.
    pub(crate) located: bool,
}

/// Codes that say that less is generated than the document says.
const DEGRADED: [Code; 6] = [
    Code::Degraded,
    Code::AllOfConflict,
    Code::InvalidRule,
    Code::InvalidPattern,
    Code::AmbiguousUnion,
    Code::ExampleKind,
];

/// How many missing things are reported.
const SHOWN: usize = 5;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    process::limit_memory(arguments.memory_limit)?;
    let start = Instant::now();
    let corpus = std::slice::from_ref(&arguments.corpus);
    let job = Job::of_document(&arguments.document)?.allowing(corpus);
    let outcome = job.decide()?;
    let mut files = Vec::new();
    if let Some(api) = &outcome.api {
        files = standalone::crate_files(api, &job.document, &name(arguments))?;
    }
    let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let peak_kib = peak();
    if let Some(out) = arguments.out.as_deref().filter(|_| !files.is_empty()) {
        standalone::write_member(out, &files)?;
        if arguments.examples {
            let name = name(arguments);
            let driver = examples::write(&outcome, &name)?;
            standalone::write_member(&out.with_file_name(driver_name(&name)), &driver)?;
        }
    }
    let mut found = Found {
        read: outcome.tree.get(outcome.tree.root(), "openapi").is_some(),
        lowered: outcome.api.is_some(),
        emitted: !files.is_empty(),
        milliseconds,
        peak_kib,
        ..Found::default()
    };
    let rust = files.iter().filter(|file| file.path.ends_with(".rs"));
    found.lines = rust.map(|file| file.text.lines().count()).sum();
    (found.operations, found.schemas, found.missing) =
        stated::compare(&outcome.tree, outcome.api.as_ref(), &files);
    found.missing.truncate(SHOWN);
    for diagnostic in &outcome.diagnostics {
        count(&mut found, diagnostic, &outcome.tree);
    }
    println!("{}", serde_json::to_string(&found)?);
    Ok(true)
}

/// A crate is called after its folder.
fn name(arguments: &Arguments) -> String {
    let folder = arguments.out.as_deref().and_then(Path::file_name);
    folder.map_or_else(|| "document".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn count(found: &mut Found, diagnostic: &Diagnostic, tree: &Tree) {
    let key = format!("{}[{}]", diagnostic.severity.name(), diagnostic.code.id());
    *found.diagnostics.entry(key).or_default() += 1;
    found.degraded += usize::from(DEGRADED.contains(&diagnostic.code));
    let is_error = diagnostic.severity == Severity::Error || diagnostic.eased;
    let is_new = found.errors.iter().all(|error| error.code != diagnostic.code.id());
    if is_error && is_new {
        found.errors.push(Refusal {
            code: diagnostic.code.id().to_owned(),
            text: diag::render(diagnostic, tree, Style::Short).trim_end().to_owned(),
            located: diagnostic.at.is_some(),
        });
    }
}

/// The most memory that this process has had in use, as Linux tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
