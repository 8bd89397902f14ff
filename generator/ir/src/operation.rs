//! Operations: what is sent, and what comes back by status.

use crate::{
    Docs, ErrorFields, Expr, Ident, Paging, Parameter, ReplyLink, RequestBody, Requirement, Retry,
    Type,
};

/// The operations of one tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Module name, and method of the client: `device_actions`.
    pub name: Ident,
    /// Type of the handle: `DeviceActions`.
    pub type_name: Ident,
    /// The tag as the document writes it.
    pub tag: String,
    /// Documentation.
    pub docs: Docs,
    /// Operations in the document's order.
    pub operations: Vec<Operation>,
    /// Modules that the group is divided into, where it is too long for one file.
    pub parts: Vec<Ident>,
}

/// An operation (OpenAPI 3.1, section 4.8.10).
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`, or the id made for an operation without one.
    pub id: String,
    /// Method of the group's handle: `lock_device`.
    pub name: Ident,
    /// Type of the request builder: `LockDevice`.
    pub type_name: Ident,
    /// Name of the descriptor: `LOCK_DEVICE`.
    pub constant: Ident,
    /// Index into [`Group::parts`]; absent where it stands in the group's own file.
    pub part: Option<usize>,
    /// HTTP method in upper case.
    pub method: String,
    /// Path template, split at its parameters; an index is into [`Operation::params`].
    pub path: Vec<Segment>,
    /// Base addresses of its own (OpenAPI `servers` of the operation or path): one, or one for each
    /// of [`Api::servers`](crate::Api::servers). An index is into
    /// [`Api::variables`](crate::Api::variables).
    pub servers: Vec<Vec<Segment>>,
    /// Parameters, path ones first in the order of the template.
    pub params: Vec<Parameter>,
    /// Request body.
    pub body: Option<RequestBody>,
    /// Required inputs, in the order of the method's arguments.
    pub arguments: Vec<Input>,
    /// Optional inputs, in the order of the builder's setters.
    pub setters: Vec<Input>,
    /// What is read from each reply, in the document's order.
    pub responses: Vec<Response>,
    /// Type of a successful reply.
    pub success: Outcome,
    /// Type of a documented error.
    pub failure: Outcome,
    /// Type of a successful reply that is read while it comes, where the caller has the choice.
    pub stream: Option<Outcome>,
    /// Indices into [`Api::headers`](crate::Api::headers): the headers that its replies document.
    pub headers: Vec<usize>,
    /// Links of its replies.
    pub links: Vec<ReplyLink>,
    /// Alternatives of credentials; empty when none is needed. An empty alternative means that the
    /// operation may also be called without any.
    pub security: Vec<Vec<Requirement>>,
    /// Repeating the request has the effect of sending it once (RFC 9110, section 9.2.2).
    pub idempotent: bool,
    /// Header of the key that makes repeated requests one (`x-idempotency-key`), in lower case.
    pub idempotency_key: Option<String>,
    /// When it is tried again (`x-retry`).
    pub retry: Option<Retry>,
    /// How the list that it replies with is read page by page (`x-pagination`).
    pub paging: Option<Paging>,
    /// Permissions the caller needs (`x-permissions`).
    pub permissions: Vec<String>,
    /// Documentation.
    pub docs: Docs,
    /// A call made of the document's examples.
    pub example: Option<OperationExample>,
    /// JSON pointer into the document.
    pub origin: String,
}

/// An input of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Index into [`Operation::params`].
    Param(usize),
    /// The request body.
    Body,
}

/// A piece of a path or server template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands as it is (already percent-encoded where it has to be).
    Text(String),
    /// Index of the parameter or variable that stands here.
    Param(usize),
}

/// Content of a reply body.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// No content.
    Empty,
    /// JSON of this type.
    Json(Type),
    /// Text.
    Text,
    /// A stream of bytes.
    Bytes,
    /// Server-sent events of this type; in replies only.
    Events(Type, EventData),
    /// JSON texts of this type, in a row; in replies only.
    Lines(Type),
}

/// What of a server-sent event the type describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventData {
    /// Its data, which is JSON.
    Json,
    /// Its data, which is text.
    Text,
    /// The whole of it: an object with `data`, `event`, `id`, `retry` (OpenAPI 3.2, section
    /// 4.14.5).
    Whole,
}

/// A response (OpenAPI 3.1, section 4.8.17).
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Statuses it stands for.
    pub status: StatusPattern,
    /// Media type it is read as; empty without content.
    pub media: String,
    /// Content.
    pub content: Body,
    /// Index of the case of [`Operation::success`], [`Operation::failure`] or
    /// [`Operation::stream`] that it fills.
    pub case: usize,
    /// It belongs to [`Operation::stream`] only: another response of its status is read whole.
    pub only_stream: bool,
    /// It belongs to [`Operation::success`].
    pub success: bool,
    /// Error codes the vendor documents for this status (`x-error-codes`).
    pub error_codes: Vec<String>,
    /// Where its body tells the vendor's code and message, if elsewhere than [`Api::errors`](crate::Api::errors).
    pub fields: Option<ErrorFields>,
    /// Documentation.
    pub docs: Docs,
    /// Documented bodies (as JSON) that are valid for the type.
    pub examples: Vec<crate::Value>,
}

/// Key of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusPattern {
    /// `404`.
    Code(u16),
    /// `4XX`, by first digit.
    Range(u8),
    /// `default`.
    Default,
}

/// Rust type of what comes back.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing is documented.
    None,
    /// Always the same content.
    One(Body),
    /// An enum by status.
    Many {
        /// Name of the enum, in the group's module.
        name: Ident,
        /// Its variants.
        cases: Vec<Case>,
        /// The enum of another operation in the same module that is the same: this one is an alias
        /// of it.
        same: Option<Ident>,
    },
}

/// A variant of a reply or error enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Variant name: `NotFound`.
    pub name: Ident,
    /// Statuses it stands for.
    pub status: StatusPattern,
    /// Media type, where another case of the status has another.
    pub media: Option<String>,
    /// Its content.
    pub content: Body,
    /// Documentation.
    pub docs: Docs,
}

/// A call as the documentation shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationExample {
    /// Arguments of the method.
    pub arguments: Vec<Expr>,
    /// Setters called after it.
    pub setters: Vec<(Ident, Expr)>,
}
