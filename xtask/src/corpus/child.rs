//! A document in a process of its own, with a clock beside it.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::one::Found;

/// What a document may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits<'a> {
    /// Folder whose files may be read.
    pub(super) corpus: &'a Path,
    /// Time on the clock.
    pub(super) time: Duration,
    /// Address space, in mebibytes.
    pub(super) memory: u64,
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
    let (said, report) = (scratch.with_extension("err"), scratch.with_extension("json"));
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("corpus-one").arg(document).arg("--memory-limit").arg(limits.memory.to_string());
    command.arg("--corpus").arg(limits.corpus);
    if let Some(out) = out {
        command.arg("--out").arg(out);
    }
    command.stdin(Stdio::null()).stdout(File::create(&report)?).stderr(File::create(&said)?);
    let mut child = command.spawn().context("cannot start")?;
    let status = wait(&mut child, limits.time)?;
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

/// Waits for a process, and ends it when the time is up; then there is no status.
pub(super) fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let end = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}
