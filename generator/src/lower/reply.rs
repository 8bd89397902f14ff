//! Replies: what each status brings, and the types that hold it.

use super::cx::{Cx, Hint};
use super::{accept, alternatives, docs, header, link, policy, value};
use crate::spec::{Operation, ResponseId, StatusKey};
use tenon_ir as ir;

/// Responses of an operation with the types of its outcomes.
pub(super) struct Replies {
    /// Every response.
    pub(super) responses: Vec<ir::Response>,
    /// Type of a successful reply.
    pub(super) success: ir::Outcome,
    /// Type of a documented error.
    pub(super) failure: ir::Outcome,
    /// Type of a successful reply that is read while it comes.
    pub(super) stream: Option<ir::Outcome>,
    /// Headers, by index.
    pub(super) headers: Vec<usize>,
    /// Links.
    pub(super) links: Vec<ir::ReplyLink>,
}

/// A response in one of its media types.
#[derive(Clone)]
struct Row {
    response: ir::Response,
    /// What it is read into.
    held: ir::Body,
    /// What tells its case from the plain one of its status.
    word: Option<String>,
}

/// Decides what is read from each reply.
pub(super) fn lower(cx: &mut Cx<'_, '_>, operation: &Operation<'_>, name: &str) -> Replies {
    let explicit = operation.responses.iter().any(|(key, _)| is_success(*key));
    let mut stated: Vec<&(StatusKey, ResponseId)> = operation.responses.iter().collect();
    stated.sort_by_key(|(key, _)| order(*key));
    let (mut rows, mut headers, mut links) = (Vec::new(), Vec::new(), Vec::new());
    for (key, id) in stated {
        let success = is_success(*key) || (*key == StatusKey::Default && !explicit);
        rows.extend(response(cx, operation, name, *key, *id, success));
        let stated = cx.spec.response(*id);
        headers.extend(header::of(cx, stated));
        links.extend(link::of(cx, stated));
    }
    headers.sort_unstable();
    headers.dedup();
    let success =
        success(select(&mut rows, |it| it.success && !it.only_stream), &format!("{name} reply"));
    let failure = match select(&mut rows, |it| !it.success) {
        none if none.is_empty() => ir::Outcome::None,
        rows => by_status(rows, &format!("{name} error")),
    };
    let stream = match select(&mut rows, |it| it.only_stream) {
        none if none.is_empty() => {
            (success == ir::Outcome::One(ir::Body::Bytes)).then(|| success.clone())
        }
        rows => Some(self::success(rows, &format!("{name} stream"))),
    };
    let responses = rows.into_iter().map(|row| row.response).collect();
    Replies { responses, success, failure, stream, headers, links }
}

fn select(rows: &mut [Row], is: fn(&ir::Response) -> bool) -> Vec<&mut Row> {
    rows.iter_mut().filter(|row| is(&row.response)).collect()
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

/// A response, once for each media type that it is read in.
fn response(
    cx: &mut Cx<'_, '_>,
    operation: &Operation<'_>,
    name: &str,
    key: StatusKey,
    id: ResponseId,
    success: bool,
) -> Vec<Row> {
    let stated = cx.spec.response(id);
    let status = pattern(key);
    let several =
        operation.responses.iter().filter(|(other, _)| is_success(*other) == success).count() > 1;
    let hint = match stated.component {
        Some(component) => Hint::of_operation(component, "response"),
        None if success && !several => Hint::of_operation(name, "response"),
        None => Hint::of_operation(name, &format!("{} response", case_name(status))),
    };
    let plain = ir::Response {
        status,
        media: String::new(),
        content: ir::Body::Empty,
        case: 0,
        success,
        only_stream: false,
        error_codes: value::texts(cx, stated.at, "x-error-codes"),
        fields: None,
        docs: docs::described(cx, stated.at, stated.description),
        examples: Vec::new(),
    };
    // What has no content by its status or method (RFC 9110, sections 6.4.1 and 9.3.2).
    let is_bodiless = matches!(key, StatusKey::Code(100..=199 | 204 | 205 | 304));
    if is_bodiless || operation.method == "HEAD" {
        return vec![Row { response: plain, held: ir::Body::Empty, word: None }];
    }
    let ways = alternatives::of(cx, &stated.content, &hint, success);
    if ways.is_empty() {
        return vec![Row { response: plain, held: ir::Body::Empty, word: None }];
    }
    let row = |way: alternatives::Alternative<'_, '_>| Row {
        response: ir::Response {
            media: way.media,
            content: way.content,
            only_stream: way.only_stream,
            fields: if success { None } else { policy::marked(cx, stated.at, Some(way.stated)) },
            examples: way.stated.examples.iter().map(|at| value::of(cx, *at)).collect(),
            ..plain.clone()
        },
        held: way.held,
        word: way.word,
    };
    let mut rows: Vec<Row> = ways.into_iter().map(row).collect();
    if success {
        rename(cx, operation, &mut rows);
    }
    rows
}

/// Adds the response that a header parameter `Accept` asks for, before the one that it is a name of.
fn rename(cx: &mut Cx<'_, '_>, operation: &Operation<'_>, rows: &mut Vec<Row>) {
    let responses: Vec<&ir::Response> = rows.iter().map(|row| &row.response).collect();
    if let Some((at, media)) = accept::other_name(cx, operation, &responses) {
        let mut row = rows[at].clone();
        row.response.media = media;
        rows.insert(at, row);
    }
}

/// The status that a key stands for.
pub(super) fn pattern(key: StatusKey) -> ir::StatusPattern {
    match key {
        StatusKey::Code(code) => ir::StatusPattern::Code(code),
        StatusKey::Range(digit) => ir::StatusPattern::Range(digit),
        StatusKey::Default => ir::StatusPattern::Default,
    }
}

/// The outcome of replies that are read whole: where none is documented, nothing is read.
fn success(rows: Vec<&mut Row>, name: &str) -> ir::Outcome {
    one(&rows).unwrap_or_else(|| by_status(rows, name))
}

/// The content that all of them have.
fn one(rows: &[&mut Row]) -> Option<ir::Outcome> {
    let Some(first) = rows.first() else { return Some(ir::Outcome::One(ir::Body::Empty)) };
    let first = &first.held;
    let is_one = rows.iter().all(|row| row.held == *first);
    is_one.then(|| ir::Outcome::One(first.clone()))
}

/// Numbers the cases of an outcome: one for each status, and for each of its media types that
/// holds something of its own.
fn by_status(rows: Vec<&mut Row>, name: &str) -> ir::Outcome {
    let mut cases: Vec<ir::Case> = Vec::new();
    let mut keys = Vec::new();
    for Row { response, held, word } in rows {
        let key = (response.status, word.clone(), held.clone());
        if let Some(known) = keys.iter().position(|known| *known == key) {
            response.case = known;
            continue;
        }
        response.case = cases.len();
        keys.push(key);
        let plain = case_name(response.status);
        cases.push(ir::Case {
            name: ir::Ident(word.as_ref().map_or(plain.clone(), |word| format!("{plain} {word}"))),
            status: response.status,
            media: word.is_some().then(|| response.media.clone()),
            content: held.clone(),
            docs: response.docs.clone(),
        });
    }
    ir::Outcome::Many { name: ir::Ident(name.to_owned()), cases, same: None }
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
