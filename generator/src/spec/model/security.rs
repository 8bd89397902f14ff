//! Security schemes, and what operations require of them.

use super::Place;
use crate::source::NodeId;

/// One scheme of a security alternative.
#[derive(Clone, Debug)]
pub struct Requirement<'t> {
    /// Key of the scheme; declared.
    pub scheme: &'t str,
    /// Scopes.
    pub scopes: Vec<&'t str>,
}

/// A security scheme.
#[derive(Debug)]
pub struct SecurityScheme<'t> {
    /// Where it stands.
    pub at: NodeId,
    /// Key in `components.securitySchemes`.
    pub key: &'t str,
    /// Description.
    pub description: Option<&'t str>,
    /// Its kind.
    pub kind: SchemeKind<'t>,
}

/// Kind of a security scheme.
#[derive(Debug)]
pub enum SchemeKind<'t> {
    /// `type: apiKey`.
    ApiKey {
        /// `header`, `query` or `cookie`.
        place: Place,
        /// Name of the header, parameter or cookie.
        name: &'t str,
    },
    /// `type: http`, by the name of the HTTP authentication scheme as written.
    Http(&'t str),
    /// `type: oauth2`.
    OAuth2(Vec<Flow<'t>>),
    /// `type: openIdConnect`.
    OpenIdConnect(&'t str),
    /// `type: mutualTLS`.
    MutualTls,
}

/// An OAuth 2.0 flow.
#[derive(Debug)]
pub struct Flow<'t> {
    /// `implicit`, `password`, `clientCredentials`, `authorizationCode`, `deviceAuthorization`.
    pub name: &'t str,
    /// Authorization endpoint.
    pub authorization_url: Option<&'t str>,
    /// Token endpoint.
    pub token_url: Option<&'t str>,
    /// Refresh endpoint.
    pub refresh_url: Option<&'t str>,
    /// Device authorization endpoint.
    pub device_authorization_url: Option<&'t str>,
    /// Scopes with what they allow.
    pub scopes: Vec<(&'t str, &'t str)>,
}
