//! Every place of a client where a type stands, to be changed.

use super::graph;
use tenon_ir as ir;

/// The types of parameters, bodies, replies, headers and webhooks, and those inside the models.
pub(super) fn types_mut(api: &mut ir::Api) -> Vec<&mut ir::Type> {
    let mut types: Vec<&mut ir::Type> = Vec::new();
    for operation in api.groups.iter_mut().flat_map(|group| &mut group.operations) {
        types.extend(operation.params.iter_mut().map(|param| &mut param.ty));
        types.extend(operation.body.iter_mut().flat_map(sent));
        types.extend(operation.responses.iter_mut().filter_map(|it| body(&mut it.content)));
        let outcomes = [&mut operation.success, &mut operation.failure];
        types.extend(outcomes.into_iter().chain(&mut operation.stream).flat_map(outcome));
    }
    types.extend(api.headers.iter_mut().map(|header| &mut header.ty));
    types.extend(api.webhooks.iter_mut().filter_map(|webhook| body(&mut webhook.content)));
    types.extend(api.items.iter_mut().flat_map(|item| graph::parts_mut(&mut item.kind)));
    types
}

fn outcome(outcome: &mut ir::Outcome) -> Vec<&mut ir::Type> {
    match outcome {
        ir::Outcome::None => Vec::new(),
        ir::Outcome::One(content) => body(content).into_iter().collect(),
        ir::Outcome::Many { cases, .. } => {
            cases.iter_mut().filter_map(|case| body(&mut case.content)).collect()
        }
    }
}

fn body(body: &mut ir::Body) -> Option<&mut ir::Type> {
    match body {
        ir::Body::Json(ty) | ir::Body::Events(ty, _) | ir::Body::Lines(ty) => Some(ty),
        ir::Body::Empty | ir::Body::Text | ir::Body::Bytes => None,
    }
}

fn sent(body: &mut ir::RequestBody) -> Vec<&mut ir::Type> {
    match &mut body.sent {
        ir::Sent::One(payload) => content(&mut payload.content),
        ir::Sent::Choice { cases, .. } => {
            cases.iter_mut().flat_map(|case| content(&mut case.payload.content)).collect()
        }
    }
}

fn content(content: &mut ir::Content) -> Vec<&mut ir::Type> {
    match content {
        ir::Content::Json(ty) | ir::Content::Lines(ty) => vec![ty],
        ir::Content::Text | ir::Content::Bytes | ir::Content::Multipart(ir::Multipart::Open) => {
            Vec::new()
        }
        ir::Content::Form(form) | ir::Content::Multipart(ir::Multipart::Value(form)) => {
            vec![&mut form.ty]
        }
        ir::Content::Multipart(ir::Multipart::Parts(parts)) => {
            let values = parts.fields.iter_mut().filter_map(|field| match &mut field.value {
                ir::PartValue::Value(ty) => Some(ty),
                ir::PartValue::File | ir::PartValue::Files => None,
            });
            values.collect()
        }
    }
}
