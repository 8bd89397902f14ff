//! Why a client can't be built.

use crate::BoxError;

/// Why a client can't be built. The message says which method of the builder to call.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A server variable without default wasn't set.
    #[error("the server's address needs a value: call `{setter}(…)` on the client builder")]
    MissingVariable {
        /// The builder's method.
        setter: &'static str,
    },
    /// A server variable was set that the server doesn't use.
    #[error(
        "the server \"{server}\" has no use for `{setter}(…)`: leave it out, or choose a server that has"
    )]
    UnusedVariable {
        /// The builder's method.
        setter: &'static str,
        /// Name of the server.
        server: &'static str,
    },
    /// The value of a server variable would change the shape of the address.
    #[error("the value given to `{setter}(…)` can't be sent: {reason}")]
    InvalidVariable {
        /// The builder's method.
        setter: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The document names no absolute server address.
    #[error(
        "the document names no absolute server address: call `base_url(…)` on the client builder"
    )]
    NoServer,
    /// The address isn't one that requests can be sent to.
    #[error("`{url}` can't be the server's address: {reason}; see `base_url(…)`")]
    InvalidUrl {
        /// The address, without user and password.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A default header has a name or value that no header can have.
    #[error(
        "header `{name}` can't be sent: its name or value has a character that a header can't hold"
    )]
    InvalidHeader {
        /// Name of the header.
        name: String,
    },
    /// A credential can't be sent.
    #[error("the credential given to `{setter}(…)` can't be sent: {reason}")]
    InvalidCredential {
        /// The builder's method.
        setter: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The rate limits are to be those of a plan that the document doesn't know.
    #[error("the document states no rate limit for the plan \"{plan}\": see `rate_limits(…)`")]
    UnknownPlan {
        /// The plan.
        plan: String,
    },
    /// The address of the proxy can't be read.
    #[error("the address given to `proxy(…)` can't be read: it has to be like `http://host:port`")]
    InvalidProxy,
    /// A certificate can't be read.
    #[error("what was given to `root_certificate(…)` holds no certificate in PEM")]
    InvalidCertificate,
    /// A proxy or certificate was set beside a transport of the caller's, which wouldn't use it.
    #[error(
        "`proxy(…)` and `root_certificate(…)` are for the built-in transport: set them on what is \
         given to `transport(…)` or `http_client(…)` instead"
    )]
    UnusedConnection,
    /// There is no transport: the feature `hyper` is off and the caller set none.
    #[error(
        "there is no transport: call `transport(…)` on the client builder, or turn the feature `hyper` on"
    )]
    NoTransport,
    /// The default transport couldn't be set up.
    #[error("the transport couldn't be set up")]
    Transport(#[source] BoxError),
}
