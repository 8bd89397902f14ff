//! The non-generic part of a reply and of an error.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri, Version};

use super::vendor::{self, ErrorFields, Said};
use super::{ErrorKind, Refusal};
use crate::codec::{Fault, Violation};
use crate::op::{Operation, RawBody, Response};
use crate::stream::Unread;
use crate::{Api, BoxError, server};

/// What is known of a call: filled while it goes on.
pub(crate) struct Exchange {
    pub(crate) operation: &'static Operation,
    pub(crate) api: Option<&'static Api>,
    /// Where the request goes, once that is known. Credentials aren't part of it.
    pub(crate) uri: Option<Uri>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    /// Version of HTTP that the reply came by.
    pub(crate) version: Option<Version>,
    /// Body of the reply, once it is read whole.
    pub(crate) body: Option<Bytes>,
    /// Body of the reply, where it is read while it comes.
    pub(crate) unread: Option<Unread>,
    /// Number of requests sent.
    pub(crate) attempts: u32,
    /// There would have been another try, had the client's budget allowed it.
    pub(crate) is_budget_spent: bool,
    /// The success is asked for as a stream.
    pub(crate) streaming: bool,
    /// The reply is handed over whatever it is.
    pub(crate) raw: bool,
    /// The method that is sent, where it isn't the operation's.
    pub(crate) method: Option<Method>,
}

impl Exchange {
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            api: None,
            uri: None,
            status: None,
            headers: HeaderMap::new(),
            version: None,
            body: None,
            unread: None,
            attempts: 0,
            is_budget_spent: false,
            streaming: false,
            raw: false,
            method: None,
        }
    }

    /// The vendor's id of the request, from the reply.
    pub(crate) fn request_id(&self) -> Option<&str> {
        vendor::request_id(&self.headers, self.api.and_then(|api| api.request_id))
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
        let (headers, content) = (&self.exchange.headers, self.response.content);
        read(self.response.case, &RawBody::new(body, headers, content, unread))
    }

    /// The body of a success isn't what the document says.
    pub(crate) fn undecodable(self, fault: Fault) -> RawError {
        let message = format!(
            "{}, but the body isn't what the document says at {}: expected {}, found {}",
            status_text(self.exchange.status),
            fault.path,
            fault.expected,
            fault.found
        );
        RawError::new(ErrorKind::Decode, *self.exchange, message).because(fault)
    }

    /// A documented error, with the fault when its body couldn't be decoded.
    pub(crate) fn refused(self, fault: Option<Fault>) -> RawError {
        let message = status_text(self.exchange.status);
        let mut error = RawError::new(ErrorKind::Documented, *self.exchange, message);
        error.0.retryable = self.retryable;
        error.0.fields = self.response.fields.unwrap_or(error.0.fields);
        match fault {
            Some(fault) => error.because(fault),
            None => error,
        }
    }
}

/// The address as it may be shown: any value of the query may be a secret.
pub(crate) fn without_query(uri: &Uri) -> String {
    server::address(uri, uri.path())
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
    /// The wait that the client's rate limits would take.
    pub(crate) wait: Option<Duration>,
    /// Where the body tells the vendor's code and message.
    fields: ErrorFields,
    /// What is told there, once it is asked for.
    said: OnceLock<Said>,
}

impl Failure {
    /// The vendor's code and message, of a reply that is an error.
    pub(crate) fn said(&self) -> &Said {
        let is_error = self.exchange.status.is_some_and(|status| !status.is_success());
        let body = self.exchange.body.as_deref().filter(|_| is_error);
        self.said.get_or_init(|| vendor::said(self.fields, body))
    }
}

impl RawError {
    pub(crate) fn new(kind: ErrorKind, exchange: Exchange, message: impl Into<String>) -> Self {
        Self(Box::new(Failure {
            kind,
            wait: None,
            fields: exchange.api.map(|api| api.errors).unwrap_or_default(),
            said: OnceLock::new(),
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
        let method = self.exchange.method.as_ref().map_or(operation.method, Method::as_str);
        write!(f, "{}: {method} ", operation.id)?;
        match &self.exchange.uri {
            Some(uri) => f.write_str(&without_query(uri))?,
            None => f.write_str(operation.path)?,
        }
        write!(f, ": {}", self.message)?;
        self.said().fmt(f)?;
        let mut notes = Vec::new();
        notes.extend(self.exchange.request_id().map(|id| format!("request id {id}")));
        if self.exchange.attempts > 1 {
            notes.push(format!("tried {} times", self.exchange.attempts));
        }
        if self.exchange.is_budget_spent {
            notes.push("the client's retry budget is spent".to_owned());
        }
        if notes.is_empty() { Ok(()) } else { write!(f, " ({})", notes.join(", ")) }
    }
}

/// `, code 3001: Entity not found`.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = &self.code {
            write!(f, ", code {code}")?;
        }
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}
