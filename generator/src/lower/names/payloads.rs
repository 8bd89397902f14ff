//! Names of what a request sends: the enum of its media types, and the parts of a multipart body.

use std::collections::HashSet;

use super::scope::Scope;
use super::words::{camel, snake, words};
use tenon_ir as ir;

/// Names that a type of parts has for other things.
const PARTS: [&str; 4] = ["new", "part", "clone", "default"];

/// Names the types of an operation's body; none is called like a model that it may be made of.
pub(super) fn assign(
    body: &mut ir::RequestBody,
    types: &mut Scope,
    models: &HashSet<String>,
    operation: &str,
) {
    match &mut body.sent {
        ir::Sent::One(payload) => parts(payload, types, models, operation),
        ir::Sent::Choice { name, cases } => {
            *name = types.take(&apart(models, operation, ["Body", "Content"]));
            let mut variants = Scope::default();
            // Of those in one format, that of the media type which is called like it has its name.
            let (plain, other): (Vec<_>, Vec<_>) =
                cases.iter_mut().partition(|case| whole(case) == camel(&words(&case.name.0)));
            for case in plain.into_iter().chain(other) {
                case.name = variants.take(&[camel(&words(&case.name.0)), whole(case)]);
            }
            for case in cases {
                parts(&mut case.payload, types, models, operation);
            }
        }
    }
}

/// The media type as a name.
fn whole(case: &ir::PayloadCase) -> String {
    let essence = case.payload.media.name().split(';').next().unwrap_or_default();
    camel(&words(essence.trim_start_matches("application/")))
}

/// The candidates that no model is called by; the last one, when all are.
fn apart(models: &HashSet<String>, operation: &str, suffixes: [&str; 2]) -> Vec<String> {
    let [first, last] = suffixes.map(|suffix| format!("{operation}{suffix}"));
    if models.contains(&first) { vec![last] } else { vec![first, last] }
}

fn parts(payload: &mut ir::Payload, types: &mut Scope, models: &HashSet<String>, operation: &str) {
    let ir::Content::Multipart(ir::Multipart::Parts(parts)) = &mut payload.content else { return };
    parts.name = types.take(&apart(models, operation, ["Parts", "FormParts"]));
    let mut scope = Scope::with(&PARTS);
    for field in &mut parts.fields {
        let name = snake(&words(&field.encoding.property));
        field.name = scope.take(&[name.clone(), format!("{name}_")]);
    }
}
