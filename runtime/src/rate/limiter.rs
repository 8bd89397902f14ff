//! Turns: who may send next, and when.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use super::RateLimit;
use super::window::Window;
use crate::ErrorKind;
use crate::error::{Exchange, RawError};

/// Keeps the limits of a client. Whoever asks first goes first: only the first of the queue looks
/// at the clock, and sleeps until it may go.
pub(crate) struct Limiter {
    windows: Mutex<Vec<Window>>,
    /// Held by the first of the queue; it is handed on in the order of asking.
    turn: tokio::sync::Mutex<()>,
    /// Length of the queue, the first included.
    waiting: AtomicU64,
    max_wait: Duration,
}

/// The wait for a turn would be too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong {
    /// The limit that is at fault.
    pub(crate) limit: RateLimit,
    /// How long it would be; absent when it would never end.
    pub(crate) wait: Option<Duration>,
}

/// A place in the queue, given up when dropped.
struct Place<'a>(&'a AtomicU64);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Limiter {
    pub(crate) fn new(limits: &[RateLimit], max_wait: Duration) -> Self {
        Self {
            windows: Mutex::new(limits.iter().copied().map(Window::new).collect()),
            turn: tokio::sync::Mutex::new(()),
            waiting: AtomicU64::new(0),
            max_wait,
        }
    }

    /// Waits for the turn of a request, which counts as sent with it. Dropping the future gives the
    /// place in the queue up.
    ///
    /// # Errors
    ///
    /// The turn comes after the deadline, or after the longest wait. That is told before any
    /// waiting, unless the deadline is missed by others being slower than they had to.
    pub(crate) async fn turn(&self, deadline: Option<Instant>) -> Result<(), TooLong> {
        let longest = Instant::now().checked_add(self.max_wait);
        let end = [deadline, longest].into_iter().flatten().min();
        let ahead = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _place = Place(&self.waiting);
        self.check(ahead, end)?;
        let turn = match end {
            Some(end) => timeout_at(end, self.turn.lock()).await.ok(),
            None => Some(self.turn.lock().await),
        };
        let Some(_turn) = turn else { return Err(self.missed()) };
        loop {
            let wait = self.check(0, end)?;
            if wait.is_zero() {
                self.record();
                return Ok(());
            }
            sleep(wait).await;
        }
    }

    /// Counts a request that is sent without waiting for its turn.
    pub(crate) fn record(&self) {
        let now = Instant::now();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.iter_mut().for_each(|window| window.record(now));
    }

    /// The wait of a request after `ahead` others, if it ends before `end`.
    fn check(&self, ahead: u64, end: Option<Instant>) -> Result<Duration, TooLong> {
        let now = Instant::now();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let mut longest = Duration::ZERO;
        for window in &mut *windows {
            let wait = window.wait(now, ahead);
            let in_time = |wait: &Duration| match (end, now.checked_add(*wait)) {
                (Some(end), Some(turn)) => wait.is_zero() || turn < end,
                (end, turn) => end.is_none() || turn.is_some(),
            };
            let limit = window.limit;
            let wait = wait.filter(in_time).ok_or(TooLong { limit, wait })?;
            longest = longest.max(wait);
        }
        Ok(longest)
    }

    /// The end came while others were ahead.
    fn missed(&self) -> TooLong {
        let now = Instant::now();
        let ahead = self.waiting.load(Ordering::Relaxed).saturating_sub(1);
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = windows.iter_mut().map(|window| (window.wait(now, ahead), window.limit));
        let longest = waits.max_by_key(|(wait, _)| wait.unwrap_or(Duration::MAX));
        let (wait, limit) = longest.unwrap_or((None, RateLimit::per_seconds(0, 0)));
        TooLong { limit, wait }
    }
}

impl TooLong {
    /// The error of a call that isn't sent, or not once more.
    pub(crate) fn into_error(self, exchange: Exchange) -> RawError {
        let is_unsent = exchange.attempts == 0;
        let message = if is_unsent { format!("not sent: {self}") } else { self.to_string() };
        let mut error = RawError::new(ErrorKind::RateLimit, exchange, message);
        error.0.retryable = is_unsent;
        error.0.wait = self.wait;
        error
    }
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the client's rate limit of {} ", self.limit)?;
        match self.wait {
            Some(wait) => write!(f, "would make it wait {} s", wait.as_secs_f64().ceil())?,
            None => f.write_str("allows none")?,
        }
        f.write_str(", longer than it may; see `rate_limits(…)` of the client builder")
    }
}

impl std::error::Error for TooLong {}
