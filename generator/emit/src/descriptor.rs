//! The static descriptor of an operation: everything that the runtime knows of it, as `operation!` takes it.

use tenon_ir::{
    Body, Operation, Parameter, Place, Presence, Requirement, Response, Segment, StatusPattern,
    Style,
};

use crate::layout::{Code, quoted};
use crate::scope::Scope;
use crate::{body, client, paging, policy, rules};

/// The line of `operationId`, method and path, and the lists below it.
pub(crate) fn write(scope: &Scope<'_>, operation: &Operation, out: &mut Code) {
    let (id, method) = (quoted(&operation.id), quoted(&operation.method));
    let flags = flags(scope, operation);
    let head = format!("{id} {method} {}{flags}", quoted(&path(operation)));
    match &operation.paging {
        Some(said) => {
            out.broken(1, &head, &format!("{};", paging::described(said)));
        }
        None => out.line(1, &format!("{head};")),
    }
    list(out, "params", operation.params.iter().map(param));
    list(out, "body", operation.body.iter().flat_map(body::described));
    list(out, "responses", operation.responses.iter().map(response));
    list(out, "security", operation.security.iter().map(|it| alternative(it)));
}

/// `name […]`, or nothing without items.
fn list(out: &mut Code, name: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        out.packed(1, &format!("{name} ["), &items, "]");
    }
}

/// What else there is to say of the operation as a whole, but for its pages.
fn flags(scope: &Scope<'_>, operation: &Operation) -> String {
    let mut text = String::new();
    let servers = operation.servers.iter().map(|it| quoted(&client::url(scope.api, it)));
    let servers: Vec<String> = servers.collect();
    if !servers.is_empty() {
        text.push_str(&format!(" servers({})", servers.join(", ")));
    }
    if operation.idempotent {
        text.push_str(" idempotent");
    }
    if let Some(header) = &operation.idempotency_key {
        text.push_str(&format!(" idempotency_key({})", quoted(header)));
    }
    if let Some(said) = &operation.retry {
        text.push_str(&format!(" {}", policy::described(said)));
    }
    text
}

/// The path template as the document writes it.
pub(crate) fn path(operation: &Operation) -> String {
    let segments = operation.path.iter().map(|segment| match segment {
        Segment::Text(text) => text.clone(),
        Segment::Param(at) => {
            let wire = operation.params.get(*at).map(|param| param.wire.as_str());
            format!("{{{}}}", wire.unwrap_or_default())
        }
    });
    segments.collect()
}

/// `query "limit" required [Minimum("1")]`
fn param(param: &Parameter) -> String {
    let (place, usual) = match param.place {
        Place::Path => ("path", Style::Simple),
        Place::Query => ("query", Style::Form),
        Place::Header => ("header", Style::Simple),
        Place::Cookie => ("cookie", Style::Form),
    };
    let mut text = format!("{place} {}", quoted(&param.wire));
    if param.presence == Presence::Required && param.place != Place::Path {
        text.push_str(" required");
    }
    if let Some(constant) = &param.constant {
        text.push_str(&format!(" constant({})", quoted(constant)));
    }
    if param.style != usual {
        text.push_str(&format!(" style({})", style(param.style)));
    }
    // What `explode` is when the document doesn't say (OpenAPI 3.1, section 4.8.12.2.2).
    let explodes = matches!(param.style, Style::Form | Style::Cookie);
    if param.explode != explodes {
        text.push_str(&format!(" explode({})", param.explode));
    }
    if param.allow_reserved {
        text.push_str(" allow_reserved");
    }
    text.push_str(&rules::list(&param.rules));
    text
}

/// The variant of the runtime's `Style`.
pub(crate) fn style(style: Style) -> &'static str {
    match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Json => "Json",
        Style::QueryString => "QueryString",
        Style::QueryJson => "QueryJson",
        Style::QueryText => "QueryText",
        Style::Cookie => "Cookie",
    }
}

/// `404 json 1 error`
fn response(response: &Response) -> String {
    let kind = match &response.content {
        Body::Empty => "empty",
        Body::Json(_) => "json",
        Body::Text => "text",
        Body::Bytes => "bytes",
        Body::Events(..) => "events",
        Body::Lines(_) => "lines",
    };
    let mut text = format!("{} {kind}", status(response.status));
    if response.content != Body::Empty && response.media != "application/json" {
        text.push_str(&format!("({})", quoted(&response.media)));
    }
    if response.case != 0 {
        text.push_str(&format!(" {}", response.case));
    }
    if response.only_stream {
        text.push_str(" only_stream");
    } else if !response.success {
        text.push_str(" error");
    }
    if let Some(fields) = &response.fields {
        text.push_str(&format!(" fields({})", policy::places(fields)));
    }
    text
}

fn status(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        // The macro knows the hundreds that HTTP has; no status is in another.
        StatusPattern::Range(digit) => format!("{}XX", digit.clamp(1, 5)),
        StatusPattern::Default => "default".to_owned(),
    }
}

/// `[0, 1 "read"]`
fn alternative(requirements: &[Requirement]) -> String {
    let requirement = |it: &Requirement| {
        let scopes = it.scopes.iter().map(|it| format!(" {}", quoted(it)));
        format!("{}{}", it.scheme, scopes.collect::<String>())
    };
    let requirements: Vec<String> = requirements.iter().map(requirement).collect();
    format!("[{}]", requirements.join(", "))
}
