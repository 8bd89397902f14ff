//! Processes with a clock beside them, ended together with what they have started.

use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// Has the process lead a group of its own, so that it can be ended with its children.
pub(crate) fn grouped(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command
}

/// Ends a process and, where it leads a group, its children.
pub(crate) fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Ok(None) = child.try_wait()
        && let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw)
    {
        // A process that leads no group is ended by itself below.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

/// Waits for a process, and ends it when the time is up; then there is no status.
pub(crate) fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let end_of_time = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= end_of_time {
            end(child);
            return Ok(None);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

/// A process that is ended when it isn't needed any more, however that comes.
#[derive(Debug)]
pub(crate) struct Owned(pub(crate) Child);

impl Drop for Owned {
    fn drop(&mut self) {
        end(&mut self.0);
    }
}

/// Limits the address space of this process and of those that it starts.
#[cfg(unix)]
pub(crate) fn limit_memory(mebibytes: u64) -> anyhow::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let bytes = Some(mebibytes.saturating_mul(1 << 20));
    Ok(setrlimit(Resource::As, Rlimit { current: bytes, maximum: bytes })?)
}

#[cfg(not(unix))]
pub(crate) fn limit_memory(_: u64) -> anyhow::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Read};
    use std::process::Stdio;

    #[test]
    fn children_end_with_their_group() -> anyhow::Result<()> {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 1000 & echo started; wait"]).stdout(Stdio::piped());
        let mut process = Owned(grouped(&mut command).spawn()?);
        let output = process.0.stdout.take().ok_or_else(|| anyhow::anyhow!("no output"))?;
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line)?;
        drop(process);
        // The child holds the other end of the pipe: it closes when that has ended too.
        output.read_to_string(&mut line)?;
        assert_eq!(line, "started\n");
        Ok(())
    }

    #[test]
    fn the_clock_ends_a_process() -> anyhow::Result<()> {
        let mut command = Command::new("sleep");
        let mut child = grouped(command.arg("1000")).spawn()?;
        assert!(wait(&mut child, Duration::ZERO)?.is_none());
        Ok(())
    }
}
