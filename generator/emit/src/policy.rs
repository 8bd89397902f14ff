//! Repetitions and the fields of errors, as the runtime's descriptors have them.

use syn::Expr;
use tenon_ir::{Api, ErrorFields, Operation, RateLimit, Retry};

use crate::ast;
use crate::layout::quoted;
use crate::literal::named;
use crate::markdown::code;
use crate::scope::Scope;

/// `Retry::new().attempts(5)`
fn retry(scope: &Scope<'_>, retry: &Retry) -> Expr {
    let new = if retry.never { "never" } else { "new" };
    let mut value = ast::call(ast::within(scope.op("Retry"), named(new)), []);
    if let Some(attempts) = retry.attempts {
        value = ast::method(value, "attempts", [ast::whole(attempts.into())]);
    }
    if !retry.statuses.is_empty() {
        let statuses = retry.statuses.iter().map(|status| ast::whole((*status).into()));
        value = ast::method(value, "statuses", [ast::slice(statuses)]);
    }
    value
}

/// `retry(attempts(5) statuses[429, 503])`, or `retry(never)`
pub(crate) fn described(retry: &Retry) -> String {
    let never = retry.never.then(|| "never".to_owned());
    let attempts = retry.attempts.map(|attempts| format!("attempts({attempts})"));
    let statuses: Vec<String> = retry.statuses.iter().map(u16::to_string).collect();
    let statuses = (!statuses.is_empty()).then(|| format!("statuses[{}]", statuses.join(", ")));
    let said: Vec<String> = [never, attempts, statuses].into_iter().flatten().collect();
    format!("retry({})", said.join(" "))
}

/// `ErrorFields::new().code("/code")`
fn fields(scope: &Scope<'_>, fields: &ErrorFields) -> Expr {
    let new = ast::call(ast::within(scope.op("ErrorFields"), named("new")), []);
    let places = pointers(fields).into_iter();
    places.fold(new, |value, (name, pointer)| ast::method(value, name, [ast::text(pointer)]))
}

/// `code "/code" message "/message"`
pub(crate) fn places(fields: &ErrorFields) -> String {
    let places = pointers(fields).into_iter();
    let places: Vec<String> =
        places.map(|(name, pointer)| format!("{name} {}", quoted(pointer))).collect();
    places.join(" ")
}

fn pointers(fields: &ErrorFields) -> Vec<(&'static str, &str)> {
    let all = [("code", &fields.code), ("message", &fields.message)];
    all.into_iter().filter_map(|(name, it)| Some((name, it.as_deref()?))).collect()
}

/// `RateLimit::per_seconds(100, 60)`
fn limit(scope: &Scope<'_>, limit: &RateLimit) -> Expr {
    let new = ast::within(scope.runtime("", "RateLimit"), named("per_seconds"));
    let value = ast::call(new, [ast::whole(limit.requests), ast::whole(limit.seconds)]);
    match &limit.plan {
        Some(plan) => ast::method(value, "plan", [ast::text(plan)]),
        None => value,
    }
}

/// Adds what holds for the whole API to its descriptor.
pub(crate) fn of_api(scope: &Scope<'_>, api: &Api, mut value: Expr) -> Expr {
    if !api.limits.is_empty() {
        let limits = ast::slice(api.limits.iter().map(|it| limit(scope, it)));
        value = ast::method(value, "limits", [limits]);
    }
    if let Some(said) = &api.retry {
        value = ast::method(value, "retry", [retry(scope, said)]);
    }
    if api.errors != ErrorFields::default() {
        value = ast::method(value, "errors", [fields(scope, &api.errors)]);
    }
    match &api.request_id {
        Some(header) => ast::method(value, "request_id", [ast::text(header)]),
        None => value,
    }
}

/// The sentences of an operation's documentation.
pub(crate) fn facts(operation: &Operation) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(header) = &operation.idempotency_key {
        facts.push(format!("Sends an idempotency key in {}.", code(header)));
    }
    let Some(retry) = &operation.retry else { return facts };
    if retry.never {
        facts.push("Never sent again by itself.".to_owned());
        return facts;
    }
    let statuses: Vec<String> = retry.statuses.iter().map(u16::to_string).collect();
    let after =
        if statuses.is_empty() { String::new() } else { format!(" after {}", statuses.join(", ")) };
    match retry.attempts {
        Some(1) => facts.push("Tried once.".to_owned()),
        Some(attempts) => facts.push(format!("Tried up to {attempts} times{after}.")),
        None if after.is_empty() => {}
        None => facts.push(format!("Tried again{after}.")),
    }
    facts
}
