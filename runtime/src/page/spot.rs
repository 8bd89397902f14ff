//! The place of a page in its list.

use std::borrow::Cow;

use crate::codec;
use crate::op::{CallParts, PageInput, PageStep, Paging};
use crate::{Body, style};

/// The place of a page, and what is known of it before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) position: Position,
    /// Number of items on the pages before, where it is known.
    pub(super) before: Option<u64>,
    /// Items of the page that were given out already.
    pub(super) skip: usize,
}

/// What is sent for a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Position {
    /// What the caller has set.
    First,
    /// An offset or the number of a page.
    Number(u64),
    /// A cursor, as JSON text.
    Cursor(String),
    /// Path and query of an address.
    Address(String),
}

impl Position {
    pub(super) fn spot(self) -> Spot {
        Spot { position: self, before: None, skip: 0 }
    }

    /// Changes a call so that it asks for this page.
    pub(super) fn apply(&self, paging: &Paging, call: &mut CallParts) {
        let json: Cow<'_, str> = match self {
            Self::First => return,
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Cursor(json) => Cow::Borrowed(json),
            Self::Address(target) => {
                call.next_page = Some(target.clone());
                return;
            }
        };
        match input(paging) {
            Some(PageInput::Param(index)) => {
                call.params.retain(|(other, _)| *other != index);
                call.params.push((index, json.into_owned().into_bytes()));
            }
            Some(PageInput::Member(index, pointer)) => {
                let old = call.params.iter().position(|(other, _)| *other == index);
                let old = old.map(|at| call.params.remove(at).1).unwrap_or_default();
                let new = codec::pointer::put(&old, pointer, json.as_bytes());
                call.params.push((index, new));
            }
            Some(PageInput::Body(pointer)) => {
                let body = call.body.as_ref().and_then(Body::as_bytes);
                let body = body.map_or(&b""[..], |bytes| bytes);
                call.body = Some(codec::pointer::put(body, pointer, json.as_bytes()).into());
            }
            None => {}
        }
    }
}

/// The input that says which page is meant, where the step has one.
pub(super) fn input(paging: &Paging) -> Option<PageInput> {
    match paging.step {
        PageStep::Offset { input, .. }
        | PageStep::Number { input, .. }
        | PageStep::Cursor { input, .. }
        | PageStep::LastItem { input, .. } => Some(input),
        PageStep::Address { .. } | PageStep::Link { .. } => None,
    }
}

/// What the caller has set for the input that says which page is meant, as JSON text.
pub(super) fn given<'c>(paging: &Paging, call: &'c CallParts) -> Option<&'c [u8]> {
    let json = match input(paging)? {
        PageInput::Param(index) => {
            let (_, json) = call.params.iter().find(|(other, _)| *other == index)?;
            json.as_slice()
        }
        PageInput::Member(index, pointer) => {
            let (_, json) = call.params.iter().find(|(other, _)| *other == index)?;
            codec::pointer::find(json, pointer).ok()??
        }
        PageInput::Body(pointer) => {
            let body = call.body.as_ref().and_then(Body::as_bytes)?;
            codec::pointer::find(body, pointer).ok()??
        }
    };
    (json != b"null").then_some(json)
}

/// A number that is written as one, or as a text.
pub(super) fn number(json: &[u8]) -> Option<u64> {
    style::text(json)?.trim().parse().ok()
}
