//! Names of the headers of replies, and of what reads webhooks.

use std::collections::HashMap;

use super::scope::Scope;
use super::words::{screaming, snake, words};
use tenon_ir as ir;

/// Names headers and webhooks.
pub(super) fn assign(api: &mut ir::Api) {
    headers(api);
    webhooks(api);
}

/// A constant is called as its header. Where a header has several types, those after the first are
/// called by the first operation that has them, too.
fn headers(api: &mut ir::Api) {
    let mut scope = Scope::default();
    for index in 0..api.headers.len() {
        let name = words(&api.headers[index].name.0);
        let operation = api.operations().find(|operation| operation.headers.contains(&index));
        let operation = operation.map(|it| words(it.name.as_str().trim_start_matches("r#")));
        let qualified = [operation.unwrap_or_default(), name.clone()].concat();
        api.headers[index].name = scope.take(&[screaming(&name), screaming(&qualified)]);
    }
}

/// A function is called as its webhook or callback; by its method too, where one key has several;
/// else by the operation that brings it about.
fn webhooks(api: &mut ir::Api) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for webhook in &api.webhooks {
        *times.entry(snake(&words(&webhook.wire))).or_default() += 1;
    }
    let mut scope = Scope::default();
    for webhook in &mut api.webhooks {
        let name = snake(&words(&webhook.wire));
        let by_method = format!("{name}_{}", webhook.method.to_lowercase());
        let by_operation = webhook
            .callback
            .as_ref()
            .map(|callback| format!("{}_{name}", snake(&words(&callback.operation))));
        let is_only = times.get(&name) == Some(&1);
        let mut names = Vec::new();
        names.extend(is_only.then_some(name.clone()));
        names.extend(by_operation);
        names.push(by_method);
        let names: Vec<String> = names.iter().map(|name| format!("parse_{name}")).collect();
        webhook.name = scope.take(&names);
    }
}
