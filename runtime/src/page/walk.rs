//! The loop: from the place of a page to its reply, and from there to the next place.
//!
//! It stops behind the last page and after an error, and it never goes in circles: places are
//! remembered by their hashes.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::task::{Context, Poll, ready};

use super::PagingError;
use super::find::Page;
use super::flight::{Flight, Landed};
use super::spot::{Position, Spot, given, input};
use super::token::PageToken;
use crate::ErrorKind;
use crate::error::{Exchange, RawError, RawReply, status_text};
use crate::op::{Call, CallParts, Operation, PageStep, Paging};

/// Empty pages in a row after which cursors aren't followed any more.
const MOST_EMPTY: u32 = 1000;

/// A list on its way.
pub(super) struct Walk {
    call: Box<CallParts>,
    paging: &'static Paging,
    /// The page that was read last.
    current: Option<Spot>,
    /// The page to read next; none behind the last one.
    next: Option<Spot>,
    /// Nothing is read any more, although there may be a next page.
    is_over: bool,
    /// Why the list can't be read on, once the page that was read is given out.
    failure: Option<RawError>,
    flight: Option<Flight>,
    is_ahead: bool,
    total: Option<u64>,
    seen: Seen,
}

/// What was read, as far as circles are found by it.
#[derive(Default)]
struct Seen {
    hasher: RandomState,
    places: HashSet<u64>,
    /// The items of the page before.
    items: Option<u64>,
    empty: u32,
}

/// An operation that says nothing of pages has one.
static ONE_PAGE: Paging = Paging::link("next");

impl Walk {
    pub(super) fn new(call: Call) -> Self {
        let call = call.into_parts();
        Self {
            paging: call.operation.paging.as_ref().unwrap_or(&ONE_PAGE),
            current: None,
            next: Some(Position::First.spot()),
            is_over: false,
            failure: None,
            flight: None,
            is_ahead: false,
            total: None,
            seen: Seen::default(),
            call,
        }
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.call.operation
    }

    pub(super) fn paging(&self) -> &'static Paging {
        self.paging
    }

    pub(super) fn total(&self) -> Option<u64> {
        self.total
    }

    pub(super) fn read_ahead(&mut self) {
        self.is_ahead = true;
    }

    /// Goes on from a token, if it is one of this operation; else the next page is an error.
    pub(super) fn resume(&mut self, token: &PageToken) {
        self.next = token.spot(self.operation().id);
        if self.next.is_none() {
            let exchange = Exchange::new(self.operation());
            self.fail(exchange, ErrorKind::InvalidInput, PagingError::ForeignToken);
        }
    }

    /// The place of the next page, or that of an item on the last one.
    pub(super) fn token(&self) -> Option<PageToken> {
        Some(PageToken::new(self.operation().id, self.next.clone()?))
    }

    /// The place on the page that was read last, behind so many of its items.
    pub(super) fn token_within(&self, skip: usize) -> Option<PageToken> {
        let spot = Spot { skip, ..self.current.clone()? };
        Some(PageToken::new(self.operation().id, spot))
    }

    /// Items to pass over on the page that was read last.
    pub(super) fn skip(&self) -> usize {
        self.current.as_ref().map_or(0, |spot| spot.skip)
    }

    /// Stops at the page that was read last: it isn't what the document says.
    pub(super) fn stop(&mut self) {
        self.is_over = true;
        self.flight = None;
        self.failure = None;
        self.next = self.current.clone();
    }

    /// The reply with the next page.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Landed>> {
        if self.flight.is_none() {
            if let Some(error) = self.failure.take() {
                self.is_over = true;
                return Poll::Ready(Some(Err(error)));
            }
            match self.page_call() {
                Some(Ok(call)) => self.flight = Some(Flight::new(self.operation(), call)),
                Some(Err(error)) => {
                    self.is_over = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(None),
            }
        }
        let Some(flight) = &mut self.flight else { return Poll::Ready(None) };
        let landed = ready!(flight.poll(context));
        self.flight = None;
        match &landed {
            Ok(reply) if !reply.response.failure => self.advance(reply),
            _ => self.is_over = true,
        }
        Poll::Ready(Some(landed))
    }

    /// The call that reads the next page.
    fn page_call(&self) -> Option<Result<Call, RawError>> {
        let spot = self.next.as_ref().filter(|_| !self.is_over)?;
        let Some(mut call) = self.call.again() else {
            let exchange = Exchange::new(self.operation());
            return Some(Err(error(exchange, ErrorKind::InvalidInput, PagingError::OneBody)));
        };
        if spot.position != Position::First {
            // With the key of another page, the server would reply with that page.
            if let Some(custom) = &mut call.custom {
                custom.idempotency_key = None;
            }
        }
        spot.position.apply(self.paging, &mut call);
        Some(Ok(Call::of_parts(call)))
    }

    /// Finds out what is behind a page.
    fn advance(&mut self, reply: &RawReply) {
        let spot = self.next.take().unwrap_or_else(|| Position::First.spot());
        // What isn't JSON is told when the page is decoded, which stops the list.
        if let Ok(page) = Page::read(self.paging, reply) {
            self.total = page.total.or(self.total);
            match self.behind(&page, &spot) {
                Ok(next) => self.next = next,
                Err(why) => self.fail(copy(&reply.exchange), ErrorKind::Paging, why),
            }
        }
        self.current = Some(spot);
        if self.is_ahead
            && let Some(Ok(call)) = self.page_call()
        {
            self.flight = Some(Flight::ahead(self.operation(), call));
        }
    }

    fn behind(&mut self, page: &Page<'_>, spot: &Spot) -> Result<Option<Spot>, PagingError> {
        self.seen.add(&self.place(&spot.position));
        let Some(next) = page.next(self.paging, &self.call, spot)? else { return Ok(None) };
        if !self.seen.add(&next.position) {
            return Err(PagingError::Repeated);
        }
        self.seen.page(self.paging, &page.items)?;
        Ok(Some(next))
    }

    /// The position that the first page has by what the caller has set.
    fn place(&self, position: &Position) -> Position {
        let is_cursor =
            matches!(self.paging.step, PageStep::Cursor { .. } | PageStep::LastItem { .. });
        match position {
            Position::First if is_cursor && input(self.paging).is_some() => {
                let json = given(self.paging, &self.call).unwrap_or_default();
                Position::Cursor(String::from_utf8_lossy(json).into_owned())
            }
            other => other.clone(),
        }
    }

    fn fail(&mut self, exchange: Exchange, kind: ErrorKind, why: PagingError) {
        self.failure = Some(error(exchange, kind, why));
    }
}

impl Seen {
    /// Remembers a place; false when it is known.
    fn add(&mut self, position: &Position) -> bool {
        self.places.insert(self.hasher.hash_one(position))
    }

    /// Remembers what is on a page that isn't the last.
    fn page(&mut self, paging: &Paging, items: &[&[u8]]) -> Result<(), PagingError> {
        self.empty = if items.is_empty() { self.empty + 1 } else { 0 };
        if self.empty >= MOST_EMPTY {
            return Err(PagingError::OnlyEmptyPages(self.empty));
        }
        // A number is new on each page, whatever the server makes of it. Lists of plain values may
        // well have two pages alike.
        let is_counted = matches!(paging.step, PageStep::Offset { .. } | PageStep::Number { .. });
        let is_objects = items.iter().all(|item| item.first() == Some(&b'{'));
        let hash = (is_counted && is_objects).then(|| self.hasher.hash_one(items));
        let before = std::mem::replace(&mut self.items, hash);
        if hash.is_some() && hash == before { Err(PagingError::SamePage) } else { Ok(()) }
    }
}

/// What an error tells of the reply that it is about.
fn copy(exchange: &Exchange) -> Exchange {
    Exchange {
        api: exchange.api,
        uri: exchange.uri.clone(),
        status: exchange.status,
        headers: exchange.headers.clone(),
        body: exchange.body.clone(),
        attempts: exchange.attempts,
        ..Exchange::new(exchange.operation)
    }
}

fn error(exchange: Exchange, kind: ErrorKind, why: PagingError) -> RawError {
    let message = match kind {
        ErrorKind::Paging => {
            format!("{}, but the list can't be read on: {why}", status_text(exchange.status))
        }
        _ => format!("not sent: {why}"),
    };
    RawError::new(kind, exchange, message).because(why)
}
