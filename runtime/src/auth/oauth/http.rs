//! Carries the requests of the crate `oauth2` through a transport, and makes the replies of servers
//! that depart from the RFCs into what it expects.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use ::http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use ::http::{HeaderMap, HeaderValue, StatusCode};
use ::oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use bytes::Bytes;
use serde_json::Value;
use tokio::time::timeout;

use super::error::{OAuthError, OAuthErrorKind, Step};
use crate::auth::Lent;
use crate::body::{self, ReadError};
use crate::retry::retry_after;
use crate::{Body, BoxError, BoxFuture, TransportError};

/// The most bytes of a reply.
const LONGEST: u64 = 1024 * 1024;

/// Carries requests, each in its time.
pub(super) struct Http {
    lent: Lent,
    timeout: Duration,
    seen: Mutex<Seen>,
}

/// What the last reply told beside its body.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) status: Option<StatusCode>,
    pub(super) retry_after: Option<Duration>,
}

/// Why there is no reply.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    #[error("{0}")]
    Transport(#[source] TransportError),
    #[error("the connection failed before the reply was complete")]
    Cut(#[source] BoxError),
    #[error("the reply is too large")]
    TooLarge,
    #[error("the time for the request ran out")]
    Timeout,
}

impl Http {
    pub(super) fn new(lent: Lent, timeout: Duration) -> Self {
        Self { lent, timeout, seen: Mutex::default() }
    }

    pub(super) fn seen(&self) -> Seen {
        *self.note()
    }

    fn note(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Posts a form.
    pub(super) async fn post(
        &self,
        url: &str,
        authorization: Option<HeaderValue>,
        form: String,
    ) -> Result<HttpResponse, HttpError> {
        let mut request = ::http::Request::new(form.into_bytes());
        *request.method_mut() = ::http::Method::POST;
        *request.uri_mut() = address(url)?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        authorization.map(|value| headers.insert(AUTHORIZATION, value));
        self.send(request).await
    }

    /// Gets what stands there.
    pub(super) async fn get(&self, url: &str) -> Result<HttpResponse, HttpError> {
        let mut request = ::http::Request::new(Vec::new());
        *request.uri_mut() = address(url)?;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        self.send(request).await
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        *self.note() = Seen::default();
        timeout(self.timeout, self.exchange(request)).await.unwrap_or(Err(HttpError::Timeout))
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut request = request.map(|body| Body::from(Bytes::from(body)));
        if let Some(agent) = &self.lent.user_agent {
            request.headers_mut().insert(USER_AGENT, agent.clone());
        }
        if let Some(secret) = request.headers_mut().get_mut(AUTHORIZATION) {
            secret.set_sensitive(true);
        }
        let reply = self.lent.transport.send(request).await.map_err(HttpError::Transport)?;
        let (head, body) = reply.into_parts();
        let retry_after = retry_after(&head.headers, SystemTime::now());
        *self.note() = Seen { status: Some(head.status), retry_after };
        let announced =
            head.headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok());
        if announced.is_some_and(|length: u64| length > LONGEST) {
            return Err(HttpError::TooLarge);
        }
        let body = body::read(body, LONGEST).await.map_err(|error| match error {
            ReadError::TooLarge => HttpError::TooLarge,
            ReadError::Cut(error) => HttpError::Cut(error),
        })?;
        Ok(understood(head.status, head.headers, &body))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = BoxFuture<'c, Result<HttpResponse, HttpError>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

fn address(url: &str) -> Result<::http::Uri, HttpError> {
    url.parse().map_err(|error| HttpError::Transport(TransportError::refused(error)))
}

/// The error of a request that got no reply.
pub(super) fn unanswered(step: Step, error: HttpError) -> OAuthError {
    let kind = match error {
        HttpError::Timeout => OAuthErrorKind::Timeout,
        HttpError::TooLarge => OAuthErrorKind::InvalidReply,
        HttpError::Transport(_) | HttpError::Cut(_) => OAuthErrorKind::Connection,
    };
    OAuthError::new(kind, step, error.to_string()).because(error)
}

/// A reply as the RFC has it: an error that came with status 200 gets status 400, another success
/// than 200 becomes 200, a lifetime in quotes becomes a number, and a token without a type is taken
/// for a bearer token.
fn understood(status: StatusCode, mut headers: HeaderMap, body: &[u8]) -> HttpResponse {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let object = json.and_then(|json| match json {
        Value::Object(object) => Some(object),
        _ => None,
    });
    let Some(mut fields) = object else {
        return response(status, headers, body.to_vec());
    };
    headers.remove(CONTENT_TYPE);
    fields.retain(|_, value| !value.is_null());
    let is_error = fields.contains_key("error");
    let is_token = fields.contains_key("access_token");
    if is_token {
        fields.entry("token_type").or_insert_with(|| "bearer".into());
    }
    for name in ["expires_in", "interval"] {
        let number = fields.get(name).and_then(seconds);
        match (fields.contains_key(name), number) {
            (true, Some(number)) => fields.insert(name.to_owned(), number.into()),
            (true, None) => fields.remove(name),
            (false, _) => None,
        };
    }
    let status = match (status.is_success(), is_error && !is_token) {
        (true, true) => StatusCode::BAD_REQUEST,
        (true, false) => StatusCode::OK,
        (false, _) => status,
    };
    response(status, headers, Value::Object(fields).to_string().into_bytes())
}

/// `3600`, `3600.0` or `"3600"`.
fn seconds(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64().filter(|float| *float >= 0.0)?;
            Some(float as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn response(status: StatusCode, headers: HeaderMap, body: Vec<u8>) -> HttpResponse {
    let mut response = ::http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
