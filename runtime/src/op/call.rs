//! A call of an operation: its inputs, encoded as they come in.

use std::fmt;

use crate::Body;
use crate::client::Core;
use crate::codec::{Encode, Encoder, Rule, Violation};
use crate::form;
use crate::multipart::{Finished, Multipart};

use super::custom::Custom;
use super::{Operation, Param, Payload, RequestBody};

/// A call of an operation, not yet sent. Generated code wraps it in a type per operation.
///
/// Values are encoded and checked against the documented rules at once. What they break is
/// reported when the call is sent.
pub struct Call {
    parts: Box<CallParts>,
}

/// What a call is made of.
pub(crate) struct CallParts {
    pub(crate) core: Core,
    pub(crate) operation: &'static Operation,
    /// JSON text of each parameter, by index.
    pub(crate) params: Vec<(usize, Vec<u8>)>,
    pub(crate) body: Option<Body>,
    /// Which of the documented bodies is sent, by [`RequestBody::alternative`].
    pub(crate) alternative: usize,
    pub(crate) content_type: Option<String>,
    /// Which of the media types is named that the described body may have as well.
    pub(crate) label: Option<&'static str>,
    /// Broken rules, each with the input it is about.
    pub(crate) violations: Vec<(Input, Violation)>,
    /// What the caller changed; most change nothing.
    pub(crate) custom: Option<Box<Custom>>,
    /// A success is read while it comes, by [`Streaming`](super::Streaming).
    pub(crate) streaming: bool,
    /// Path and query that the server gave for the next page: they go before those of the operation
    /// and its parameters.
    pub(crate) next_page: Option<String>,
}

/// An input of a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    Param(usize),
    Body,
}

impl Call {
    pub(crate) fn new(core: Core, operation: &'static Operation) -> Self {
        let parts = CallParts {
            core,
            operation,
            params: Vec::with_capacity(operation.params.len()),
            body: None,
            alternative: 0,
            content_type: None,
            label: None,
            violations: Vec::new(),
            custom: None,
            streaming: false,
            next_page: None,
        };
        let parts = Box::new(parts);
        Self { parts }
    }

    pub(crate) fn of_parts(parts: Box<CallParts>) -> Self {
        Self { parts }
    }

    pub(crate) fn into_parts(self) -> Box<CallParts> {
        self.parts
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn operation(&self) -> &'static Operation {
        self.parts.operation
    }

    pub(crate) fn streaming(mut self) -> Self {
        self.parts.streaming = true;
        self
    }

    pub(crate) fn custom(&mut self) -> &mut Custom {
        self.parts.custom.get_or_insert_default()
    }

    /// Sets the parameter at `index` of [`Operation::params`]. A value that is set again replaces
    /// the one before.
    pub fn param(mut self, index: usize, value: &dyn Encode) -> Self {
        let Some(param) = self.parts.operation.params.get(index) else { return self };
        let json = self.encode(
            Input::Param(index),
            || param.to_string(),
            (Encoder::for_input(), param.rules),
            value,
        );
        self.parts.params.retain(|(other, _)| *other != index);
        self.parts.params.push((index, json));
        self
    }

    /// Sets the parameter at `index` to a text, like [`param`](Self::param).
    #[inline]
    pub fn text_param(self, index: usize, value: impl AsRef<str>) -> Self {
        self.param(index, &value.as_ref())
    }

    /// Chooses among the documented bodies: 0 is the preferred one, from 1 on those of
    /// [`RequestBody::others`]. It comes before the body itself.
    pub fn alternative(mut self, index: usize) -> Self {
        self.parts.alternative = index;
        self
    }

    /// Does to the call what a function does.
    pub fn with(self, change: impl FnOnce(Self) -> Self) -> Self {
        change(self)
    }

    /// Sets the body to a value in JSON.
    pub fn json(mut self, value: &dyn Encode) -> Self {
        let json = self.encode_body(value, Encoder::for_request());
        self.parts.body = Some(json.into());
        self
    }

    /// Sets the body to the items of a list, each a line of JSON; or a text sequence (RFC 7464),
    /// where that is the media type.
    pub fn lines(mut self, list: &dyn Encode) -> Self {
        let json = self.encode_body(list, Encoder::for_request());
        let media = self.parts.described().map_or("", |body| body.media);
        self.parts.body = Some(form::lines(&json, media).into());
        self
    }

    /// Sets the body to the properties of a value, as a form.
    pub fn form(mut self, value: &dyn Encode) -> Self {
        let json = self.encode_body(value, Encoder::for_input());
        let table = self.parts.described().map_or(&[][..], |body| body.encoding);
        self.parts.body = Some(form::urlencoded(&json, table).into());
        self
    }

    /// Sets the body to the properties of a value, as parts.
    pub fn parts(mut self, value: &dyn Encode) -> Self {
        let json = self.encode_body(value, Encoder::for_input());
        let table = self.parts.described().map_or(&[][..], |body| body.encoding);
        self.set_multipart(Multipart::of_json(&json, table));
        self
    }

    /// Sets the body to parts.
    pub fn multipart(mut self, parts: impl Into<Multipart>) -> Self {
        self.forget(Input::Body);
        self.set_multipart(parts.into());
        self
    }

    fn set_multipart(&mut self, parts: Multipart) {
        let media = self.parts.described().map_or("multipart/form-data", |body| body.media);
        let Finished { body, content_type, violations, refusal } = parts.finish(media);
        self.parts.body = Some(body);
        self.parts.content_type = Some(content_type);
        let violations = violations.into_iter().map(|it| (Input::Body, it.under("body")));
        self.parts.violations.extend(violations);
        if let Some(refusal) = refusal {
            self.custom().refusal.get_or_insert(refusal);
        }
    }

    fn encode_body(&mut self, value: &dyn Encode, encoder: Encoder<'_>) -> Vec<u8> {
        let rules = self.parts.described().map_or(&[][..], |body| body.rules);
        self.encode(Input::Body, || "body".to_owned(), (encoder, rules), value)
    }

    /// Sets the body to bytes, a stream or a file.
    pub fn bytes(mut self, body: impl Into<Body>) -> Self {
        self.set_body(body.into());
        self
    }

    /// Sets the body to text.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        let text: String = text.into();
        self.set_body(text.into());
        self
    }

    /// Names the media type of the body, where the document leaves it to the caller.
    pub fn content_type(mut self, media: &str) -> Self {
        self.parts.content_type = Some(media.to_owned());
        self
    }

    /// Names another media type of the body: one of its [`labels`](RequestBody::labels).
    pub fn sent_as(mut self, label: &'static str) -> Self {
        self.parts.label = Some(label);
        self
    }

    /// Replaces the body by JSON text that nothing checks.
    pub(super) fn set_raw_json(&mut self, json: Vec<u8>) {
        self.set_body(json.into());
        if !self.parts.sends_json() {
            self.parts.content_type = Some("application/json".to_owned());
        }
    }

    /// Replaces the body by bytes that nothing checks.
    pub(super) fn set_body(&mut self, body: Body) {
        self.forget(Input::Body);
        self.parts.body = Some(body);
    }

    fn forget(&mut self, input: Input) {
        self.parts.violations.retain(|(other, _)| *other != input);
    }

    /// JSON text of a value; what it breaks is kept under `root` in place of `$`.
    fn encode(
        &mut self,
        input: Input,
        root: impl FnOnce() -> String,
        (mut encoder, rules): (Encoder<'_>, &'static [Rule]),
        value: &dyn Encode,
    ) -> Vec<u8> {
        encoder.write_checked(rules, value);
        let (json, violations) = encoder.finish();
        self.forget(input);
        if !violations.is_empty() {
            let root = root();
            let violations = violations.into_iter().map(|it| (input, it.under(&root)));
            self.parts.violations.extend(violations);
        }
        json
    }
}

impl CallParts {
    /// The same call once more; `None` where the body is there only once.
    pub(crate) fn again(&self) -> Option<Box<Self>> {
        let body = match &self.body {
            Some(body) => Some(body.as_bytes()?.clone().into()),
            None => None,
        };
        Some(Box::new(Self {
            core: self.core.clone(),
            operation: self.operation,
            params: self.params.clone(),
            body,
            alternative: self.alternative,
            content_type: self.content_type.clone(),
            label: self.label,
            violations: self.violations.clone(),
            custom: self.custom.clone(),
            streaming: self.streaming,
            next_page: self.next_page.clone(),
        }))
    }

    /// What the caller changed.
    pub(crate) fn custom(&self) -> &Custom {
        self.custom.as_deref().unwrap_or_else(|| Custom::none())
    }

    /// The documented body that is sent.
    pub(crate) fn described(&self) -> Option<&'static RequestBody> {
        self.operation.body.as_ref().map(|body| body.alternative(self.alternative))
    }

    /// The document describes a body of JSON.
    fn sends_json(&self) -> bool {
        self.described().is_some_and(|body| body.payload == Payload::Json)
    }

    /// The parameters that are set, or known, in the document's order, with the JSON text of each.
    pub(crate) fn params(&self) -> impl Iterator<Item = (&'static Param, &[u8])> {
        self.operation.params.iter().enumerate().filter_map(|(index, param)| {
            let set = self.params.iter().find(|(other, _)| *other == index);
            let known = || param.constant.map(str::as_bytes);
            Some((param, set.map(|(_, json)| json.as_slice()).or_else(known)?))
        })
    }
}

/// Shows the operation and which inputs are set, not their values: they may be secrets.
/// Shows a type of that name around a call, as a derive would.
///
/// # Errors
///
/// Those of the formatter.
#[doc(hidden)]
pub fn show(f: &mut fmt::Formatter<'_>, name: &str, call: &Call) -> fmt::Result {
    f.debug_tuple(name).field(call).finish()
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CallParts { operation, params, body, .. } = &*self.parts;
        let names = params.iter().filter_map(|(index, _)| operation.params.get(*index));
        let names: Vec<&str> = names.map(|param| param.name).collect();
        f.debug_struct("Call")
            .field("operation", &operation.id)
            .field("method", &operation.method)
            .field("path", &operation.path)
            .field("params", &names)
            .field("body", body)
            .finish_non_exhaustive()
    }
}
