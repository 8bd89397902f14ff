//! Charsets of text in replies: bytes, and the name of what they are in, become text.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use mime::Mime;

use crate::codec::Fault;

/// What the bytes from 0x80 to 0x9F are in windows-1252; all others are the code points of their
/// number (WHATWG Encoding, section 5.2).
const UPPER: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{2C6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
];

/// Reads the body of a reply with these headers as text. Without a charset it is UTF-8, which
/// US-ASCII is a part of; ISO-8859-1 is read as windows-1252, as browsers do (WHATWG Encoding,
/// section 4.2).
pub(crate) fn decode<'a>(bytes: &'a [u8], headers: &HeaderMap) -> Result<Cow<'a, str>, Fault> {
    let charset = stated(headers).unwrap_or_default();
    match charset.as_str() {
        "" | "utf-8" | "utf8" | "us-ascii" | "ascii" => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.into()),
            Err(error) => Err(Fault::new("$", "text in UTF-8", "other bytes", error.valid_up_to())),
        },
        "iso-8859-1" | "iso8859-1" | "latin1" | "windows-1252" | "cp1252" => {
            Ok(bytes.iter().map(|byte| windows_1252(*byte)).collect())
        }
        other => Err(Fault::new("$", "text in UTF-8 or ISO-8859-1", format!("text in {other}"), 0)),
    }
}

/// JSON text of a reply with these headers that isn't in UTF-8, as it has to be (RFC 8259, section
/// 8.1): in UTF-16, which the places of its zeros tell (RFC 4627, section 3), or in the charset that
/// the reply states. Absent where it is neither, or UTF-8 all the same.
pub(crate) fn in_utf8(json: &[u8], headers: &HeaderMap) -> Option<Vec<u8>> {
    let unit: Option<fn([u8; 2]) -> u16> = match json {
        [0xFE, 0xFF, ..] | [0, 1..=0xFF, ..] => Some(u16::from_be_bytes),
        [0xFF, 0xFE, ..] | [1..=0xFF, 0, ..] => Some(u16::from_le_bytes),
        _ => None,
    };
    if let Some(unit) = unit {
        let (pairs, []) = json.as_chunks::<2>() else { return None };
        let units = pairs.iter().map(|pair| unit(*pair)).skip_while(|unit| *unit == 0xFEFF);
        return Some(String::from_utf16(&units.collect::<Vec<u16>>()).ok()?.into_bytes());
    }
    if std::str::from_utf8(json).is_ok() {
        return None;
    }
    decode(json, headers).ok().map(|text| text.into_owned().into_bytes())
}

/// The charset of the content type, in lower case.
fn stated(headers: &HeaderMap) -> Option<String> {
    let media: Mime = headers.get(CONTENT_TYPE)?.to_str().ok()?.parse().ok()?;
    Some(media.get_param(mime::CHARSET)?.as_str().to_ascii_lowercase())
}

fn windows_1252(byte: u8) -> char {
    let upper = byte.checked_sub(0x80).and_then(|at| UPPER.get(usize::from(at)));
    upper.copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn text(content_type: &'static str, bytes: &[u8]) -> Result<String, String> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        decode(bytes, &headers).map(Cow::into_owned).map_err(|fault| fault.to_string())
    }

    #[test]
    fn text_is_in_the_charset_of_the_reply() {
        assert_eq!(text("text/plain", "\u{e9}".as_bytes()).unwrap(), "\u{e9}");
        assert_eq!(text("text/plain; charset=UTF-8", "\u{e9}".as_bytes()).unwrap(), "\u{e9}");
        assert_eq!(text("text/plain; charset=US-ASCII", b"e").unwrap(), "e");
        assert_eq!(text("text/plain; charset=ISO-8859-1", b"a\xe9\xff").unwrap(), "a\u{e9}\u{ff}");
        let quotes = "text/csv; charset=\"windows-1252\"";
        assert_eq!(text(quotes, b"\x80\x93\x9f\xa0").unwrap(), "\u{20ac}\u{201c}\u{178}\u{a0}");
    }

    #[test]
    fn a_charset_that_is_not_known_is_no_garbage_but_an_error() {
        let error = text("text/plain; charset=utf-16", b"\xff\xfea\0").unwrap_err();
        assert!(error.contains("expected text in UTF-8 or ISO-8859-1"), "{error}");
        assert!(error.contains("text in utf-16"), "{error}");
        assert!(text("text/plain", b"\xe9").unwrap_err().contains("text in UTF-8"));
    }
}
