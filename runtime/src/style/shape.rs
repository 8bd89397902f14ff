//! One level of a JSON text: what styles tell apart.
//!
//! Members stay as JSON text, so numbers are written digit by digit as the codec wrote them, and
//! objects keep the order of their members.

use std::borrow::Cow;

use jiter::{Jiter, JiterResult, Peek};

/// A JSON value, taken apart by one level.
pub(crate) enum Shape<'a> {
    /// `null`.
    Null,
    /// A string without its quotes, or the text of a number or boolean.
    Scalar(Cow<'a, str>),
    /// The JSON text of each item.
    List(Vec<&'a [u8]>),
    /// Each name and the JSON text of its value.
    Object(Vec<(String, &'a [u8])>),
}

impl<'a> Shape<'a> {
    /// Takes a value apart. Text that isn't JSON, which the codec never writes, counts as a scalar.
    pub(crate) fn of(json: &'a [u8]) -> Self {
        read(json).unwrap_or_else(|_| Self::Scalar(String::from_utf8_lossy(json)))
    }

    /// The value as text, which is that of `json`.
    pub(crate) fn text(self, json: &'a [u8]) -> Option<Cow<'a, str>> {
        match self {
            Self::Null => None,
            Self::Scalar(value) => Some(value),
            Self::List(_) | Self::Object(_) => Some(String::from_utf8_lossy(json)),
        }
    }
}

/// A member as text: absent for `null`, JSON text for a list or an object.
pub(crate) fn text(json: &[u8]) -> Option<Cow<'_, str>> {
    Shape::of(json).text(json)
}

fn read(json: &[u8]) -> JiterResult<Shape<'_>> {
    let mut reader = Jiter::new(json);
    match reader.peek()? {
        Peek::Null => Ok(Shape::Null),
        Peek::String => string(json, &mut reader).map(Shape::Scalar),
        Peek::Array => list(json, &mut reader).map(Shape::List),
        Peek::Object => object(json, &mut reader).map(Shape::Object),
        _ => Ok(Shape::Scalar(String::from_utf8_lossy(json.trim_ascii()))),
    }
}

/// The text between the quotes, which is copied only where it has escapes.
fn string<'a>(json: &'a [u8], reader: &mut Jiter<'a>) -> JiterResult<Cow<'a, str>> {
    let text = reader.known_str()?;
    let inner = json.trim_ascii().strip_prefix(b"\"").and_then(|json| json.strip_suffix(b"\""));
    Ok(match inner.and_then(|inner| std::str::from_utf8(inner).ok()) {
        Some(inner) if inner == text => Cow::Borrowed(inner),
        _ => Cow::Owned(text.to_owned()),
    })
}

fn list<'a>(json: &'a [u8], reader: &mut Jiter<'a>) -> JiterResult<Vec<&'a [u8]>> {
    let mut items = Vec::new();
    let mut next = reader.known_array()?;
    while let Some(peek) = next {
        items.push(member(json, reader, peek)?);
        next = reader.array_step()?;
    }
    Ok(items)
}

fn object<'a>(json: &'a [u8], reader: &mut Jiter<'a>) -> JiterResult<Vec<(String, &'a [u8])>> {
    let mut members = Vec::new();
    let mut next = reader.known_object()?.map(str::to_owned);
    while let Some(name) = next {
        let peek = reader.peek()?;
        members.push((name, member(json, reader, peek)?));
        next = reader.next_key()?.map(str::to_owned);
    }
    Ok(members)
}

fn member<'a>(json: &'a [u8], reader: &mut Jiter<'a>, peek: Peek) -> JiterResult<&'a [u8]> {
    let start = reader.current_index();
    reader.known_skip(peek)?;
    Ok(json.get(start..reader.current_index()).unwrap_or_default().trim_ascii())
}
