//! What the runtime knows of an API: its name, servers and security schemes.
//!
//! Generated code declares one `static` [`Api`]. It is plain data: the program that reads it stands
//! in `server` and `auth`.

use crate::RateLimit;
use crate::error::ErrorFields;
use crate::op::Retry;

mod oauth2;

pub use oauth2::{ClientAuth, OAuth2};

/// Description of an API (OpenAPI 3.1, section 4.8.1).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Api {
    /// Short name, as in the `User-Agent`: `kandji`.
    pub name: &'static str,
    /// Title of the document.
    pub title: &'static str,
    /// Version of the document.
    pub version: &'static str,
    /// Servers, in the document's order.
    pub servers: &'static [ServerTemplate],
    /// Variables of all servers.
    pub variables: &'static [Variable],
    /// Security schemes.
    pub schemes: &'static [Scheme],
    /// How often the vendor may be called.
    pub limits: &'static [RateLimit],
    /// When the document says that calls are tried again.
    pub retry: Option<Retry>,
    /// Where the bodies of errors tell the vendor's code and message.
    pub errors: ErrorFields,
    /// Header in which replies name the request.
    pub request_id: Option<&'static str>,
}

impl Api {
    /// Describes an API without servers and security schemes.
    pub const fn new(name: &'static str, title: &'static str, version: &'static str) -> Self {
        Self {
            name,
            title,
            version,
            servers: &[],
            variables: &[],
            schemes: &[],
            limits: &[],
            retry: None,
            errors: ErrorFields::new(),
            request_id: None,
        }
    }

    /// Sets the servers.
    pub const fn servers(mut self, servers: &'static [ServerTemplate]) -> Self {
        self.servers = servers;
        self
    }

    /// Sets the variables that the servers use.
    pub const fn variables(mut self, variables: &'static [Variable]) -> Self {
        self.variables = variables;
        self
    }

    /// Sets the security schemes.
    pub const fn schemes(mut self, schemes: &'static [Scheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// Sets how often the vendor may be called.
    pub const fn limits(mut self, limits: &'static [RateLimit]) -> Self {
        self.limits = limits;
        self
    }

    /// Sets when calls are tried again, unless an operation says otherwise.
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Says where the bodies of errors tell the vendor's code and message.
    pub const fn errors(mut self, fields: ErrorFields) -> Self {
        self.errors = fields;
        self
    }

    /// Names the header in which replies name the request, in lower case.
    pub const fn request_id(mut self, header: &'static str) -> Self {
        self.request_id = Some(header);
        self
    }
}

/// A server (OpenAPI 3.1, section 4.8.5).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ServerTemplate {
    /// Name or description.
    pub name: &'static str,
    /// Address with `{variable}` where a variable stands.
    pub url: &'static str,
}

impl ServerTemplate {
    /// Describes a server.
    pub const fn new(name: &'static str, url: &'static str) -> Self {
        Self { name, url }
    }
}

/// A server variable (OpenAPI 3.1, section 4.8.6).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Variable {
    /// Name in the template, and of the builder's method.
    pub name: &'static str,
    /// Value when none is set; absent when the caller has to set one.
    pub default: Option<&'static str>,
    /// Method of the client builder that sets it, for messages.
    pub setter: &'static str,
    /// Some operation has it in an address of its own.
    pub of_operations: bool,
}

impl Variable {
    /// A variable with a default.
    pub const fn new(name: &'static str, default: &'static str) -> Self {
        Self { name, default: Some(default), setter: name, of_operations: false }
    }

    /// A variable that the caller has to set.
    pub const fn required(name: &'static str) -> Self {
        Self { name, default: None, setter: name, of_operations: false }
    }

    /// Names the builder's method, when it is not the variable's name.
    pub const fn setter(mut self, setter: &'static str) -> Self {
        self.setter = setter;
        self
    }

    /// Declares that some operation has it in an address of its own.
    pub const fn of_operations(mut self) -> Self {
        self.of_operations = true;
        self
    }
}

/// A security scheme (OpenAPI 3.1, section 4.8.27).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Scheme {
    /// Key in the document.
    pub key: &'static str,
    /// Method of the client builder that sets the credential.
    pub setter: &'static str,
    /// What is sent, and where.
    pub credential: Credential,
}

impl Scheme {
    /// Describes a scheme by its key, the builder's method and what is sent.
    pub const fn new(key: &'static str, setter: &'static str, credential: Credential) -> Self {
        Self { key, setter, credential }
    }
}

/// What a security scheme sends, and where.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Credential {
    /// `Authorization: Bearer …` (RFC 6750, section 2.1).
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// A key in a header.
    Header {
        /// Header name.
        name: &'static str,
        /// Text before the key, such as `Token `; may be empty.
        prefix: &'static str,
    },
    /// A key in the query string.
    Query {
        /// Parameter name.
        name: &'static str,
    },
    /// A key in a cookie.
    Cookie {
        /// Cookie name.
        name: &'static str,
    },
    /// An OAuth 2.0 access token in `Authorization` (RFC 6749, section 7).
    OAuth2(&'static OAuth2),
    /// The certificate that the client shows when the connection is made (RFC 8446, section 4.4.2).
    MutualTls,
    /// Nothing that this crate can send by itself, such as digests: the transport has to.
    Transport,
}
