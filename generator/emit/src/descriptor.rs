//! The static descriptor of an operation: everything that the runtime knows of it.

use syn::{Expr, Path};
use tenon_ir::{
    Body, Operation, Parameter, Place, Presence, Requirement, Response, Segment, StatusPattern,
    Style,
};

use crate::ast;
use crate::body;
use crate::literal::{ident, named};
use crate::policy;
use crate::rules;
use crate::scope::Scope;

/// `static LOCK_DEVICE: Operation = …;`
pub(crate) fn item(scope: &Scope<'_>, operation: &Operation) -> syn::Item {
    let ty = scope.op("Operation");
    let head = [operation.id.as_str(), operation.method.as_str(), &path(operation)].map(ast::text);
    let mut value = ast::call(ast::within(ty.clone(), named("new")), head);
    if let Some(url) = &operation.server {
        value = ast::method(value, "server", [ast::text(url)]);
    }
    value = list(value, "params", operation.params.iter().map(|it| param(scope, it)));
    if let Some(body) = operation.body.as_ref().and_then(|it| body::described(scope, it)) {
        value = ast::method(value, "body", [body]);
    }
    value = list(value, "responses", operation.responses.iter().map(|it| response(scope, it)));
    value = list(value, "security", operation.security.iter().map(|it| alternative(scope, it)));
    if operation.idempotent {
        value = ast::method(value, "idempotent", []);
    }
    value = policy::of_operation(scope, operation, value);
    ast::static_item(ident(&operation.constant), ty, value)
}

/// `value.name(&[…])`, or the value without items.
fn list(value: Expr, name: &str, items: impl ExactSizeIterator<Item = Expr>) -> Expr {
    if items.len() == 0 { value } else { ast::method(value, name, [ast::slice(items)]) }
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

fn param(scope: &Scope<'_>, param: &Parameter) -> Expr {
    let (place, usual) = match param.place {
        Place::Path => ("path", Style::Simple),
        Place::Query => ("query", Style::Form),
        Place::Header => ("header", Style::Simple),
        Place::Cookie => ("cookie", Style::Form),
    };
    let new = ast::within(scope.op("Param"), named(place));
    let mut value = ast::call(new, [ast::text(&param.wire)]);
    if param.presence == Presence::Required && param.place != Place::Path {
        value = ast::method(value, "required", []);
    }
    if param.style != usual {
        value = ast::method(value, "style", [style(scope, param.style)]);
    }
    // What `explode` is when the document doesn't say (OpenAPI 3.1, section 4.8.12.2.2).
    let explodes = param.style == Style::Form;
    if param.explode != explodes {
        let explode = named(if param.explode { "true" } else { "false" });
        value = ast::method(value, "explode", [ast::local(&explode)]);
    }
    if param.allow_reserved {
        value = ast::method(value, "allow_reserved", []);
    }
    rules::method(scope, value, &param.rules)
}

/// `Style::Form`
pub(crate) fn style(scope: &Scope<'_>, style: Style) -> Expr {
    let name = match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Json => "Json",
        Style::QueryString => "QueryString",
    };
    ast::expr(ast::within(scope.op("Style"), named(name)))
}

fn response(scope: &Scope<'_>, response: &Response) -> Expr {
    let kind = match &response.content {
        Body::Empty => "empty",
        Body::Json(_) => "json",
        Body::Text => "text",
        Body::Bytes => "bytes",
        Body::Events(..) => "events",
        Body::Lines(_) => "lines",
    };
    let new: Path = ast::within(scope.op("Response"), named(kind));
    let mut arguments = vec![status(scope, response.status)];
    if response.content != Body::Empty {
        arguments.push(ast::text(&response.media));
    }
    arguments.push(ast::index(response.case));
    let mut value = ast::call(new, arguments);
    if response.only_stream {
        value = ast::method(value, "only_stream", []);
    } else if !response.success {
        value = ast::method(value, "error", []);
    }
    match &response.fields {
        Some(fields) => ast::method(value, "fields", [policy::fields(scope, fields)]),
        None => value,
    }
}

fn status(scope: &Scope<'_>, status: StatusPattern) -> Expr {
    let ty = scope.op("Status");
    match status {
        StatusPattern::Code(code) => {
            ast::call(ast::within(ty, named("Code")), [ast::whole(code.into())])
        }
        StatusPattern::Range(digit) => {
            ast::call(ast::within(ty, named("Range")), [ast::whole(digit.into())])
        }
        StatusPattern::Default => ast::expr(ast::within(ty, named("Default"))),
    }
}

fn alternative(scope: &Scope<'_>, requirements: &[Requirement]) -> Expr {
    let requirement = |requirement: &Requirement| {
        let new = ast::within(scope.op("Security"), named("new"));
        let scopes = ast::slice(requirement.scopes.iter().map(|it| ast::text(it)));
        ast::call(new, [ast::index(requirement.scheme), scopes])
    };
    ast::slice(requirements.iter().map(requirement))
}
