//! A line that tells how far a run is, for those who wait longer than a second.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is waited for before the line appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// A progress line on standard error; nothing is shown where that is no terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    done: Option<Sender<()>>,
    watcher: Option<thread::JoinHandle<()>>,
}

impl Progress {
    /// Progress over so many things.
    pub(crate) fn new(length: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} {msg} {elapsed}") {
            bar.set_style(style);
        }
        let (done, finished) = channel();
        let shown = bar.clone();
        let watcher = thread::spawn(move || show_later(&shown, &finished));
        Self { bar, done: Some(done), watcher: Some(watcher) }
    }

    /// Tells what is being worked on.
    pub(crate) fn begin(&self, name: &str) {
        self.bar.set_message(name.to_owned());
    }

    /// Has something shown in between.
    pub(crate) fn suspend(&self, show: impl FnOnce()) {
        self.bar.suspend(show);
    }

    /// Tells that it is done.
    pub(crate) fn advance(&self) {
        self.bar.inc(1);
    }
}

fn show_later(bar: &ProgressBar, finished: &Receiver<()>) {
    if finished.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.enable_steady_tick(Duration::from_millis(100));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(watcher) = self.watcher.take() {
            // The watcher can't have panicked with anything worth telling.
            let _ = watcher.join();
        }
        self.bar.finish_and_clear();
    }
}
