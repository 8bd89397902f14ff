//! The parts of a multipart body (RFC 2046, section 5.1; RFC 7578).

use std::borrow::Cow;

/// A part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) name: String,
    pub(super) body: &'a [u8],
}

/// Takes a body apart.
///
/// # Errors
///
/// It has no boundary, or isn't complete.
pub(super) fn parse<'a>(media: &str, body: &'a [u8]) -> Result<Vec<Part<'a>>, &'static str> {
    let boundary = parameter(media, "boundary").ok_or("the media type has no boundary")?;
    let delimiter = format!("--{boundary}");
    let delimiter = delimiter.as_bytes();
    let at = find(body, delimiter).ok_or("the body has no part")?;
    let mut rest = body.get(at + delimiter.len()..).unwrap_or_default();
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let start = find(rest, b"\r\n").ok_or("a part isn't complete")? + 2;
        let inner = rest.get(start..).unwrap_or_default();
        let next = [b"\r\n", delimiter].concat();
        let end = find(inner, &next).ok_or("the last boundary is missing")?;
        parts.push(part(inner.get(..end).unwrap_or_default())?);
        rest = inner.get(end + next.len()..).unwrap_or_default();
    }
}

fn part(text: &[u8]) -> Result<Part<'_>, &'static str> {
    let (head, body) = match text.strip_prefix(b"\r\n") {
        Some(body) => (&[][..], body),
        None => {
            let end = find(text, b"\r\n\r\n").ok_or("a part has no body")?;
            (text.get(..end).unwrap_or_default(), text.get(end + 4..).unwrap_or_default())
        }
    };
    let head = String::from_utf8_lossy(head);
    let named = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then(|| parameter(value, "name"))?
    });
    Ok(Part { name: named.map(Cow::into_owned).unwrap_or_default(), body })
}

/// A parameter of a header, without its quotes.
fn parameter<'a>(header: &'a str, name: &str) -> Option<Cow<'a, str>> {
    header.split(';').skip(1).find_map(|piece| {
        let (key, value) = piece.split_once('=')?;
        let value = value.trim();
        let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        key.trim().eq_ignore_ascii_case(name).then(|| match quoted {
            Some(text) => Cow::Owned(text.replace("%22", "\"").replace("%0D%0A", "\r\n")),
            None => Cow::Borrowed(value),
        })
    })
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_known_by_their_names() {
        let body = b"--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\n\
            Content-Type: text/plain\r\nContent-Disposition: form-data; name=\"b\"; filename=\"f\"\r\n\r\n\r\n--x--\r\n";
        let parts = parse("multipart/form-data; boundary=x", body).unwrap();
        let parts: Vec<_> = parts.iter().map(|part| (part.name.as_str(), part.body)).collect();
        assert_eq!(parts, [("a", &b"1"[..]), ("b", b"")]);
        assert!(parse("multipart/form-data; boundary=x", b"--x\r\n\r\n1").is_err());
        assert!(parse("multipart/form-data", body).is_err());
    }
}
