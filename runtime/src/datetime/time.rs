//! Dates and times as the crate `time` has them. It holds a leap second as the last nanosecond before it.

use ::time::OffsetDateTime;
use ::time::format_description::well_known::{Iso8601, Rfc3339};

use super::rfc3339;
use crate::exact::{Exact, Textual};

/// A date-time that keeps its offset and the text it was read from. Dereferences to [`time::OffsetDateTime`].
pub type DateTime = Exact<OffsetDateTime>;

/// A date that remembers the text it was read from. Dereferences to [`time::Date`].
pub type Date = Exact<::time::Date>;

impl Textual for OffsetDateTime {
    const EXPECTED: &'static str = super::DATE_TIME;

    fn parse(text: &str) -> Option<Self> {
        Self::parse(&rfc3339::date_time(text)?, &Rfc3339).ok()
    }

    fn completed(text: &str) -> Option<String> {
        rfc3339::completed(text)
    }

    fn canonical(&self) -> String {
        // Years beyond 9999 have no form in RFC 3339.
        self.format(&Rfc3339).unwrap_or_else(|_| self.to_string())
    }
}

impl Textual for ::time::Date {
    const EXPECTED: &'static str = super::DATE;

    fn parse(text: &str) -> Option<Self> {
        rfc3339::is_date(text).then(|| Self::parse(text, &Iso8601::DATE).ok()).flatten()
    }

    fn completed(text: &str) -> Option<String> {
        rfc3339::day(text)
    }

    fn canonical(&self) -> String {
        self.to_string()
    }
}
