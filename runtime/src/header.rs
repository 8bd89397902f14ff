//! Typed headers of replies (OpenAPI 3.1, section 4.8.21).
//!
//! In goes the text of a header, out comes a value of its documented type. Headers are written in
//! the style `simple` (OpenAPI 3.1, section 4.8.12.3): `a,b` is a list, `k,v` or `k=v` an object.
//! A number stands there as its digits; the codec reads it as such where the type is a number.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;

use crate::codec::{self, Decode, Fault};

/// Longest part of a value that a fault shows, in characters.
const SHOWN: usize = 40;

/// A header that replies may have: its name, how it is written, and its type.
///
/// ```
/// # use tenon_runtime::{Fault, Reply, ReplyHeader};
/// const REMAINING: ReplyHeader<i64> = ReplyHeader::new("x-ratelimit-remaining");
///
/// # fn show<T>(reply: Reply<T>) -> Result<(), Fault> {
/// if let Some(remaining) = reply.header(REMAINING)? {
///     println!("{remaining} calls left");
/// }
/// # Ok(())
/// # }
/// ```
pub struct ReplyHeader<T> {
    name: &'static str,
    form: Form,
    ty: PhantomData<fn() -> T>,
}

/// How a value is written.
#[derive(Clone, Copy)]
enum Form {
    Scalar,
    /// `a,b`
    List,
    /// `k,v`, or `k=v` when exploded.
    Object {
        explode: bool,
    },
    /// JSON text.
    Json,
}

impl<T> ReplyHeader<T> {
    /// A header of one value.
    pub const fn new(name: &'static str) -> Self {
        Self { name, form: Form::Scalar, ty: PhantomData }
    }

    /// A header of values between commas.
    pub const fn list(name: &'static str) -> Self {
        Self { name, form: Form::List, ty: PhantomData }
    }

    /// A header of names and values: `k=v` between commas when exploded, else `k,v`.
    pub const fn object(name: &'static str, explode: bool) -> Self {
        Self { name, form: Form::Object { explode }, ty: PhantomData }
    }

    /// A header of JSON (`content: application/json`).
    pub const fn json(name: &'static str) -> Self {
        Self { name, form: Form::Json, ty: PhantomData }
    }

    /// Its name, in lower case.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: Decode> ReplyHeader<T> {
    /// Reads the header from others; absent when it isn't among them. Of several values of that
    /// name, lists and objects are made of all (RFC 9110, section 5.3), anything else of the first.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when it isn't of this type.
    pub fn read(&self, headers: &HeaderMap) -> Result<Option<T>, Fault> {
        match text(self.name, self.form, headers)? {
            None => Ok(None),
            Some(text) => decode(self.form, &text, separator(self.name)).map(Some),
        }
    }
}

/// The text of a header.
fn text(name: &str, form: Form, headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let mut lines = Vec::new();
    for value in headers.get_all(name) {
        let line = std::str::from_utf8(value.as_bytes()).map_err(|error| {
            Fault::new("$", "text in UTF-8", "other bytes", error.valid_up_to())
        })?;
        lines.push(line.trim());
    }
    Ok(match form {
        _ if lines.is_empty() => None,
        Form::List | Form::Object { .. } => Some(lines.join(separator(name))),
        Form::Scalar | Form::Json => lines.first().map(|line| (*line).to_owned()),
    })
}

/// What values of one name are joined by. The commas of `Set-Cookie` stand in its dates (RFC 6265,
/// section 3): a line break, which no value has, takes their place.
fn separator(name: &str) -> &'static str {
    if name.eq_ignore_ascii_case(http::header::SET_COOKIE.as_str()) { "\n" } else { "," }
}

fn decode<T: Decode>(form: Form, text: &str, separator: &str) -> Result<T, Fault> {
    let items = || text.split(separator).map(str::trim).filter(|item| !item.is_empty());
    let json = match form {
        Form::Json => return codec::from_slice(text.as_bytes()),
        Form::Scalar => codec::to_vec(&text),
        Form::List => codec::to_vec(&items().collect::<Vec<&str>>()),
        Form::Object { explode: true } => {
            object(items().map(|item| item.split_once('=').unwrap_or((item, ""))))
        }
        Form::Object { explode: false } => {
            let parts: Vec<&str> = items().collect();
            object(parts.chunks(2).map(|pair| (pair[0], pair.get(1).copied().unwrap_or(""))))
        }
    };
    codec::from_words(&json).map_err(|fault| {
        let shown: String = text.chars().take(SHOWN).collect();
        let more = if shown.len() < text.len() { "…" } else { "" };
        fault.with_found(format!("`{shown}{more}`"))
    })
}

/// An object of strings as JSON text.
fn object<'a>(members: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let member = |(name, value): (&str, &str)| {
        [codec::to_vec(&name.trim()), codec::to_vec(&value.trim())].join(&b':')
    };
    let members: Vec<Vec<u8>> = members.map(member).collect();
    [b"{".as_slice(), &members.join(&b','), b"}"].concat()
}

impl<T> Clone for ReplyHeader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ReplyHeader<T> {}

impl<T> fmt::Debug for ReplyHeader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReplyHeader").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{Date, DateTime, Json, Uuid};

    fn headers(values: &[&str]) -> HeaderMap {
        let value = |value: &&str| (http::HeaderName::from_static("x-a"), value.parse().unwrap());
        values.iter().map(value).collect()
    }

    fn scalar<T: Decode>(value: &str) -> Result<T, Fault> {
        ReplyHeader::new("x-a").read(&headers(&[value])).map(Option::unwrap)
    }

    #[test]
    fn scalars_are_read_by_their_type() {
        assert_eq!(scalar("42"), Ok(42_i64));
        assert_eq!(scalar("42"), Ok("42".to_owned()));
        assert_eq!(scalar("-1.5e1"), Ok(-15.0_f64));
        assert_eq!(scalar("true"), Ok(true));
        assert_eq!(scalar("a \"b\""), Ok("a \"b\"".to_owned()));
        assert_eq!(scalar("1"), Ok(Json::from("1")));
        assert!(scalar::<Date>("2024-02-29").is_ok());
        assert!(scalar::<DateTime>("2024-02-29T12:00:00Z").is_ok());
        let written = scalar::<DateTime>("Thu, 29 Feb 2024 12:00:00 GMT").unwrap();
        assert_eq!(written, scalar("2024-02-29T12:00:00Z").unwrap());
        assert!(scalar::<Uuid>("67e55044-10b1-426f-9247-bb680e5fe0c8").is_ok());
    }

    #[test]
    fn a_value_of_another_type_is_a_fault_that_shows_it() {
        let fault = scalar::<i64>("soon").unwrap_err();
        assert_eq!(fault.to_string(), "at $: expected integer, found `soon`");
        let fault = scalar::<bool>("yes").unwrap_err();
        assert_eq!(fault.to_string(), "at $: expected boolean, found `yes`");
        assert!(scalar::<i32>("3000000000").is_err());
        let list = ReplyHeader::<Vec<i64>>::list("x-a").read(&headers(&["1,x"])).unwrap_err();
        assert_eq!(list.to_string(), "at $[1]: expected integer, found `1,x`");
    }

    #[test]
    fn lists_and_objects_are_written_simply() {
        let list = ReplyHeader::<Vec<i64>>::list("x-a");
        assert_eq!(list.read(&headers(&["1, 2", "3"])).unwrap(), Some(vec![1, 2, 3]));
        assert_eq!(list.read(&headers(&[""])).unwrap(), Some(Vec::new()));
        assert_eq!(list.read(&HeaderMap::new()).unwrap(), None);
        let map = BTreeMap::from([("a".to_owned(), 1_i64), ("b".to_owned(), 2)]);
        let flat = ReplyHeader::object("x-a", false);
        assert_eq!(flat.read(&headers(&["a,1,b,2"])).unwrap().as_ref(), Some(&map));
        let exploded = ReplyHeader::object("x-a", true);
        assert_eq!(exploded.read(&headers(&["a=1, b=2"])).unwrap(), Some(map));
        let json = ReplyHeader::<Json>::json("x-a");
        assert_eq!(json.read(&headers(&["{\"a\":[1]}"])).unwrap(), Some(codec::json!({"a": [1]})));
    }

    #[test]
    fn each_set_cookie_is_one_cookie() {
        let lines = ["a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT", "b=2"];
        let name = http::header::SET_COOKIE;
        let all = lines.map(|line| (name.clone(), line.parse().unwrap())).into_iter().collect();
        let cookies = ReplyHeader::<Vec<String>>::list("set-cookie").read(&all).unwrap();
        assert_eq!(cookies.unwrap(), lines);
    }

    #[test]
    fn of_several_lines_the_first_is_a_scalar() {
        let all = headers(&["a", "b"]);
        assert_eq!(ReplyHeader::<String>::new("x-a").read(&all).unwrap().unwrap(), "a");
    }
}
