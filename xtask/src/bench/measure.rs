//! A command as a whole process: wall clock, processor time and peak memory of it and of what it starts.
//!
//! The figures come from `/proc`, so that nothing has to be linked for them: on other systems there is only the clock.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;

/// Time between two looks at the memory of a process.
const PAUSE: Duration = Duration::from_millis(2);

/// Ticks of `/proc/<pid>/stat` in a second: `USER_HZ` of every Linux.
const TICKS: f64 = 100.0;

/// What a run cost.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// Seconds on the clock.
    pub(super) wall: f64,
    /// Seconds of processors in user code, of all processes together.
    pub(super) user: f64,
    /// Mebibytes of the largest process.
    pub(super) peak: f64,
}

/// Runs a command to its end. What it says is thrown away.
///
/// # Errors
///
/// When it can't be started, or fails.
pub(super) fn run(command: &mut Command) -> anyhow::Result<Cost> {
    let start = Instant::now();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
    let root = child.id();
    let mut cost = Cost::default();
    // A process that has ended keeps its times until it is waited for.
    while let Some(stat) = stat(root).filter(|stat| stat.state != 'Z') {
        cost.user = cost.user.max(stat.user);
        cost.peak = family(root).into_iter().filter_map(peak).fold(cost.peak, f64::max);
        thread::sleep(PAUSE);
    }
    cost.user = stat(root).map_or(cost.user, |stat| stat.user);
    let status = child.wait()?;
    cost.wall = start.elapsed().as_secs_f64();
    anyhow::ensure!(status.success(), "{command:?} failed ({status})");
    Ok(cost)
}

/// What work in this process took, in seconds.
pub(super) struct Spent {
    /// Of processors, in user code, so that what else runs doesn't count; as the clock says where
    /// there is no `/proc` to tell.
    pub(super) user: f64,
    /// On the clock: less than of processors, where two work at once.
    pub(super) clock: f64,
}

/// Does work in this process and measures it.
pub(super) fn within<T>(work: impl FnOnce() -> T) -> (T, Spent) {
    let user = || stat(std::process::id()).map(|stat| stat.user);
    let (start, before) = (Instant::now(), user());
    let made = work();
    let clock = start.elapsed().as_secs_f64();
    let user = before.zip(user()).map_or(clock, |(before, after)| after - before);
    (made, Spent { user, clock })
}

/// The middle of values; zero of none.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A line of `/proc/<pid>/stat` (proc(5)).
struct Stat {
    state: char,
    parent: u32,
    /// Its own time and that of the children it has waited for.
    user: f64,
}

fn stat(process: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name may have spaces and parentheses; the last one ends it.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace();
    let (state, parent) = (fields.next()?.chars().next()?, fields.next()?.parse().ok()?);
    let mut ticks = |skipped| -> Option<f64> { fields.nth(skipped)?.parse().ok() };
    let (own, waited_for) = (ticks(9)?, ticks(1)?);
    Some(Stat { state, parent, user: (own + waited_for) / TICKS })
}

/// A process and everything below it.
fn family(root: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let process = entry.file_name().to_str().and_then(|name| name.parse().ok());
        if let Some((process, stat)) = process.and_then(|it| Some((it, stat(it)?))) {
            children.entry(stat.parent).or_default().push(process);
        }
    }
    let mut all = vec![root];
    let mut at = 0;
    while let Some(process) = all.get(at).copied() {
        all.extend(children.remove(&process).into_iter().flatten());
        at += 1;
    }
    all
}

fn peak(process: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}
