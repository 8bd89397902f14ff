//! Dates and times (RFC 3339, section 5.6): `format: date-time` and `format: date`.
//!
//! One module per backing crate, with the same two names in each. The root of the crate has those of [`chrono`]:
//! measured against `time` and `jiff`, it is the cheapest to compile, and it keeps the offset, leap seconds and the
//! last day of the year 9999, which servers use for "never". Which text is a date is decided here, so all three accept
//! the same.
//!
//! A date-time that a server sends may leave out what is understood (seconds, the offset: UTC then), as many do, or be
//! written as in `Last-Modified`, and a date may have a time; one that is made from text may not.

pub mod chrono;
#[cfg(feature = "jiff")]
pub mod jiff;
mod rfc3339;
#[cfg(feature = "time")]
pub mod time;

pub use self::chrono::{Date, DateTime};

/// What messages call a date-time.
const DATE_TIME: &str = "date-time (RFC 3339)";

/// What messages call a date.
const DATE: &str = "date (RFC 3339)";
