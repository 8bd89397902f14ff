//! Replies: what each status brings, and the types that hold it.

use super::cx::{Cx, Hint};
use super::{docs, evidence, media, value};
use crate::diag::{At, Code};
use crate::spec::{Operation, ResponseId, StatusKey};
use tenon_ir as ir;

/// Responses of an operation with the types of both outcomes.
pub(super) struct Replies {
    /// Every response.
    pub(super) responses: Vec<ir::Response>,
    /// Type of a successful reply.
    pub(super) success: ir::Outcome,
    /// Type of a documented error.
    pub(super) failure: ir::Outcome,
}

/// Decides what is read from each reply.
pub(super) fn lower(cx: &mut Cx<'_, '_>, operation: &Operation<'_>, name: &str) -> Replies {
    let explicit = operation.responses.iter().any(|(key, _)| is_success(*key));
    let mut stated: Vec<&(StatusKey, ResponseId)> = operation.responses.iter().collect();
    stated.sort_by_key(|(key, _)| order(*key));
    let mut responses = Vec::new();
    for (key, id) in stated {
        let success = is_success(*key) || (*key == StatusKey::Default && !explicit);
        responses.push(response(cx, operation, name, *key, *id, success));
    }
    let success = outcome(&mut responses, true, &format!("{name} reply"));
    let failure = outcome(&mut responses, false, &format!("{name} error"));
    Replies { responses, success, failure }
}

/// Responses are told by rising status, whatever the order of their keys; ranges and `default` last.
fn order(key: StatusKey) -> (u8, u16) {
    match key {
        StatusKey::Code(code) => (0, code),
        StatusKey::Range(digit) => (1, u16::from(digit)),
        StatusKey::Default => (2, 0),
    }
}

/// A status that tells of success; redirections bring the caller something to read as well.
fn is_success(key: StatusKey) -> bool {
    match key {
        StatusKey::Code(code) => (100..400).contains(&code),
        StatusKey::Range(digit) => digit < 4,
        StatusKey::Default => false,
    }
}

fn response(
    cx: &mut Cx<'_, '_>,
    operation: &Operation<'_>,
    name: &str,
    key: StatusKey,
    id: ResponseId,
    success: bool,
) -> ir::Response {
    let spec = cx.spec;
    let stated = spec.response(id);
    let status = pattern(key);
    let several =
        operation.responses.iter().filter(|(other, _)| is_success(*other) == success).count() > 1;
    let place = match (stated.component, success, several) {
        (Some(component), _, _) => component.to_owned(),
        (None, true, false) => "response".to_owned(),
        (None, _, _) => format!("{} response", case_name(status)),
    };
    let hint = match stated.component {
        Some(component) => Hint::of_operation(component, "response"),
        None => Hint::of_operation(name, &place),
    };
    let mut lowered = ir::Response {
        status,
        media: String::new(),
        content: ir::Body::Empty,
        case: 0,
        success,
        error_codes: value::texts(cx, stated.at, "x-error-codes"),
        docs: docs::described(cx, stated.at, stated.description),
        examples: Vec::new(),
    };
    if matches!(key, StatusKey::Code(204 | 205 | 304)) {
        return lowered;
    }
    if let Some(chosen) = media::choose(cx, &stated.content) {
        let (media, mut content) = media::content(cx, chosen, &hint);
        evidence::mend_body(cx, &mut content, &chosen.examples);
        lowered.media = match media {
            ir::Media::Exact(name) | ir::Media::Range(name) => name,
        };
        lowered.content = content;
        lowered.examples = chosen.examples.iter().map(|at| value::of(cx, *at)).collect();
    }
    report_headers(cx, stated);
    lowered
}

fn report_headers(cx: &mut Cx<'_, '_>, stated: &crate::spec::Response<'_>) {
    if let Some(first) = stated.headers.first() {
        let at = cx.spec.parameter(*first).at;
        cx.sink
            .note(Code::Degraded, At::Node(at), "reply headers have no typed accessor")
            .help("read them from `Reply::headers`");
    }
}

fn pattern(key: StatusKey) -> ir::StatusPattern {
    match key {
        StatusKey::Code(code) => ir::StatusPattern::Code(code),
        StatusKey::Range(digit) => ir::StatusPattern::Range(digit),
        StatusKey::Default => ir::StatusPattern::Default,
    }
}

/// Numbers the cases of one outcome, and decides its type.
fn outcome(responses: &mut [ir::Response], success: bool, name: &str) -> ir::Outcome {
    let mut own: Vec<&mut ir::Response> =
        responses.iter_mut().filter(|response| response.success == success).collect();
    let Some(first) = own.first().map(|response| response.content.clone()) else {
        return if success { ir::Outcome::One(ir::Body::Empty) } else { ir::Outcome::None };
    };
    if success && own.iter().all(|response| response.content == first) {
        return ir::Outcome::One(first);
    }
    let mut cases = Vec::new();
    for (index, response) in own.iter_mut().enumerate() {
        response.case = index;
        cases.push(ir::Case {
            name: ir::Ident(case_name(response.status)),
            status: response.status,
            content: response.content.clone(),
            docs: response.docs.clone(),
        });
    }
    ir::Outcome::Many { name: ir::Ident(name.to_owned()), cases }
}

/// The reason phrase of a status (RFC 9110, section 15), as the name of a case.
pub(super) fn case_name(status: ir::StatusPattern) -> String {
    match status {
        ir::StatusPattern::Code(code) => match REASONS.iter().find(|(known, _)| *known == code) {
            Some((_, reason)) => (*reason).to_owned(),
            None => format!("Status {code}"),
        },
        ir::StatusPattern::Range(1) => "Informational".to_owned(),
        ir::StatusPattern::Range(2) => "Success".to_owned(),
        ir::StatusPattern::Range(3) => "Redirection".to_owned(),
        ir::StatusPattern::Range(4) => "Client error".to_owned(),
        ir::StatusPattern::Range(_) => "Server error".to_owned(),
        ir::StatusPattern::Default => "Default".to_owned(),
    }
}

const REASONS: [(u16, &str); 46] = [
    (100, "Continue"),
    (101, "Switching protocols"),
    (103, "Early hints"),
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non authoritative"),
    (204, "No content"),
    (205, "Reset content"),
    (206, "Partial content"),
    (207, "Multi status"),
    (300, "Multiple choices"),
    (301, "Moved permanently"),
    (302, "Found"),
    (303, "See other"),
    (304, "Not modified"),
    (307, "Temporary redirect"),
    (308, "Permanent redirect"),
    (400, "Bad request"),
    (401, "Unauthorized"),
    (402, "Payment required"),
    (403, "Forbidden"),
    (404, "Not found"),
    (405, "Method not allowed"),
    (406, "Not acceptable"),
    (407, "Proxy authentication required"),
    (408, "Request timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length required"),
    (412, "Precondition failed"),
    (413, "Content too large"),
    (415, "Unsupported media type"),
    (416, "Range not satisfiable"),
    (417, "Expectation failed"),
    (421, "Misdirected request"),
    (422, "Unprocessable content"),
    (423, "Locked"),
    (424, "Failed dependency"),
    (428, "Precondition required"),
    (429, "Too many requests"),
    (451, "Unavailable for legal reasons"),
    (500, "Internal server error"),
    (501, "Not implemented"),
    (502, "Bad gateway"),
    (503, "Service unavailable"),
];
