//! Spans, under the feature `tracing`; without it, nothing.
//!
//! A call has a span of its own, and each try one in it, with the fields that OpenTelemetry's
//! semantic conventions have for HTTP clients, `error.type` being a status or the kind of an
//! [`Error`](crate::Error) in snake case. No header, query or body is among them: of `url.full` the
//! query is left out, as any value of it may be a secret.

#[cfg(feature = "tracing")]
pub(super) use on::{Span, attempt, call, end, end_try, resend, within};

#[cfg(not(feature = "tracing"))]
pub(super) use off::{Span, attempt, call, end, end_try, resend, within};

#[cfg(feature = "tracing")]
mod on {
    use http::{Method, Uri};
    use tracing::Instrument;
    use tracing::field::Empty;

    use crate::ErrorKind;
    use crate::error::{Exchange, RawError, RawReply, without_query};
    use crate::execute::attempt::Failed;

    pub(in super::super) use tracing::Span;

    /// The methods that the conventions know: those of RFC 9110 and RFC 5789.
    const METHODS: [&str; 9] =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    /// The span of a call: all its tries and the waits between them.
    pub(in super::super) fn call(exchange: &Exchange) -> Span {
        tracing::info_span!(
            "call",
            "otel.kind" = "internal",
            "otel.name" = exchange.operation.id,
            "otel.status_code" = Empty,
            "tenon.api" = exchange.api.map(|api| api.name),
            "tenon.operation" = exchange.operation.id,
            "tenon.attempts" = Empty,
            "error.type" = Empty,
        )
    }

    /// The span of a try, from the hooks to the last byte of the reply, or of its head where it is a
    /// stream.
    pub(in super::super) fn attempt(exchange: &Exchange, method: &Method) -> Span {
        let none = Uri::default();
        let uri = exchange.uri.as_ref().unwrap_or(&none);
        let scheme = uri.scheme_str().unwrap_or_default();
        let port = uri.port_u16().unwrap_or(if scheme == "http" { 80 } else { 443 });
        let is_known = METHODS.contains(&method.as_str());
        let known = if is_known { method.as_str() } else { "_OTHER" };
        let template = Some(exchange.operation.path).filter(|path| !path.is_empty());
        // Without a template, the name is the method alone; without a known one, `HTTP`.
        let verb = if is_known { known } else { "HTTP" };
        let name = template.map_or_else(|| verb.to_owned(), |path| format!("{verb} {path}"));
        tracing::info_span!(
            "http.client.request",
            "otel.kind" = "client",
            "otel.name" = name,
            "otel.status_code" = Empty,
            "http.request.method" = known,
            "http.request.method_original" = (!is_known).then_some(method.as_str()),
            "http.request.resend_count" = Some(exchange.attempts).filter(|count| *count > 0),
            "url.full" = without_query(uri),
            "url.scheme" = scheme,
            "url.template" = template,
            "server.address" = uri.host().unwrap_or_default(),
            "server.port" = port,
            "http.response.status_code" = Empty,
            "network.protocol.version" = Empty,
            "error.type" = Empty,
        )
    }

    pub(in super::super) fn within<F: Future>(
        span: Span,
        future: F,
    ) -> impl Future<Output = F::Output> {
        future.instrument(span)
    }

    /// A try came to its end.
    pub(in super::super) fn end_try(span: &Span, exchange: &Exchange, result: &Result<(), Failed>) {
        if let Some(version) = exchange.version {
            span.record("network.protocol.version", protocol(version));
        }
        if let Some(status) = exchange.status {
            span.record("http.response.status_code", status.as_u16());
        }
        let kind = result.as_ref().err().map(Failed::kind);
        fail(span, kind, exchange);
    }

    /// The request is about to be sent once more.
    pub(in super::super) fn resend(exchange: &Exchange) {
        let status = exchange.status.map(|status| status.as_u16());
        tracing::debug!(attempt = exchange.attempts + 1, status, "sending the request once more");
    }

    /// The call came to its end.
    pub(in super::super) fn end(span: &Span, result: &Result<RawReply, RawError>) {
        let (exchange, kind) = match result {
            Ok(reply) => (&*reply.exchange, None),
            Err(error) => (&error.0.exchange, Some(error.0.kind)),
        };
        span.record("tenon.attempts", exchange.attempts);
        fail(span, kind, exchange);
    }

    /// `error.type`: the status where it is an error, else what failed.
    fn fail(span: &Span, kind: Option<ErrorKind>, exchange: &Exchange) {
        let status = exchange.status.filter(|status| status.as_u16() >= 400);
        match (status, kind) {
            (Some(status), _) => span.record("error.type", status.as_str()),
            (None, Some(kind)) => span.record("error.type", kind.name()),
            (None, None) => return,
        };
        span.record("otel.status_code", "ERROR");
    }

    /// The version as the conventions write it.
    fn protocol(version: http::Version) -> &'static str {
        match version {
            http::Version::HTTP_09 => "0.9",
            http::Version::HTTP_10 => "1.0",
            http::Version::HTTP_2 => "2",
            http::Version::HTTP_3 => "3",
            _ => "1.1",
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use http::Method;

    use crate::error::{Exchange, RawError, RawReply};
    use crate::execute::attempt::Failed;

    /// Nothing is traced.
    #[derive(Clone)]
    pub(in super::super) struct Span;

    pub(in super::super) fn call(_exchange: &Exchange) -> Span {
        Span
    }

    pub(in super::super) fn attempt(_exchange: &Exchange, _method: &Method) -> Span {
        Span
    }

    pub(in super::super) fn within<F: Future>(_span: Span, future: F) -> F {
        future
    }

    pub(in super::super) fn end_try(
        _span: &Span,
        _exchange: &Exchange,
        _result: &Result<(), Failed>,
    ) {
    }

    pub(in super::super) fn resend(_exchange: &Exchange) {}

    pub(in super::super) fn end(_span: &Span, _result: &Result<RawReply, RawError>) {}
}
