//! Changes to how one call is sent.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;

use crate::body::Progress;
use crate::{PageItems, Pages, RetryBudget, RetryPolicy};

use super::{BytesBody, Call, Endpoint, Paged, Sending, StreamBody, Streaming, Undocumented};

/// A call that is sent in its own way; made by `customize()`.
#[must_use = "a call does nothing until it is awaited"]
pub struct Customized<E> {
    pub(super) call: Call,
    pub(super) endpoint: PhantomData<fn() -> E>,
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
    /// Sends the request, and hands the reply over as it is: any status is a success, and no byte
    /// of the body is decoded. Calls are tried again as ever.
    ///
    /// To compare a checksum that the server sends with the bytes that went over the line, turn
    /// compression off: `.header("accept-encoding", "identity")`.
    pub fn send_raw(mut self) -> Sending<BytesBody, Undocumented> {
        self.call.custom().raw = true;
        Sending::new(self.call)
    }

    /// Does the same as [`send_raw`](Self::send_raw), but resolves when the head of the reply is
    /// there: the body is read as it comes.
    pub fn stream_raw(mut self) -> Sending<StreamBody, Undocumented> {
        self.call.custom().raw = true;
        Sending::new(self.call.streaming())
    }

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

    /// Sets what pays for repetitions of this call, in place of the client's budget:
    /// [`RetryBudget::unlimited`] for a call that has to get through.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.call.custom().budget = Some(budget);
        self
    }

    /// Sends the request at once, whatever the client's rate limits say. It counts for the calls
    /// that come after it.
    pub fn skip_rate_limits(mut self) -> Self {
        self.call.custom().hurries = true;
        self
    }

    /// Sets a header, in place of any that the call would send by that name, credentials included.
    /// A name or value that no header can have fails the call before anything is sent.
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: AsRef<str>,
        V: AsRef<str>,
    {
        self.call.custom().header(name.as_ref(), value.as_ref());
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
        let body: Bytes = body.into();
        self.call.set_body(body.into());
        self
    }

    /// Sends this value in JSON as the body, in place of the encoded one and of its checks.
    pub fn raw_json(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        if let Some(json) = self.call.custom().json("the body", value) {
            self.call.set_raw_json(json);
        }
        self
    }

    /// Sets a property of the JSON body that the document doesn't know, or knows otherwise. The
    /// place is its name, or a JSON pointer (RFC 6901) that leads to it: `/device/tag`. Objects on
    /// the way are made where they are missing; a call without a body gets one. Nothing checks the
    /// value, and every other byte of the body stays as it was.
    ///
    /// The call fails before anything is sent where the body isn't a JSON object.
    pub fn extra_body_field(mut self, place: impl Into<String>, value: impl Serialize) -> Self {
        let place = place.into();
        let custom = self.call.custom();
        if let Some(json) = custom.json(&format!("extra body field `{place}`"), &value) {
            custom.fields.push((place, json));
        }
        self
    }

    /// Calls this while the body is sent: each time that the transport takes some of it.
    pub fn on_upload(mut self, tell: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.call.custom().on_upload = Some(Arc::new(tell));
        self
    }

    /// Calls this while the body of a reply is read, streams included.
    pub fn on_download(mut self, tell: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.call.custom().on_download = Some(Arc::new(tell));
        self
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
