//! What a scalar means: the JSON types and the core schema of YAML 1.2 (section 10.3.2).
//!
//! `NO`, `on` and `1.10` are what they look like: texts of which only the last is also a number.

use super::tree::{Kind, NodeId, Tree};
use std::borrow::Cow;

impl Tree {
    /// A plain null: `null`, `~`, or nothing at all.
    pub fn is_null(&self, id: NodeId) -> bool {
        self.plain(id).is_some_and(is_null)
    }

    /// The text of any scalar but a plain null, as written: a version `1.10` stays `1.10`.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        let node = self.node(id);
        let text = self.texts.get(node.text());
        match node.kind {
            Kind::Quoted => Some(text),
            Kind::Plain if !is_null(text) => Some(text),
            _ => None,
        }
    }

    /// A plain `true` or `false`.
    pub fn bool(&self, id: NodeId) -> Option<bool> {
        match self.plain(id)? {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// A plain number in JSON's form; other forms of YAML are rewritten (`0x1F` is `31`).
    pub fn number(&self, id: NodeId) -> Option<&str> {
        if let Some(text) = self.numbers.get(&id) {
            return Some(self.texts.get(*text));
        }
        self.plain(id).filter(|text| is_json_number(text))
    }

    /// A plain number without a fraction (`3`, `3.0`, `3e2`) that fits.
    pub fn integer(&self, id: NodeId) -> Option<i128> {
        let number = self.number(id)?;
        number.parse().ok().or_else(|| whole(number))
    }

    fn plain(&self, id: NodeId) -> Option<&str> {
        let node = self.node(id);
        (node.kind == Kind::Plain).then(|| self.texts.get(node.text()))
    }
}

/// The plain scalars that mean null.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "null" | "~" | "Null" | "NULL")
}

/// The grammar of RFC 8259, section 6.
pub(crate) fn is_json_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    let rest = &rest[whole..];
    let Some(rest) = after_digits(rest, rest.strip_prefix('.')) else { return false };
    let exponent = rest.strip_prefix(['e', 'E']);
    let exponent = exponent.map(|r| r.strip_prefix(['+', '-']).unwrap_or(r));
    after_digits(rest, exponent).is_some_and(str::is_empty)
}

/// What follows the digits of an optional part; none when the part is there without digits.
fn after_digits<'t>(all: &'t str, part: Option<&'t str>) -> Option<&'t str> {
    let Some(part) = part else { return Some(all) };
    let count = digits(part);
    (count > 0).then(|| &part[count..])
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The JSON form of a plain YAML number that isn't JSON as written; none for anything else.
pub(super) fn yaml_number(text: &str) -> Option<String> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) || is_json_number(text) {
        return None;
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return radix(hex, 16);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return radix(octal, 8);
    }
    decimal(text).filter(|number| is_json_number(number))
}

fn radix(digits: &str, radix: u32) -> Option<String> {
    if !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    u128::from_str_radix(digits, radix).ok().map(|value| value.to_string())
}

/// `+1`, `007`, `.5`, `5.`, `-.5e3` in JSON's form.
fn decimal(text: &str) -> Option<String> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let count = digits(rest);
    let whole = rest[..count].trim_start_matches('0');
    let (fraction, exponent) = match rest[count..].strip_prefix('.') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("", &rest[count..]),
    };
    if count == 0 && fraction.is_empty() {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let dot = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{dot}{fraction}{exponent}"))
}

/// `3.0` and `3e2` as integers.
fn whole(number: &str) -> Option<i128> {
    let lower: Cow<'_, str> = number.to_ascii_lowercase().into();
    let (mantissa, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let exponent: i32 = exponent.parse().ok()?;
    let zeros = usize::try_from(exponent).ok()?.checked_sub(fraction.len())?;
    if zeros > 40 {
        return None;
    }
    format!("{whole}{fraction}{}", "0".repeat(zeros)).parse().ok()
}
