//! The retry budget: how much a client adds to the load of a server that is in trouble.
//!
//! A bucket of tokens that all clones of a client share. It knows nothing of requests: it is taken
//! from before a repetition, and given back to by calls that came to their end.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// What a repetition costs after a failure that the server told of.
const STATUS_COST: u32 = 5;
/// What it costs after one that it didn't: a cut connection, or no reply in time.
const SILENCE_COST: u32 = 10;
/// What a call gives back that needed no repetition.
const REWARD: u32 = 1;

/// How many repetitions a client may make while hardly any call succeeds.
///
/// A repetition takes 5 tokens, or 10 where the server gave no answer. A call that ends with an
/// answer gives back what its last repetition took, or one token where there was none. While too few
/// are left, calls fail with what they have, so that a server in trouble isn't asked many times
/// over. It starts full, with 500 tokens by default.
///
/// Clones of a client share one budget. Clients built apart have one each, unless they are given
/// clones of the same.
#[derive(Clone)]
pub struct RetryBudget {
    capacity: u32,
    left: Arc<AtomicU32>,
}

impl RetryBudget {
    /// A full budget of so many tokens.
    pub fn new(tokens: u32) -> Self {
        let left = Arc::new(AtomicU32::new(tokens));
        Self { capacity: tokens, left }
    }

    /// No limit but that of the [`RetryPolicy`](crate::RetryPolicy).
    pub fn unlimited() -> Self {
        Self::new(u32::MAX)
    }

    /// The tokens that are left.
    pub fn left(&self) -> u32 {
        self.left.load(Ordering::Relaxed)
    }

    /// Takes what a repetition costs; absent when there isn't as much.
    pub(crate) fn take(&self, answered: bool) -> Option<u32> {
        if self.capacity == u32::MAX {
            return Some(0);
        }
        let cost = if answered { STATUS_COST } else { SILENCE_COST };
        let less = |left: u32| left.checked_sub(cost);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).ok().map(|_| cost)
    }

    /// A call came to its end, after a repetition that took `cost`, or after none.
    pub(crate) fn give(&self, cost: u32) {
        if self.left.load(Ordering::Relaxed) >= self.capacity {
            // As it nearly always is: nothing is written that other threads would have to fetch again.
            return;
        }
        let more = |left: u32| Some(left.saturating_add(cost.max(REWARD)).min(self.capacity));
        // It can't fail: the closure always has a value.
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(500)
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryBudget")
            .field("capacity", &self.capacity)
            .field("left", &self.left())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_out_and_is_filled_again_by_calls_that_end() {
        let budget = RetryBudget::new(20);
        assert_eq!((budget.take(true), budget.take(false)), (Some(5), Some(10)));
        assert_eq!(
            (budget.take(false), budget.take(true), budget.take(true)),
            (None, Some(5), None)
        );
        budget.clone().give(0);
        assert_eq!(budget.left(), 1);
        budget.give(10);
        assert_eq!(budget.left(), 11);
        budget.give(10);
        assert_eq!(budget.left(), 20);
    }

    #[test]
    fn an_unlimited_one_is_never_empty() {
        let budget = RetryBudget::unlimited();
        assert!((0..1000).all(|_| budget.take(false).is_some()));
        assert_eq!(budget.left(), u32::MAX);
        assert_eq!(RetryBudget::new(0).take(true), None);
    }
}
