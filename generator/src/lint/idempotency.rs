//! Idempotency keys that are declared as plain header parameters.

use super::cx::Cx;
use crate::spec::Place;

/// A header that looks like an idempotency key is one by `x-idempotency-key`.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in &spec.operations {
        let is_unsafe = ["POST", "PATCH"].contains(&operation.method.as_str());
        if !is_unsafe || cx.of_operation(operation, "x-idempotency-key").is_some() {
            continue;
        }
        let parameters = operation.parameters.iter().map(|id| spec.parameter(*id));
        let key = parameters
            .filter(|parameter| parameter.place == Place::Header)
            .find(|parameter| parameter.name.to_lowercase().contains("idempoten"));
        if let Some(parameter) = key {
            let (at, name) = (parameter.at, parameter.name);
            let message = format!("`{name}` could be sent with each call by itself");
            cx.say(operation.at, message).label(at, "the parameter").help(format!(
                "write `x-idempotency-key: {name}` in place of the parameter: each call sends a \
                 random key, the same in each try, and may be tried again"
            ));
        }
    }
}
