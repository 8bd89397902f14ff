//! Finds the place of the next page in a reply.

use super::spot::{Position, Spot, given, number};
use super::{PagingError, address, link};
use crate::codec::{Fault, pointer};
use crate::error::{RawReply, without_query};
use crate::op::{CallParts, Content, PageStep, Paging};

/// What a page tells of its list.
pub(super) struct Page<'r> {
    /// JSON text of each item.
    pub(super) items: Vec<&'r [u8]>,
    /// Number of all items.
    pub(super) total: Option<u64>,
    /// Whether there is another page, where the reply says so.
    more: Option<bool>,
    reply: &'r RawReply,
}

impl<'r> Page<'r> {
    /// Reads a reply that is a success.
    pub(super) fn read(paging: &Paging, reply: &'r RawReply) -> Result<Self, Fault> {
        let body = json(reply);
        let find = |pointer: Option<&str>| match (body, pointer) {
            (Some(body), Some(pointer)) => pointer::find(body, pointer),
            _ => Ok(None),
        };
        let items = match find(Some(paging.items))? {
            Some(list) => pointer::items(list)?,
            None => Vec::new(),
        };
        let total = find(paging.total)?.and_then(number);
        let more = find(paging.more)?.map(is_yes);
        Ok(Self { items, total, more, reply })
    }

    /// The place behind this page, which is at `spot`; `None` where it is the last.
    pub(super) fn next(
        &self,
        paging: &Paging,
        call: &CallParts,
        spot: &Spot,
    ) -> Result<Option<Spot>, PagingError> {
        if self.more == Some(false) {
            return Ok(None);
        }
        let position = match paging.step {
            PageStep::Offset { first, .. } => return Ok(self.counted(paging, call, spot, first)),
            PageStep::Number { first, .. } => return Ok(self.counted(paging, call, spot, first)),
            PageStep::Cursor { next, .. } => self.cursor(next)?,
            PageStep::LastItem { id, .. } => self.last_item(id)?,
            PageStep::Address { next } => self.address(next, call)?,
            PageStep::Link { relation } => self.link(relation, call)?,
        };
        Ok(position.map(Position::spot))
    }

    /// The next offset or number; none behind an empty page, or when all items are there.
    fn counted(&self, paging: &Paging, call: &CallParts, spot: &Spot, first: u64) -> Option<Spot> {
        let count = self.items.len() as u64;
        let at = match spot.position {
            Position::Number(at) => at,
            _ => given(paging, call).and_then(number).unwrap_or(first),
        };
        let is_offset = matches!(paging.step, PageStep::Offset { .. });
        let before = if is_offset {
            at.checked_sub(first)
        } else {
            spot.before.or((at == first).then_some(0))
        };
        let seen = before.and_then(|before| before.checked_add(count));
        let has_all = matches!((seen, self.total), (Some(seen), Some(total)) if seen >= total);
        if count == 0 || has_all {
            return None;
        }
        let next = at.checked_add(if is_offset { count } else { 1 })?;
        Some(Spot { position: Position::Number(next), before: seen, skip: 0 })
    }

    fn cursor(&self, next: &'static str) -> Result<Option<Position>, PagingError> {
        let value = self.at(next).filter(|value| is_yes(value));
        value.map(|value| scalar(value, || place(next))).transpose()
    }

    fn last_item(&self, id: &'static str) -> Result<Option<Position>, PagingError> {
        let Some(last) = self.items.last() else { return Ok(None) };
        let value = pointer::find(last, id).ok().flatten().filter(|value| is_yes(value));
        let value = value.ok_or(PagingError::NoId { pointer: id })?;
        scalar(value, || format!("`{id}` of the last item")).map(Some)
    }

    fn address(
        &self,
        next: &'static str,
        call: &CallParts,
    ) -> Result<Option<Position>, PagingError> {
        let Some(value) = self.at(next).filter(|value| is_yes(value)) else { return Ok(None) };
        let text: Option<String> = crate::codec::from_slice(value).ok();
        let expected = "address";
        let text = text.ok_or_else(|| PagingError::Unusable { place: place(next), expected })?;
        self.resolved(&text, call, || place(next)).map(Some)
    }

    fn link(
        &self,
        relation: &'static str,
        call: &CallParts,
    ) -> Result<Option<Position>, PagingError> {
        let target = link::target(&self.reply.exchange.headers, relation);
        let place = || "the header `link`".to_owned();
        target.map(|target| self.resolved(&target, call, place)).transpose()
    }

    fn resolved(
        &self,
        reference: &str,
        call: &CallParts,
        place: impl FnOnce() -> String,
    ) -> Result<Position, PagingError> {
        let current = self.reply.exchange.uri.as_ref().map(without_query).unwrap_or_default();
        let target = address::resolve(reference, &current);
        let target = target.map_err(|unfit| unfit.at(place()))?;
        Ok(Position::Address(address::without_credentials(target, call.core.api())))
    }

    /// What stands in the body.
    fn at(&self, pointer: &str) -> Option<&'r [u8]> {
        json(self.reply).and_then(|body| pointer::find(body, pointer).ok().flatten())
    }
}

/// The body, where it is JSON that a document describes.
pub(super) fn json(reply: &RawReply) -> Option<&[u8]> {
    let body = reply.exchange.body.as_deref();
    body.filter(|_| reply.response.content == Content::Json && !reply.response.failure)
}

fn place(pointer: &str) -> String {
    format!("`{pointer}` of the reply")
}

/// Anything but `false`, `null`, zero and an empty text.
fn is_yes(json: &[u8]) -> bool {
    !matches!(json, b"false" | b"null" | b"0" | b"\"\"")
}

/// A text or number, as it is sent again.
fn scalar(json: &[u8], place: impl FnOnce() -> String) -> Result<Position, PagingError> {
    let is_scalar = matches!(json.first(), Some(b'"' | b'-' | b'0'..=b'9'));
    let text = std::str::from_utf8(json).ok().filter(|_| is_scalar);
    let unusable = || PagingError::Unusable { place: place(), expected: "cursor" };
    text.map(|text| Position::Cursor(text.to_owned())).ok_or_else(unusable)
}
