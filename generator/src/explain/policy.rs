//! Repetitions, pages and the fields of errors: a line for each that the document states.

use tenon_ir::{Api, ErrorFields, Operation, Retry};

use super::types::ty;
use crate::paging;

/// The lines of the API.
pub(super) fn of_api(api: &Api) -> String {
    let mut text = api.retry.as_ref().map(retry).unwrap_or_default();
    if api.errors != ErrorFields::default() {
        text += &format!("  errors{}\n", fields(&api.errors));
    }
    if let Some(header) = &api.request_id {
        text += &format!("  request id in {header}\n");
    }
    text
}

/// The lines of an operation.
pub(super) fn of_operation(api: &Api, operation: &Operation) -> String {
    let key = operation.idempotency_key.as_ref();
    let key = key.map(|header| format!("  idempotency key in {header}\n")).unwrap_or_default();
    let pages = operation.paging.as_ref().map(|said| {
        format!("  pages {}  of {}\n", paging::extension(said, operation), ty(api, &said.item))
    });
    key + &operation.retry.as_ref().map(retry).unwrap_or_default() + &pages.unwrap_or_default()
}

fn retry(retry: &Retry) -> String {
    let mut line = "  retry".to_owned();
    if retry.never {
        line += "  never";
    }
    if let Some(attempts) = retry.attempts {
        line += &format!("  {attempts} attempts");
    }
    if !retry.statuses.is_empty() {
        let statuses: Vec<String> = retry.statuses.iter().map(u16::to_string).collect();
        line += &format!("  after {}", statuses.join(", "));
    }
    line + "\n"
}

/// `  code at /code  message at /message`
pub(super) fn fields(fields: &ErrorFields) -> String {
    let at = |what: &str, pointer: &Option<String>| {
        pointer.as_ref().map(|pointer| format!("  {what} at {pointer}")).unwrap_or_default()
    };
    at("code", &fields.code) + &at("message", &fields.message)
}
