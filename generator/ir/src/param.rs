//! Parameters and the styles they are written with.

use crate::{Docs, Ident, Presence, Rule, Type};

/// A parameter (OpenAPI 3.1, section 4.8.12).
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Argument or setter name.
    pub name: Ident,
    /// Name on the wire.
    pub wire: String,
    /// Where it is written.
    pub place: Place,
    /// How it is written.
    pub style: Style,
    /// Arrays and objects in one piece each item (`explode`).
    pub explode: bool,
    /// RFC 3986 reserved characters stay as they are (`allowReserved`).
    pub allow_reserved: bool,
    /// Type of the value.
    pub ty: Type,
    /// Whether it may be left out.
    pub presence: Presence,
    /// What is sent of a required parameter that the caller doesn't set, where that is known.
    pub constant: Option<String>,
    /// Documented default, for the documentation: a client doesn't send it.
    pub default: Option<crate::Value>,
    /// Rules checked before sending.
    pub rules: Vec<Rule>,
    /// Documentation.
    pub docs: Docs,
}

/// Part of the request that holds a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// The `Cookie` header.
    Cookie,
}

/// Serialization of a parameter (OpenAPI 3.1, section 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b` (RFC 6570 simple expansion).
    Simple,
    /// `.a.b`.
    Label,
    /// `;name=a`.
    Matrix,
    /// `name=a&name=b`.
    Form,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a|b`.
    PipeDelimited,
    /// `name[key]=a`.
    DeepObject,
    /// JSON text (`content: application/json`).
    Json,
    /// The properties of the value are the whole query, as of a form (OpenAPI 3.2 `querystring`).
    QueryString,
    /// The value as JSON text is the whole query (OpenAPI 3.2 `querystring`).
    QueryJson,
    /// The text of the value is the whole query (OpenAPI 3.2 `querystring`).
    QueryText,
    /// `name=a; name=b`, as it stands (OpenAPI 3.2).
    Cookie,
}
