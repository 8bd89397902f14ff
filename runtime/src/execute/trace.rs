//! A span for each call, under the feature `tracing`; without it, nothing.
//!
//! The fields are those of OpenTelemetry's semantic conventions for HTTP clients. No header, query
//! or body is among them.

#[cfg(feature = "tracing")]
pub(super) use on::{Span, end, resend, span, within};

#[cfg(not(feature = "tracing"))]
pub(super) use off::{Span, end, resend, span, within};

#[cfg(feature = "tracing")]
mod on {
    use http::Uri;
    use tracing::Instrument;
    use tracing::field::Empty;

    use crate::error::{Exchange, RawError, RawReply};
    use crate::op::Operation;

    pub(in super::super) use tracing::Span;

    /// The span of a call to this address (without query).
    pub(in super::super) fn span(operation: &Operation, url: &str) -> Span {
        let uri: Uri = url.parse().unwrap_or_default();
        let port =
            uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
        tracing::info_span!(
            "http.client.request",
            "otel.kind" = "client",
            "otel.name" = format_args!("{} {}", operation.method, operation.path),
            "http.request.method" = operation.method,
            "server.address" = uri.host().unwrap_or_default(),
            "server.port" = port,
            "url.template" = operation.path,
            "rpc.method" = operation.id,
            "http.response.status_code" = Empty,
            "http.request.resend_count" = Empty,
            "error.type" = Empty,
        )
    }

    pub(in super::super) fn within<F: Future>(
        span: Span,
        future: F,
    ) -> impl Future<Output = F::Output> {
        future.instrument(span)
    }

    /// The request is about to be sent once more.
    pub(in super::super) fn resend(span: &Span, exchange: &Exchange) {
        span.record("http.request.resend_count", exchange.attempts);
        let status = exchange.status.map(|status| status.as_u16());
        tracing::debug!(attempt = exchange.attempts + 1, status, "sending the request once more");
    }

    /// The call came to its end.
    pub(in super::super) fn end(span: &Span, result: &Result<RawReply, RawError>) {
        let (exchange, kind) = match result {
            Ok(reply) => (&*reply.exchange, None),
            Err(error) => (&error.0.exchange, Some(error.0.kind)),
        };
        if let Some(status) = exchange.status {
            span.record("http.response.status_code", status.as_u16());
        }
        match (kind, exchange.status) {
            (_, Some(status)) if status.as_u16() >= 400 => {
                span.record("error.type", status.as_str());
            }
            (Some(kind), _) => {
                span.record("error.type", tracing::field::debug(kind));
            }
            (None, _) => {}
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use crate::error::{Exchange, RawError, RawReply};
    use crate::op::Operation;

    /// Nothing is traced.
    #[derive(Clone)]
    pub(in super::super) struct Span;

    pub(in super::super) fn span(_operation: &Operation, _url: &str) -> Span {
        Span
    }

    pub(in super::super) fn within<F: Future>(_span: Span, future: F) -> F {
        future
    }

    pub(in super::super) fn resend(_span: &Span, _exchange: &Exchange) {}

    pub(in super::super) fn end(_span: &Span, _result: &Result<RawReply, RawError>) {}
}
