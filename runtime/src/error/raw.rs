//! The non-generic part of a reply and of an error.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{ErrorKind, Refusal};
use crate::BoxError;
use crate::codec::{Fault, Violation};
use crate::op::{Operation, RawBody, Response};
use crate::stream::Unread;

/// What is known of a call: filled while it goes on.
pub(crate) struct Exchange {
    pub(crate) operation: &'static Operation,
    /// Address without query; empty until it is made.
    pub(crate) url: String,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    /// Body of the reply, once it is read whole.
    pub(crate) body: Option<Bytes>,
    /// Body of the reply, where it is read while it comes.
    pub(crate) unread: Option<Unread>,
    /// Number of requests sent.
    pub(crate) attempts: u32,
    /// The success is asked for as a stream.
    pub(crate) streaming: bool,
}

impl Exchange {
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            url: String::new(),
            status: None,
            headers: HeaderMap::new(),
            body: None,
            unread: None,
            attempts: 0,
            streaming: false,
        }
    }
}

/// A reply that a documented response stands for, not yet decoded.
pub(crate) struct RawReply {
    pub(crate) exchange: Box<Exchange>,
    pub(crate) response: &'static Response,
    /// Repeating the call is safe, and its status says that it may help.
    pub(crate) retryable: bool,
}

impl RawReply {
    /// Reads the body with the given reader.
    pub(crate) fn read<T>(
        &mut self,
        read: impl FnOnce(usize, &RawBody<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let none = Bytes::new();
        let unread = self.exchange.unread.take();
        let body = self.exchange.body.as_ref().unwrap_or(&none);
        read(self.response.case, &RawBody::new(body, unread))
    }

    /// The body of a success isn't what the document says.
    pub(crate) fn undecodable(self, fault: Fault) -> RawError {
        let message = format!(
            "{}, but the body isn't what the document says at {}: expected {}",
            status_text(self.exchange.status),
            fault.path,
            fault.expected
        );
        RawError::new(ErrorKind::Decode, *self.exchange, message).because(fault)
    }

    /// A documented error, with the fault when its body couldn't be decoded.
    pub(crate) fn refused(self, fault: Option<Fault>) -> RawError {
        let message = status_text(self.exchange.status);
        let mut error = RawError::new(ErrorKind::Documented, *self.exchange, message);
        error.0.retryable = self.retryable;
        match fault {
            Some(fault) => error.because(fault),
            None => error,
        }
    }
}

/// `404 Not Found`.
pub(crate) fn status_text(status: Option<StatusCode>) -> String {
    status.map(|status| status.to_string()).unwrap_or_default()
}

/// The non-generic part of an error, behind one pointer.
pub(crate) struct RawError(pub(crate) Box<Failure>);

/// What failed.
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) exchange: Exchange,
    pub(crate) message: String,
    pub(crate) source: Option<BoxError>,
    pub(crate) violations: Vec<Violation>,
    /// Repeating the call is safe and may help.
    pub(crate) retryable: bool,
}

impl RawError {
    pub(crate) fn new(kind: ErrorKind, exchange: Exchange, message: impl Into<String>) -> Self {
        Self(Box::new(Failure {
            kind,
            exchange,
            message: message.into(),
            source: None,
            violations: Vec::new(),
            retryable: false,
        }))
    }

    /// Adds the cause.
    pub(crate) fn because(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The input can't be put into a request.
    pub(crate) fn refused(exchange: Exchange, refusal: Refusal) -> Self {
        let message = format!("not sent: {refusal}");
        Self::new(ErrorKind::InvalidInput, exchange, message).because(refusal)
    }

    /// The input breaks documented rules.
    pub(crate) fn violated(exchange: Exchange, violations: Vec<Violation>) -> Self {
        let broken: Vec<String> = violations.iter().map(describe).collect();
        let message = format!("not sent: {}", broken.join("; "));
        let mut error = Self::new(ErrorKind::InvalidInput, exchange, message);
        error.0.violations = violations;
        error
    }
}

/// The field and the rule; the value stays out of messages, it may be a secret.
fn describe(violation: &Violation) -> String {
    format!("{} breaks the rule `{}`", violation.path, violation.rule)
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.exchange.operation;
        write!(f, "{}: {} ", operation.id, operation.method)?;
        if self.exchange.url.is_empty() {
            f.write_str(operation.path)?;
        } else {
            f.write_str(&self.exchange.url)?;
        }
        write!(f, ": {}", self.message)?;
        if self.exchange.attempts > 1 {
            write!(f, " (tried {} times)", self.exchange.attempts)?;
        }
        Ok(())
    }
}
