//! Which texts the types of formats read: the same rules as those of the runtime.
//!
//! A reply may leave out a little of what RFC 3339 demands, such as the offset; what the runtime
//! takes there is taken here, but for dates as headers have them: who shows one wants no other. Its
//! tests list the same texts.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::source::{NodeId, Tree, Value};
use tenon_ir as ir;

/// What the value at `at` isn't, and the type that takes it, when the type can't read it.
pub(super) fn contradiction(
    tree: &Tree,
    ty: &ir::Type,
    at: NodeId,
) -> Option<(&'static str, ir::Type)> {
    let plain = ir::Type::Text(ir::Text::Plain);
    match ty {
        ir::Type::Text(format) => {
            let text = string(tree, at)?;
            let wanted = match format {
                ir::Text::Plain | ir::Text::Secret => return None,
                ir::Text::DateTime if !is_date_time(text) => "a date-time (RFC 3339)",
                ir::Text::Date if !is_date(text) => "a date (RFC 3339)",
                ir::Text::Uuid if !is_uuid(text) => "a UUID (RFC 9562)",
                ir::Text::Ipv4 if text.parse::<Ipv4Addr>().is_err() => "an IPv4 address",
                ir::Text::Ipv6 if text.parse::<Ipv6Addr>().is_err() => "an IPv6 address",
                ir::Text::DateTime
                | ir::Text::Date
                | ir::Text::Uuid
                | ir::Text::Ipv4
                | ir::Text::Ipv6 => return None,
            };
            Some((wanted, plain))
        }
        ir::Type::Bytes(encoding) => {
            let text = string(tree, at)?;
            let (wanted, others) = match encoding {
                ir::Encoding::Base64 => ("base64 (RFC 4648)", b"+/"),
                ir::Encoding::Base64Url => ("base64url (RFC 4648)", b"-_"),
            };
            (!is_base64(text, *others)).then_some((wanted, plain))
        }
        ir::Type::Int(width) => wider(*width, tree.integer(at)?),
        _ => None,
    }
}

/// The value of a string; of nothing else, not even of a number that could be read as one.
pub(in super::super) fn string(tree: &Tree, at: NodeId) -> Option<&str> {
    let Value::Scalar(scalar) = tree.value(at) else { return None };
    let other = || tree.is_null(at) || tree.bool(at).is_some() || tree.number(at).is_some();
    if scalar.plain && other() { None } else { Some(scalar.text) }
}

/// Digits and nothing else.
pub(in super::super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The width that holds a number which a narrower one doesn't.
pub(in super::super) fn wider(width: ir::Int, value: i128) -> Option<(&'static str, ir::Type)> {
    let (fits, wanted) = match width {
        ir::Int::I8 => (i8::try_from(value).is_ok(), "a number of 8 bits"),
        ir::Int::I16 => (i16::try_from(value).is_ok(), "a number of 16 bits"),
        ir::Int::U8 => (u8::try_from(value).is_ok(), "an unsigned number of 8 bits"),
        ir::Int::U16 => (u16::try_from(value).is_ok(), "an unsigned number of 16 bits"),
        ir::Int::I32 => (i32::try_from(value).is_ok(), "a number of 32 bits"),
        ir::Int::I64 => (i64::try_from(value).is_ok(), "a number of 64 bits"),
        ir::Int::U32 => (u32::try_from(value).is_ok(), "an unsigned number of 32 bits"),
        ir::Int::U64 => (u64::try_from(value).is_ok(), "an unsigned number of 64 bits"),
    };
    if fits {
        return None;
    }
    let wider = match value {
        _ if i64::try_from(value).is_ok() => ir::Type::Int(ir::Int::I64),
        _ if u64::try_from(value).is_ok() => ir::Type::Int(ir::Int::U64),
        _ => ir::Type::Float(ir::Float::Decimal),
    };
    Some((wanted, wider))
}

/// `full-date` (RFC 3339, section 5.6), of a day that there is.
pub(crate) fn is_date(text: &str) -> bool {
    if !like(text, "0000-00-00") {
        return false;
    }
    let (year, month, day) = (number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// `date-time` (RFC 3339, section 5.6), or one without what is understood: seconds, the colon of
/// the offset, the offset.
pub(crate) fn is_date_time(text: &str) -> bool {
    let (Some(day), Some(time)) = (text.get(..10), text.get(11..)) else { return false };
    if !is_date(day) || !matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')) {
        return false;
    }
    let Some((minutes, rest)) = time.split_at_checked(5) else { return false };
    if !like(minutes, "00:00") || number(minutes, 0, 2) > 23 || number(minutes, 3, 5) > 59 {
        return false;
    }
    let seconds = rest.get(..3).filter(|seconds| like(seconds, ":00"));
    let rest = if seconds.is_some() { &rest[3..] } else { rest };
    // A second 60 is a leap second.
    if seconds.is_some_and(|seconds| number(seconds, 1, 3) > 60) {
        return false;
    }
    let fraction = rest.strip_prefix(['.', ',']).filter(|_| seconds.is_some());
    match fraction {
        None => is_offset(rest.trim_start()),
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            end > 0 && is_offset(rest[end..].trim_start())
        }
    }
}

fn is_offset(text: &str) -> bool {
    if matches!(text, "" | "Z" | "z" | "UTC" | "GMT") {
        return true;
    }
    let Some(rest) = text.strip_prefix(['+', '-']) else { return false };
    let hours = rest.get(..2).filter(|hours| like(hours, "00"));
    let minutes = rest.get(2..).map(|rest| rest.strip_prefix(':').unwrap_or(rest));
    match (hours, minutes) {
        (Some(hours), Some("")) => rest.len() == 2 && number(hours, 0, 2) < 24,
        (Some(hours), Some(minutes)) => {
            like(minutes, "00") && number(hours, 0, 2) < 24 && number(minutes, 0, 2) < 60
        }
        _ => false,
    }
}

/// A form that the crate `uuid` reads: with hyphens or without, in braces, or as a URN.
pub(super) fn is_uuid(text: &str) -> bool {
    let bare = |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let with_hyphens = |text: &str| {
        text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            })
    };
    let in_braces = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let inner = in_braces.or_else(|| text.strip_prefix("urn:uuid:")).unwrap_or(text);
    with_hyphens(inner) || bare(text)
}

/// Base64 with or without padding, and line breaks in it; `others` are its last two characters.
fn is_base64(text: &str, others: [u8; 2]) -> bool {
    let joined: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let core = joined.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let padding = joined.len() - core;
    let is_whole = match core % 4 {
        0 => padding == 0,
        1 => false,
        last => padding + last <= 4,
    };
    is_whole && joined[..core].iter().all(|it| it.is_ascii_alphanumeric() || others.contains(it))
}

/// The text has the shape: `0` stands for any digit, other characters for themselves.
fn like(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, like)| if like == b'0' { byte.is_ascii_digit() } else { byte == like })
}

/// The number that these digits are.
fn number(text: &str, start: usize, end: usize) -> u32 {
    text.get(start..end).and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_3339_are_date_times() {
        for text in [
            "1985-04-12T23:20:50.52Z",
            "1996-12-19T16:39:57-08:00",
            "1990-12-31T23:59:60Z",
            "1990-12-31T15:59:60-08:00",
            "1937-01-01T12:00:27.87+00:20",
            "2024-01-01t00:00:00z",
            "2024-01-01 00:00:00Z",
            "2024-01-01T00:00:00.1234567890123+01:00",
        ] {
            assert!(is_date_time(text), "{text}");
        }
    }

    #[test]
    fn what_a_reply_may_leave_out_is_left_out() {
        for text in [
            "2024-01-01T00:00:00",
            "2024-01-01 10:00:00.5",
            "2024-01-01T00:00Z",
            "2024-01-01T00:00:00,5+0200",
            "2024-01-01 00:00:00 -05",
            "2024-01-01 00:00:00 UTC",
        ] {
            assert!(is_date_time(text), "{text}");
        }
        for text in [
            "",
            "2024-01-01",
            "20240101T000000Z",
            "2024-01-01T00:00.5",
            "2024-01-01T00:00:00é",
            "2024-01-01Té",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00Z[UTC]",
            "+002024-01-01T00:00:00Z",
            "2024-01-01T00:00:00.é",
            "２０２４-01-01T00:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:60:00Z",
            "2024-01-01T00:00:61Z",
            "2024-02-30T00:00:00Z",
            "2024-01-01T00:00:00+24:00",
            "2024-01-01T00:00:00+01:",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }

    #[test]
    fn dates_are_days_that_there_are() {
        for text in ["2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-04-31",
            "2024-13-01",
            "2024-00-10",
            "2024-1-1",
            "01/21/2019",
            "2024-01-00",
            "",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn uuids_have_four_forms() {
        for text in [
            "67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67E5504410B1426F9247BB680E5FE0C8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
        ] {
            assert!(is_uuid(text), "{text}");
        }
        for text in [
            "",
            "string",
            "67e55044-10b1-426f-9247-bb680e5fe0c",
            "{67e5504410b1426f9247bb680e5fe0c8}",
        ] {
            assert!(!is_uuid(text), "{text}");
        }
    }

    #[test]
    fn base64_may_lack_padding_and_have_line_breaks() {
        for text in ["", "aGk=", "aGk", "aGVsbG8gd29y\nbGQ=", "+/+/", "YQ==", "YQ="] {
            assert!(is_base64(text, *b"+/"), "{text}");
        }
        for text in ["a", "aGk===", "aGVs=", "<bytes>", "-_-_", "="] {
            assert!(!is_base64(text, *b"+/"), "{text}");
        }
    }
}
