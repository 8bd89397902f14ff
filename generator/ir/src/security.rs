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
    OAuth2 {
        /// Text before the token in `Authorization`: `Bearer ` unless the document says otherwise.
        prefix: String,
        /// Authorization endpoint.
        authorization_url: Option<String>,
        /// Token endpoint.
        token_url: Option<String>,
        /// Endpoint for refreshed tokens, when it is another.
        refresh_url: Option<String>,
        /// Revocation endpoint (RFC 7009).
        revocation_url: Option<String>,
        /// Scopes of the document.
        scopes: Vec<Scope>,
    },
    /// Something this client can't send by itself (mutual TLS, an unknown HTTP scheme): the user's
    /// transport has to.
    Transport,
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
