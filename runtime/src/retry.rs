//! When a call is tried again, and how long it waits before.
//!
//! The policy knows statuses and delays. Whether a request may be repeated at all is not its
//! business: that is decided from the operation, the idempotency key and the body.

mod budget;

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

pub use budget::RetryBudget;

use crate::op::Retry;

/// When a call is tried again, and how long it waits before.
///
/// Only what is safe to send twice is tried again: an idempotent operation, or a request with an
/// idempotency key, whose body can be sent again (a stream can't). Tried again are failed and cut
/// connections, tries that ran out of time, and the statuses 408, 429, 502, 503 and 504. A request
/// of which nothing was sent, because there was no connection, is tried again even if it isn't safe
/// to send twice.
///
/// Before the n-th repetition it waits for a random time between zero and
/// `base_delay · 2ⁿ⁻¹` ("full jitter"), at most `max_delay`. A `Retry-After` header (RFC 9110,
/// section 10.2.3) in either form replaces the random time, at most `max_delay` too. A wait that
/// would pass the call's deadline isn't begun: the call ends with what it has. So does one for which
/// the client's [`RetryBudget`] has nothing left.
///
/// The policy of a call goes before that of the client, and that one before what the document says
/// (`x-retry`). Where the document says `never`, only a policy of the call itself counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    statuses: Cow<'static, [u16]>,
    connections: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(30),
            statuses: Cow::Borrowed(&[408, 429, 502, 503, 504]),
            connections: true,
        }
    }
}

impl RetryPolicy {
    /// Three tries, 250 ms for the first delay, 30 s at most.
    pub fn new() -> Self {
        Self::default()
    }

    /// One try only.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the number of tries, the first included. Zero counts as one.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets the longest delay before the first repetition.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest delay before any repetition.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the statuses after which a call is tried again.
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = statuses.into_iter().collect::<Vec<_>>().into();
        self
    }

    /// Sets whether a call is tried again after a failed or cut connection, and after a try that ran
    /// out of time. It is, unless this says otherwise.
    pub fn connections(mut self, again: bool) -> Self {
        self.connections = again;
        self
    }

    /// What the document says of an API, and of one of its operations.
    pub(crate) fn documented(api: Option<Retry>, operation: Option<Retry>) -> Self {
        let api = api.filter(|api| !api.never || operation.is_none());
        let said = api.into_iter().chain(operation);
        said.fold(Self::default(), |policy, said| {
            let policy = match (said.never, said.attempts) {
                (true, _) => policy.attempts(1),
                (false, Some(attempts)) => policy.attempts(attempts),
                (false, None) => policy,
            };
            if said.statuses.is_empty() {
                policy
            } else {
                policy.statuses(said.statuses.iter().copied())
            }
        })
    }

    /// Whether failed connections and tries out of time are worth another try.
    pub(crate) fn covers_connections(&self) -> bool {
        self.connections
    }

    /// Whether a try may follow the `made` ones.
    pub(crate) fn allows(&self, made: u32) -> bool {
        made < self.attempts
    }

    /// Whether a reply of this status is worth another try.
    pub(crate) fn covers(&self, status: StatusCode) -> bool {
        self.statuses.contains(&status.as_u16())
    }

    /// The wait after the `made`-th try.
    pub(crate) fn delay(&self, made: u32, retry_after: Option<Duration>) -> Duration {
        match retry_after {
            Some(asked) => asked.min(self.max_delay),
            None => self.ceiling(made).mul_f64(fastrand::f64()),
        }
    }

    fn ceiling(&self, made: u32) -> Duration {
        let factor = 2_u32.saturating_pow(made.saturating_sub(1));
        self.base_delay.saturating_mul(factor).min(self.max_delay)
    }
}

/// The wait that a reply asks for: seconds, or a date (RFC 9110, section 10.2.3). A date that has
/// passed is no wait; what is neither form is ignored.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &'static str, now: u64) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, http::HeaderValue::from_static(value));
        retry_after(&headers, SystemTime::UNIX_EPOCH + Duration::from_secs(now))
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        // 1994-11-06T08:49:37Z.
        const SENT: u64 = 784_111_777;
        assert_eq!(asked("120", SENT), Some(Duration::from_secs(120)));
        assert_eq!(asked("0", SENT), Some(Duration::ZERO));
        let date = "Sun, 06 Nov 1994 08:50:37 GMT";
        assert_eq!(asked(date, SENT), Some(Duration::from_secs(60)));
        assert_eq!(asked(date, SENT + 600), Some(Duration::ZERO));
        assert_eq!(asked("soon", SENT), None);
        assert_eq!(asked("-1", SENT), None);
        let beyond = "99999999999999999999999";
        assert_eq!(asked(beyond, SENT), Some(Duration::from_secs(u64::MAX)));
    }

    #[test]
    fn delays_double_up_to_the_longest() {
        let policy =
            RetryPolicy::new().base_delay(Duration::from_secs(1)).max_delay(Duration::from_secs(5));
        let ceilings: Vec<u64> = (1..6).map(|made| policy.ceiling(made).as_secs()).collect();
        assert_eq!(ceilings, [1, 2, 4, 5, 5]);
        assert_eq!(policy.ceiling(u32::MAX), Duration::from_secs(5));
        for made in 1..6 {
            assert!(policy.delay(made, None) <= policy.ceiling(made));
        }
    }

    #[test]
    fn a_demanded_delay_is_kept_up_to_the_longest() {
        let policy = RetryPolicy::new().max_delay(Duration::from_secs(5));
        assert_eq!(policy.delay(1, Some(Duration::from_secs(2))), Duration::from_secs(2));
        assert_eq!(policy.delay(1, Some(Duration::MAX)), Duration::from_secs(5));
    }
}
