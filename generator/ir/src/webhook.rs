//! Webhooks and callbacks: requests that the vendor makes.

use crate::{Body, Docs, Ident, Place, Presence, StatusPattern};

/// A request that the vendor sends to a server of the caller's (OpenAPI 3.1, sections 4.8.1.1 and
/// 4.8.18).
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// Function that reads its body: `parse_order_paid`.
    pub name: Ident,
    /// Index into [`Api::webhook_parts`](crate::Api::webhook_parts); absent where the function stands in the module's
    /// own file.
    pub part: Option<usize>,
    /// Key of the webhook or callback.
    pub wire: String,
    /// HTTP method in upper case.
    pub method: String,
    /// Where a callback is sent; absent for a webhook, whose address is agreed elsewhere.
    pub callback: Option<Callback>,
    /// Media type of the body; empty without one.
    pub media: String,
    /// The body.
    pub content: Body,
    /// Parameters and headers that come with it.
    pub params: Vec<WebhookParam>,
    /// What is to be answered.
    pub answers: Vec<(StatusPattern, Docs)>,
    /// Documentation.
    pub docs: Docs,
    /// JSON pointer into the document.
    pub origin: String,
}

/// Where a callback comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// Runtime expression of its address: `{$request.body#/url}`.
    pub expression: String,
    /// `operationId` of the operation that brings it about, or its path.
    pub operation: String,
}

/// A parameter that comes with a webhook.
#[derive(Clone, Debug, PartialEq)]
pub struct WebhookParam {
    /// Name on the wire.
    pub wire: String,
    /// Where it is written.
    pub place: Place,
    /// Whether it is always there.
    pub presence: Presence,
    /// Documentation.
    pub docs: Docs,
}
