//! `cargo xtask lint`: what the documents should say otherwise.

mod examples;
mod mend;
pub(crate) mod settings;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use tenon::Outcome;
use tenon::diag::{At, Code, Diagnostic, Severity, Sink};
use tenon::lint::{self, RULES, Settled};
use tenon::source::Tree;

use crate::project::{Job, Location};
use crate::report::{Look, counted};
use settings::Allowed;

const EXAMPLES: &str = "\
Examples:
  cargo xtask lint                             Every document of the project file
  cargo xtask lint specs/kandji/openapi.yaml   Only this one
  cargo xtask lint --fix                       Mend what can be mended in one way only
  cargo xtask lint --deny warnings --message-format github
                                               Annotations of a pull request; warnings fail
  cargo xtask lint --rules                     The rules, their levels and codes

Levels are set in the project file, by the name of a rule or a code:
  lints: {operation-source: error, info-contact: off}
An API lists the findings that are as they should be:
  allow:
    - rule: path-ambiguous
      operation: getDevice                     or `at: /paths/~1devices`; neither is all of it
      reason: The vendor has both paths, and ids are numbers.
An entry that allows nothing is an error.

Exit codes are 1 when there are errors, and with `--deny warnings` when there are warnings.";

/// Looks for what the documents should say otherwise.
///
/// Reports what generation would, and what makes a document less useful than it could be. Examples
/// are checked by a JSON Schema validator, which is built when it is first needed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The documents [default: those of the project file]
    spec: Vec<PathBuf>,
    #[command(flatten)]
    project: Location,
    /// Mend in the text what can be mended in one way only, and report the rest
    #[arg(long)]
    fix: bool,
    /// Fail because of more than errors
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Leave out the check of examples against their schemas
    #[arg(long)]
    no_examples: bool,
    /// List the rules
    #[arg(long)]
    rules: bool,
}

/// What fails beside errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
    /// Warnings and notes
    Notes,
}

/// What there is to say of one document.
struct Linted {
    tree: Tree,
    settled: Settled,
    time: Duration,
    /// Everything was looked at: nothing kept the document from being read.
    whole: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, look: &Look) -> anyhow::Result<bool> {
    if arguments.rules {
        look.result(&rules());
        return Ok(true);
    }
    let (file, project) = arguments.project.load_with_tree(look)?;
    let Some(project) = project else { return Ok(false) };
    let mut jobs = project.jobs;
    if !arguments.spec.is_empty() {
        jobs = chosen(jobs, &arguments.spec)?;
    }
    let mut accepted = true;
    for job in &jobs {
        let mended = if arguments.fix { mend::mend(job, look)? } else { 0 };
        let linted = lint(job, !arguments.no_examples)?;
        let idle = idle(job, &linted, &file, arguments);
        look.diagnostics(&linted.settled.diagnostics, &linted.tree);
        look.diagnostics(&idle, &file);
        look.line(&line(job, &linted, idle.len(), mended));
        accepted &= idle.is_empty() && !fails(&linted.settled.diagnostics, arguments.deny);
    }
    Ok(accepted)
}

/// The documents that are asked for: with the settings of the project, if they are the project's.
fn chosen(jobs: Vec<Job>, paths: &[PathBuf]) -> anyhow::Result<Vec<Job>> {
    let mut jobs: Vec<Option<Job>> = jobs.into_iter().map(Some).collect();
    let job = |path: &PathBuf| {
        let own = jobs.iter_mut().find(|job| job.as_ref().is_some_and(|job| job.is_of(path)));
        own.and_then(Option::take).map_or_else(|| Job::foreign(path), Ok)
    };
    paths.iter().map(job).collect()
}

fn lint(job: &Job, with_examples: bool) -> anyhow::Result<Linted> {
    let start = Instant::now();
    let Outcome { tree, diagnostics, .. } = &mut job.lint()?;
    let is_read = !tree.files().iter().any(|file| file.broken);
    let level = lint::rule_of(Code::InvalidExample).map(|rule| job.lints().level(rule));
    let severity = level.and_then(lint::Level::severity).filter(|_| is_read && with_examples);
    let mut all = std::mem::take(diagnostics);
    let tree = std::mem::take(tree);
    let time = start.elapsed();
    if let Some(severity) = severity {
        all.extend(examples::check(&tree, severity)?);
    }
    let allows: Vec<_> = job.allowed_findings.iter().map(|one| one.allow.clone()).collect();
    let settled = lint::settle(all, &tree, job.lints(), &allows);
    Ok(Linted { tree, settled, time, whole: is_read })
}

/// Allowances of what isn't found any more.
fn idle(job: &Job, linted: &Linted, file: &Tree, arguments: &Arguments) -> Vec<Diagnostic> {
    let mut sink = Sink::new();
    let idle = linted.settled.idle.iter().filter_map(|index| job.allowed_findings.get(*index));
    let was_looked_at = |allowed: &&Allowed| {
        linted.whole && !(arguments.no_examples && allowed.allow.code == Code::InvalidExample)
    };
    for allowed in idle.filter(was_looked_at) {
        let root = file.file(file.root());
        let at = file.find(root, &allowed.pointer).map_or(At::File(root), At::Node);
        let message = format!("`{}` finds nothing of the kind", allowed.rule);
        sink.error(Code::ProjectFile, at, message)
            .help("remove the entry; or correct the place, if what it allowed has moved");
    }
    sink.into_diagnostics()
}

fn fails(diagnostics: &[Diagnostic], deny: Option<Deny>) -> bool {
    let least = match deny {
        None => Severity::Error,
        Some(Deny::Warnings) => Severity::Warning,
        Some(Deny::Notes) => Severity::Note,
    };
    diagnostics.iter().any(|diagnostic| diagnostic.severity <= least)
}

/// How it went with one document.
fn line(job: &Job, linted: &Linted, idle: usize, mended: usize) -> String {
    let diagnostics = &linted.settled.diagnostics;
    let count = |severity| diagnostics.iter().filter(|one| one.severity == severity).count();
    let mut parts = Vec::new();
    if mended > 0 {
        parts.push(format!("{mended} mended"));
    }
    for (count, noun) in [
        (count(Severity::Error) + idle, "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Note), "note"),
    ] {
        if count > 0 {
            parts.push(counted(count, noun));
        }
    }
    if parts.is_empty() {
        parts.push("nothing to complain about".to_owned());
    }
    if linted.settled.allowed > 0 {
        parts.push(format!("{} allowed", linted.settled.allowed));
    }
    format!("{}: {}, {} ms", job.document, parts.join(", "), linted.time.as_millis())
}

/// The table of rules.
fn rules() -> String {
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in RULES {
        let (id, level, name) = (rule.code.id(), rule.level.name(), rule.name);
        let fix = if rule.is_fixable() { "fix" } else { "   " };
        let about = rule.code.explanation().lines().map(str::trim).collect::<Vec<_>>().join(" ");
        text.push_str(&format!("{id}  {name:width$}  {level:5}  {fix}  {about}\n"));
    }
    text
}
