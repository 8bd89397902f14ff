//! Decimal numbers as they stand in JSON text, without rounding: text in, comparison and divisibility out.
//!
//! A number of JSON is a decimal of any length (RFC 8259, section 6); `f64` would make `0.03` no multiple of `0.01`
//! and lose the ends of 64-bit identifiers. Knows nothing of types or rules.

use std::cmp::Ordering;

/// Digits beyond this many places from the point are not spelled out when numbers are aligned.
const WIDEST: i64 = 8192;

/// A decimal number: `0.digits × 10^point`, with neither leading nor trailing zeros among the digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    /// Reads the text of a JSON number. `None` when it isn't one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (text.get(..at)?, exponent(text.get(at + 1..)?)?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty()
            || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        let mut digits: Vec<u8> =
            whole.bytes().chain(fraction.bytes()).map(|byte| byte - b'0').collect();
        let leading = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..leading);
        while digits.last() == Some(&0) {
            digits.pop();
        }
        if digits.is_empty() {
            return Some(Self { negative: false, digits, point: 0 });
        }
        let whole = i64::try_from(whole.len()).ok()?;
        let leading = i64::try_from(leading).ok()?;
        Some(Self { negative, digits, point: (whole - leading).saturating_add(exponent) })
    }

    /// The number as an integer; `None` when it has a fraction or doesn't fit.
    pub(super) fn to_integer(&self) -> Option<i128> {
        let length = i64::try_from(self.digits.len()).ok()?;
        if self.point < length && length > 0 {
            return None;
        }
        if self.point > 39 {
            return None;
        }
        let mut value: i128 = 0;
        for place in 0..usize::try_from(self.point).ok()? {
            let digit = i128::from(self.digits.get(place).copied().unwrap_or(0));
            let digit = if self.negative { -digit } else { digit };
            value = value.checked_mul(10)?.checked_add(digit)?;
        }
        Some(value)
    }

    /// Whether the number has no fraction.
    pub(super) fn is_whole(&self) -> bool {
        i64::try_from(self.digits.len()).is_ok_and(|length| self.point >= length)
    }

    /// Whether the number is an integer times `divisor`. `None` when the numbers are too far apart to tell.
    pub(super) fn is_multiple_of(&self, divisor: &Self) -> Option<bool> {
        if self.digits.is_empty() {
            return Some(true);
        }
        // Both are scaled to integers by the lower of the two last places.
        let places =
            |number: &Self| i64::try_from(number.digits.len()).map(|length| number.point - length);
        let (mine, its) = (places(self).ok()?, places(divisor).ok()?);
        let last = mine.min(its);
        let zeros = its - last;
        let mut modulus: u128 = 0;
        for digit in &divisor.digits {
            modulus = modulus.checked_mul(10)?.checked_add(u128::from(*digit))?;
        }
        modulus = modulus.checked_mul(10_u128.checked_pow(u32::try_from(zeros).ok()?)?)?;
        if modulus == 0 || modulus > u128::MAX / 16 || mine - last > WIDEST {
            return None;
        }
        let mut remainder: u128 = 0;
        for digit in &self.digits {
            remainder = (remainder * 10 + u128::from(*digit)) % modulus;
        }
        for _ in 0..mine - last {
            remainder = remainder * 10 % modulus;
        }
        Some(remainder == 0)
    }

    /// One text for all spellings of the number: `1.0`, `1` and `10e-1` give the same.
    pub(super) fn canonical(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        format!("{sign}0.{digits}e{}", self.point)
    }

    fn cmp_size(&self, other: &Self) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                self.point.cmp(&other.point).then_with(|| self.digits.cmp(&other.digits))
            }
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.cmp_size(other),
            (true, true) => other.cmp_size(self),
        }
    }
}

/// An exponent; one that doesn't fit is as good as the farthest.
fn exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse::<i64>().unwrap_or(i64::MAX / 4).min(i64::MAX / 4);
    Some(if negative { -size } else { size })
}

/// The plain digits of an integer, the form nearly all integers have. `None` for every other form.
pub(super) fn plain_integer(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    // Eighteen digits can't overflow.
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut value: i64 = 0;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(byte - b'0');
    }
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn spellings_of_one_number_are_equal() {
        for text in ["1", "1.0", "10e-1", "0.1E1", "0.0001e+4", "1.000"] {
            assert_eq!(decimal(text), decimal("1"), "{text}");
            assert_eq!(decimal(text).canonical(), "0.1e1");
        }
        assert_eq!(decimal("-0"), decimal("0.000e9"));
    }

    #[test]
    fn text_that_is_no_number_is_refused() {
        for text in ["", "-", ".5", "1e", "1e+", "abc", "1.2.3", "0x10", "+1"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn order_is_exact_beyond_the_reach_of_floats() {
        assert!(decimal("9007199254740993") > decimal("9007199254740992"));
        assert!(decimal("-9007199254740993") < decimal("-9007199254740992"));
        assert!(decimal("0.1") < decimal("0.10000000000000000001"));
        assert!(decimal("-1") < decimal("0"));
        assert!(decimal("1e400") > decimal("1e399"));
        assert!(decimal("1e99999999999999999999") > decimal("1e399"));
    }

    #[test]
    fn multiples_are_told_by_decimal_arithmetic() {
        for (number, divisor, multiple) in [
            ("0.03", "0.01", true),
            ("0.035", "0.01", false),
            ("4.35", "0.01", true),
            ("1e300", "0.01", true),
            ("0.3", "0.1", true),
            ("0.30000000000000004", "0.1", false),
            ("-9", "3", true),
            ("7.5", "2.5", true),
            ("0", "3", true),
            ("9223372036854775807", "7", true),
            ("9223372036854775806", "7", false),
            ("100", "1e2", true),
            ("150", "1e2", false),
        ] {
            assert_eq!(
                decimal(number).is_multiple_of(&decimal(divisor)),
                Some(multiple),
                "{number} {divisor}"
            );
        }
        assert_eq!(decimal("1").is_multiple_of(&decimal("0")), None);
        assert_eq!(decimal("1e999999").is_multiple_of(&decimal("3")), None);
    }

    #[test]
    fn integers_are_recognised_in_every_spelling() {
        assert_eq!(decimal("1e3").to_integer(), Some(1000));
        assert_eq!(decimal("-12.00").to_integer(), Some(-12));
        assert_eq!(decimal("0.0").to_integer(), Some(0));
        assert_eq!(decimal("1.5").to_integer(), None);
        assert_eq!(decimal("1e40").to_integer(), None);
        assert_eq!(decimal("1e-99999").to_integer(), None);
        assert_eq!(decimal("18446744073709551615").to_integer(), Some(u64::MAX.into()));
    }
}
