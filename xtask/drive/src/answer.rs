//! What became of a call.

use std::error::Error as _;
use std::pin::Pin;

use serde_json::{Value, json as object};
use tenon_runtime::codec::{Encode, to_vec};
use tenon_runtime::op::{Endpoint, Outcome};
use tenon_runtime::{Bytes, Error, RetryPolicy};

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

/// Shows that there is a stream; it is not read.
pub fn stream<T>(_: &T) -> Value {
    Value::String("a stream".to_owned())
}

/// Shows that there is nothing.
pub fn nothing<T>(_: &T) -> Value {
    Value::Null
}
