//! Security schemes and what an operation requires of them.

use crate::{Docs, Ident};

/// A security scheme (OpenAPI 3.1, section 4.8.27).
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// Setter of the client builder.
    pub name: Ident,
    /// Key in the document.
    pub key: String,
    /// What is sent.
    pub credential: Credential,
    /// Documentation.
    pub docs: Docs,
}

/// What a security scheme sends, and where.
#[derive(Clone, Debug, PartialEq)]
pub enum Credential {
    /// `Authorization: Bearer …` (RFC 6750, section 2.1).
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// A key in a header, after a prefix that may be empty.
    Header {
        /// Header name.
        name: String,
        /// Text before the key, such as `Token `.
        prefix: String,
    },
    /// A key in the query string.
    Query {
        /// Parameter name.
        name: String,
    },
    /// A key in a cookie.
    Cookie {
        /// Cookie name.
        name: String,
    },
    /// An OAuth 2.0 access token (RFC 6749).
    OAuth2(Box<OAuth2>),
    /// The certificate that the client shows when the connection is made.
    MutualTls,
    /// Something this client can't send by itself, such as what answers a challenge: the user's transport
    /// has to.
    Transport,
}

/// What the document says of an OAuth 2.0 scheme (OpenAPI 3.1, sections 4.8.28 and 4.8.29).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OAuth2 {
    /// Text before the token in `Authorization`: `Bearer ` unless the document says otherwise.
    pub prefix: String,
    /// Flows of the document, in words.
    pub flows: Vec<String>,
    /// Authorization endpoint.
    pub authorization_url: Option<String>,
    /// Token endpoint.
    pub token_url: Option<String>,
    /// Endpoint for refreshed tokens, when it is another.
    pub refresh_url: Option<String>,
    /// Revocation endpoint (RFC 7009).
    pub revocation_url: Option<String>,
    /// Device authorization endpoint (RFC 8628).
    pub device_url: Option<String>,
    /// OpenID Connect Discovery, which has the endpoints that the document doesn't give.
    pub discovery_url: Option<String>,
    /// What stands between scopes, where it isn't a space.
    pub scope_separator: Option<String>,
    /// Clients tell the token endpoint their id and secret in the body, not in `Authorization`.
    pub secret_in_body: bool,
    /// Name of the parameter that holds the token to revoke, where it isn't `token`.
    pub revocation_parameter: Option<String>,
    /// Parameters that authorization requests have beside the usual ones.
    pub authorization_params: Vec<(String, String)>,
    /// Other places where the vendor runs the endpoints, by name: scheme and host.
    pub origins: Vec<(String, String)>,
    /// Number of refresh tokens that a user can have before the oldest is deleted.
    pub max_refresh_tokens: Option<u32>,
    /// Scopes of the document.
    pub scopes: Vec<Scope>,
}

/// An OAuth 2.0 scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Constant name in the API's `scopes` module.
    pub name: Ident,
    /// Text of the scope.
    pub value: String,
    /// What it allows.
    pub description: String,
}

/// One scheme of an alternative that an operation accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Index into [`Api::schemes`](crate::Api::schemes).
    pub scheme: usize,
    /// Scopes it asks for.
    pub scopes: Vec<String>,
}
