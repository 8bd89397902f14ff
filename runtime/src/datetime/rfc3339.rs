//! The grammar of RFC 3339, section 5.6: which text is a date-time or a date.
//!
//! The backing crates differ in what they take beyond it (`20240101T000000Z`, commas, zone names), so the shape is checked
//! here; whether the numbers are a real day and time is theirs to say.

use std::borrow::Cow;

/// The digits of a second that all backing crates hold.
const NANOSECONDS: usize = 9;

/// The months as headers name them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Whether the text has the shape of `full-date`.
pub(super) fn is_date(text: &str) -> bool {
    like(text.as_bytes(), b"0000-00-00")
}

/// The text of a `date-time`, with fractions of a nanosecond cut off. `None` when it hasn't the shape.
///
/// Lower case `t` and `z` and a blank instead of `T` are allowed by the notes of section 5.6.
pub(super) fn date_time(text: &str) -> Option<Cow<'_, str>> {
    let bytes = text.as_bytes();
    let separator = bytes.get(10)?;
    if !is_date(text.get(..10)?) || !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    if !like(bytes.get(11..19)?, b"00:00:00") {
        return None;
    }
    let rest = text.get(19..)?;
    let (digits, offset) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit())?;
            (end, rest.get(end..)?)
        }
        None => (0, rest),
    };
    if rest.starts_with('.') && digits == 0 {
        return None;
    }
    if !matches!(offset, "Z" | "z")
        && !like(offset.as_bytes(), b"+00:00")
        && !like(offset.as_bytes(), b"-00:00")
    {
        return None;
    }
    if digits <= NANOSECONDS {
        return Some(Cow::Borrowed(text));
    }
    let kept = text.get(..20 + NANOSECONDS)?;
    Some(Cow::Owned(format!("{kept}{offset}")))
}

/// A date-time as other forms of ISO 8601 have it, with what they leave out: seconds, the colon of the offset, or the
/// offset itself, which is then UTC; or one as headers have it. Servers send them; what is sent to a server is not
/// completed.
pub(super) fn completed(text: &str) -> Option<String> {
    if let Some((_, date)) = text.split_once(", ") {
        return of_header(date);
    }
    let (day, time) = (text.get(..10)?, text.get(11..)?);
    if !is_date(day) || !matches!(text.as_bytes().get(10)?, b'T' | b't' | b' ') {
        return None;
    }
    let minutes = time.get(..5).filter(|it| like(it.as_bytes(), b"00:00"))?;
    let rest = time.get(5..)?;
    let seconds = rest.get(..3).filter(|it| like(it.as_bytes(), b":00"));
    let rest = if seconds.is_some() { rest.get(3..)? } else { rest };
    let end = match rest.strip_prefix(['.', ',']) {
        Some(digits) if seconds.is_some() => {
            1 + digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())
        }
        _ => 0,
    };
    let (fraction, offset) = rest.split_at_checked(end)?;
    let fraction = fraction.replace(',', ".");
    let offset = completed_offset(offset.trim_start())?;
    Some(format!("{day}T{minutes}{}{fraction}{offset}", seconds.unwrap_or(":00")))
}

/// The day of a date-time: servers whose only type of dates has a time write it where they mean the day.
pub(super) fn day(text: &str) -> Option<String> {
    let day = text.get(..10).filter(|day| is_date(day))?;
    let has_time = date_time(text).is_some() || completed(text).is_some();
    has_time.then(|| day.to_owned())
}

/// A date-time behind the name of its day, as HTTP and mail write them (RFC 9110, section 5.6.7; RFC 5322, section 3.3).
fn of_header(date: &str) -> Option<String> {
    let words: Vec<&str> = date.split(' ').collect();
    let [day, month, year, time, offset] = *words.as_slice() else { return None };
    let month = 1 + MONTHS.iter().position(|it| *it == month)?;
    let offset = completed_offset(offset)?;
    Some(format!("{year}-{month:02}-{day:0>2}T{time}{offset}"))
}

fn completed_offset(offset: &str) -> Option<String> {
    let shape = |shape: &[u8]| {
        let signed = offset.starts_with(['+', '-']);
        signed && offset.get(1..).is_some_and(|rest| like(rest.as_bytes(), shape))
    };
    match offset {
        "" | "Z" | "z" | "UTC" | "GMT" => Some("Z".to_owned()),
        _ if shape(b"00:00") => Some(offset.to_owned()),
        _ if shape(b"0000") => Some(format!("{}:{}", offset.get(..3)?, offset.get(3..)?)),
        _ if shape(b"00") => Some(format!("{offset}:00")),
        _ => None,
    }
}

/// Whether the text has the shape: `0` stands for any digit, other bytes for themselves.
fn like(text: &[u8], shape: &[u8]) -> bool {
    text.len() == shape.len()
        && text
            .iter()
            .zip(shape)
            .all(|(byte, like)| if *like == b'0' { byte.is_ascii_digit() } else { byte == like })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_3339_have_the_shape() {
        for text in [
            "1985-04-12T23:20:50.52Z",
            "1996-12-19T16:39:57-08:00",
            "1990-12-31T23:59:60Z",
            "1990-12-31T15:59:60-08:00",
            "1937-01-01T12:00:27.87+00:20",
            "2024-01-01t00:00:00z",
            "2024-01-01 00:00:00Z",
        ] {
            assert_eq!(date_time(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn fractions_of_a_nanosecond_are_cut_off() {
        let cut = date_time("2024-01-01T00:00:00.1234567890123+01:00");
        assert_eq!(cut.as_deref(), Some("2024-01-01T00:00:00.123456789+01:00"));
    }

    #[test]
    fn what_is_understood_is_completed() {
        for (text, full) in [
            ("2024-01-01T00:00:00", "2024-01-01T00:00:00Z"),
            ("2024-01-01 10:00:00.5", "2024-01-01T10:00:00.5Z"),
            ("2024-01-01T00:00Z", "2024-01-01T00:00:00Z"),
            ("2024-01-01T00:00:00,5+0200", "2024-01-01T00:00:00.5+02:00"),
            ("2024-01-01 00:00:00 -05", "2024-01-01T00:00:00-05:00"),
            ("2024-01-01 00:00:00 UTC", "2024-01-01T00:00:00Z"),
            ("Thu, 29 Feb 2024 08:49:37 GMT", "2024-02-29T08:49:37Z"),
            ("Mon, 1 Jan 2024 08:49:37 +0200", "2024-01-01T08:49:37+02:00"),
        ] {
            assert_eq!(completed(text).as_deref(), Some(full), "{text}");
        }
        for text in [
            "",
            "2024-01-01",
            "20240101T000000Z",
            "2024-01-01T00:00.5",
            "2024-01-01T00:00:00é",
            "2024-01-01Té",
            "Thu, 29 Feb 2024 08:49:37",
            "Thu, 29 Feb 2024 at 08:49:37 GMT",
            "jeu, 29 fév 2024 08:49:37 GMT",
        ] {
            assert_eq!(completed(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_time_has_a_day() {
        for text in ["2024-02-29T23:59:58.000Z", "2024-02-29 10:00", "2024-02-29T00:00:00+02:00"] {
            assert_eq!(day(text).as_deref(), Some("2024-02-29"), "{text}");
        }
        for text in
            ["2024-02-29", "2024-02-29T", "2024-02-29 noon", "Thu, 29 Feb 2024 08:49:37 GMT"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn other_forms_of_iso_8601_have_not_the_shape() {
        for text in [
            "",
            "2024-01-01",
            "20240101T000000Z",
            "2024-01-01T00:00Z",
            "2024-01-01T00:00:00",
            "2024-01-01T00:00:00+0200",
            "2024-01-01T00:00:00,5Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00.5",
            "2024-01-01T00:00:00Z[UTC]",
            "+002024-01-01T00:00:00Z",
            "2024-01-01T00:00:00.é",
            "２０２４-01-01T00:00:00Z",
        ] {
            assert_eq!(date_time(text), None, "{text}");
        }
    }
}
