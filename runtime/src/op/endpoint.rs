//! The typed front of a call: the only generic code of a request.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::error::{Error, RawError, RawReply};
use crate::{BoxFuture, Reply};

use super::{Call, Outcome};

/// A call with the types of its replies. [`endpoint!`](crate::endpoint!) implements it, and adds the methods.
pub trait Endpoint: Sized {
    /// What a success is read into.
    type Success: Outcome;
    /// What a documented error is read into.
    type Failure: Outcome;

    /// The untyped call.
    fn into_call(self) -> Call;
}

/// What a call resolves to.
pub(crate) type Answer<S, F> = Result<Reply<<S as Outcome>::Value>, Error<<F as Outcome>::Value>>;

/// The future of a call that is being sent.
///
/// It resolves to a [`Reply`] of the success `S`, or to an [`Error`] of the failure `F`. Dropping
/// it cancels the request.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Sending<S, F> {
    #[cfg(feature = "blocking")]
    operation: &'static super::Operation,
    raw: BoxFuture<'static, Result<RawReply, RawError>>,
    types: PhantomData<fn() -> (S, F)>,
}

impl<S: Outcome, F: Outcome> Sending<S, F> {
    /// Begins to send a call when it is first polled.
    pub fn new(call: Call) -> Self {
        Self {
            #[cfg(feature = "blocking")]
            operation: call.operation(),
            raw: crate::execute::execute(call),
            types: PhantomData,
        }
    }

    /// Sends the call, and blocks the thread until it is done: what `.await` is to async code.
    ///
    /// # Errors
    ///
    /// Those of awaiting it, and one of the kind [`Blocking`](crate::ErrorKind::Blocking) inside of
    /// an async task, whose thread mustn't be blocked; see [`blocking`](crate::blocking).
    #[cfg(feature = "blocking")]
    pub fn wait(self) -> Answer<S, F> {
        let operation = self.operation;
        crate::blocking::wait(self).unwrap_or_else(|error| {
            let exchange = crate::error::Exchange::new(operation);
            let message = format!("not sent: {error}");
            let error = RawError::new(crate::ErrorKind::Blocking, exchange, message).because(error);
            Err(Error::new(error, None))
        })
    }
}

impl<S, F> std::fmt::Debug for Sending<S, F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}

impl<S: Outcome, F: Outcome> Future for Sending<S, F> {
    type Output = Answer<S, F>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let raw = ready!(self.raw.as_mut().poll(context));
        Poll::Ready(typed::<S, F>(raw))
    }
}

/// The reply or error with the types of its bodies.
pub(crate) fn typed<S: Outcome, F: Outcome>(raw: Result<RawReply, RawError>) -> Answer<S, F> {
    let mut reply = match raw {
        Ok(reply) => reply,
        Err(error) => return Err(Error::new(error, None)),
    };
    if reply.response.failure {
        return Err(refused::<F>(reply));
    }
    match reply.read(S::read) {
        Ok(value) => Ok(Reply::new(value, &mut reply.exchange)),
        Err(fault) => Err(Error::new(reply.undecodable(fault), None)),
    }
}

/// The error that a documented failure is.
pub(crate) fn refused<F: Outcome>(mut reply: RawReply) -> Error<F::Value> {
    match reply.read(F::read) {
        Ok(value) => Error::new(reply.refused(None), Some(value)),
        Err(fault) => Error::new(reply.refused(Some(fault)), None),
    }
}

/// Makes an [`Endpoint`](crate::op::Endpoint) of a type around a [`Call`](crate::op::Call), and gives it its methods:
/// `send`, `customize` and `IntoFuture`.
///
/// `endpoint!(LockDevice.0: Success, Failure)` names the type, its field with the call, and what the replies are read
/// into; without a name, the field is `call`.
#[macro_export]
macro_rules! endpoint {
    ($call:ident: $success:ty, $failure:ty) => {
        $crate::endpoint!($call.call: $success, $failure);
    };
    ($call:ident.$field:tt: $success:ty, $failure:ty) => {
        impl $crate::op::Endpoint for $call {
            type Success = $success;
            type Failure = $failure;

            #[inline]
            fn into_call(self) -> $crate::op::Call {
                self.$field
            }
        }

        impl $call {
            /// Sends the request. Awaiting the call is the same.
            #[inline]
            pub fn send(self) -> $crate::op::Sending<$success, $failure> {
                $crate::op::Sending::new(self.$field)
            }

            /// Changes how this call alone is sent: time limits, headers, retries.
            #[inline]
            pub fn customize(self) -> $crate::op::Customized<Self> {
                $crate::op::Customized::new(self)
            }
        }

        impl ::core::future::IntoFuture for $call {
            type Output = <Self::IntoFuture as ::core::future::Future>::Output;
            type IntoFuture = $crate::op::Sending<$success, $failure>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                $crate::op::Sending::new(self.$field)
            }
        }
    };
}
