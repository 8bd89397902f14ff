//! JSON strings: a Rust string in, its quoted and escaped form out (RFC 8259, section 7).

/// Appends `string` in quotes. Only what must be escaped is escaped.
pub(super) fn write_string(out: &mut Vec<u8>, string: &str) {
    let mut rest = string.as_bytes();
    out.reserve(rest.len() + 2);
    out.push(b'"');
    loop {
        let (plain, tail) = rest.split_at(plain_length(rest));
        out.extend_from_slice(plain);
        let Some((byte, tail)) = tail.split_first() else { break };
        escape(out, *byte);
        rest = tail;
    }
    out.push(b'"');
}

/// Whether `string` needs no escapes.
pub(super) const fn is_plain(string: &str) -> bool {
    let mut bytes = string.as_bytes();
    while let [byte, rest @ ..] = bytes {
        if must_escape(*byte) {
            return false;
        }
        bytes = rest;
    }
    true
}

/// How many bytes stand before the first that must be escaped. Looks at eight bytes at a time.
fn plain_length(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks::<8>();
    let plain =
        words.iter().take_while(|word| !word_must_escape(u64::from_le_bytes(**word))).count();
    let rest = match words.get(plain) {
        Some(word) => word.as_slice(),
        None => tail,
    };
    plain * 8 + rest.iter().take_while(|byte| !must_escape(**byte)).count()
}

/// Whether one of the eight bytes must be escaped: the usual tests for a byte below a bound and for a zero byte, all
/// bytes at once.
const fn word_must_escape(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let quotes = word ^ (ONES * b'"' as u64);
    let slashes = word ^ (ONES * b'\\' as u64);
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    let quote = quotes.wrapping_sub(ONES) & !quotes;
    let slash = slashes.wrapping_sub(ONES) & !slashes;
    (control | quote | slash) & HIGH != 0
}

const fn must_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x09 => b't',
        0x0A => b'n',
        0x0C => b'f',
        0x0D => b'r',
        _ => {
            out.extend_from_slice(b"\\u00");
            out.extend(
                [byte >> 4, byte & 15].iter().filter_map(|nibble| HEX.get(usize::from(*nibble))),
            );
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_of_eight_bytes_agrees_with_the_test_of_one() {
        for filler in [b'a', 0x7f, 0x80, 0xff, 0x20, 0x21] {
            for byte in 0..=255 {
                for place in 0..8 {
                    let mut word = [filler; 8];
                    word[place] = byte;
                    assert_eq!(
                        word_must_escape(u64::from_le_bytes(word)),
                        must_escape(byte),
                        "{word:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn escapes_are_found_at_every_place() {
        for length in 0..40 {
            for place in 0..length {
                let mut text = "x".repeat(length);
                text.replace_range(place..=place, "\n");
                let mut out = Vec::new();
                write_string(&mut out, &text);
                let expected = format!("\"{}\"", text.replace('\n', "\\n"));
                assert_eq!(String::from_utf8(out).unwrap(), expected);
                assert!(!is_plain(&text) && is_plain(&text.replace('\n', "ä")));
            }
        }
    }
}
