//! Expectations: how often a call comes, and what it is answered.

use std::fmt;
use std::ops::{RangeFrom, RangeInclusive};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::fault::Fault;
use super::want::Want;

/// How often a call is expected: a number, `1..`, `0..=3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    pub(super) least: usize,
    pub(super) most: Option<usize>,
}

impl Times {
    /// Any number of times, none included.
    pub(super) const ANY: Self = Self { least: 0, most: None };
}

impl From<usize> for Times {
    fn from(times: usize) -> Self {
        Self { least: times, most: Some(times) }
    }
}

impl From<RangeFrom<usize>> for Times {
    fn from(times: RangeFrom<usize>) -> Self {
        Self { least: times.start, most: None }
    }
}

impl From<RangeInclusive<usize>> for Times {
    fn from(times: RangeInclusive<usize>) -> Self {
        Self { least: *times.start(), most: Some(*times.end()) }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = |n: usize| if n == 1 { "time" } else { "times" };
        match (self.least, self.most) {
            (least, Some(most)) if least == most => write!(f, "{most} {}", noun(most)),
            (least, Some(most)) => write!(f, "{least} to {most} times"),
            (least, None) => write!(f, "at least {least} {}", noun(least)),
        }
    }
}

/// What a call is answered.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) status: u16,
    /// Empty where there is no body.
    pub(super) media: String,
    pub(super) body: Bytes,
}

/// An expectation of a test.
#[derive(Debug)]
pub(super) struct Expectation {
    /// Index of the route.
    pub(super) route: usize,
    pub(super) want: Want,
    /// Absent where the document's example answers.
    pub(super) reply: Option<Planned>,
    pub(super) headers: HeaderMap,
    pub(super) times: Times,
    pub(super) delay: Duration,
    pub(super) fault: Option<Fault>,
    /// Calls are answered even if they break the document.
    pub(super) unchecked: bool,
    /// Calls that it has answered.
    pub(super) seen: usize,
}

impl Expectation {
    pub(super) fn new(route: usize) -> Self {
        Self {
            route,
            want: Want::default(),
            reply: None,
            headers: HeaderMap::new(),
            times: Times::ANY,
            delay: Duration::ZERO,
            fault: None,
            unchecked: false,
            seen: 0,
        }
    }

    /// It has answered as many calls as it may.
    pub(super) fn is_spent(&self) -> bool {
        self.times.most.is_some_and(|most| self.seen >= most)
    }

    /// Adds a header; false for one that can't be sent.
    pub(super) fn header(&mut self, name: &str, value: &str) -> bool {
        let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        header.map(|(name, value)| self.headers.append(name, value)).is_some()
    }
}
