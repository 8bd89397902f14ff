//! Numbers from JSON text: integers between bounds, and the nearest floating-point number.
//!
//! Digits are taken from the cursor as they stand; what goes out is their value. Where the decoder reads words, a string
//! that shows a number is one.

use std::borrow::Cow;

use jiter::Peek;

use super::decoder::Decoder;
use super::excerpt;
use super::fault::Fault;
use super::number::{Decimal, plain_integer};

impl<'j> Decoder<'j> {
    /// Reads an integer between two bounds. `1.0` and `1e3` are integers too (JSON Schema Core, section 4.2.3).
    ///
    /// # Errors
    ///
    /// A [`Fault`] for a fraction, for a number beyond the bounds, and for everything that isn't a number.
    pub fn integer(&mut self, least: i128, most: i128) -> Result<i128, Fault> {
        let digits = self.number("integer")?;
        if let Some(value) = plain_integer(digits) {
            let value = i128::from(value);
            if (least..=most).contains(&value) {
                return Ok(value);
            }
        }
        let decimal = std::str::from_utf8(digits).ok().and_then(Decimal::parse);
        match decimal.as_ref().and_then(Decimal::to_integer) {
            Some(value) if (least..=most).contains(&value) => Ok(value),
            None if !decimal.is_some_and(|decimal| decimal.is_whole()) => {
                Err(self.wrong_number(digits, "integer"))
            }
            _ => Err(self.wrong_number(digits, format!("integer from {least} to {most}"))),
        }
    }

    /// Reads a number as the nearest `f64`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] for a number beyond the range of `f64`, and for everything that isn't a number.
    pub fn float(&mut self) -> Result<f64, Fault> {
        let digits = self.number("number")?;
        self.nearest(digits)
    }

    /// The nearest `f64` to the number just read.
    pub(super) fn nearest(&self, digits: &[u8]) -> Result<f64, Fault> {
        let value = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<f64>().ok());
        value.filter(|value| value.is_finite()).ok_or_else(|| self.too_large(digits, "a double"))
    }

    /// Reads a number as the nearest `f32`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] for a number beyond the range of `f32`, and for everything that isn't a number.
    pub fn float32(&mut self) -> Result<f32, Fault> {
        let digits = self.number("number")?;
        let value = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<f32>().ok());
        value.filter(|value| value.is_finite()).ok_or_else(|| self.too_large(digits, "a float"))
    }

    /// Reads a number as its text.
    pub(super) fn number(&mut self, expected: &'static str) -> Result<&'j [u8], Fault> {
        let peek = self.peek()?;
        if self.in_words && peek == Peek::String {
            return self.word();
        }
        if !peek.is_num() {
            return Err(self.unexpected(expected));
        }
        let start = self.jiter.current_index();
        if let Err(error) = self.jiter.known_number_bytes(peek) {
            return Err(self.syntax(&error));
        }
        Ok(self.jiter.slice_to_current(start))
    }

    /// Reads a string as it is written, without its quotes.
    pub(super) fn word(&mut self) -> Result<&'j [u8], Fault> {
        let start = self.position()?;
        self.str()?;
        let written = self.jiter.slice_to_current(start);
        Ok(written.get(1..written.len() - 1).unwrap_or_default())
    }

    fn too_large(&self, digits: &[u8], kind: &str) -> Fault {
        self.wrong_number(digits, format!("number within the range of {kind}"))
    }

    /// The fault that the number just read isn't `expected`.
    pub(super) fn wrong_number(
        &self,
        digits: &[u8],
        expected: impl Into<Cow<'static, str>>,
    ) -> Fault {
        let end = self.offset();
        let is_word = self.in_words && self.text[..end.min(self.text.len())].ends_with(b"\"");
        // A word has a quote on either side.
        let offset = end.saturating_sub(digits.len() + if is_word { 2 } else { 0 });
        Fault::here(expected, excerpt::found_at(self.text, offset), offset)
    }
}
