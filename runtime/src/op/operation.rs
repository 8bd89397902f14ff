//! The static descriptor of an operation.

use super::{Paging, Param, RequestBody, Response, Retry};

/// An operation (OpenAPI 3.1, section 4.8.10).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// HTTP method, in upper case.
    pub method: &'static str,
    /// Path with `{parameter}` where a parameter stands. Its other text is sent as it is, except
    /// that characters which no path may contain are percent-encoded. A fixed query may follow a
    /// `?`; a fragment, which tells two operations of one path apart, is not sent.
    pub path: &'static str,
    /// Absolute addresses of its own (`servers` of the operation or path), with `{variable}` where
    /// a variable of the API stands: one, or one for each server of the API.
    pub servers: &'static [&'static str],
    /// Parameters; a call refers to them by index.
    pub params: &'static [Param],
    /// Request body.
    pub body: Option<RequestBody>,
    /// Documented responses.
    pub responses: &'static [Response],
    /// Alternatives of credentials: one of them has to be satisfied whole. Without any, none is
    /// sent. An empty alternative allows anonymous calls.
    pub security: &'static [&'static [Security]],
    /// Sending it twice has the effect of sending it once (RFC 9110, section 9.2.2).
    pub idempotent: bool,
    /// Header of the idempotency key, where the operation heeds one.
    pub idempotency_key: Option<&'static str>,
    /// When the document says that it is tried again.
    pub retry: Option<Retry>,
    /// How the list that it replies with is read page by page.
    pub paging: Option<Paging>,
}

impl Operation {
    /// Describes an operation by `operationId`, method and path.
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            servers: &[],
            params: &[],
            body: None,
            responses: &[],
            security: &[],
            idempotent: false,
            idempotency_key: None,
            retry: None,
            paging: None,
        }
    }

    /// Sets absolute addresses of its own, used unless the client's `base_url` is set. Where there
    /// are as many as servers of the API, each stands for the one in its place.
    pub const fn servers(mut self, urls: &'static [&'static str]) -> Self {
        self.servers = urls;
        self
    }

    /// Sets the parameters.
    pub const fn params(mut self, params: &'static [Param]) -> Self {
        self.params = params;
        self
    }

    /// Sets the request body.
    pub const fn body(mut self, body: RequestBody) -> Self {
        self.body = Some(body);
        self
    }

    /// Sets the documented responses.
    pub const fn responses(mut self, responses: &'static [Response]) -> Self {
        self.responses = responses;
        self
    }

    /// Sets the alternatives of credentials.
    pub const fn security(mut self, security: &'static [&'static [Security]]) -> Self {
        self.security = security;
        self
    }

    /// Declares that it may be sent twice.
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// What a reply may be, when it is read while it comes or when it is awaited. A success that
    /// is a stream beside another one is only in the first; where there is such a success, no other
    /// is.
    pub(crate) fn readable(&self, streaming: bool) -> impl Iterator<Item = &'static Response> {
        let responses = self.responses.iter();
        responses.filter(move |response| self.is_readable(response, streaming))
    }

    /// A reply may be this one of its responses.
    pub(crate) fn is_readable(&self, response: &Response, streaming: bool) -> bool {
        let has_own = || self.responses.iter().any(|response| response.only_stream);
        response.failure || response.only_stream == (streaming && has_own())
    }

    /// Declares that the server acts once on all requests with the same key in this header, named
    /// in lower case. Each call has a key of its own then, which makes it repeatable.
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    /// Sets when it is tried again.
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Says how the list that it replies with is read page by page.
    pub const fn paging(mut self, paging: Paging) -> Self {
        self.paging = Some(paging);
        self
    }
}

/// One security scheme of an alternative (OpenAPI 3.1, section 4.8.30).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Security {
    /// Index into the API's schemes.
    pub scheme: usize,
    /// Scopes that the operation needs.
    pub scopes: &'static [&'static str],
}

impl Security {
    /// Requires the scheme at `scheme` of [`Api::schemes`](crate::Api::schemes), with scopes.
    pub const fn new(scheme: usize, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}
