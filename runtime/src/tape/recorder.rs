//! A transport that records what another one carries.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};

use bytes::Bytes;
use http::HeaderValue;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};

use super::Origin;
use super::entry::Entry;
use super::file::Archive;
use super::key::{Plain, media};
use super::redaction::Redaction;
use super::scrub::Scrub;
use super::tee::{Copy, Tee};
use crate::{Body, BoxFuture, Transport, TransportError};

/// A transport that records what another one carries, without secrets; see [`Redaction`].
///
/// Each exchange is written when its reply has been read, so that a stream is written when it has
/// come to its end or is dropped. Replies are asked for without compression, as secrets couldn't be
/// seen in it. One that is compressed all the same is recorded decoded, if the transport decodes it
/// as the built-in one does with the features for it; else it is recorded without its body, and a
/// replay of it is an error. A request that got no reply isn't recorded. The file is written to by the thread that reads the reply.
///
/// Clones write to the same file: keep one to ask [`finish`](Self::finish).
#[derive(Clone)]
pub struct Recorder {
    inner: Arc<dyn Transport>,
    redaction: Arc<Redaction>,
    tape: Arc<Mutex<Tape>>,
}

struct Tape {
    archive: Archive,
    /// The first error of writing.
    failed: Option<io::Error>,
}

impl Recorder {
    /// Records to a new file, in place of the one that may be there; the requests go over the
    /// default transport.
    ///
    /// # Errors
    ///
    /// The file can't be written, or the transport can't be set up.
    #[cfg(feature = "hyper")]
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::around(crate::transport::built_in().map_err(io::Error::other)?, path)
    }

    /// Records to a new file, in place of the one that may be there, what this transport carries.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn around(transport: impl Transport, path: impl AsRef<Path>) -> io::Result<Self> {
        Ok(Self::with(Arc::new(transport), Archive::create(path.as_ref())?))
    }

    pub(super) fn with(inner: Arc<dyn Transport>, archive: Archive) -> Self {
        let tape = Tape { archive, failed: None };
        Self { inner, redaction: Arc::default(), tape: Arc::new(Mutex::new(tape)) }
    }

    /// Leaves these things out of the record, beside what every record leaves out.
    #[must_use]
    pub fn redaction(mut self, redaction: Redaction) -> Self {
        self.redaction = Arc::new(redaction);
        self
    }

    /// Whether everything was written so far.
    ///
    /// # Errors
    ///
    /// The first error of writing, once.
    pub fn finish(&self) -> io::Result<()> {
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        tape.failed.take().map_or(Ok(()), Err)
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let (mut head, body) = request.into_parts();
        head.headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let (body, copy) = match body.as_bytes() {
            Some(bytes) => (bytes.clone().into(), Copy::of(bytes)),
            None => {
                let copy = Copy::default();
                (Body::wrap(Tee::new(body, copy.clone(), None)), copy)
            }
        };
        let (seen, started, begun) = (head.clone(), SystemTime::now(), Instant::now());
        let reply = self.inner.send(http::Request::from_parts(head, body)).await?;
        let (reply_head, reply_body) = reply.into_parts();
        let (this, replied) = (self.clone(), reply_head.clone());
        let done = move |reply: Bytes, is_cut: bool| {
            let entry = this.entry(&seen, &copy.take(), &replied, &reply);
            this.write(&Entry { is_cut, started, time: begun.elapsed(), ..entry });
        };
        let body = Tee::new(reply_body, Copy::default(), Some(Box::new(done)));
        Ok(http::Response::from_parts(reply_head, Body::wrap(body)))
    }

    fn entry(
        &self,
        head: &http::request::Parts,
        body: &Bytes,
        replied: &http::response::Parts,
        reply: &Bytes,
    ) -> Entry {
        let mut scrub = Scrub::new(&self.redaction, head.extensions.get::<Origin>().copied());
        // Before anything is written: a reply may show a secret under a name that is none.
        scrub.learn(&replied.headers);
        let plain = Plain::of(&mut scrub, head, body);
        // A transport that decodes takes the header away.
        let coding = replied.headers.get(CONTENT_ENCODING).filter(|coding| *coding != "identity");
        let reply = if coding.is_none() { reply.clone() } else { Bytes::new() };
        let reply = scrub.body(&media(&replied.headers), &reply);
        Entry {
            method: plain.method,
            url: plain.url,
            headers: plain.headers,
            body: plain.body,
            status: replied.status.as_u16(),
            reply_headers: scrub.headers(&replied.headers),
            reply,
            coding: coding.map(|coding| String::from_utf8_lossy(coding.as_bytes()).into_owned()),
            is_cut: false,
            started: SystemTime::UNIX_EPOCH,
            time: std::time::Duration::ZERO,
        }
    }

    fn write(&self, entry: &Entry) {
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = tape.archive.add(entry) {
            tape.failed.get_or_insert(error);
        }
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("redaction", &self.redaction).finish_non_exhaustive()
    }
}
