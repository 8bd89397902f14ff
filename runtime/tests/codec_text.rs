//! Values that are text on the wire: date-times, dates, UUIDs, base64, secrets. What was read is written back as it was.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::HashSet;

use tenon_runtime::codec::{Decode, Encode, Fault, from_slice, to_vec};
use tenon_runtime::{Base64, Base64Url, Date, DateTime, Secret, Uuid};

fn read<T: Decode>(text: &str) -> Result<T, Fault> {
    from_slice(format!("\"{text}\"").as_bytes())
}

/// Reads a text and writes it back.
fn round<T: Decode + Encode>(text: &str) -> String {
    let value: T = read(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    String::from_utf8(to_vec(&value)).unwrap().trim_matches('"').to_owned()
}

/// Every spelling that RFC 3339 allows.
const DATE_TIMES: [&str; 13] = [
    "2024-01-01T00:00:00Z",
    "2024-01-01T00:00:00.000Z",
    "2024-01-01T00:00:00.5Z",
    "2024-01-01T00:00:00.123456789Z",
    "2024-01-01T00:00:00.1234567890123Z",
    "2024-01-01T00:00:00+00:00",
    "2024-01-01T00:00:00-00:00",
    "2024-01-01T12:30:00+05:30",
    "2024-01-01t00:00:00z",
    "2024-01-01 00:00:00Z",
    "1985-04-12T23:20:50.52Z",
    "2016-12-31T23:59:60Z",
    "0001-01-01T00:00:00Z",
];

/// What isn't a date-time.
const NO_DATE_TIMES: [&str; 10] = [
    "",
    "now",
    "2024-01-01",
    "2024-02-30T00:00:00Z",
    "2024-13-01T00:00:00Z",
    "2024-01-01T24:00:00Z",
    "2024-01-01T00:60:00Z",
    "2024-01-01T00:00:61Z",
    "20240101T000000Z",
    "2024-01-01T00:00:00.Z",
];

#[test]
fn date_times_are_written_back_as_they_were() {
    for text in DATE_TIMES {
        assert_eq!(round::<DateTime>(text), text);
        assert_eq!(text.parse::<DateTime>().unwrap().to_string(), text);
    }
    assert_eq!(round::<DateTime>("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59Z");
}

#[test]
fn date_times_that_leave_something_out_are_received_but_not_made() {
    for (text, full) in [
        ("2024-01-01 10:00:00", "2024-01-01T10:00:00Z"),
        ("2024-01-01T10:00:00.5", "2024-01-01T10:00:00.5Z"),
        ("2024-01-01T10:00Z", "2024-01-01T10:00:00Z"),
        ("2024-01-01T10:00:26,500Z", "2024-01-01T10:00:26.5Z"),
        ("2024-01-01T10:00:00+0200", "2024-01-01T10:00:00+02:00"),
    ] {
        assert_eq!(round::<DateTime>(text), text);
        assert_eq!(read::<DateTime>(text).unwrap(), full.parse().unwrap());
        let embedded: DateTime = serde_json::from_str(&format!("{text:?}")).unwrap();
        assert_eq!(embedded.to_string(), text);
        assert!(text.parse::<DateTime>().is_err(), "{text} is not RFC 3339");
    }
}

#[test]
fn what_is_no_date_time_is_a_fault_that_quotes_it() {
    for text in NO_DATE_TIMES {
        let fault = read::<DateTime>(text).unwrap_err();
        assert_eq!(fault.expected, "date-time (RFC 3339)", "{text}");
        assert_eq!(fault.found, format!("string {text:?}"));
    }
    let fault = from_slice::<DateTime>(b"1704067200").unwrap_err();
    assert_eq!(fault.to_string(), "at $: expected string, found number 1704067200");
    assert_eq!("x".parse::<Date>().unwrap_err().to_string(), "not a date (RFC 3339)");
}

#[test]
fn date_times_are_equal_when_the_instant_is() {
    let instant: DateTime = "2024-01-01T00:00:00Z".parse().unwrap();
    let same: DateTime = "2024-01-01T01:00:00.000+01:00".parse().unwrap();
    assert_eq!(instant, same);
    assert_eq!(HashSet::from([instant.clone(), same.clone()]).len(), 1);
    assert!(instant < "2024-01-01T00:00:01Z".parse().unwrap());
    assert_eq!(same.timestamp(), 1_704_067_200);
    assert_eq!(same.offset().local_minus_utc(), 3600);
}

#[test]
fn a_date_time_made_from_a_value_has_the_canonical_form() {
    let value =
        chrono::DateTime::from_timestamp(1_704_067_200, 500_000_000).unwrap().fixed_offset();
    assert_eq!(DateTime::from(value).to_string(), "2024-01-01T00:00:00.500Z");
    assert_eq!(to_vec(&DateTime::from(value)), b"\"2024-01-01T00:00:00.500Z\"");
}

#[test]
fn dates_are_days_of_the_calendar() {
    assert_eq!(round::<Date>("2024-02-29"), "2024-02-29");
    for text in [
        "2023-02-29",
        "2024-1-1",
        "20240101",
        "2024-01-01T25",
        "+2024-01-01",
        "2024-00-01",
        "",
        "٢٠٢٤-01-01",
    ] {
        assert_eq!(read::<Date>(text).unwrap_err().expected, "date (RFC 3339)", "{text}");
    }
}

#[test]
fn a_date_is_read_from_a_date_time_and_keeps_its_text() {
    let text = "2024-02-29T12:30:00.000Z";
    assert_eq!(round::<Date>(text), text);
    assert_eq!(read::<Date>(text).unwrap(), "2024-02-29".parse().unwrap());
    assert!(text.parse::<Date>().is_err(), "{text} is no date to send");
    assert!(read::<Date>("2023-02-29T12:30:00Z").is_err());
}

#[cfg(feature = "time")]
#[test]
fn the_crate_time_takes_and_keeps_the_same_texts() {
    for text in DATE_TIMES {
        assert_eq!(round::<tenon_runtime::datetime::time::DateTime>(text), text);
    }
    for text in NO_DATE_TIMES {
        assert!(read::<tenon_runtime::datetime::time::DateTime>(text).is_err(), "{text}");
    }
    assert_eq!(round::<tenon_runtime::datetime::time::Date>("2024-02-29"), "2024-02-29");
    assert!(read::<tenon_runtime::datetime::time::Date>("2023-02-29").is_err());
}

#[cfg(feature = "jiff")]
#[test]
fn the_crate_jiff_takes_and_keeps_the_same_texts() {
    for text in DATE_TIMES {
        assert_eq!(round::<tenon_runtime::datetime::jiff::DateTime>(text), text);
    }
    for text in NO_DATE_TIMES {
        assert!(read::<tenon_runtime::datetime::jiff::DateTime>(text).is_err(), "{text}");
    }
    assert_eq!(round::<tenon_runtime::datetime::jiff::Date>("2024-02-29"), "2024-02-29");
    assert!(read::<tenon_runtime::datetime::jiff::Date>("2023-02-29").is_err());
    // The crate's last instant is a day earlier.
    assert!(read::<tenon_runtime::datetime::jiff::DateTime>("9999-12-31T23:59:59Z").is_err());
}

#[test]
fn uuids_keep_their_case() {
    for text in [
        "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "67E55044-10B1-426F-9247-BB680E5FE0C8",
        "67e5504410b1426f9247bb680e5fe0c8",
    ] {
        assert_eq!(round::<Uuid>(text), text);
    }
    let lower: Uuid = "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap();
    assert_eq!(lower, "67E55044-10B1-426F-9247-BB680E5FE0C8".parse().unwrap());
    assert_eq!(
        read::<Uuid>("67e55044").unwrap_err().to_string(),
        "at $: expected UUID (RFC 9562), found string \"67e55044\""
    );
}

#[test]
fn base64_follows_rfc_4648_and_keeps_other_spellings() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(&*read::<Base64>(text).unwrap(), bytes.as_bytes());
        assert_eq!(to_vec(&Base64::from(bytes.as_bytes())), format!("\"{text}\"").as_bytes());
        assert_eq!(round::<Base64>(text), text);
    }
    assert_eq!(round::<Base64>("Zg"), "Zg");
    assert_eq!(round::<Base64>("Zm9v\\nYmFy"), "Zm9v\\nYmFy");
    assert_eq!(read::<Base64>("Zg").unwrap(), read::<Base64>("Zg==").unwrap());
    assert_eq!(
        read::<Base64>("!").unwrap_err().to_string(),
        "at $: expected base64, found string \"!\""
    );
    assert!(read::<Base64>("-_8=").is_err());
}

#[test]
fn base64url_has_its_own_alphabet() {
    let value: Base64Url = read("-_8=").unwrap();
    assert_eq!(value.into_bytes(), [0xfb, 0xff]);
    assert_eq!(round::<Base64Url>("-_8"), "-_8");
    assert!(read::<Base64Url>("+/8=").is_err());
    assert_eq!(format!("{:?}", Base64Url::from(vec![1, 2])), "Base64Url(2 bytes)");
}

#[test]
fn secrets_are_strings_on_the_wire_and_nowhere_else() {
    let secret: Secret = read("hunter2").unwrap();
    assert_eq!(secret.expose(), "hunter2");
    assert_eq!(to_vec(&secret), b"\"hunter2\"");
    assert_eq!(
        (format!("{secret:?}"), format!("{secret}")),
        ("[redacted]".into(), "[redacted]".into())
    );
    assert_eq!(secret.into_exposed(), "hunter2");
}

#[test]
fn a_fault_about_a_secret_tells_only_its_kind() {
    for (text, found) in [
        ("123456", "a number"),
        ("[\"hunter2\"]", "an array"),
        ("\"hunter2", "a string"),
        ("true", "true"),
    ] {
        let fault = from_slice::<Secret>(text.as_bytes()).unwrap_err();
        assert_eq!(fault.found, found, "{text}");
        assert!(!fault.to_string().contains("hunter2"));
    }
}
