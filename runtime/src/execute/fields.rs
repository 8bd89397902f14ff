//! Additions to a body of JSON: a property is set, and every other byte stays as it was.
//!
//! Values aren't decoded on the way, so numbers keep their digits and properties their order.

use crate::error::Refusal;
use crate::style::shape::Shape;

/// Sets what lies at `place` in the JSON text: the property of that name, or what the JSON pointer
/// (RFC 6901) leads to. Objects on the way that aren't there are made; lists can't be entered.
pub(super) fn set(json: &[u8], place: &str, value: &[u8]) -> Result<Vec<u8>, Refusal> {
    let steps: Vec<String> = match place.strip_prefix('/') {
        Some(pointer) => pointer.split('/').map(unescape).collect(),
        None => vec![place.to_owned()],
    };
    enter(json, &steps, value).ok_or_else(|| {
        Refusal::new(
            format!("extra body field `{}`", place.escape_debug()),
            "isn't in an object: the body or what is on the way has another type",
        )
    })
}

/// `~1` is `/` and `~0` is `~` (RFC 6901, section 4).
fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

fn enter(json: &[u8], steps: &[String], value: &[u8]) -> Option<Vec<u8>> {
    let Some((name, rest)) = steps.split_first() else { return Some(value.to_vec()) };
    let mut members = Vec::new();
    let mut is_set = false;
    let Shape::Object(found) = Shape::of(json) else { return None };
    for (key, old) in found {
        let is_it = key == *name;
        is_set |= is_it;
        let new = if is_it { enter(old, rest, value)? } else { old.to_vec() };
        members.push((key, new));
    }
    if !is_set {
        members.push((name.clone(), enter(b"{}", rest, value)?));
    }
    Some(object(&members))
}

fn object(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut json = vec![b'{'];
    for (index, (name, value)) in members.iter().enumerate() {
        if index > 0 {
            json.push(b',');
        }
        json.extend(crate::codec::to_vec(name));
        json.push(b':');
        json.extend_from_slice(value);
    }
    json.push(b'}');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str, place: &str) -> Option<String> {
        let json = set(json.as_bytes(), place, b"7").ok()?;
        Some(String::from_utf8(json).unwrap())
    }

    #[test]
    fn a_property_is_added_or_replaced_and_the_rest_stays_byte_by_byte() {
        let json = r#"{"a":1.10,"b":{"c":[1e400, 2]},"é\n":"\u00e9"}"#;
        let added = r#"{"a":1.10,"b":{"c":[1e400, 2]},"é\n":"\u00e9","d":7}"#;
        assert_eq!(text(json, "d").unwrap(), added);
        assert_eq!(text(r#"{"a":1.10,"b":2}"#, "a").unwrap(), r#"{"a":7,"b":2}"#);
        assert_eq!(text("{}", "a/b").unwrap(), r#"{"a/b":7}"#);
    }

    #[test]
    fn a_pointer_leads_into_objects_and_makes_them() {
        assert_eq!(text(r#"{"a":{"b":1}}"#, "/a/c").unwrap(), r#"{"a":{"b":1,"c":7}}"#);
        assert_eq!(text("{}", "/a/b/c").unwrap(), r#"{"a":{"b":{"c":7}}}"#);
        assert_eq!(text("{}", "/x~1y~0z").unwrap(), r#"{"x/y~z":7}"#);
    }

    #[test]
    fn what_is_no_object_can_not_be_entered() {
        assert_eq!(text("[1]", "a"), None);
        assert_eq!(text(r#"{"a":[1]}"#, "/a/0"), None);
        assert_eq!(text("not JSON", "a"), None);
    }
}
