//! The items of a list, one by one.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::find::json;
use super::pages::{Failure, plain};
use super::{PageToken, Walk};
use crate::codec::{self, Fault, pointer};
use crate::error::{Error, RawReply};
use crate::op::{Paged, Paging, refused};

/// A list, item by item: a [`Stream`], made by the method `items` of a call, or of
/// [`Pages`](crate::Pages), which tells how it ends.
///
/// Of each page, only the items are decoded.
///
/// ```
/// # use tenon_runtime::{Error, PageItems, op::{Outcome, Paged}};
/// # async fn read<E: Paged>(mut items: PageItems<E>)
/// #     -> Result<(), Error<<E::Failure as Outcome>::Value>> where E::Item: std::fmt::Debug {
/// while let Some(item) = items.try_next().await? {
///     println!("{item:?}");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct PageItems<E: Paged> {
    walk: Box<Walk>,
    /// What is left of the page that was read last.
    items: vec::IntoIter<E::Item>,
    /// Items of that page that were given out.
    given: usize,
}

impl<E: Paged> PageItems<E> {
    pub(super) fn new(walk: Box<Walk>) -> Self {
        Self { walk, items: Vec::new().into_iter(), given: 0 }
    }

    /// Goes on from a token that was taken from the same call. A token of another operation makes
    /// the first item an error.
    pub fn resume(mut self, token: &PageToken) -> Self {
        self.walk.resume(token);
        self
    }

    /// Begins to read the next page as soon as one is there, so that it comes in while the caller is
    /// busy with the items before. It is at most one page ahead.
    pub fn prefetch(mut self) -> Self {
        self.walk.read_ahead();
        self
    }

    /// The place of the next item, to [`resume`](Self::resume) from; after an error, of the first
    /// item that wasn't given out. Absent behind the last page. Within a page, the place is the
    /// number of items before it: where the list changes meanwhile, so does what stands there.
    pub fn token(&self) -> Option<PageToken> {
        if self.items.len() > 0 { self.walk.token_within(self.given) } else { self.walk.token() }
    }

    /// The number of all items, as the last page that was read says; absent before the first one,
    /// and where the document doesn't mark it.
    pub fn total(&self) -> Option<u64> {
        self.walk.total()
    }

    /// The next item.
    pub async fn next(&mut self) -> Option<Result<E::Item, Failure<E>>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The next item; `None` behind the last one.
    ///
    /// # Errors
    ///
    /// That of the call that reads a page, or the list can't be read on.
    pub async fn try_next(&mut self) -> Result<Option<E::Item>, Failure<E>> {
        self.next().await.transpose()
    }

    /// All items from here on.
    ///
    /// # Errors
    ///
    /// The first error; items before it are lost.
    pub async fn collect(mut self) -> Result<Vec<E::Item>, Failure<E>> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            items.push(item);
        }
        Ok(items)
    }

    fn poll_item(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<E::Item, Failure<E>>>> {
        loop {
            if let Some(item) = self.items.next() {
                self.given += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            let reply = match ready!(self.walk.poll(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(plain::<E>(error)))),
                Some(Ok(reply)) if reply.response.failure => {
                    return Poll::Ready(Some(Err(refused::<E::Failure>(reply))));
                }
                Some(Ok(reply)) => reply,
            };
            match list::<E::Item>(self.walk.paging(), &reply) {
                Ok(items) => {
                    self.items = items.into_iter();
                    self.given = self.walk.skip().min(self.items.len());
                    self.items.by_ref().take(self.given).for_each(drop);
                }
                Err(fault) => {
                    self.walk.stop();
                    let error = Error::new(reply.undecodable(fault), None);
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

/// The items of a page; a page without the list has none.
fn list<T: codec::Decode>(paging: &Paging, reply: &RawReply) -> Result<Vec<T>, Fault> {
    let Some(body) = json(reply) else { return Ok(Vec::new()) };
    let list = pointer::find(body, paging.items)?.filter(|list| *list != b"null");
    let Some(list) = list else { return Ok(Vec::new()) };
    codec::from_slice(list).map_err(|fault| {
        let steps = pointer::steps(paging.items).rev();
        steps.fold(fault, |fault, step| fault.in_key(&step))
    })
}

/// Nothing in it is pinned: items are moved out of it.
impl<E: Paged> Unpin for PageItems<E> {}

impl<E: Paged> Stream for PageItems<E> {
    type Item = Result<E::Item, Failure<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<E: Paged> fmt::Debug for PageItems<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageItems")
            .field("operation", &self.walk.operation().id)
            .field("on_this_page", &self.items.len())
            .finish_non_exhaustive()
    }
}
