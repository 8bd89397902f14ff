//! One limit and the requests that count against it: arithmetic on moments, without a clock.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::RateLimit;

/// Where the log has this many entries, requests that are closer together than this part of the
/// window become one entry.
const SLICES: u32 = 1024;

/// A limit with the requests of the last window.
pub(super) struct Window {
    pub(super) limit: RateLimit,
    /// Oldest first.
    log: VecDeque<Entry>,
    /// Requests in the log.
    count: u64,
}

/// Requests that count as sent at the last one's moment.
struct Entry {
    first: Instant,
    last: Instant,
    count: u64,
}

impl Window {
    pub(super) fn new(limit: RateLimit) -> Self {
        Self { limit, log: VecDeque::new(), count: 0 }
    }

    /// Forgets what has left the window.
    fn slide(&mut self, now: Instant) {
        while let Some(entry) = self.log.front() {
            if now.saturating_duration_since(entry.last) < self.limit.per {
                break;
            }
            self.count -= entry.count;
            self.log.pop_front();
        }
    }

    /// How long the request has to wait that comes after `ahead` others; absent when it is for ever.
    pub(super) fn wait(&mut self, now: Instant, ahead: u64) -> Option<Duration> {
        self.slide(now);
        let place = self.count.saturating_add(ahead);
        let Some(excess) = place.checked_sub(self.limit.calls) else { return Some(Duration::ZERO) };
        if self.limit.calls == 0 {
            return None;
        }
        // The request may go one window after the one that stands `calls` places before it; where
        // that one has to wait itself, one window after the one before that, and so on. The first
        // `calls` of all are in the log, or may go now.
        let known = self.count.max(self.limit.calls);
        let further = excess.checked_sub(known).map_or(0, |beyond| beyond / self.limit.calls + 1);
        let whole = self.limit.per.checked_mul(u32::try_from(further + 1).ok()?)?;
        let begin = self.moment(excess - further * self.limit.calls).unwrap_or(now);
        Some(whole.saturating_sub(now.saturating_duration_since(begin)))
    }

    /// When the request at this place of the log was sent.
    fn moment(&self, place: u64) -> Option<Instant> {
        let mut end = 0;
        let found = self.log.iter().find(|entry| {
            end += entry.count;
            place < end
        });
        found.map(|entry| entry.last)
    }

    /// A request is sent.
    pub(super) fn record(&mut self, now: Instant) {
        self.count += 1;
        let slice = self.limit.per / SLICES;
        let is_long = self.log.len() >= SLICES as usize;
        match self.log.back_mut() {
            Some(entry) if is_long && now.saturating_duration_since(entry.first) < slice => {
                entry.last = now;
                entry.count += 1;
            }
            _ => self.log.push_back(Entry { first: now, last: now, count: 1 }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_request_waits_until_the_oldest_leaves_the_window() {
        let begin = Instant::now();
        let mut window = Window::new(RateLimit::per_seconds(3, 60));
        for at in [0, 10, 20] {
            let now = begin + seconds(at);
            assert_eq!(window.wait(now, 0), Some(Duration::ZERO));
            window.record(now);
        }
        let now = begin + seconds(30);
        let waits: Vec<_> =
            (0..8).map(|ahead| window.wait(now, ahead).unwrap().as_secs()).collect();
        assert_eq!(waits, [30, 40, 50, 90, 100, 110, 150, 160]);
        assert_eq!(window.wait(begin + seconds(60), 0), Some(Duration::ZERO));
        assert_eq!(window.wait(begin + seconds(60), 1), Some(seconds(10)));
        assert_eq!(window.wait(begin + seconds(500), 2), Some(Duration::ZERO));
        assert_eq!(window.wait(begin + seconds(500), 3), Some(seconds(60)));
    }

    #[test]
    fn a_queue_is_let_go_in_bursts_of_the_limit() {
        let mut window = Window::new(RateLimit::per_seconds(3, 60));
        let now = Instant::now();
        let waits: Vec<_> =
            (0..8).map(|ahead| window.wait(now, ahead).unwrap().as_secs()).collect();
        assert_eq!(waits, [0, 0, 0, 60, 60, 60, 120, 120]);
    }

    #[test]
    fn a_limit_of_none_is_a_wait_for_ever() {
        let mut window = Window::new(RateLimit::per_seconds(0, 60));
        assert_eq!(window.wait(Instant::now(), 0), None);
    }

    #[test]
    fn the_log_stays_short_and_errs_to_the_late_side() {
        let begin = Instant::now();
        let mut window = Window::new(RateLimit::per_seconds(1_000_000, 1024));
        for millisecond in 0..500_000 {
            window.record(begin + Duration::from_millis(millisecond));
        }
        assert!(window.log.len() < 2 * SLICES as usize, "{}", window.log.len());
        assert_eq!(window.count, 500_000);
        window.slide(begin + seconds(1024 + 250));
        assert!((250_000..251_000).contains(&window.count), "{}", window.count);
        window.slide(begin + seconds(1024 + 500));
        assert_eq!(window.count, 0);
    }
}
