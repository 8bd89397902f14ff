//! Halves of surrogate pairs: `"\ud83d"`, where a program that counts in UTF-16 cut a text.
//!
//! The grammar of JSON allows them and leaves open what they mean (RFC 8259, section 8.2). No text of Rust can hold one,
//! so U+FFFD stands in its place, as wherever Unicode replaces what it can't read.

/// What takes the place of a half, byte for byte.
const REPLACEMENT: &[u8; 6] = b"\\ufffd";

/// The text with each half replaced; `None` when it has none.
pub(super) fn replaced(json: &[u8]) -> Option<Vec<u8>> {
    let mut out: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(next) =
        json.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\'))
    {
        at += next;
        let Some(unit) = unit(json, at) else {
            at += 2;
            continue;
        };
        let is_pair = is_high(unit) && self::unit(json, at + 6).is_some_and(is_low);
        if !is_pair && (is_high(unit) || is_low(unit)) {
            let out = out.get_or_insert_with(|| json.to_vec());
            out[at..at + 6].copy_from_slice(REPLACEMENT);
        }
        at += if is_pair { 12 } else { 6 };
    }
    out
}

/// The code unit of the escape `\uXXXX` at `at`.
fn unit(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let digits = std::str::from_utf8(digits).ok().filter(|it| !it.starts_with('+'))?;
    u16::from_str_radix(digits, 16).ok()
}

fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xDC00..0xE000).contains(&unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_replaced_and_pairs_are_not() {
        for (json, expected) in [
            (r#""\ud83d""#, Some(r#""\ufffd""#)),
            (r#""\uDE00a\uD83D""#, Some(r#""\ufffda\ufffd""#)),
            (r#""\ud83d\ud83d\ude00""#, Some(r#""\ufffd\ud83d\ude00""#)),
            (r#""\\ud83d\\\ud83d""#, Some(r#""\\ud83d\\\ufffd""#)),
            (r#""\ud83d\n""#, Some(r#""\ufffd\n""#)),
            (r#""\ud83d\ude00""#, None),
            (r#""\\ud83d""#, None),
            (r#""\u+83d\u00e9\ud8""#, None),
            ("\"\\", None),
        ] {
            let replaced =
                replaced(json.as_bytes()).map(|it| String::from_utf8(it).unwrap_or_default());
            assert_eq!(replaced.as_deref(), expected, "{json}");
        }
    }
}
