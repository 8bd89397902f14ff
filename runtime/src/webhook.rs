//! What the vendor sends: bodies of webhooks and callbacks, decoded.
//!
//! In goes the body of a request that a server of the caller's received, out comes its documented
//! type. Receiving it, and checking its signature, is the caller's.

use percent_encoding::percent_decode_str;

use crate::codec::{self, Decode, Fault};

/// Reads a body of JSON.
///
/// # Errors
///
/// A [`Fault`] when it isn't what the document says.
pub fn json<T: Decode>(body: &[u8]) -> Result<T, Fault> {
    codec::from_slice(body)
}

/// Reads a body of text.
///
/// # Errors
///
/// A [`Fault`] when it isn't UTF-8.
pub fn text(body: &[u8]) -> Result<String, Fault> {
    let text = std::str::from_utf8(body).map(str::to_owned);
    text.map_err(|error| Fault::new("$", "text in UTF-8", "other bytes", error.valid_up_to()))
}

/// Reads a body of `application/x-www-form-urlencoded` (WHATWG URL, section 5.1). Numbers and
/// booleans are read from their text; a list is a name that is there several times, or once.
///
/// # Errors
///
/// A [`Fault`] when it isn't what the document says.
pub fn form<T: Decode>(body: &[u8]) -> Result<T, Fault> {
    let mut fields = fields(body);
    loop {
        let json = object(&fields);
        let fault = match codec::from_words(&json) {
            Ok(value) => return Ok(value),
            Err(fault) => fault,
        };
        // Nothing but the type tells a list of one from a text.
        let single = fields.iter_mut().find(|field| {
            !field.is_list && fault.expected == "array" && fault.path == format!("$.{}", field.name)
        });
        match single {
            Some(field) => field.is_list = true,
            None => return Err(fault),
        }
    }
}

struct Field {
    name: String,
    values: Vec<String>,
    is_list: bool,
}

fn fields(body: &[u8]) -> Vec<Field> {
    let text = String::from_utf8_lossy(body);
    let decoded = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
    };
    let mut fields: Vec<Field> = Vec::new();
    for pair in text.trim().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name), decoded(value));
        match fields.iter_mut().find(|field| field.name == name) {
            Some(field) => {
                field.values.push(value);
                field.is_list = true;
            }
            None => fields.push(Field { name, values: vec![value], is_list: false }),
        }
    }
    fields
}

/// The fields as JSON text.
fn object(fields: &[Field]) -> Vec<u8> {
    let member = |field: &Field| {
        let value = match field.values.as_slice() {
            [one] if !field.is_list => codec::to_vec(one),
            all => codec::to_vec(&all.to_vec()),
        };
        [codec::to_vec(&field.name), value].join(&b':')
    };
    let members: Vec<Vec<u8>> = fields.iter().map(member).collect();
    [b"{".as_slice(), &members.join(&b','), b"}"].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Json;

    #[test]
    fn forms_are_read_by_their_type() {
        let numbers: BTreeMap<String, i64> = form(b"a=1&b=-2").unwrap();
        assert_eq!(numbers, BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), -2)]));
        let lists: BTreeMap<String, Vec<String>> = form(b"x=1&y=a+b&y=%C3%BC%26").unwrap();
        assert_eq!(lists["x"], ["1"]);
        assert_eq!(lists["y"], ["a b", "\u{fc}&"]);
        assert_eq!(form::<Json>(b"a=1&b").unwrap(), codec::json!({"a": "1", "b": ""}));
        let fault = form::<BTreeMap<String, bool>>(b"a=maybe").unwrap_err();
        assert_eq!(fault.path, "$.a");
    }

    #[test]
    fn text_has_to_be_text() {
        assert_eq!(text(b"hi").unwrap(), "hi");
        assert_eq!(text(b"\xff").unwrap_err().offset, 0);
        assert_eq!(json::<Vec<i64>>(b"[1]").unwrap(), [1]);
    }
}
