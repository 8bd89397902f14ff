//! Changes to how one call is sent.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use crate::error::Refusal;
use crate::{PageItems, Pages, RetryPolicy};

use super::{Call, Endpoint, Paged, Sending, Streaming};

/// A call that is sent in its own way; made by `customize()`.
#[must_use = "a call does nothing until it is awaited"]
pub struct Customized<E> {
    call: Call,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Customized<E> {
    /// Wraps a call.
    pub fn new(endpoint: E) -> Self {
        let call = endpoint.into_call();
        Self { call, endpoint: PhantomData }
    }

    /// Sends the request. Awaiting it is the same.
    pub fn send(self) -> Sending<E::Success, E::Failure> {
        Sending::new(self.call)
    }
}

impl<E: Streaming> Customized<E> {
    /// Sends the request, and resolves when the head of the reply is there: the body is read as it
    /// comes.
    pub fn stream(self) -> Sending<E::Stream, E::Failure> {
        Sending::new(self.call.streaming())
    }
}

impl<E: Paged> Customized<E> {
    /// Reads the list page by page. The changes hold for each call that reads a page, an
    /// idempotency key for the first one only.
    pub fn pages(self) -> Pages<E> {
        Pages::of_call(self.call)
    }

    /// Reads the list item by item. The changes hold for each call that reads a page, an
    /// idempotency key for the first one only.
    pub fn items(self) -> PageItems<E> {
        self.pages().items()
    }
}

impl<E> Customized<E> {
    /// Sets the time for the whole call: every try, the waits between them, and the fetching of
    /// tokens. A reply that is a stream counts up to its head.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.custom().timeout = Some(timeout);
        self
    }

    /// Sets the time for each try, from the first byte sent to the last one read; of a stream, to
    /// the head of the reply.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.call.custom().attempt_timeout = Some(timeout);
        self
    }

    /// Sets when the call is tried again, whatever the client and the document say.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.call.custom().retry = Some(policy);
        self
    }

    /// Sets a header, in place of any that the call would send by that name, credentials included.
    /// A name or value that no header can have fails the call before anything is sent.
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        self.set_header(name.as_ref(), value.as_ref());
        self
    }

    /// Adds a name and value to the query, after those of the operation.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.call.custom().query.push((name.into(), value.into()));
        self
    }

    /// Sends the call although its input breaks documented rules.
    pub fn unchecked(mut self) -> Self {
        self.call.custom().unchecked = true;
        self
    }

    /// Sends this idempotency key, so that the server acts once on all requests which have it. The
    /// call may then be tried again even if its operation isn't idempotent: set a key only for an
    /// API that heeds it. Where the document says that the operation does (`x-idempotency-key`), a
    /// call without this has a random one. It is sent in the header `idempotency-key`, unless the
    /// document names another.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.call.custom().idempotency_key = Some(key.into());
        self
    }

    /// Sends these bytes as the body, in place of the encoded one and of its checks.
    pub fn raw_body(mut self, body: impl Into<Bytes>) -> Self {
        self.call.set_raw_body(body.into());
        self
    }

    fn set_header(&mut self, name: &str, value: &str) {
        let custom = self.call.custom();
        let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        match header {
            Some(header) => custom.headers.push(header),
            None => {
                let subject = format!("header `{}`", name.escape_debug());
                let reason = "has a character that a header can't hold";
                custom.refusal.get_or_insert(Refusal::new(subject, reason));
            }
        }
    }
}

impl<E: Endpoint> IntoFuture for Customized<E> {
    type Output = <Self::IntoFuture as Future>::Output;
    type IntoFuture = Sending<E::Success, E::Failure>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<E> fmt::Debug for Customized<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Customized").field(&self.call).finish()
    }
}
