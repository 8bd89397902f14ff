//! The decided shape of an API client, as plain data.
//!
//! Lowering writes it, the emitter reads it; between the two nothing is left to decide.
//! It knows no OpenAPI document, no Rust syntax beyond final identifiers, and depends on nothing.

mod docs;
mod example;
mod features;
mod item;
mod operation;
mod package;
mod paging;
mod param;
mod payload;
mod policy;
mod reply;
mod rule;
mod security;
mod size;
mod types;
mod webhook;

pub use docs::{Docs, Link, Source};
pub use example::{Expr, Value};
pub use features::{Features, Gate};
pub use item::{
    Derives, Enum, EnumBase, EnumVariant, Field, Item, ItemId, Kind, Newtype, Pick, Presence, Rest,
    Struct, Tag, Union, UnionVariant, Usage,
};
pub use operation::{
    Body, Case, EventData, Group, Input, Operation, OperationExample, Outcome, Response, Segment,
    StatusPattern,
};
pub use package::{Condition, CrateFeature};
pub use paging::{PageInput, PageStep, Paging};
pub use param::{Parameter, Place, Style};
pub use payload::{
    Content, Form, Media, MediaLabel, Multipart, PartField, PartValue, Parts, Payload, PayloadCase,
    PropertyEncoding, RequestBody, Sent,
};
pub use policy::{ErrorFields, Retry};
pub use reply::{ReplyHeader, ReplyLink};
pub use rule::Rule;
pub use security::{Credential, OAuth2, Requirement, Scheme, Scope};
pub use types::{Dates, Encoding, Float, Int, Text, Type};
pub use webhook::{Callback, Webhook, WebhookParam};

/// A final Rust identifier, raw (`r#type`) where the word is reserved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(pub String);

impl Ident {
    /// The identifier as Rust writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One API: everything that its module of the generated crate contains.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// Module and Cargo feature, in snake case.
    pub name: Ident,
    /// `info.title`.
    pub title: String,
    /// `info.version`, as written.
    pub version: String,
    /// `info.description` and the document's external link.
    pub docs: Docs,
    /// Where the API is served; never empty.
    pub servers: Vec<Server>,
    /// Every variable of every server, once each: the setters of the client builder.
    pub variables: Vec<Variable>,
    /// Security schemes that some operation names.
    pub schemes: Vec<Scheme>,
    /// Crate whose types hold dates and times.
    pub dates: Dates,
    /// Call limits that the vendor documents.
    pub limits: Vec<RateLimit>,
    /// When calls are tried again, unless an operation says otherwise.
    pub retry: Option<Retry>,
    /// Where the bodies of errors tell the vendor's code and message.
    pub errors: ErrorFields,
    /// Header in which replies name the request (`x-request-id-header`), in lower case.
    pub request_id: Option<String>,
    /// What can be left out of a build; absent where the API is compiled as a whole.
    pub features: Option<Features>,
    /// Operations by tag, in the document's order.
    pub groups: Vec<Group>,
    /// Documented headers of replies; an operation refers to them by index.
    pub headers: Vec<ReplyHeader>,
    /// Module of their constants: `headers`.
    pub headers_module: Ident,
    /// Requests that the vendor makes, in the document's order.
    pub webhooks: Vec<Webhook>,
    /// Module of the functions that read them: `webhooks`.
    pub webhooks_module: Ident,
    /// Module of the mock server: `mock`; absent where none is to be generated.
    pub mock: Option<Ident>,
    /// Modules that it is divided into, where it is too long for one file.
    pub webhook_parts: Vec<Ident>,
    /// Models; an [`ItemId`] is an index into this list.
    pub items: Vec<Item>,
    /// The files of the models: each item belongs to one.
    pub families: Vec<Family>,
}

impl Api {
    /// The model with this id.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }

    /// Every operation of every group.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.groups.iter().flat_map(|group| &group.operations)
    }
}

/// A file of models that are used together.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// Module name below `models`.
    pub name: Ident,
    /// What the models have in common, for the head of the file.
    pub docs: Docs,
    /// When the file is compiled: each of its models is reached by the same parts of the API.
    pub gate: Gate,
}

/// A server of the document (OpenAPI 3.1, section 4.8.5).
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Variant of the generated `Server` enum.
    pub name: Ident,
    /// Template, split at its variables; an index is into [`Api::variables`].
    pub url: Vec<Segment>,
    /// Documentation.
    pub docs: Docs,
}

/// A server variable (OpenAPI 3.1, section 4.8.6).
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Setter of the client builder.
    pub name: Ident,
    /// Name in the template.
    pub wire: String,
    /// What stands for it when the user sets nothing; absent where the document's default is only
    /// a placeholder and the user has to choose.
    pub default: Option<String>,
    /// The documented values, as an enum of the client module; absent where any text will do.
    pub choices: Option<Choices>,
    /// Some operation has it in an address of its own.
    pub of_operations: bool,
    /// Documentation.
    pub docs: Docs,
}

/// The values of an enumerated server variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// Type name in the API's module.
    pub name: Ident,
    /// Variants; the base is text.
    pub variants: Vec<EnumVariant>,
}

/// At most so many calls in so many seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Calls allowed.
    pub requests: u64,
    /// Length of the window in seconds.
    pub seconds: u64,
    /// Name of the plan that the limit belongs to, when it differs by plan.
    pub plan: Option<String>,
}
