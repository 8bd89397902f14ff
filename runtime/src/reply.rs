//! The reply of a call: the decoded value with its status and headers.

use std::fmt;
use std::ops::{Deref, DerefMut};

use http::{HeaderMap, StatusCode};

use crate::codec::{Decode, Fault};
use crate::error::{self, Exchange};
use crate::{Api, ReplyHeader};

/// The reply of a call. It derefs to the decoded value.
pub struct Reply<T> {
    value: T,
    meta: Box<Meta>,
}

#[derive(Clone)]
struct Meta {
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
    api: Option<&'static Api>,
}

impl<T> Reply<T> {
    /// The exchange keeps what a reply doesn't tell.
    pub(crate) fn new(value: T, exchange: &mut Exchange) -> Self {
        let meta = Box::new(Meta {
            status: exchange.status.unwrap_or_default(),
            headers: std::mem::take(&mut exchange.headers),
            attempts: exchange.attempts,
            api: exchange.api,
        });
        Self { value, meta }
    }

    /// Status of the reply.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// Headers of the reply.
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The id under which the vendor finds the request: the header that the document names
    /// (`x-request-id-header`), else one of the usual ones, such as `x-request-id` and `cf-ray`.
    pub fn request_id(&self) -> Option<&str> {
        error::request_id(&self.meta.headers, self.meta.api.and_then(|api| api.request_id))
    }

    /// A documented header of the reply, decoded; absent when the reply has none. The constants of
    /// an API are in its module `headers`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when the header isn't what the document says.
    pub fn header<H: Decode>(&self, header: ReplyHeader<H>) -> Result<Option<H>, Fault> {
        header.read(&self.meta.headers)
    }

    /// Number of times that the request was sent.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// The decoded value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same reply with another value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Reply<U> {
        let Self { value, meta } = self;
        let value = convert(value);
        Reply { value, meta }
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Reply<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: Clone> Clone for Reply<T> {
    fn clone(&self) -> Self {
        let (value, meta) = (self.value.clone(), self.meta.clone());
        Self { value, meta }
    }
}

/// Shows the status and the value; headers may hold secrets.
impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.meta.status)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
