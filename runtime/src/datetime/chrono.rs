//! Dates and times as the crate `chrono` has them.

use ::chrono::{FixedOffset, NaiveDate, SecondsFormat, Timelike};

use super::rfc3339;
use crate::exact::{Exact, Textual};

/// A date-time that keeps its offset and the text it was read from. Dereferences to [`chrono::DateTime`].
pub type DateTime = Exact<::chrono::DateTime<FixedOffset>>;

/// A date that remembers the text it was read from. Dereferences to [`chrono::NaiveDate`].
pub type Date = Exact<NaiveDate>;

impl Textual for ::chrono::DateTime<FixedOffset> {
    const EXPECTED: &'static str = super::DATE_TIME;

    fn parse(text: &str) -> Option<Self> {
        Self::parse_from_rfc3339(&rfc3339::date_time(text)?).ok()
    }

    fn completed(text: &str) -> Option<String> {
        rfc3339::completed(text)
    }

    fn canonical(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    fn is_canonical(&self, text: &str) -> bool {
        // Nearly all are in UTC, and then how many digits there are tells it. Nothing is written for those.
        let bytes = text.as_bytes();
        if !bytes.ends_with(b"Z") || self.nanosecond() >= 1_000_000_000 {
            return self.canonical() == text;
        }
        let digits = match self.nanosecond() {
            0 => 0,
            nanos if nanos % 1_000_000 == 0 => 4,
            nanos if nanos % 1_000 == 0 => 7,
            _ => 10,
        };
        let has_point = digits == 0 || bytes.get(19) == Some(&b'.');
        bytes.len() == 20 + digits && bytes.get(10) == Some(&b'T') && has_point
    }
}

impl Textual for NaiveDate {
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
