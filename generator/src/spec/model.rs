//! The document as a reader understands it: typed, every reference an id, nothing decided yet.
//!
//! Written by [`read`](super::read), read by the lints and by lowering.
//! Texts borrow from the tree; values whose meaning depends on a schema (defaults, examples,
//! enumerations) stay tree nodes.

mod schema;
mod security;

pub use schema::{Discriminator, RULE_KEYWORDS, Rare, Schema, Types, is_about};
pub use security::{Flow, Requirement, SchemeKind, SecurityScheme};

use super::template::{self, Template};
use crate::source::{NodeId, Tree};

/// Index into [`Spec::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

/// Index into [`Spec::parameters`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterId(pub u32);

/// Index into [`Spec::responses`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResponseId(pub u32);

/// Index into [`Spec::bodies`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BodyId(pub u32);

/// An OpenAPI document in the terms of OpenAPI 3.1.
#[derive(Debug)]
pub struct Spec<'t> {
    /// Where every node of the document is found.
    pub tree: &'t Tree,
    /// `info`.
    pub info: Info<'t>,
    /// `externalDocs`.
    pub docs: Option<ExternalDocs<'t>>,
    /// `servers`.
    pub servers: Vec<Server<'t>>,
    /// `tags`.
    pub tags: Vec<Tag<'t>>,
    /// Operations of `paths`, in the document's order.
    pub operations: Vec<Operation<'t>>,
    /// Operations of `webhooks`, `x-webhooks` and callbacks, which the vendor calls.
    pub webhooks: Vec<Webhook<'t>>,
    /// `security`: alternatives that hold for operations which state none.
    pub security: Option<Vec<Vec<Requirement<'t>>>>,
    /// Whether the document or any of its operations says which credentials calls need.
    pub states_security: bool,
    /// `components.securitySchemes`.
    pub schemes: Vec<SecurityScheme<'t>>,
    /// Every schema of the document that something refers to.
    pub schemas: Vec<Schema<'t>>,
    /// `components.schemas`, in the document's order.
    pub components: Vec<(&'t str, SchemaId)>,
    /// Every parameter and reply header.
    pub parameters: Vec<Parameter<'t>>,
    /// Every response.
    pub responses: Vec<Response<'t>>,
    /// Every request body.
    pub bodies: Vec<RequestBody<'t>>,
}

impl<'t> Spec<'t> {
    /// Every operation, those that the vendor calls last.
    pub fn all_operations(&self) -> impl Iterator<Item = &Operation<'t>> {
        let webhooks = self.webhooks.iter().map(|webhook| &webhook.operation);
        self.operations.iter().chain(webhooks)
    }

    /// The schema with this id.
    pub fn schema(&self, id: SchemaId) -> &Schema<'t> {
        &self.schemas[id.0 as usize]
    }

    /// The parameter with this id.
    pub fn parameter(&self, id: ParameterId) -> &Parameter<'t> {
        &self.parameters[id.0 as usize]
    }

    /// The path of an operation, split at its parameters.
    pub(crate) fn template(&self, operation: &Operation<'t>) -> Template<'t> {
        let parameters = operation.parameters.iter().map(|id| self.parameter(*id));
        let template = template::read(operation.path, &|place, name| {
            parameters.clone().any(|it| it.place == place && it.name == name)
        });
        template.without(&|name, value| {
            parameters.clone().any(|it| it.name == name && self.only_value(it) == Some(value))
        })
    }

    /// The one text that a parameter of the query always has.
    fn only_value(&self, parameter: &Parameter<'t>) -> Option<&'t str> {
        let schema = self.schema(parameter.schema.filter(|_| parameter.required)?);
        let [value] = schema.constant.as_ref().map_or(&*schema.values, std::slice::from_ref) else {
            return None;
        };
        self.tree.text(*value).filter(|_| parameter.place == Place::Query)
    }

    /// The response with this id.
    pub fn response(&self, id: ResponseId) -> &Response<'t> {
        &self.responses[id.0 as usize]
    }

    /// The request body with this id.
    pub fn body(&self, id: BodyId) -> &RequestBody<'t> {
        &self.bodies[id.0 as usize]
    }
}

/// `info`.
#[derive(Debug)]
pub struct Info<'t> {
    /// Where it stands.
    pub at: NodeId,
    /// Title of the API.
    pub title: &'t str,
    /// Version of the document.
    pub version: &'t str,
    /// Description.
    pub description: Option<&'t str>,
}

/// `externalDocs`.
#[derive(Clone, Copy, Debug)]
pub struct ExternalDocs<'t> {
    /// Address.
    pub url: &'t str,
    /// Description.
    pub description: Option<&'t str>,
}

/// A server.
#[derive(Debug)]
pub struct Server<'t> {
    /// Where it stands.
    pub at: NodeId,
    /// Template.
    pub url: &'t str,
    /// `name` (OpenAPI 3.2) or `x-name`.
    pub name: Option<&'t str>,
    /// Description.
    pub description: Option<&'t str>,
    /// Variables, by name.
    pub variables: Vec<ServerVariable<'t>>,
}

/// A server variable.
#[derive(Debug)]
pub struct ServerVariable<'t> {
    /// Where it stands.
    pub at: NodeId,
    /// Name in the template.
    pub name: &'t str,
    /// Default.
    pub default: Option<&'t str>,
    /// Values, when enumerated.
    pub values: Vec<&'t str>,
    /// Description.
    pub description: Option<&'t str>,
}

/// A declared tag.
#[derive(Debug)]
pub struct Tag<'t> {
    /// Where it stands.
    pub at: NodeId,
    /// Name, as operations use it.
    pub name: &'t str,
    /// Description.
    pub description: Option<&'t str>,
    /// `externalDocs`.
    pub docs: Option<ExternalDocs<'t>>,
}

/// An operation.
#[derive(Debug)]
pub struct Operation<'t> {
    /// Where it stands; for an overload, the entry of `x-overloads`.
    pub at: NodeId,
    /// The enclosing operation, where this one is an entry of its `x-overloads`: extensions that
    /// the entry doesn't state are looked up there.
    pub overload_of: Option<NodeId>,
    /// Method in upper case.
    pub method: String,
    /// Path template, or the name of the webhook.
    pub path: &'t str,
    /// Where the path item stands.
    pub path_at: NodeId,
    /// `operationId`.
    pub id: Option<&'t str>,
    /// Tags.
    pub tags: Vec<&'t str>,
    /// Summary.
    pub summary: Option<&'t str>,
    /// Description.
    pub description: Option<&'t str>,
    /// `externalDocs`.
    pub docs: Option<ExternalDocs<'t>>,
    /// Deprecated.
    pub deprecated: bool,
    /// Parameters of the path item and the operation, overridden ones left out, in the order
    /// stated: the path item's first.
    pub parameters: Vec<ParameterId>,
    /// Request body.
    pub body: Option<BodyId>,
    /// Responses by key.
    pub responses: Vec<(StatusKey, ResponseId)>,
    /// Its own security, when stated.
    pub security: Option<Vec<Vec<Requirement<'t>>>>,
    /// Servers of the operation or its path item, when stated.
    pub servers: Vec<Server<'t>>,
}

/// An operation that the vendor calls.
#[derive(Debug)]
pub struct Webhook<'t> {
    /// What is called; its path is the key of the webhook or callback.
    pub operation: Operation<'t>,
    /// Where it comes from, if it is a callback.
    pub callback: Option<Callback<'t>>,
    /// Where the operations stand that bring the callback about.
    pub causes: Vec<NodeId>,
}

/// Where a callback comes from.
#[derive(Clone, Copy, Debug)]
pub struct Callback<'t> {
    /// Where it stands: several operations may refer to one.
    pub at: NodeId,
    /// Runtime expression of its address.
    pub expression: &'t str,
    /// `operationId` of the operation that brings it about, or its path.
    pub operation: &'t str,
}

/// Key of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusKey {
    /// `404`.
    Code(u16),
    /// `4XX`, by first digit.
    Range(u8),
    /// `default`.
    Default,
}

/// A parameter, or the header of a reply or part.
#[derive(Debug)]
pub struct Parameter<'t> {
    /// Where it stands (after references).
    pub at: NodeId,
    /// Name on the wire.
    pub name: &'t str,
    /// Where it is written.
    pub place: Place,
    /// Description.
    pub description: Option<&'t str>,
    /// Whether it must be there.
    pub required: bool,
    /// Deprecated.
    pub deprecated: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// `style`, as stated.
    pub style: Option<&'t str>,
    /// `explode`, as stated.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// `content`: at most one entry.
    pub content: Vec<Media<'t>>,
    /// Values of `example` and `examples`.
    pub examples: Vec<NodeId>,
}

/// Part of the request that holds a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// The whole query string (OpenAPI 3.2 `querystring`).
    QueryString,
    /// A header.
    Header,
    /// The `Cookie` header.
    Cookie,
}

/// A request body.
#[derive(Debug)]
pub struct RequestBody<'t> {
    /// Where it stands (after references).
    pub at: NodeId,
    /// Name of the component that it is, when a reference led to it.
    pub component: Option<&'t str>,
    /// Description.
    pub description: Option<&'t str>,
    /// Whether it must be sent.
    pub required: bool,
    /// By media type.
    pub content: Vec<Media<'t>>,
}

/// A response.
#[derive(Debug)]
pub struct Response<'t> {
    /// Where it stands (after references).
    pub at: NodeId,
    /// Name of the component that it is, when a reference led to it.
    pub component: Option<&'t str>,
    /// Description.
    pub description: Option<&'t str>,
    /// Headers.
    pub headers: Vec<ParameterId>,
    /// By media type.
    pub content: Vec<Media<'t>>,
    /// Links to other operations.
    pub links: Vec<Link<'t>>,
}

/// A link of a response.
#[derive(Debug)]
pub struct Link<'t> {
    /// Its key.
    pub name: &'t str,
    /// `operationId`, or `operationRef`.
    pub operation: Option<&'t str>,
    /// Names of parameters, and what each takes: an expression or a constant.
    pub parameters: Vec<(&'t str, NodeId)>,
    /// Description.
    pub description: Option<&'t str>,
}

/// A media type of a body.
#[derive(Clone, Debug)]
pub struct Media<'t> {
    /// Where it stands.
    pub at: NodeId,
    /// Media type or range, as written or as it is meant.
    pub name: &'t str,
    /// `schema`.
    pub schema: Option<SchemaId>,
    /// `itemSchema` (OpenAPI 3.2): of each item of a sequence.
    pub item_schema: Option<SchemaId>,
    /// Values of `example` and `examples`.
    pub examples: Vec<NodeId>,
    /// `encoding`, by property.
    pub encoding: Vec<PartEncoding<'t>>,
}

/// How one property of a form is written.
#[derive(Clone, Debug)]
pub struct PartEncoding<'t> {
    /// Property.
    pub property: &'t str,
    /// `contentType`.
    pub content_type: Option<&'t str>,
    /// `headers`.
    pub headers: Vec<ParameterId>,
    /// `style`, as stated.
    pub style: Option<&'t str>,
    /// `explode`, as stated.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
}
