//! Requests as they come over the wire: bytes in, one request out.

/// The most headers that a request of these tests has.
const HEADERS: usize = 64;

/// A request, byte by byte as it was received; only the chunks of its body are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Method and target of the request line: `GET /devices?limit=1`.
    pub line: String,
    /// Headers in their order, the names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads a request from the front of `bytes`: the request and its length, or nothing while it is incomplete.
    ///
    /// # Panics
    ///
    /// The bytes aren't HTTP/1.1.
    pub fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        let httparse::Status::Complete(start) = head.parse(bytes).expect("an HTTP request") else {
            return None;
        };
        let line = format!("{} {}", head.method.unwrap_or_default(), head.path.unwrap_or_default());
        let headers = head.headers.iter();
        let headers = headers.map(|it| (it.name.to_ascii_lowercase(), it.value.to_vec())).collect();
        let mut request = Self { line, headers, body: Vec::new() };
        let (body, length) = body(&request, bytes.get(start..)?)?;
        request.body = body;
        Some((request, start + length))
    }

    /// The value of a header that stands at most once; absent, if it doesn't stand at all.
    ///
    /// # Panics
    ///
    /// The header stands twice, or isn't UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let (_, value) = values.next()?;
        assert!(values.next().is_none(), "`{name}` stands twice: {:?}", self.headers);
        Some(std::str::from_utf8(value).expect("a header in UTF-8"))
    }

    /// The body as text.
    ///
    /// # Panics
    ///
    /// The body isn't UTF-8.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }

    /// Asserts that there is no body, and that the headers say so: a `POST` has the length 0 then (RFC 9110,
    /// section 8.6).
    ///
    /// # Panics
    ///
    /// There is one, or a header that no request without a body has.
    pub fn assert_bodiless(&self) {
        assert_eq!(self.text(), "");
        let is_post = self.line.starts_with("POST ");
        assert_eq!(self.header("content-length"), is_post.then_some("0"));
        self.assert_names(if is_post { &["content-length"] } else { &[] });
    }

    /// Asserts that the body is this JSON text, byte by byte, and that the headers say so.
    ///
    /// # Panics
    ///
    /// It isn't, or there is a header that no request with such a body has.
    pub fn assert_json(&self, media: &str, json: &str) {
        assert_eq!(self.text(), json);
        assert_eq!(self.header("content-type"), Some(media));
        assert_eq!(self.header("content-length"), Some(json.len().to_string().as_str()));
        self.assert_names(&["content-length", "content-type"]);
    }

    /// Asserts that the headers are those of every request, and these.
    ///
    /// # Panics
    ///
    /// One is missing, or there is another.
    pub fn assert_names(&self, also: &[&str]) {
        let mut names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let mut expected = ["accept", "authorization", "host", "user-agent"].to_vec();
        expected.extend(also);
        expected.sort_unstable();
        assert_eq!(names, expected);
    }
}

/// The body at the front of `bytes`, and its length there (RFC 9112, section 6).
fn body(request: &Request, bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    if request
        .header("transfer-encoding")
        .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"))
    {
        return chunks(bytes);
    }
    let length =
        request.header("content-length").map_or(0, |length| length.parse().expect("a length"));
    bytes.get(..length).map(|body| (body.to_vec(), length))
}

/// Joins chunks up to the empty one; trailers aren't expected (RFC 9112, section 7.1).
fn chunks(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut body, mut at) = (Vec::new(), 0);
    loop {
        let size = httparse::parse_chunk_size(bytes.get(at..)?).expect("a chunk");
        let httparse::Status::Complete((start, length)) = size else { return None };
        let length = usize::try_from(length).expect("a length that fits");
        let (from, to) = (at + start, at + start + length);
        let chunk = bytes.get(from..to)?;
        bytes.get(to..to + 2)?;
        at = to + 2;
        if length == 0 {
            return Some((body, at));
        }
        body.extend_from_slice(chunk);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_once_it_is_complete() {
        let bytes = b"POST /a%2Fb?c=d HTTP/1.1\r\nContent-Length: 2\r\nX-A: 1\r\n\r\n{}GET";
        for end in 0..bytes.len() - 3 {
            assert_eq!(Request::parse(&bytes[..end]), None);
        }
        let (request, length) = Request::parse(bytes).unwrap();
        assert_eq!((request.line.as_str(), request.text()), ("POST /a%2Fb?c=d", "{}"));
        assert_eq!(request.header("x-a"), Some("1"));
        assert_eq!(&bytes[length..], b"GET");
    }

    #[test]
    fn chunks_are_joined() {
        let bytes = b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        for end in 0..bytes.len() {
            assert_eq!(Request::parse(&bytes[..end]), None);
        }
        let (request, length) = Request::parse(bytes).unwrap();
        assert_eq!((request.text(), length), ("abcde", bytes.len()));
    }
}
