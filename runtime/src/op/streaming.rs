//! Calls whose reply can be read while it comes.

use super::{Endpoint, Outcome, Sending};

/// A call with a second way to be read: as a stream. Generated code implements it where the
/// document has a stream beside another success, or bytes; [`streaming!`](crate::streaming!) adds
/// the method.
pub trait Streaming: Endpoint {
    /// What a success is read into.
    type Stream: Outcome;
}

/// Begins to send a call whose reply is read while it comes.
pub fn stream<E: Streaming>(endpoint: E) -> Sending<E::Stream, E::Failure> {
    Sending::new(endpoint.into_call().streaming())
}

/// Gives a call that implements [`Streaming`](crate::op::Streaming) the method `stream`.
#[macro_export]
macro_rules! streaming {
    ($call:ident) => {
        impl $call {
            /// Sends the request, and resolves when the head of the reply is there: the body is
            /// read as it comes. `Accept` names the media type of the stream alone.
            ///
            /// The time limits of a try and of the call hold up to then.
            #[inline]
            pub fn stream(
                self,
            ) -> $crate::op::Sending<
                <Self as $crate::op::Streaming>::Stream,
                <Self as $crate::op::Endpoint>::Failure,
            > {
                $crate::op::stream(self)
            }
        }
    };
}
