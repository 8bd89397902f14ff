//! Names of operations, their parameters, and the enums of their replies.

use super::super::cx::Cx;
use super::scope::Scope;
use super::words::{camel, screaming, snake, words};
use tenon_ir as ir;

/// Methods that every call has.
const CALL: [&str; 8] =
    ["send", "customize", "into_future", "into_call", "clone", "call", "new", "content_type"];

/// Names the operations of every group.
pub(super) fn assign(api: &mut ir::Api, cx: &Cx<'_, '_>) {
    for group in &mut api.groups {
        let tag = words(&group.tag);
        let mut methods = Scope::with(&["new", "clone"]);
        let mut types = Scope::with(&["Self", group.type_name.as_str()]);
        let mut statics = Scope::default();
        for operation in &mut group.operations {
            let own = match cx.config.names.get(&operation.id) {
                Some(name) => words(name),
                None => below(&tag, words(&operation.id)),
            };
            let (method, builder) = (snake(&own), camel(&own));
            operation.name = methods.take(&[method.clone(), format!("{method}_operation")]);
            operation.type_name = types.take(&[builder.clone(), format!("{builder}Call")]);
            operation.constant = statics.take(&[screaming(&own)]);
            outcome(&mut operation.success, &mut types, &builder, "Reply");
            outcome(&mut operation.failure, &mut types, &builder, "Error");
            params(operation);
        }
    }
}

/// The words without those of the tag, which the method is called on.
fn below(tag: &[String], words: Vec<String>) -> Vec<String> {
    match words.strip_prefix(tag) {
        Some(rest) if !rest.is_empty() => rest.to_vec(),
        _ => words,
    }
}

fn outcome(outcome: &mut ir::Outcome, types: &mut Scope, operation: &str, suffix: &str) {
    match outcome {
        ir::Outcome::None | ir::Outcome::One(_) => {}
        ir::Outcome::Many { name, cases } => {
            *name = types.take(&[format!("{operation}{suffix}")]);
            let mut variants = Scope::default();
            for case in cases {
                case.name = variants.take(&[camel(&words(&case.name.0))]);
            }
        }
    }
}

fn params(operation: &mut ir::Operation) {
    let mut scope = Scope::with(&CALL);
    if let Some(body) = &mut operation.body {
        body.name = scope.take(&["body".to_owned()]);
    }
    for param in &mut operation.params {
        let name = snake(&words(&param.wire));
        let place = match param.place {
            ir::Place::Path => "path",
            ir::Place::Query => "query",
            ir::Place::Header => "header",
            ir::Place::Cookie => "cookie",
        };
        param.name = scope.take(&[name.clone(), format!("{name}_{place}")]);
    }
}
