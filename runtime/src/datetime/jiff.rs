//! Dates and times as the crate `jiff` has them: a date-time is an instant, its offset survives only in its text. The
//! last instant is 9999-12-30T22:00:00Z, and a leap second is held as the second before it.

use ::jiff::Timestamp;

use super::rfc3339;
use crate::exact::{Exact, Textual};

/// An instant that remembers the text it was read from. Dereferences to [`jiff::Timestamp`].
pub type DateTime = Exact<Timestamp>;

/// A date that remembers the text it was read from. Dereferences to [`jiff::civil::Date`].
pub type Date = Exact<::jiff::civil::Date>;

impl Textual for Timestamp {
    const EXPECTED: &'static str = super::DATE_TIME;

    fn parse(text: &str) -> Option<Self> {
        rfc3339::date_time(text)?.parse().ok()
    }

    fn completed(text: &str) -> Option<String> {
        rfc3339::completed(text)
    }

    fn canonical(&self) -> String {
        self.to_string()
    }
}

impl Textual for ::jiff::civil::Date {
    const EXPECTED: &'static str = super::DATE;

    fn parse(text: &str) -> Option<Self> {
        rfc3339::is_date(text).then(|| text.parse().ok()).flatten()
    }

    fn completed(text: &str) -> Option<String> {
        rfc3339::day(text)
    }

    fn canonical(&self) -> String {
        self.to_string()
    }
}
