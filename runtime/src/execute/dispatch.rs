//! Finds the documented response that a reply is read as.
//!
//! An exact status beats a range, a range beats `default` (OpenAPI 3.1, section 4.8.16). Among
//! responses of the same status the content type decides. What the document leaves open:
//!
//! - `default` doesn't make a success of a status outside 2xx, nor an error of one inside.
//! - An undocumented 2xx is read as the documented success when that has one status only, unless
//!   its body is empty where the document has one. Where the document has failures only, nothing of
//!   it is read.
//! - A reply without a content type is read as documented. One whose content type fits none of the
//!   responses is an error, unless its body is empty.

use http::header::CONTENT_TYPE;

use crate::ErrorKind;
use crate::error::{Exchange, RawError, RawReply, status_text};
use crate::op::{Content, Response, Status};

use super::media;

/// What a reply is read as that is handed over as it is.
static RAW: Response = Response::bytes(Status::Default, "", 0);

/// What a success is read as where the document has none: a list of replies need not be complete
/// (OpenAPI 3.1, section 4.8.16).
static NOTHING: Response = Response::empty(Status::Default, 0);

/// Matches a reply to the document.
pub(super) fn dispatch(exchange: Box<Exchange>, retryable: bool) -> Result<RawReply, RawError> {
    if exchange.raw {
        return Ok(RawReply { exchange, response: &RAW, retryable });
    }
    if let Some(response) = plain(&exchange) {
        return Ok(RawReply { exchange, response, retryable });
    }
    let candidates = candidates(&exchange);
    if candidates.is_empty() {
        return Err(undocumented(*exchange, retryable));
    }
    match select(&candidates, &exchange) {
        Some(response) => Ok(RawReply { exchange, response, retryable }),
        None => Err(mismatched(&candidates, *exchange, retryable)),
    }
}

/// The only response of this status, where its content type is the reply's to the letter: as most
/// replies are. Nothing has to be parsed.
fn plain(exchange: &Exchange) -> Option<&'static Response> {
    let (status, actual) = (exchange.status?.as_u16(), exchange.headers.get(CONTENT_TYPE)?);
    let responses = exchange.operation.readable(exchange.streaming);
    let mut of_status = responses.filter(|response| response.status == Status::Code(status));
    let only = of_status.next().filter(|_| of_status.next().is_none())?;
    (actual.as_bytes() == only.media.as_bytes() && !is_empty(exchange)).then_some(only)
}

/// Whether a reply whose head is there is read while it comes: a success that is a stream, or
/// whose content is asked for as one.
pub(super) fn is_stream(exchange: &Exchange) -> bool {
    if exchange.raw {
        return exchange.streaming;
    }
    let can_be = |response: &Response| match response.content {
        Content::Events | Content::Lines => !response.failure,
        Content::Bytes => !response.failure && exchange.streaming,
        Content::Empty | Content::Json | Content::Text => false,
    };
    // Most operations have no stream, and needn't be matched twice.
    exchange.operation.responses.iter().any(can_be)
        && select(&candidates(exchange), exchange).is_some_and(can_be)
}

/// The documented responses of the reply's status.
fn candidates(exchange: &Exchange) -> Vec<&'static Response> {
    let responses = || exchange.operation.readable(exchange.streaming);
    let Some(status) = exchange.status else { return Vec::new() };
    let rank = |response: &Response| match response.status {
        Status::Default if response.failure == status.is_success() => None,
        pattern => pattern.rank(status.as_u16()),
    };
    match responses().filter_map(rank).min() {
        Some(best) => responses().filter(|response| rank(response) == Some(best)).collect(),
        None if !status.is_success() => Vec::new(),
        None if exchange.operation.responses.iter().all(|response| response.failure) => {
            vec![&NOTHING]
        }
        None => only_success(exchange, responses()),
    }
}

/// The successes, if the document has one status for them only, and the body can be such.
fn only_success(
    exchange: &Exchange,
    responses: impl Iterator<Item = &'static Response>,
) -> Vec<&'static Response> {
    let successes = responses.filter(|response| !response.failure);
    let successes: Vec<&'static Response> = successes.collect();
    let is_one = successes.windows(2).all(|pair| pair[0].status == pair[1].status);
    let is_empty = is_empty(exchange);
    let can_be = |response: &&Response| response.content == Content::Empty || !is_empty;
    if is_one { successes.into_iter().filter(can_be).collect() } else { Vec::new() }
}

fn is_empty(exchange: &Exchange) -> bool {
    exchange.unread.is_none() && exchange.body.as_ref().is_none_or(|body| body.is_empty())
}

/// The candidate that fits the content type best; the first of equals.
fn select(candidates: &[&'static Response], exchange: &Exchange) -> Option<&'static Response> {
    let first = candidates.first().copied();
    if is_empty(exchange) {
        let without_content = candidates.iter().find(|response| response.content == Content::Empty);
        return without_content.copied().or(first);
    }
    let Some(actual) = media::of(&exchange.headers) else { return first };
    let fits =
        candidates.iter().filter_map(|response| Some((media::fit(response, &actual)?, *response)));
    fits.min_by_key(|(fit, _)| *fit).map(|(_, response)| response)
}

fn undocumented(exchange: Exchange, retryable: bool) -> RawError {
    let message = format!("{}, which the document doesn't list", status_text(exchange.status));
    let mut error = RawError::new(ErrorKind::UnexpectedStatus, exchange, message);
    error.0.retryable = retryable;
    error
}

fn mismatched(candidates: &[&Response], exchange: Exchange, retryable: bool) -> RawError {
    let documented: Vec<&str> = candidates.iter().map(|response| response.media).collect();
    let actual = media::of(&exchange.headers);
    let message = format!(
        "{}, with content type {} where the document says {}",
        status_text(exchange.status),
        actual.as_ref().map_or("", mime::Mime::essence_str),
        documented.join(", ")
    );
    let mut error = RawError::new(ErrorKind::UnexpectedContentType, exchange, message);
    error.0.retryable = retryable;
    error
}

#[cfg(test)]
mod tests;
