//! Why a list can't be read on.

/// Why a list can't be read on although its last page was a success. It is the
/// [`source`](std::error::Error::source) of an error of the kind
/// [`Paging`](crate::ErrorKind::Paging).
///
/// No text of it shows an address's query or a cursor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PagingError {
    /// The reply leads to a page that was read before: to go on would never end.
    #[error("it leads to a page that was read before")]
    Repeated,
    /// The reply has the same items as the one before: the server doesn't heed the number of the
    /// page, and to go on would never end.
    #[error("it has the same items as the page before")]
    SamePage,
    /// The replies go on leading to further pages, and none of them has an item.
    #[error("{0} pages in a row had no item")]
    OnlyEmptyPages(u32),
    /// The next page has an address of another origin (scheme, host and port). The client's
    /// credentials aren't sent there.
    #[error("the next page is at another origin, `{origin}`, where credentials aren't sent")]
    OtherOrigin {
        /// Scheme, host and port of the address.
        origin: String,
    },
    /// What leads to the next page isn't what it has to be: a cursor is a text or a number, an
    /// address is one that a request can have.
    #[error("{place} is no {expected}")]
    Unusable {
        /// Where it stands in the reply.
        place: String,
        /// What it should have been.
        expected: &'static str,
    },
    /// The last item has no id to go on from.
    #[error("the last item has nothing at `{pointer}` to go on from")]
    NoId {
        /// Where the id should stand.
        pointer: &'static str,
    },
    /// The token to resume from belongs to another operation.
    #[error("the token to resume from belongs to another operation")]
    ForeignToken,
    /// The body of the call can be sent once only, and each page needs it.
    #[error("the body can be sent once only, and each page needs it")]
    OneBody,
}
