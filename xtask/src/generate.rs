//! `cargo xtask generate`: the documents of the project become the generated crate.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use tenon::diag::Severity;
use tenon::ir::Api;
use tenon::output::{self, Change, Folder, Output};
use tenon::spec::Selection;
use tenon::{File, Outcome};

use crate::choice;
use crate::progress::Progress;
use crate::project::{self, Job, Project};
use crate::report::{Look, counted};
use crate::standalone;

const EXAMPLES: &str = "\
Examples:
  cargo xtask generate                         Every API of the project file
  cargo xtask generate --api kandji            Only this one; the others stay as they are
  cargo xtask generate --check                 A diff of what is stale, and exit code 1
  cargo xtask generate --check --message-format github
                                               The same as annotations of a pull request
  cargo xtask generate --spec api.yaml --out ../client --name acme-client
                                               A crate of its own from any document
  cargo xtask generate --spec api.yaml --out ../client --include tag:Devices --exclude wipeDevice
                                               Some operations, and only what they reach

A document with errors leaves its folder of the generated crate untouched; the other APIs are
generated all the same.";

/// Generates the Rust crate from the OpenAPI documents.
///
/// Writes only what changed, and each API's folder at once: interrupted at any moment, it leaves
/// the folder as it was or complete.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Write nothing; show what is stale as a unified diff, and fail if anything is
    #[arg(long)]
    check: bool,
    /// Generate only the API of this name
    #[arg(long, value_name = "NAME", conflicts_with = "spec")]
    api: Option<String>,
    #[command(flatten)]
    project: project::Location,
    /// Generate a crate of its own from this document instead
    #[arg(
        long,
        help_heading = "A crate of its own",
        value_name = "FILE",
        requires = "out",
        conflicts_with = "project"
    )]
    spec: Option<PathBuf>,
    /// Folder of that crate
    #[arg(long, help_heading = "A crate of its own", value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// Name of that crate [default: from the title of the document]
    #[arg(long, help_heading = "A crate of its own", value_name = "NAME", requires = "spec", value_parser = crate_name)]
    name: Option<String>,
    /// Apply this OpenAPI overlay to the document first; several are applied in the order given
    #[arg(long, help_heading = "A crate of its own", value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// Let the document refer to files in this folder too, beside its own
    #[arg(long, help_heading = "A crate of its own", value_name = "DIR", requires = "spec")]
    allow_path: Vec<PathBuf>,
    /// Generate only these operations, and the models that they reach
    ///
    /// `tag:NAME`, `path:GLOB` (`*` is anything but a slash, `**` is anything), `id:NAME`, or an
    /// operationId by itself. May be given several times.
    #[arg(long, help_heading = "A crate of its own", value_name = "PATTERN", requires = "spec")]
    include: Vec<String>,
    /// Leave these operations out; the patterns are those of `--include`
    #[arg(long, help_heading = "A crate of its own", value_name = "PATTERN", requires = "spec")]
    exclude: Vec<String>,
    /// What becomes of properties that a schema neither lists nor forbids
    #[arg(
        long,
        help_heading = "A crate of its own",
        value_name = "WHAT",
        requires = "spec",
        default_value = "keep"
    )]
    unknown: choice::UnknownIn,
    /// What becomes of inline schemas that are equal
    #[arg(
        long,
        help_heading = "A crate of its own",
        value_name = "WHAT",
        requires = "spec",
        default_value = "shared"
    )]
    repeated: choice::RepeatedIn,
    /// Where operations say how their lists are read page by page
    #[arg(
        long,
        help_heading = "A crate of its own",
        value_name = "WHERE",
        requires = "spec",
        default_value = "infer"
    )]
    pagination: choice::PaginationIn,
    /// Which parts of that crate have a Cargo feature of their own
    #[arg(
        long,
        help_heading = "A crate of its own",
        value_name = "PARTS",
        requires = "spec",
        default_value = "api"
    )]
    features: choice::FeaturesIn,
    /// Generate a mock server too, behind the feature `mock` of that crate
    #[arg(long, help_heading = "A crate of its own", requires = "spec")]
    mock: bool,
}

fn crate_name(name: &str) -> Result<String, &'static str> {
    if project::is_crate_name(name) {
        Ok(name.to_owned())
    } else {
        Err("use lower-case letters, digits and `-`, and no word that Rust reserves")
    }
}

/// Folder of the modules of the generated crate.
const SOURCES: &str = "src";

/// What became of one API.
pub(crate) struct Generated<'a> {
    /// Its document and settings.
    pub(crate) job: &'a Job,
    /// What the generator made of it.
    pub(crate) outcome: Outcome,
    /// How long that took.
    pub(crate) time: Duration,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    if let (Some(spec), Some(out)) = (&arguments.spec, &arguments.out) {
        let selection =
            Selection { include: arguments.include.clone(), exclude: arguments.exclude.clone() };
        let job = Job::of_document(spec)?
            .overlaid(&arguments.overlay)?
            .allowing(&arguments.allow_path)
            .selecting(selection)
            .treating(arguments.unknown, arguments.repeated, arguments.pagination)
            .alone(arguments.features)
            .mocked(arguments.mock);
        return standalone::run(&job, out, arguments.name.as_deref(), arguments.check, look);
    }
    let Some(project) = arguments.project.load(look)? else { return Ok(false) };
    of_project(&project, arguments.api.as_deref(), arguments.check, look)
}

/// Generates the APIs of the project, or the one of this name; with `check` nothing is written.
pub(crate) fn of_project(
    project: &Project,
    api: Option<&str>,
    check: bool,
    look: &Look,
) -> anyhow::Result<bool> {
    let jobs = match api {
        Some(name) => vec![project.job(name)?],
        None => project.jobs.iter().collect(),
    };
    let generated = generate(&jobs)?;
    generated.iter().for_each(|one| look.diagnostics(&one.outcome.diagnostics, &one.outcome.tree));
    let output = project_output(project, &generated)?;
    let accepted = output.folders.len() == jobs.len();
    let fresh = deliver(&project.output, &project.shown_output, &output, check, look, |changes| {
        generated.iter().map(|one| line(one, &jobs, changes)).collect()
    })?;
    Ok(accepted && fresh)
}

/// Generates each API; one that fails does not keep the others from it.
fn generate<'a>(jobs: &[&'a Job]) -> anyhow::Result<Vec<Generated<'a>>> {
    let progress = Progress::new(jobs.len());
    let one = |job: &&'a Job| {
        progress.begin(&job.name);
        let start = Instant::now();
        let outcome = job.generate()?;
        progress.advance();
        Ok(Generated { job, outcome, time: start.elapsed() })
    };
    jobs.iter().map(one).collect()
}

/// What shall stand in the folder of the generated crate.
fn project_output(project: &Project, generated: &[Generated<'_>]) -> anyhow::Result<Output> {
    let folders: Vec<_> = generated.iter().filter_map(folder).collect();
    let mut output = Output { cleared: Some(SOURCES.to_owned()), ..Output::default() };
    output.keep = project.jobs.iter().map(|job| format!("{SOURCES}/{}", job.name)).collect();
    match crate_files(project, generated)? {
        Some(files) => output.files = files,
        None => output.keep.push(format!("{SOURCES}/lib.rs")),
    }
    Ok(Output { folders, ..output })
}

/// The folder of one API; nothing when its document was refused.
fn folder(generated: &Generated<'_>) -> Option<Folder> {
    let path = format!("{SOURCES}/{}", generated.job.name);
    let prefix = format!("{path}/");
    let files = generated.outcome.files.as_ref()?.iter();
    let inside =
        |file: &File| Some((file.path.strip_prefix(&prefix)?.to_owned(), file.text.clone()));
    Some(Folder { files: files.filter_map(inside).collect(), path })
}

/// The files that list the APIs. They tell something of each, so there are none while a document
/// is refused: the files on disk stay right.
fn crate_files(
    project: &Project,
    generated: &[Generated<'_>],
) -> anyhow::Result<Option<Vec<(String, String)>>> {
    let mut others = Vec::new();
    for job in &project.jobs {
        if !generated.iter().any(|one| one.job.name == job.name) {
            others.push(job.decide()?);
        }
    }
    let outcomes = generated.iter().map(|one| &one.outcome).chain(&others);
    let Some(apis) = outcomes.map(|outcome| outcome.api.as_ref()).collect::<Option<Vec<_>>>()
    else {
        return Ok(None);
    };
    let files = tenon_emit::emit_root(&apis, &project.manifest());
    Ok(Some(files.into_iter().map(|file| (file.path, file.text)).collect()))
}

/// Writes the output, or with `check` shows what is stale. Tells whether all is as it should be.
pub(crate) fn deliver(
    root: &std::path::Path,
    shown: &str,
    output: &Output,
    check: bool,
    look: &Look,
    lines: impl Fn(&[Change]) -> Vec<String>,
) -> anyhow::Result<bool> {
    if !check {
        let changes = output::write(root, output)?;
        lines(&changes).iter().for_each(|line| look.line(line));
        return Ok(true);
    }
    let stale = output::check(root, output)?;
    stale.iter().for_each(|stale| look.stale(shown, stale));
    let changes: Vec<_> = stale.into_iter().map(|stale| stale.change).collect();
    lines(&changes).iter().for_each(|line| look.line(line));
    if !changes.is_empty() {
        look.line(&format!(
            "{shown}: {} stale; run `cargo xtask generate`",
            counted(changes.len(), "file")
        ));
    }
    Ok(changes.is_empty())
}

/// How it went with one API, its name padded to the longest.
fn line(generated: &Generated<'_>, jobs: &[&Job], changes: &[Change]) -> String {
    let width = jobs.iter().map(|job| job.name.len()).max().unwrap_or(0);
    let name = &generated.job.name;
    let prefix = format!("{SOURCES}/{name}/");
    let changed = changes.iter().filter(|change| change.path.starts_with(&prefix)).count();
    format!("{name:width$}  {}", told(&generated.outcome, generated.time, changed))
}

/// Counts and time of one document.
pub(crate) fn told(outcome: &Outcome, time: Duration, changed: usize) -> String {
    let (Some(api), Some(files)) = (&outcome.api, &outcome.files) else {
        let is_error = |severity: Severity| severity == Severity::Error;
        let errors =
            outcome.diagnostics.iter().filter(|diagnostic| is_error(diagnostic.severity)).count();
        return format!("refused: {}; its code stays as it was", counted(errors, "error"));
    };
    format!("{}, {}", made(api, files, time), self::changed(changed))
}

/// What a client consists of, and how long it took to make.
pub(crate) fn made(api: &Api, files: &[File], time: Duration) -> String {
    let lines: usize = files.iter().map(|file| file.text.lines().count()).sum();
    format!(
        "{}, {}, {} in {}, {} ms",
        counted(api.operations().count(), "operation"),
        counted(api.items.len(), "model"),
        counted(lines, "line"),
        counted(files.len(), "file"),
        time.as_millis(),
    )
}

/// How many files are not as they were.
pub(crate) fn changed(files: usize) -> String {
    match files {
        0 => "unchanged".to_owned(),
        _ => format!("{} changed", counted(files, "file")),
    }
}
