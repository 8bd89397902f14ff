//! Replies: one of success, one of failure, none with a body that can't be.

use super::cx::Cx;
use crate::diag::At;
use crate::spec::StatusKey;

/// Operations document how success looks.
pub(super) fn success(cx: &mut Cx<'_, '_>) {
    // A redirect is what some operations are for, and `101` is a connection that goes on.
    let is_success = |status| match status {
        StatusKey::Code(code) => code < 400,
        StatusKey::Range(digit) => digit < 4,
        StatusKey::Default => true,
    };
    let help = "add the status that the vendor documents for success, such as `200`";
    without(cx, is_success, "success", help);
}

/// Operations document how failure looks.
pub(super) fn failure(cx: &mut Cx<'_, '_>) {
    let is_failure = |status| match status {
        StatusKey::Code(code) => code >= 400,
        StatusKey::Range(digit) => digit >= 4,
        StatusKey::Default => true,
    };
    let help = "add the errors that the vendor documents, by status or as `default`";
    without(cx, is_failure, "failure", help);
}

fn without(
    cx: &mut Cx<'_, '_>,
    is_wanted: impl Fn(StatusKey) -> bool,
    what: &str,
    help: &'static str,
) {
    let spec = cx.spec;
    for operation in &spec.operations {
        if operation.responses.iter().any(|(status, _)| is_wanted(*status)) {
            continue;
        }
        let at = cx.of_operation(operation, "responses").unwrap_or(operation.at);
        let (method, path) = (&operation.method, operation.path);
        cx.say(At::Key(at), format!("{method} {path} documents no reply of {what}")).help(help);
    }
}

/// Replies that have no body document none.
pub(super) fn empty(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in spec.all_operations() {
        for (status, id) in &operation.responses {
            let StatusKey::Code(code) = *status else { continue };
            let response = spec.response(*id);
            if !is_empty(*status) {
                continue;
            }
            if response.content.iter().any(|media| media.schema.is_some()) {
                let at = cx.tree.get(response.at, "content").unwrap_or(response.at);
                cx.say(At::Key(at), format!("a reply with status {code} has no body"))
                    .help("remove `content`, or state the status that the body comes with");
            }
        }
    }
}

/// Replies of this status have no body.
pub(super) fn is_empty(status: StatusKey) -> bool {
    matches!(status, StatusKey::Code(100..=199 | 204 | 205 | 304))
}
