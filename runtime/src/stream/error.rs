//! Why a stream has no next item.

use crate::BoxError;
use crate::codec::Fault;

/// Why an item of a stream couldn't be read.
///
/// After [`Decode`](Self::Decode) the stream goes on with the item that follows; after the others
/// it is at its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The connection failed before the stream came to its end.
    #[error("the connection failed after {received} items")]
    Cut {
        /// Number of items that were complete.
        received: u64,
        /// What failed.
        source: BoxError,
    },
    /// The connection was lost, and couldn't be made anew.
    #[error("the stream ended after {received} items, and couldn't be gone on with")]
    Reconnect {
        /// Number of items that were complete.
        received: u64,
        /// What failed: the [`Error`](crate::Error) of the last request.
        source: BoxError,
    },
    /// An item has more bytes than the client takes (`max_reply_bytes` of the client's builder).
    #[error("item {index} has more than {limit} bytes")]
    TooLarge {
        /// Position of the item, counted from 0.
        index: u64,
        /// The limit.
        limit: u64,
    },
    /// An item isn't what the document says.
    #[error("item {index} isn't what the document says")]
    Decode {
        /// Position of the item, counted from 0.
        index: u64,
        /// Where in the item, and what stood there.
        #[source]
        fault: Fault,
    },
}

impl StreamError {
    /// The connection failed before the stream came to its end.
    pub fn is_cut(&self) -> bool {
        matches!(self, Self::Cut { .. })
    }

    /// An item isn't what the document says; the stream goes on after it.
    pub fn is_decode(&self) -> bool {
        matches!(self, Self::Decode { .. })
    }
}
