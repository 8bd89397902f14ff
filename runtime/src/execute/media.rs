//! Media types of replies: which documented response a content type fits.

use mime::Mime;

use crate::op::{Content, Response};

/// The content type of a reply; absent when it has none or one that can't be read.
pub(super) fn of(headers: &http::HeaderMap) -> Option<Mime> {
    headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?.parse().ok()
}

/// How well a content type fits a documented response, 0 being best; absent when it doesn't. The
/// charset doesn't matter: JSON has none (RFC 8259, section 8.1).
///
/// JSON fits any JSON type. Text and bytes fit everything, as nothing is lost with them.
pub(super) fn fit(response: &Response, actual: &Mime) -> Option<u8> {
    if response.content == Content::Empty {
        return Some(5);
    }
    let Ok(documented) = response.media.parse::<Mime>() else { return Some(4) };
    if documented.essence_str() == actual.essence_str() {
        // Parameters tell two types of one name apart: `application/json; version=2`.
        return Some(u8::from(!has_params_of(actual, &documented)));
    }
    // Whatever it is called in the document, JSON is JSON.
    if response.content == Content::Json && is_json(actual) {
        return Some(2);
    }
    if response.content == Content::Lines && is_lines(actual) {
        return Some(2);
    }
    let is_range = documented.subtype() == mime::STAR;
    if is_range && (documented.type_() == mime::STAR || documented.type_() == actual.type_()) {
        return Some(3);
    }
    matches!(response.content, Content::Text | Content::Bytes).then_some(4)
}

/// `application/json`, `text/json`, and everything that ends in `+json` (RFC 6839, section 3.1).
fn is_json(media: &Mime) -> bool {
    media.subtype() == mime::JSON || media.suffix() == Some(mime::JSON)
}

/// Every parameter of `documented` other than the charset stands in `actual`.
fn has_params_of(actual: &Mime, documented: &Mime) -> bool {
    let mut params = documented.params().filter(|(name, _)| *name != mime::CHARSET);
    params.all(|(name, value)| actual.get_param(name) == Some(value))
}

/// The types of JSON texts in a row, none of which is registered but the last.
fn is_lines(media: &Mime) -> bool {
    let names = ["x-ndjson", "ndjson", "jsonl", "x-jsonl", "x-jsonlines", "jsonlines", "json-seq"];
    names.contains(&media.subtype().as_str())
        || media.essence_str() == "application/stream+json"
        || media.suffix().is_some_and(|suffix| suffix == "json-seq")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::Status;

    fn json(documented: &'static str, actual: &str) -> Option<u8> {
        let actual = actual.parse().unwrap();
        fit(&Response::json(Status::Code(200), documented, 0), &actual)
    }

    #[test]
    fn json_fits_every_json_type_and_no_other() {
        assert_eq!(json("application/json", "application/json"), Some(0));
        assert_eq!(json("application/json", "Application/JSON; Charset=UTF-8"), Some(0));
        assert_eq!(json("application/json; charset=utf-8", "application/json"), Some(0));
        assert_eq!(json("application/json", "application/problem+json"), Some(2));
        assert_eq!(json("application/vnd.api+json", "application/json"), Some(2));
        assert_eq!(json("application/json", "text/json"), Some(2));
        assert_eq!(json("*/*", "text/plain"), Some(3));
        assert_eq!(json("application/*", "application/x-thing"), Some(3));
        assert_eq!(json("application/json", "text/html"), None);
        assert_eq!(json("application/json", "application/xml"), None);
    }

    #[test]
    fn parameters_tell_two_types_of_one_name_apart() {
        let actual = "application/json; charset=utf-8; version=2";
        assert_eq!(json("application/json; version=2", actual), Some(0));
        assert_eq!(json("application/json; version=1", actual), Some(1));
    }

    #[test]
    fn bytes_and_text_fit_everything() {
        let html: Mime = "text/html".parse().unwrap();
        let pdf = Response::bytes(Status::Code(200), "application/pdf", 0);
        assert_eq!(fit(&pdf, &html), Some(4));
        let text = Response::text(Status::Code(200), "text/plain", 0);
        assert_eq!(fit(&text, &html), Some(4));
    }
}
