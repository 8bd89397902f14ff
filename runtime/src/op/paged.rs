//! Calls whose reply is a page of a list.

use crate::codec::Decode;

use super::Endpoint;

/// A call whose reply is a page of a list. Generated code implements it where the document says how
/// to get from one page to the next; [`paged!`](crate::paged!) adds the methods.
pub trait Paged: Endpoint {
    /// An item of the list.
    type Item: Decode;
}

/// Gives a call that implements [`Paged`](crate::op::Paged) the methods `pages` and `items`.
#[macro_export]
macro_rules! paged {
    ($call:ident) => {
        impl $call {
            /// Reads the list page by page, from the page that this call asks for: a stream of
            /// replies. Nothing is sent before it is polled.
            #[inline]
            pub fn pages(self) -> $crate::Pages<Self> {
                $crate::Pages::new(self)
            }

            /// Reads the list item by item, from the page that this call asks for: a stream of
            /// items. Nothing is sent before it is polled.
            #[inline]
            pub fn items(self) -> $crate::PageItems<Self> {
                self.pages().items()
            }
        }
    };
}
