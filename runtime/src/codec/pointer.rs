//! JSON pointers (RFC 6901) into JSON texts: what stands at one, and the text with something else there.
//!
//! Values stay JSON text, so numbers keep every digit and objects the order of their members.

use std::borrow::Cow;

use jiter::Peek;

use super::decoder::Decoder;
use super::fault::Fault;
use super::text;

/// The steps of a pointer, from the root.
pub(crate) fn steps(pointer: &str) -> impl DoubleEndedIterator<Item = Cow<'_, str>> {
    let unescape = |step| match str::contains(step, '~') {
        true => Cow::Owned(step.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(step),
    };
    let steps = pointer.strip_prefix('/').map(|rest| rest.split('/'));
    steps.into_iter().flatten().map(unescape)
}

/// The text of the value at a pointer; `None` when there is none.
///
/// # Errors
///
/// What is read on the way isn't JSON.
pub(crate) fn find<'j>(json: &'j [u8], pointer: &str) -> Result<Option<&'j [u8]>, Fault> {
    let mut decoder = Decoder::new(json);
    decoder.position()?;
    let mut at = decoder.raw()?;
    for step in steps(pointer) {
        match child(at, &step)? {
            Some(child) => at = child,
            None => return Ok(None),
        }
    }
    Ok(Some(at))
}

fn child<'j>(json: &'j [u8], step: &str) -> Result<Option<&'j [u8]>, Fault> {
    let mut decoder = Decoder::new(json);
    let mut found = None;
    match decoder.peek()? {
        Peek::Object => decoder.entries(&mut |name, value| {
            if name == step {
                found.get_or_insert(value);
            }
        })?,
        Peek::Array => {
            let wanted: Option<usize> = step.parse().ok();
            decoder.array(&mut |decoder, index| {
                decoder.position()?;
                let value = decoder.raw()?;
                if Some(index) == wanted {
                    found = Some(value);
                }
                Ok(())
            })?;
        }
        _ => {}
    }
    Ok(found)
}

/// The texts of an array's items; none of anything else.
///
/// # Errors
///
/// The text isn't JSON.
pub(crate) fn items(json: &[u8]) -> Result<Vec<&[u8]>, Fault> {
    let mut decoder = Decoder::new(json);
    let mut items = Vec::new();
    if decoder.peek()? == Peek::Array {
        decoder.array(&mut |decoder, _| {
            decoder.position()?;
            items.push(decoder.raw()?);
            Ok(())
        })?;
    }
    Ok(items)
}

/// The text with `value` at a pointer: in place of what stands there, or added to the object. What is on the way and
/// isn't an object becomes one.
pub(crate) fn put(json: &[u8], pointer: &str, value: &[u8]) -> Vec<u8> {
    let steps: Vec<Cow<'_, str>> = steps(pointer).collect();
    let mut out = Vec::with_capacity(json.len() + value.len());
    put_steps(json, &steps, value, &mut out);
    out
}

fn put_steps(json: &[u8], steps: &[Cow<'_, str>], value: &[u8], out: &mut Vec<u8>) {
    let Some((step, below)) = steps.split_first() else {
        out.extend_from_slice(value);
        return;
    };
    let mut is_there = false;
    out.push(b'{');
    // What isn't an object has no entries, and neither has an empty text.
    let _ = Decoder::new(json).entries(&mut |name, old| {
        let is_it = name == step.as_ref() && !is_there;
        separate(out);
        text::write_string(out, name);
        out.push(b':');
        if is_it {
            is_there = true;
            put_steps(old, below, value, out);
        } else {
            out.extend_from_slice(old);
        }
    });
    if !is_there {
        separate(out);
        text::write_string(out, step);
        out.push(b':');
        put_steps(b"", below, value, out);
    }
    out.push(b'}');
}

/// A comma, unless the object has just begun.
fn separate(out: &mut Vec<u8>) {
    if out.last() != Some(&b'{') {
        out.push(b',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] =
        br#" {"a": {"b/c": [1, {"d": "x"}], "~": null, "e": 1.50}, "list": [ {"id":1} , 2 ]} "#;

    fn at(pointer: &str) -> Option<&'static str> {
        find(BODY, pointer).unwrap().map(|json| std::str::from_utf8(json).unwrap())
    }

    #[test]
    fn a_pointer_leads_through_objects_and_arrays() {
        assert_eq!(at("/a/b~1c/1/d"), Some("\"x\""));
        assert_eq!(at("/a/~0"), Some("null"));
        assert_eq!(at("/a/e"), Some("1.50"));
        assert_eq!(at("/list/1"), Some("2"));
        for nowhere in ["/b", "/a/e/f", "/list/2", "/list/-", "/a/b/c"] {
            assert_eq!(at(nowhere), None, "{nowhere}");
        }
        assert!(at("").unwrap().starts_with("{\"a\""));
        assert!(find(b"{\"a\":", "/a").is_err());
        assert!(find(b"", "").is_err());
    }

    #[test]
    fn items_are_those_of_an_array() {
        assert_eq!(items(b"[1, {\"a\":2} ]").unwrap(), [b"1".as_slice(), b"{\"a\":2}"]);
        assert!(items(b"null").unwrap().is_empty());
        assert!(items(b"[").is_err());
    }

    #[test]
    fn a_value_is_put_where_the_pointer_leads() {
        let put = |json: &str, pointer, value: &str| {
            String::from_utf8(put(json.as_bytes(), pointer, value.as_bytes())).unwrap()
        };
        assert_eq!(put("{\"b\":1.50,\"a\":2}", "/b", "\"x\""), "{\"b\":\"x\",\"a\":2}");
        assert_eq!(put("{\"b\":1.50}", "/c", "3"), "{\"b\":1.50,\"c\":3}");
        assert_eq!(put("", "/c", "3"), "{\"c\":3}");
        assert_eq!(put("{\"p\":{\"q\":{}}}", "/p/q/r", "3"), "{\"p\":{\"q\":{\"r\":3}}}");
        assert_eq!(put("{\"p\":null}", "/p/q", "3"), "{\"p\":{\"q\":3}}");
    }
}
