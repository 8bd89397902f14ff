//! Pauses that the server asks for: one refused call holds the others back.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::ErrorKind;
use crate::error::{Exchange, RawError};

/// Until when the calls of a client wait, because the server refused one of them.
pub(crate) struct Pause {
    until: Mutex<Option<Instant>>,
    max_wait: Duration,
}

/// The pause is longer than the call may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paused(Duration);

impl Pause {
    pub(super) fn new(max_wait: Duration) -> Self {
        Self { until: Mutex::new(None), max_wait }
    }

    /// The server asks to wait so long. A pause that ends later stays.
    pub(crate) fn extend(&self, wait: Duration) {
        let Some(end) = Instant::now().checked_add(wait) else { return };
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        *until = (*until).max(Some(end));
    }

    /// Waits for the end of the pause, also where another reply moves it.
    ///
    /// # Errors
    ///
    /// It ends after the deadline, or after the longest wait; told before any waiting.
    pub(crate) async fn over(&self, deadline: Option<Instant>) -> Result<(), Paused> {
        let longest = Instant::now().checked_add(self.max_wait);
        let end = [deadline, longest].into_iter().flatten().min();
        while let Some(wait) = self.left() {
            let turn = Instant::now().checked_add(wait);
            if end.is_some_and(|end| turn.is_none_or(|turn| turn >= end)) {
                return Err(Paused(wait));
            }
            sleep(wait).await;
        }
        Ok(())
    }

    fn left(&self) -> Option<Duration> {
        let until = *self.until.lock().unwrap_or_else(PoisonError::into_inner);
        until?.checked_duration_since(Instant::now()).filter(|wait| !wait.is_zero())
    }
}

impl Paused {
    /// The error of a call that isn't sent, or not once more.
    pub(crate) fn into_error(self, exchange: Exchange) -> RawError {
        let is_unsent = exchange.attempts == 0;
        let message = format!(
            "{}the server asked for a pause of {} s more, longer than the call may wait; see \
             `rate_limits(…)` of the client builder",
            if is_unsent { "not sent: " } else { "" },
            self.0.as_secs_f64().ceil()
        );
        let mut error = RawError::new(ErrorKind::RateLimit, exchange, message);
        error.0.retryable = is_unsent;
        error.0.wait = Some(self.0);
        error
    }
}
