//! Requests as they come over the wire: as much of them as the servers of these runs have to know.

/// The path of the request at the front of `bytes`, and its length; nothing while it is incomplete.
pub(crate) fn parse(bytes: &[u8]) -> Option<(&str, usize)> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut request = httparse::Request::new(&mut headers);
    let status = request.parse(bytes).expect("an HTTP request");
    let httparse::Status::Complete(start) = status else { return None };
    let length = request.headers.iter().find(|it| it.name.eq_ignore_ascii_case("content-length"));
    let length = length.and_then(|it| std::str::from_utf8(it.value).ok()?.parse().ok());
    let end = start + length.unwrap_or(0);
    (bytes.len() >= end).then_some((request.path?, end))
}
