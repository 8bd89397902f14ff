//! An API whose document marks everything there is to mark: limits, retries, error fields.

use std::time::Duration;

use tenon_runtime::op::{Call, Core, ErrorFields, Operation, Response, Retry, Status};
use tenon_runtime::{Api, Credential, RateLimit, Scheme, Token};

use super::api::Any;

pub static MARKED: Api = Api::new("marked", "Marked", "1")
    .schemes(&[Scheme::new("bearerAuth", "bearer", Credential::Bearer)])
    .limits(&[
        RateLimit::per_seconds(3, 60),
        RateLimit::per_seconds(5, 86_400).plan("free"),
        RateLimit::per_seconds(8, 86_400).plan("paid"),
    ])
    .retry(Retry::new().attempts(2).statuses(&[503, 418]))
    .errors(ErrorFields::new().code("/error_code").message("/error_description"))
    .request_id("x-ticket");

tenon_runtime::client! {
    /// Client of the marked API.
    MarkedClient, MarkedBuilder, MARKED
}

impl MarkedBuilder {
    pub fn bearer(self, token: impl Into<Token>) -> Self {
        self.credential(0, token.into())
    }
}

impl MarkedClient {
    /// Any operation; its reply is JSON.
    pub fn any(&self, operation: Operation) -> Any {
        let core: &Core = self.core();
        let call: Call = core.call(Box::leak(Box::new(operation)));
        Any { call }
    }

    /// `GET /ping`.
    pub fn ping(&self) -> Any {
        self.any(PING)
    }
}

pub const PING: Operation =
    Operation::new("ping", "GET", "/ping").responses(RESPONSES).idempotent();

/// Erases a device: nothing that may happen twice.
pub const ERASE: Operation =
    Operation::new("erase", "POST", "/erase").responses(RESPONSES).retry(Retry::never());

/// A POST with an idempotency key.
pub const ORDER: Operation = Operation::new("order", "POST", "/orders")
    .responses(RESPONSES)
    .idempotency_key("x-request-key");

pub const RESPONSES: &[Response] = &[
    Response::json(Status::Code(200), "application/json", 0),
    Response::json(Status::Code(404), "application/json", 0).error(),
    Response::json(Status::Code(422), "application/json", 0)
        .error()
        .fields(ErrorFields::new().message("/problems/0/text")),
];

pub fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
