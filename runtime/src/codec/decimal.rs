//! Numbers that keep their digits: `format: decimal` of a number.
//!
//! The text of a JSON number comes in, the same text goes out; what lies between is exact, as amounts of money have to be.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;
use super::number;

/// What messages call it.
const EXPECTED: &str = "number";

/// A decimal number of any length, with the digits that it was written with.
///
/// Equality, order and hash are those of the number: `1.50` equals `1.5`. [`Display`](fmt::Display) gives the digits, for the
/// decimal type of your choice to parse.
#[derive(Clone, Debug)]
pub struct Decimal {
    text: Box<str>,
}

/// A text isn't a number as JSON has it (RFC 8259, section 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseDecimalError;

impl Decimal {
    /// The digits as they were written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The nearest `f64`; infinite beyond its range.
    pub fn to_f64(&self) -> f64 {
        self.text.parse().unwrap_or(f64::NAN)
    }

    /// The number without its spelling; every value has passed the same parser.
    fn value(&self) -> Option<number::Decimal> {
        number::Decimal::parse(&self.text)
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        let mut json = Decoder::new(text.as_bytes());
        let number = Self::decode(&mut json).and_then(|number| json.finish().map(|()| number));
        number.ok().filter(|number| number.text.len() == text.len()).ok_or(ParseDecimalError)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self { text: value.to_string().into() }
    }
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Self { text: value.to_string().into() }
    }
}

impl From<i32> for Decimal {
    fn from(value: i32) -> Self {
        i64::from(value).into()
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value().cmp(&other.value())
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value().map(|value| value.canonical()).hash(state);
    }
}

impl Decode for Decimal {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        let digits = json.number(EXPECTED)?;
        let text = std::str::from_utf8(digits).unwrap_or_default();
        match number::Decimal::parse(text) {
            Some(_) => Ok(Self { text: text.into() }),
            None => Err(json.unexpected(EXPECTED)),
        }
    }
}

impl Encode for Decimal {
    fn encode(&self, json: &mut Encoder<'_>) {
        if !json.identified(self) {
            json.raw(&self.text);
        }
    }
}

crate::serde_bridge!(Decimal);

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a {EXPECTED}")
    }
}

impl std::error::Error for ParseDecimalError {}
