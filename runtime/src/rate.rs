//! Rate limits: how often a client calls, so that the vendor needn't refuse.
//!
//! The document's limits (`x-rate-limit`) come in with the [`Api`](crate::Api), the caller's choice
//! as [`RateLimits`]; each try of a call asks the [`Limiter`] for its turn. What is called, it
//! doesn't know.

mod limiter;
mod pause;
mod window;

use std::fmt;
use std::time::Duration;

pub(crate) use limiter::{Limiter, TooLong};
pub(crate) use pause::{Pause, Paused};

/// At most so many calls in any time of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Calls allowed.
    pub calls: u64,
    /// Length of the time.
    pub per: Duration,
    /// The vendor's plan to which the limit belongs; it holds for every plan otherwise.
    pub plan: Option<&'static str>,
}

impl RateLimit {
    /// At most `calls` in any time of the length `per`.
    pub const fn new(calls: u64, per: Duration) -> Self {
        Self { calls, per, plan: None }
    }

    /// At most `calls` in any time of so many seconds.
    pub const fn per_seconds(calls: u64, seconds: u64) -> Self {
        Self::new(calls, Duration::from_secs(seconds))
    }

    /// Names the plan to which the limit belongs.
    pub const fn plan(mut self, plan: &'static str) -> Self {
        self.plan = Some(plan);
        self
    }
}

/// `100 calls in 60s`.
impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.calls == 1 { "call" } else { "calls" };
        write!(f, "{} {noun} in {:?}", self.calls, self.per)
    }
}

/// How often a client may send requests. Clones of the client share the count.
///
/// By default it keeps the limits that the document states for everyone (`x-rate-limit`); those of a
/// plan hold once the plan is named. A request that would break a limit waits for its turn, first
/// come, first served. A call whose turn would come after its deadline, or after the longest wait,
/// fails at once and sends nothing.
///
/// Counted are requests, repetitions included, in a window that slides along. The count begins with
/// the client: other programs that use the same account aren't in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimits {
    documented: bool,
    plan: Option<String>,
    own: Vec<RateLimit>,
    max_wait: Duration,
    shares_pauses: bool,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            documented: true,
            plan: None,
            own: Vec::new(),
            max_wait: Duration::from_secs(300),
            shares_pauses: false,
        }
    }
}

impl RateLimits {
    /// The limits that the document states for everyone, with waits of five minutes at most.
    pub fn new() -> Self {
        Self::default()
    }

    /// No limit: requests are sent as they come.
    pub fn none() -> Self {
        Self { documented: false, ..Self::default() }
    }

    /// Keeps the documented limits of this plan too. Building a client fails where the document
    /// states none for it.
    pub fn plan(mut self, plan: impl Into<String>) -> Self {
        self.plan = Some(plan.into());
        self
    }

    /// Adds a limit.
    pub fn limit(mut self, limit: RateLimit) -> Self {
        self.own.push(limit);
        self
    }

    /// Sets the longest time that a request waits for its turn.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Lets a refusal hold all calls back: after a reply of 429 or 503 with `Retry-After`, none of the
    /// client and its clones is sent until then. A call that may not wait so long fails at once.
    ///
    /// By default only the refused call waits. Vendors count by endpoint or by token as often as by
    /// account, and then calls would wait that are welcome. Where the vendor counts what this client
    /// counts, this spares both sides a storm of refusals.
    pub fn share_pauses(mut self) -> Self {
        self.shares_pauses = true;
        self
    }

    /// What refusals hold back, if they are to.
    pub(crate) fn pause(&self) -> Option<Pause> {
        self.shares_pauses.then(|| Pause::new(self.max_wait))
    }

    /// What is to be kept, of these documented limits; or the plan that they don't know.
    pub(crate) fn limiter(&self, documented: &[RateLimit]) -> Result<Option<Limiter>, String> {
        let mut limits = self.own.clone();
        if let Some(plan) = &self.plan {
            let of_plan = documented.iter().filter(|limit| limit.plan == Some(plan));
            let known = limits.len();
            limits.extend(of_plan);
            if limits.len() == known {
                return Err(plan.clone());
            }
        }
        if self.documented {
            limits.extend(documented.iter().filter(|limit| limit.plan.is_none()));
        }
        Ok((!limits.is_empty()).then(|| Limiter::new(&limits, self.max_wait)))
    }
}
