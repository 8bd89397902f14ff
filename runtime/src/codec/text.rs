//! JSON strings: a Rust string in, its quoted and escaped form out (RFC 8259, section 7).

/// Appends `string` in quotes. Only what must be escaped is escaped.
pub(super) fn write_string(out: &mut Vec<u8>, string: &str) {
    out.reserve(string.len() + 2);
    out.push(b'"');
    let bytes = string.as_bytes();
    let mut plain = 0;
    for (index, byte) in bytes.iter().enumerate() {
        if !must_escape(*byte) {
            continue;
        }
        out.extend_from_slice(bytes.get(plain..index).unwrap_or_default());
        escape(out, *byte);
        plain = index + 1;
    }
    out.extend_from_slice(bytes.get(plain..).unwrap_or_default());
    out.push(b'"');
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
