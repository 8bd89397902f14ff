//! What a process holds at a moment: memory, files and tasks.

use std::fmt;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::sleep;

/// For so long what is closed may take to be gone.
const PATIENCE: u32 = 600;

/// What the process holds at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Bytes that are allocated.
    pub live: usize,
    /// Pages of memory that are resident; 0 where the system doesn't tell.
    pub resident: usize,
    /// Open files and sockets; 0 where the system doesn't tell.
    pub files: usize,
    /// Tasks of the runtime that haven't ended.
    pub tasks: usize,
}

impl Usage {
    pub(super) fn now(live: usize) -> Self {
        let memory = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let resident = memory.split(' ').nth(1).and_then(|pages| pages.parse().ok());
        let files = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        let tasks = Handle::current().metrics().num_alive_tasks();
        Self { live, resident: resident.unwrap_or(0), files, tasks }
    }
}

/// What is left when everything has come to its end: as much as before, or what is left after long.
pub(super) async fn settled(before: Usage, live: fn() -> usize) -> Usage {
    for _ in 0..PATIENCE {
        let now = Usage::now(live());
        if (now.files, now.tasks) == (before.files, before.tasks) {
            return now;
        }
        sleep(Duration::from_millis(100)).await;
    }
    Usage::now(live())
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { live, resident, files, tasks } = self;
        let (live, resident) = (live / 1024, resident * 4);
        write!(f, "{live} KiB allocated, {resident} KiB resident, {files} files, {tasks} tasks")
    }
}
