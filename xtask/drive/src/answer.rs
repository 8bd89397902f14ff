//! What became of a call.

use std::error::Error as _;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use serde_json::{Value, json as object};
use tenon_runtime::codec::{Encode, to_vec};
use tenon_runtime::op::{Endpoint, Outcome, Sending, Streaming};
use tenon_runtime::{Bytes, Error, RetryPolicy, StreamError};

use crate::exchange::Exchange;

/// A call on its way.
pub type Sent = Pin<Box<dyn Future<Output = Answer>>>;

/// What became of a call.
#[derive(Debug, Default)]
pub struct Answer {
    status: Option<u16>,
    /// The decoded reply.
    reply: Option<Value>,
    /// The decoded documented error.
    documented: Option<Value>,
    /// Why there is no reply.
    error: Option<(String, String)>,
}

impl Answer {
    pub(crate) fn late() -> Self {
        let error = ("Timeout".to_owned(), "the call took too long".to_owned());
        Self { error: Some(error), ..Self::default() }
    }

    fn failed<E: std::fmt::Debug>(error: &Error<E>) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(inner) = source {
            text.push_str(&format!(": {inner}"));
            source = inner.source();
        }
        for violation in error.violations() {
            text.push_str(&format!("; {violation}"));
        }
        let kind = format!("{:?}", error.kind());
        let status = error.status().map(|status| status.as_u16());
        Self { status, error: Some((kind, text)), ..Self::default() }
    }

    /// As a line of the output.
    pub(crate) fn told(self, exchange: Exchange) -> Value {
        let mut line = object!({"request": exchange.request, "reply": exchange.reply});
        let error = self.error.map(|(kind, text)| object!({"kind": kind, "text": text}));
        let parts = [
            ("status", self.status.map(Value::from)),
            ("decoded", self.reply),
            ("documented", self.documented),
            ("error", error),
        ];
        for (name, part) in parts {
            if let Some(part) = part {
                line[name] = part;
            }
        }
        line
    }
}

/// What is decoded, shown when all of it is read.
pub type Shown = Pin<Box<dyn Future<Output = Value>>>;

/// Sends a call whose reply is, or may be, a stream.
pub fn send_and_read<E: Endpoint + 'static>(
    call: E,
    reply: fn(<E::Success as Outcome>::Value) -> Shown,
    documented: fn(&<E::Failure as Outcome>::Value) -> Value,
) -> Sent
where
    <E::Failure as Outcome>::Value: std::fmt::Debug,
{
    let sending = tenon_runtime::op::Customized::new(call).retry(RetryPolicy::none()).send();
    read(sending, reply, documented)
}

/// Sends a call by its second method: what comes is read as a stream.
pub fn send_streamed<E: Streaming + 'static>(
    call: E,
    reply: fn(<E::Stream as Outcome>::Value) -> Shown,
    documented: fn(&<E::Failure as Outcome>::Value) -> Value,
) -> Sent
where
    <E::Failure as Outcome>::Value: std::fmt::Debug,
{
    read(tenon_runtime::op::stream(call), reply, documented)
}

fn read<S: Outcome + 'static, F: Outcome + 'static>(
    sending: Sending<S, F>,
    reply: fn(S::Value) -> Shown,
    documented: fn(&F::Value) -> Value,
) -> Sent
where
    F::Value: std::fmt::Debug,
{
    Box::pin(async move {
        match sending.await {
            Ok(value) => {
                let status = Some(value.status().as_u16());
                let shown = reply(value.into_inner()).await;
                Answer { status, reply: Some(shown), ..Answer::default() }
            }
            Err(error) => {
                Answer { documented: error.documented().map(documented), ..Answer::failed(&error) }
            }
        }
    })
}

/// Sends a call; the functions show what is decoded.
pub fn send<E: Endpoint + 'static>(
    call: E,
    reply: fn(&<E::Success as Outcome>::Value) -> Value,
    documented: fn(&<E::Failure as Outcome>::Value) -> Value,
) -> Sent
where
    <E::Failure as Outcome>::Value: std::fmt::Debug,
{
    let sending = tenon_runtime::op::Customized::new(call).retry(RetryPolicy::none()).send();
    Box::pin(async move {
        match sending.await {
            Ok(value) => Answer {
                status: Some(value.status().as_u16()),
                reply: Some(reply(&value)),
                ..Answer::default()
            },
            Err(error) => {
                Answer { documented: error.documented().map(documented), ..Answer::failed(&error) }
            }
        }
    })
}

/// Shows a value of a model.
pub fn json<T: Encode>(value: &T) -> Value {
    let text = to_vec(value);
    serde_json::from_slice(&text).unwrap_or_else(|error| Value::String(error.to_string()))
}

/// Shows a text.
pub fn text<T: AsRef<str>>(value: &T) -> Value {
    Value::String(value.as_ref().to_owned())
}

/// Shows how many bytes there are.
pub fn bytes(value: &Bytes) -> Value {
    object!({"bytes": value.len()})
}

/// Shows that there is a stream, where none is read: as the body of an error.
pub fn unread<T>(_: &T) -> Value {
    Value::String("a stream".to_owned())
}

/// What needs no reading.
pub fn at_once(value: Value) -> Shown {
    Box::pin(std::future::ready(value))
}

/// Reads a stream to its end, and shows how many items it had and what went wrong.
pub fn counted<T, S>(mut stream: S) -> Shown
where
    S: Stream<Item = Result<T, StreamError>> + Unpin + 'static,
{
    Box::pin(async move {
        let mut items = 0;
        while let Some(item) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
            match item {
                Ok(_) => items += 1,
                Err(error) => return object!({"items": items, "fault": told(&error)}),
            }
        }
        object!({"items": items})
    })
}

/// Reads bytes to their end, and shows how many there are.
pub fn counted_bytes<S>(mut stream: S) -> Shown
where
    S: Stream<Item = Result<Bytes, StreamError>> + Unpin + 'static,
{
    Box::pin(async move {
        let mut length = 0;
        while let Some(item) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
            match item {
                Ok(bytes) => length += bytes.len(),
                Err(error) => return object!({"bytes": length, "fault": told(&error)}),
            }
        }
        object!({"bytes": length})
    })
}

/// An error and its causes.
fn told(error: &StreamError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(&format!(": {inner}"));
        source = inner.source();
    }
    text
}

/// Shows that there is nothing.
pub fn nothing<T>(_: &T) -> Value {
    Value::Null
}
