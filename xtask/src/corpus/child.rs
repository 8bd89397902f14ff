//! A document in a process of its own, with a clock beside it.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use serde::de::DeserializeOwned;

use super::one::Found;
use crate::examples::Tried;
use crate::process;

/// What a document may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits<'a> {
    /// Folder whose files may be read.
    pub(super) corpus: &'a Path,
    /// Time on the clock.
    pub(super) time: Duration,
    /// Address space, in mebibytes.
    pub(super) memory: u64,
    /// Have a driver written for the examples.
    pub(super) examples: bool,
}

/// How much of what a process said last is shown.
const SHOWN: usize = 300;

/// Has a document read by a process of its own; `scratch` is a path for what it says.
///
/// # Errors
///
/// When the process breaks down or takes too long, with what it said last.
pub(super) fn run(
    document: &Path,
    out: Option<&Path>,
    scratch: &Path,
    limits: &Limits<'_>,
) -> anyhow::Result<Found> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("corpus-one").arg(document).arg("--corpus").arg(limits.corpus);
    if let Some(out) = out {
        command.arg("--out").arg(out);
    }
    if limits.examples {
        command.arg("--examples");
    }
    report(&mut command, scratch, limits)
}

/// Has the examples of a document tried by a process of its own.
///
/// # Errors
///
/// When the process breaks down or takes too long, with what it said last.
pub(super) fn examples(
    plan: &Path,
    program: &Path,
    scratch: &Path,
    limits: &Limits<'_>,
) -> anyhow::Result<Tried> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("corpus-examples").arg(plan).arg(program);
    report(&mut command, scratch, limits)
}

/// The report that a process gives.
fn report<T: DeserializeOwned>(
    command: &mut Command,
    scratch: &Path,
    limits: &Limits<'_>,
) -> anyhow::Result<T> {
    let (said, report) = (scratch.with_extension("err"), scratch.with_extension("json"));
    command.arg("--memory-limit").arg(limits.memory.to_string());
    command.stdin(Stdio::null()).stdout(File::create(&report)?).stderr(File::create(&said)?);
    let mut child = process::grouped(command).spawn().context("cannot start")?;
    let status = process::wait(&mut child, limits.time)?;
    let said = std::fs::read(&said).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let said = said.trim().replace('\n', " ");
    let said: String = said.chars().take(SHOWN).collect();
    match status {
        None => anyhow::bail!("took longer than {} s", limits.time.as_secs()),
        Some(status) if !status.success() => anyhow::bail!("broke down ({status}): {said}"),
        Some(_) => serde_json::from_slice(&std::fs::read(&report)?).context("no report"),
    }
}
