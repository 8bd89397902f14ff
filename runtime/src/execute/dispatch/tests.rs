//! Which documented response a reply is read as.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};

use super::*;
use crate::op::Operation;

static WIDE: Operation = Operation::new("wide", "GET", "/").responses(&[
    Response::json(Status::Default, "application/json", 0).error(),
    Response::json(Status::Range(4), "application/json", 1).error(),
    Response::json(Status::Code(404), "application/json", 2).error(),
    Response::json(Status::Code(200), "application/json", 0),
    Response::text(Status::Code(200), "text/csv", 1),
    Response::bytes(Status::Code(200), "image/*", 2),
]);

static SUCCESS_BY_DEFAULT: Operation = Operation::new("default", "GET", "/")
    .responses(&[Response::json(Status::Default, "application/json", 0)]);

static TWO_SUCCESSES: Operation = Operation::new("two", "GET", "/").responses(&[
    Response::json(Status::Code(200), "application/json", 0),
    Response::empty(Status::Code(204), 1),
]);

static FAILURES: Operation = Operation::new("failures", "DELETE", "/")
    .responses(&[Response::empty(Status::Code(404), 0).error()]);

/// `Ok((failure, case))`, or the kind of error.
fn read(
    operation: &'static Operation,
    status: u16,
    content_type: Option<&'static str>,
    body: &'static str,
) -> Result<(bool, usize), ErrorKind> {
    let mut exchange = Exchange::new(operation);
    exchange.status = StatusCode::from_u16(status).ok();
    if let Some(media) = content_type {
        exchange.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    }
    exchange.body = Some(Bytes::from_static(body.as_bytes()));
    match dispatch(Box::new(exchange), false) {
        Ok(reply) => Ok((reply.response.failure, reply.response.case)),
        Err(error) => Err(error.0.kind),
    }
}

const JSON: Option<&str> = Some("application/json");

#[test]
fn exact_beats_range_beats_default() {
    assert_eq!(read(&WIDE, 404, JSON, "{}"), Ok((true, 2)));
    assert_eq!(read(&WIDE, 409, JSON, "{}"), Ok((true, 1)));
    assert_eq!(read(&WIDE, 500, JSON, "{}"), Ok((true, 0)));
    assert_eq!(read(&WIDE, 302, JSON, "{}"), Ok((true, 0)));
}

#[test]
fn the_content_type_picks_among_equal_statuses() {
    assert_eq!(read(&WIDE, 200, JSON, "{}"), Ok((false, 0)));
    assert_eq!(read(&WIDE, 200, Some("application/hal+json"), "{}"), Ok((false, 0)));
    assert_eq!(read(&WIDE, 200, Some("text/csv; charset=utf-8"), "a,b"), Ok((false, 1)));
    assert_eq!(read(&WIDE, 200, Some("image/png"), "x"), Ok((false, 2)));
    assert_eq!(read(&WIDE, 200, None, "{}"), Ok((false, 0)));
    assert_eq!(read(&WIDE, 200, Some("json!"), "{}"), Ok((false, 0)));
}

#[test]
fn a_json_error_in_html_is_a_mismatch() {
    let html = Some("text/html");
    assert_eq!(read(&WIDE, 404, html, "<p>"), Err(ErrorKind::UnexpectedContentType));
    // Without a body there is nothing of the wrong type; what is missing shows when it is decoded.
    assert_eq!(read(&WIDE, 404, html, ""), Ok((true, 2)));
}

#[test]
fn default_makes_no_error_of_a_success_and_no_success_of_an_error() {
    assert_eq!(read(&SUCCESS_BY_DEFAULT, 201, JSON, "{}"), Ok((false, 0)));
    assert_eq!(read(&SUCCESS_BY_DEFAULT, 500, JSON, "{}"), Err(ErrorKind::UnexpectedStatus));
    // 202 isn't listed, and `default` is an error: it is read as the only success.
    assert_eq!(read(&WIDE, 202, JSON, "{}"), Ok((false, 0)));
}

#[test]
fn an_undocumented_success_is_read_as_the_only_one() {
    assert_eq!(read(&WIDE, 204, None, ""), Err(ErrorKind::UnexpectedStatus));
    assert_eq!(read(&TWO_SUCCESSES, 202, JSON, "{}"), Err(ErrorKind::UnexpectedStatus));
    assert_eq!(read(&TWO_SUCCESSES, 204, None, ""), Ok((false, 1)));
    assert_eq!(read(&TWO_SUCCESSES, 404, JSON, "{}"), Err(ErrorKind::UnexpectedStatus));
}

#[test]
fn where_only_failures_are_documented_nothing_of_a_success_is_read() {
    assert_eq!(read(&FAILURES, 200, JSON, "{}"), Ok((false, 0)));
    assert_eq!(read(&FAILURES, 204, None, ""), Ok((false, 0)));
    assert_eq!(read(&FAILURES, 404, None, ""), Ok((true, 0)));
    assert_eq!(read(&FAILURES, 302, None, ""), Err(ErrorKind::UnexpectedStatus));
    assert_eq!(read(&FAILURES, 500, None, ""), Err(ErrorKind::UnexpectedStatus));
}
