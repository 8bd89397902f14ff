//! The inputs of a call, as texts of JSON: a number has to reach the client as it was written.

use std::collections::BTreeMap;

use serde_json::Value;
use tenon_runtime::Fault;
use tenon_runtime::codec::{Decode, from_slice};

/// The inputs of a call.
#[derive(Debug)]
pub struct Inputs {
    params: BTreeMap<usize, String>,
    body: Option<String>,
    streamed: bool,
}

impl Inputs {
    /// Reads `{"params": {"0": "…"}, "body": "…"}`.
    pub(crate) fn new(order: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let params = order["params"].as_object().into_iter().flatten();
        let params = params.filter_map(|(index, value)| Some((index.parse().ok()?, text(value)?)));
        let streamed = order["stream"] == Value::Bool(true);
        Self { params: params.collect(), body: order.get("body").and_then(text), streamed }
    }

    /// The reply is to be read as a stream, where it can be had whole too.
    pub fn streamed(&self) -> bool {
        self.streamed
    }

    /// A parameter that has to be there, by its number.
    ///
    /// # Errors
    ///
    /// It isn't there, or isn't what the parameter takes.
    pub fn required<T: Decode>(&self, index: usize) -> Result<T, Fault> {
        self.optional(index)?.ok_or_else(|| absent("a parameter"))
    }

    /// A parameter that may be left out.
    ///
    /// # Errors
    ///
    /// It isn't what the parameter takes.
    pub fn optional<T: Decode>(&self, index: usize) -> Result<Option<T>, Fault> {
        self.params.get(&index).map(String::as_str).map(read).transpose()
    }

    /// The body, where it has to be there.
    ///
    /// # Errors
    ///
    /// It isn't there, or isn't what the operation takes.
    pub fn body<T: Decode>(&self) -> Result<T, Fault> {
        self.optional_body()?.ok_or_else(|| absent("a body"))
    }

    /// The body, where it may be left out.
    ///
    /// # Errors
    ///
    /// It isn't what the operation takes.
    pub fn optional_body<T: Decode>(&self) -> Result<Option<T>, Fault> {
        self.body.as_deref().map(read).transpose()
    }
}

fn read<T: Decode>(text: &str) -> Result<T, Fault> {
    from_slice(text.as_bytes())
}

fn absent(what: &'static str) -> Fault {
    Fault::new("$", what, "nothing", 0)
}
