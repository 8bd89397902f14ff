//! An operation: its inputs, its replies, and what it needs.

use super::auth::{self, Scheme};
use super::cx::Cx;
use super::example::Call;
use super::server::own;
use super::{body, docs, handler, origin, param, policy, reply, value};
use crate::spec::Operation;
use crate::spec::template::Piece;
use tenon_ir as ir;

/// Methods whose repetition has the effect of one call (RFC 9110, section 9.2.2).
const IDEMPOTENT: [&str; 7] = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"];

/// One operation, and what its examples say of its inputs.
pub(super) fn lower(
    cx: &mut Cx<'_, '_>,
    schemes: &[Scheme],
    operation: &Operation<'_>,
) -> (ir::Operation, Call) {
    let id = operation.id.map_or_else(|| made_id(operation), str::to_owned);
    let stated = handler::stated(operation);
    let called = cx.handlers.name(operation.at).map_or_else(|| stated.clone(), str::to_owned);
    let evidence = cx.handlers.unique(&stated).map_or(stated, str::to_owned);
    let params = param::lower(cx, operation, &evidence);
    let body = operation.body.and_then(|body| body::lower(cx, &evidence, body));
    let replies = reply::lower(cx, operation, &evidence);
    let examples = params.iter().map(|lowered| lowered.example).collect();
    let params: Vec<ir::Parameter> = params.into_iter().map(|lowered| lowered.param).collect();
    let (body, body_example) = body.map_or((None, None), |(body, example)| (Some(body), example));
    let (arguments, setters) = inputs(&params, body.as_ref());
    let name = || ir::Ident(called.clone());
    let lowered = ir::Operation {
        name: name(),
        type_name: name(),
        constant: name(),
        part: None,
        method: operation.method.clone(),
        path: segments(cx, operation, &params),
        servers: own::servers(cx, &operation.servers),
        arguments,
        setters,
        params,
        body,
        responses: replies.responses,
        success: replies.success,
        failure: replies.failure,
        stream: replies.stream,
        headers: replies.headers,
        links: replies.links,
        security: auth::required(cx, schemes, operation),
        idempotent: IDEMPOTENT.contains(&operation.method.as_str()),
        idempotency_key: policy::idempotency_key(cx, operation),
        retry: policy::operation_retry(cx, operation),
        paging: None,
        permissions: extension(cx, operation, "x-permissions"),
        docs: documentation(cx, operation),
        example: None,
        origin: origin::pointer(cx.spec.tree, operation.at),
        id,
    };
    (lowered, Call { at: operation.at, params: examples, body: body_example })
}

/// What an operation without an id is called where one is shown.
fn made_id(operation: &Operation<'_>) -> String {
    format!("{} {}", operation.method, operation.path)
}

fn extension(cx: &mut Cx<'_, '_>, operation: &Operation<'_>, key: &str) -> Vec<String> {
    let own = value::texts(cx, operation.at, key);
    match (own.is_empty(), operation.overload_of) {
        (true, Some(base)) => value::texts(cx, base, key),
        _ => own,
    }
}

fn documentation(cx: &mut Cx<'_, '_>, operation: &Operation<'_>) -> ir::Docs {
    ir::Docs {
        summary: operation.summary.map(str::to_owned),
        link: operation.docs.as_ref().map(docs::link),
        deprecated: operation.deprecated,
        ..docs::described(cx, operation.at, operation.description)
    }
}

/// Required inputs are arguments, the others setters; the body comes last.
fn inputs(
    params: &[ir::Parameter],
    body: Option<&ir::RequestBody>,
) -> (Vec<ir::Input>, Vec<ir::Input>) {
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    let all = params
        .iter()
        .enumerate()
        .map(|(index, param)| (ir::Input::Param(index), param.presence))
        .chain(body.map(|body| (ir::Input::Body, body.presence)));
    for (input, presence) in all {
        match presence {
            ir::Presence::Required => arguments.push(input),
            ir::Presence::Optional => setters.push(input),
        }
    }
    (arguments, setters)
}

/// The path template, split at the parameters that are declared; it begins with a slash. Names stand
/// in it without decorations.
fn segments(
    cx: &Cx<'_, '_>,
    operation: &Operation<'_>,
    params: &[ir::Parameter],
) -> Vec<ir::Segment> {
    let mut segments = Vec::new();
    let mut text = if operation.path.starts_with('/') { String::new() } else { "/".to_owned() };
    for piece in cx.spec.template(operation).pieces() {
        let name = match piece {
            Piece::Text(piece) => {
                text.push_str(piece);
                continue;
            }
            Piece::Variable(variable) => variable.name,
        };
        let is_declared =
            |param: &ir::Parameter| param.place == ir::Place::Path && param.wire == name;
        match params.iter().position(is_declared) {
            Some(index) => {
                if !text.is_empty() {
                    segments.push(ir::Segment::Text(std::mem::take(&mut text)));
                }
                segments.push(ir::Segment::Param(index));
            }
            None => text.push_str(&format!("{{{name}}}")),
        }
    }
    if !text.is_empty() {
        segments.push(ir::Segment::Text(text));
    }
    segments
}
