//! The pages of a list, with the types of an operation.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{PageItems, PageToken, Walk};
use crate::Reply;
use crate::error::{Error, RawError};
use crate::op::{Call, Endpoint, Outcome, Paged, typed};

/// What a success of the call `E` is read into.
type Success<E> = Reply<<<E as Endpoint>::Success as Outcome>::Value>;
/// The error of the call `E`.
pub(super) type Failure<E> = Error<<<E as Endpoint>::Failure as Outcome>::Value>;

/// A list, page by page: a [`Stream`] of replies, made by the method `pages` of a call.
///
/// Each page is a call of its own, with its own tries and time limits. The first error is the last
/// item of the stream. Where the reply leads to a page that was read before, or to another origin,
/// that is an error of the kind [`Paging`](crate::ErrorKind::Paging). An offset or page number ends
/// at an empty page; a cursor, which may well lead past empty pages, where there is none.
///
/// No other crate is needed to read it:
///
/// ```
/// # use tenon_runtime::{Pages, op::Paged};
/// # async fn read<E: Paged>(mut pages: Pages<E>) {
/// while let Some(page) = pages.next().await {
///     match page {
///         Ok(reply) => println!("{} of {:?}", reply.status(), pages.total()),
///         Err(error) => eprintln!("{error}"),
///     }
/// }
/// # }
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<E> {
    walk: Box<Walk>,
    types: PhantomData<fn() -> E>,
}

impl<E: Paged> Pages<E> {
    /// The pages from the one that a call asks for.
    pub fn new(endpoint: E) -> Self {
        Self::of_call(endpoint.into_call())
    }

    pub(crate) fn of_call(call: Call) -> Self {
        Self { walk: Box::new(Walk::new(call)), types: PhantomData }
    }

    /// Reads the list item by item.
    pub fn items(self) -> PageItems<E> {
        PageItems::new(self.walk)
    }

    /// Goes on from a token that was taken from the same call. A token of another operation makes
    /// the first page an error.
    pub fn resume(mut self, token: &PageToken) -> Self {
        self.walk.resume(token);
        self
    }

    /// Begins to read the next page as soon as one is given out, so that it comes in while the
    /// caller is busy with the one before. It is at most one page ahead.
    pub fn prefetch(mut self) -> Self {
        self.walk.read_ahead();
        self
    }

    /// The place of the next page, to [`resume`](Self::resume) from; after an error, of the page
    /// that failed. Absent behind the last page.
    pub fn token(&self) -> Option<PageToken> {
        self.walk.token()
    }

    /// The number of all items, as the last page that was read says; absent before the first one,
    /// and where the document doesn't mark it.
    pub fn total(&self) -> Option<u64> {
        self.walk.total()
    }

    /// The next page.
    pub async fn next(&mut self) -> Option<Result<Success<E>, Failure<E>>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// The next page; `None` behind the last one.
    ///
    /// # Errors
    ///
    /// That of the call, or the list can't be read on.
    pub async fn try_next(&mut self) -> Result<Option<Success<E>>, Failure<E>> {
        self.next().await.transpose()
    }

    /// All pages from here on.
    ///
    /// # Errors
    ///
    /// The first error; pages before it are lost.
    pub async fn collect(mut self) -> Result<Vec<Success<E>>, Failure<E>> {
        let mut pages = Vec::new();
        while let Some(page) = self.try_next().await? {
            pages.push(page);
        }
        Ok(pages)
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Success<E>, Failure<E>>>> {
        let Some(landed) = ready!(self.walk.poll(context)) else { return Poll::Ready(None) };
        let is_read = landed.is_ok();
        let page = typed::<E::Success, E::Failure>(landed);
        if is_read && page.as_ref().is_err_and(Error::is_decode) {
            self.walk.stop();
        }
        Poll::Ready(Some(page))
    }
}

/// An error without a documented body.
pub(super) fn plain<E: Endpoint>(error: RawError) -> Failure<E> {
    Error::new(error, None)
}

impl<E: Paged> Stream for Pages<E> {
    type Item = Result<Success<E>, Failure<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl<E> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.walk.operation().id)
            .finish_non_exhaustive()
    }
}
