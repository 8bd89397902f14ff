//! What replies bring beside their body: headers, and links to other operations.

use crate::{Docs, Ident, Type};

/// A documented header of replies (OpenAPI 3.1, section 4.8.21); one for each name and type.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplyHeader {
    /// Constant of the API's module of headers: `X_RATE_LIMIT_REMAINING`.
    pub name: Ident,
    /// Name on the wire, in lower case.
    pub wire: String,
    /// Type of its value.
    pub ty: Type,
    /// The members of an object are written `k=v`.
    pub explode: bool,
    /// It is JSON text (`content: application/json`).
    pub json: bool,
    /// Documentation.
    pub docs: Docs,
}

/// A link (OpenAPI 3.1, section 4.8.20): what another operation takes from a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyLink {
    /// The operation that is linked to: its `operationId`, or its `operationRef`.
    pub operation: String,
    /// Names of its parameters, each with the runtime expression or constant that it takes.
    pub parameters: Vec<(String, String)>,
    /// Description.
    pub description: Option<String>,
}
