//! Webhooks and callbacks: what the vendor sends, and how it is read.

use super::cx::{Cx, Hint};
use super::{alternatives, docs, media, names, object, origin, reply, schema, volume};
use crate::diag::{At, Code};
use crate::spec::http::FORM;
use crate::spec::{Operation, Place, Webhook};
use tenon_ir as ir;

/// Every webhook and callback, in the document's order.
pub(super) fn all(cx: &mut Cx<'_, '_>) -> Vec<ir::Webhook> {
    let spec = cx.spec;
    spec.webhooks.iter().map(|webhook| lower(cx, webhook)).collect()
}

/// Divides webhooks that would be too long a file, by their names; returns the names of the parts.
pub(super) fn divide(webhooks: &mut [ir::Webhook]) -> Vec<ir::Ident> {
    let entry = |webhook: &ir::Webhook| volume::Entry {
        name: names::module_name(&webhook.wire),
        bytes: bytes(webhook),
    };
    let entries: Vec<volume::Entry> = webhooks.iter().map(entry).collect();
    let mut parts: Vec<ir::Ident> = Vec::new();
    for (webhook, part) in webhooks.iter_mut().zip(volume::bind(&entries)) {
        if !part.is_empty() {
            let known = parts.iter().position(|known| known.0 == part);
            webhook.part = known.or(Some(parts.len()));
            if known.is_none() {
                parts.push(ir::Ident(part));
            }
        }
    }
    parts
}

/// About how much code a webhook becomes.
fn bytes(webhook: &ir::Webhook) -> usize {
    let said = |docs: &ir::Docs| docs.description.as_deref().map_or(0, str::len);
    let params: usize = webhook.params.iter().map(|it| 60 + said(&it.docs)).sum();
    let answers: usize = webhook.answers.iter().map(|(_, docs)| 60 + said(docs)).sum();
    600 + said(&webhook.docs) + params + answers
}

fn lower(cx: &mut Cx<'_, '_>, webhook: &Webhook<'_>) -> ir::Webhook {
    let operation = &webhook.operation;
    let (media, content) = body(cx, operation);
    let callback = webhook.callback.map(|callback| ir::Callback {
        expression: callback.expression.to_owned(),
        operation: callback.operation.to_owned(),
    });
    ir::Webhook {
        name: ir::Ident(operation.path.to_owned()),
        part: None,
        wire: operation.path.to_owned(),
        method: operation.method.clone(),
        callback,
        media,
        content,
        params: params(cx, operation),
        answers: answers(cx, operation),
        docs: ir::Docs {
            summary: operation.summary.map(str::to_owned),
            link: operation.docs.as_ref().map(docs::link),
            deprecated: operation.deprecated,
            ..docs::described(cx, operation.at, operation.description)
        },
        origin: origin::pointer(cx.spec.tree, operation.at),
    }
}

/// The body in its preferred media type; the vendor decides which one is sent, so that others are
/// reported.
fn body(cx: &mut Cx<'_, '_>, operation: &Operation<'_>) -> (String, ir::Body) {
    let spec = cx.spec;
    let Some(stated) = operation.body.map(|id| spec.body(id)) else {
        return (String::new(), ir::Body::Empty);
    };
    let hint = match stated.component {
        Some(component) => Hint::of_operation(component, "request"),
        None => Hint::of_operation(operation.path, "payload"),
    };
    let is_json = |name: &str| media::is_json(name) || media::is_range(name);
    let form = stated.content.iter().find(|it| media::essence(it.name) == FORM);
    if let (Some(form), false) = (form, stated.content.iter().any(|it| is_json(it.name)))
        && let Some(id) = form.schema
    {
        return (FORM.to_owned(), ir::Body::Json(schema::type_of(cx, id, &hint)));
    }
    let Some((chosen, media, content)) = alternatives::preferred(cx, &stated.content, &hint) else {
        return (String::new(), ir::Body::Empty);
    };
    for other in stated.content.iter().filter(|other| !std::ptr::eq(*other, chosen)) {
        let message = format!("`{}` is not read, as `{}` is there too", other.name, chosen.name);
        cx.sink
            .note(Code::UnusedMedia, At::Node(other.at), message)
            .help("the function that reads the webhook takes one media type");
    }
    (media, content)
}

fn params(cx: &mut Cx<'_, '_>, operation: &Operation<'_>) -> Vec<ir::WebhookParam> {
    let spec = cx.spec;
    let stated = operation.parameters.iter().map(|id| spec.parameter(*id));
    let lower = |stated: &crate::spec::Parameter<'_>| ir::WebhookParam {
        wire: stated.name.to_owned(),
        place: match stated.place {
            Place::Path => ir::Place::Path,
            Place::Query | Place::QueryString => ir::Place::Query,
            Place::Header => ir::Place::Header,
            Place::Cookie => ir::Place::Cookie,
        },
        presence: object::presence(stated.required),
        docs: docs::described(cx, stated.at, stated.description),
    };
    stated.map(lower).collect()
}

fn answers(cx: &mut Cx<'_, '_>, operation: &Operation<'_>) -> Vec<(ir::StatusPattern, ir::Docs)> {
    let spec = cx.spec;
    let answer = |(key, id): &(crate::spec::StatusKey, crate::spec::ResponseId)| {
        let stated = spec.response(*id);
        (reply::pattern(*key), docs::described(cx, stated.at, stated.description))
    };
    operation.responses.iter().map(answer).collect()
}
