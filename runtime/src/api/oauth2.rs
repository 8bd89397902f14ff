//! What a document says of an OAuth 2.0 scheme: endpoints, and how its vendor departs from the
//! RFCs. Plain data; what is done with it stands in `auth`.

/// An OAuth 2.0 scheme (OpenAPI 3.1, sections 4.8.28 and 4.8.29).
///
/// With the feature `oauth2`, its method `client` is where fetching tokens begins.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OAuth2 {
    /// Text before the token in `Authorization`: `Bearer ` unless the document says otherwise.
    pub prefix: &'static str,
    /// Authorization endpoint (RFC 6749, section 3.1).
    pub authorization_url: Option<&'static str>,
    /// Token endpoint (RFC 6749, section 3.2).
    pub token_url: Option<&'static str>,
    /// Endpoint for refreshed tokens, when it is another.
    pub refresh_url: Option<&'static str>,
    /// Revocation endpoint (RFC 7009).
    pub revocation_url: Option<&'static str>,
    /// Device authorization endpoint (RFC 8628, section 3.1).
    pub device_url: Option<&'static str>,
    /// Where the provider tells the endpoints that the document doesn't (OpenID Connect Discovery 1.0).
    pub discovery_url: Option<&'static str>,
    /// What stands between scopes: a space, unless the document says otherwise.
    pub scope_separator: &'static str,
    /// How clients tell the token endpoint who they are.
    pub client_auth: ClientAuth,
    /// Name of the parameter that holds the token to revoke, where it isn't `token`.
    pub revocation_parameter: Option<&'static str>,
    /// Parameters that authorization requests have beside the usual ones.
    pub authorization_params: &'static [(&'static str, &'static str)],
    /// Other places where the vendor runs the endpoints, by name: scheme and host.
    pub origins: &'static [(&'static str, &'static str)],
    /// Number of refresh tokens that a user can have before the oldest is deleted.
    pub max_refresh_tokens: Option<u32>,
}

/// How a client tells the token endpoint its id and secret (RFC 6749, section 2.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ClientAuth {
    /// In `Authorization: Basic …`, as `client_secret_basic` has it; every server that follows the
    /// RFC takes it.
    #[default]
    Basic,
    /// As `client_id` and `client_secret` in the body, as `client_secret_post` has it.
    Body,
}

impl OAuth2 {
    /// A scheme that sends `prefix` and the access token.
    pub const fn new(prefix: &'static str) -> Self {
        Self {
            prefix,
            authorization_url: None,
            token_url: None,
            refresh_url: None,
            revocation_url: None,
            device_url: None,
            discovery_url: None,
            scope_separator: " ",
            client_auth: ClientAuth::Basic,
            revocation_parameter: None,
            authorization_params: &[],
            origins: &[],
            max_refresh_tokens: None,
        }
    }

    /// Sets the authorization endpoint.
    pub const fn authorization_url(mut self, url: &'static str) -> Self {
        self.authorization_url = Some(url);
        self
    }

    /// Sets the token endpoint.
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.token_url = Some(url);
        self
    }

    /// Sets the endpoint for refreshed tokens.
    pub const fn refresh_url(mut self, url: &'static str) -> Self {
        self.refresh_url = Some(url);
        self
    }

    /// Sets the revocation endpoint.
    pub const fn revocation_url(mut self, url: &'static str) -> Self {
        self.revocation_url = Some(url);
        self
    }

    /// Sets the device authorization endpoint.
    pub const fn device_url(mut self, url: &'static str) -> Self {
        self.device_url = Some(url);
        self
    }

    /// Sets where the provider tells its endpoints.
    pub const fn discovery_url(mut self, url: &'static str) -> Self {
        self.discovery_url = Some(url);
        self
    }

    /// Sets what stands between scopes.
    pub const fn scope_separator(mut self, separator: &'static str) -> Self {
        self.scope_separator = separator;
        self
    }

    /// Sets how clients tell the token endpoint who they are.
    pub const fn client_auth(mut self, auth: ClientAuth) -> Self {
        self.client_auth = auth;
        self
    }

    /// Sets the name of the parameter that holds the token to revoke.
    pub const fn revocation_parameter(mut self, name: &'static str) -> Self {
        self.revocation_parameter = Some(name);
        self
    }

    /// Sets the parameters that authorization requests have beside the usual ones.
    pub const fn authorization_params(
        mut self,
        params: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.authorization_params = params;
        self
    }

    /// Sets the other places where the vendor runs the endpoints.
    pub const fn origins(mut self, origins: &'static [(&'static str, &'static str)]) -> Self {
        self.origins = origins;
        self
    }

    /// Sets the number of refresh tokens that a user can have.
    pub const fn max_refresh_tokens(mut self, number: u32) -> Self {
        self.max_refresh_tokens = Some(number);
        self
    }
}
