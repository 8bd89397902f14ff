//! Equality of JSON values: text in, one canonical text out that all equal values share.
//!
//! Equality is that of JSON Schema Core, section 4.2.2: numbers by their mathematical value, objects without order,
//! strings without regard to escapes.

use std::collections::BTreeMap;

use jiter::Peek;

use super::decoder::Decoder;
use super::fault::Fault;
use super::number::Decimal;
use super::text;

/// Whether two JSON texts hold equal values. `false` when one isn't JSON.
pub(super) fn equal(left: &[u8], right: &[u8]) -> bool {
    left == right || matches!((of(left), of(right)), (Some(left), Some(right)) if left == right)
}

/// The canonical text of a JSON text; `None` when it isn't JSON.
pub(super) fn of(json: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(json.len());
    let mut decoder = Decoder::new(json);
    write(&mut decoder, &mut out).ok()?;
    decoder.finish().ok()?;
    Some(out)
}

fn write(json: &mut Decoder<'_>, out: &mut Vec<u8>) -> Result<(), Fault> {
    match json.peek()? {
        Peek::String => text::write_string(out, json.str()?),
        Peek::Array => {
            out.push(b'[');
            json.array(&mut |json, _| {
                write(json, out)?;
                out.push(b',');
                Ok(())
            })?;
            out.push(b']');
        }
        Peek::Object => {
            let mut sorted = BTreeMap::new();
            json.entries(&mut |name, value| {
                sorted.insert(name.to_owned(), of(value));
            })?;
            out.push(b'{');
            for (name, value) in sorted {
                text::write_string(out, &name);
                out.push(b':');
                out.extend_from_slice(value.as_deref().unwrap_or_default());
                out.push(b',');
            }
            out.push(b'}');
        }
        peek if peek.is_num() => {
            let digits = json.number("number")?;
            match std::str::from_utf8(digits).ok().and_then(Decimal::parse) {
                Some(number) => out.extend_from_slice(number.canonical().as_bytes()),
                None => out.extend_from_slice(digits),
            }
        }
        _ => out.extend_from_slice(json.raw()?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_in_different_spelling_are_equal() {
        for (left, right) in [
            ("1", "1.0"),
            ("{\"a\":1,\"b\":[2]}", "{ \"b\" : [2e0], \"a\":1 }"),
            ("\"a\"", "\"\\u0061\""),
            ("null", " null "),
        ] {
            assert!(equal(left.as_bytes(), right.as_bytes()), "{left} {right}");
        }
    }

    #[test]
    fn different_values_are_different() {
        for (left, right) in [
            ("1", "\"1\""),
            ("[1,2]", "[2,1]"),
            ("0", "false"),
            ("{}", "[]"),
            ("[[1],2]", "[[1,2]]"),
        ] {
            assert!(!equal(left.as_bytes(), right.as_bytes()), "{left} {right}");
        }
    }

    #[test]
    fn broken_text_equals_nothing_but_itself() {
        assert!(!equal(b"[", b"{"));
        assert!(of(b"[1").is_none());
        assert!(of(b"1 2").is_none());
    }
}
