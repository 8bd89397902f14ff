//! What extensions say of calls beyond one request and one reply: when they are tried again, the
//! idempotency key, and where errors tell the vendor's code and message.

use super::cx::Cx;
use super::value;
use crate::source::NodeId;
use crate::spec::http::is_token;
use crate::spec::{Media, Operation, SchemaId};
use tenon_ir as ir;

/// References that are followed from the schema of an error to the one that marks its fields.
const MOST_REFERENCES: u32 = 16;

/// `x-retry` of an operation, or of the operation that it is an overload of.
pub(super) fn operation_retry(cx: &mut Cx<'_, '_>, operation: &Operation<'_>) -> Option<ir::Retry> {
    let own = retry(cx, operation.at);
    own.or_else(|| retry(cx, operation.overload_of?))
}

/// `x-retry`: `never`, or a map of `attempts`, `statuses` and `never`.
pub(super) fn retry(cx: &mut Cx<'_, '_>, at: NodeId) -> Option<ir::Retry> {
    let tree = cx.spec.tree;
    let stated = value::stated(cx, at, "x-retry")?;
    if tree.text(stated) == Some("never") {
        return Some(ir::Retry { never: true, ..ir::Retry::default() });
    }
    let known = ["attempts", "statuses", "never"];
    let is_known = |key: &str| known.contains(&key) || key.starts_with("x-");
    if !tree.is_map(stated) || !tree.entries(stated).all(|(key, _)| is_known(key)) {
        value::invalid(
            cx,
            stated,
            "x-retry",
            "`never`, or a map of `attempts`, `statuses` and `never`",
        );
        return None;
    }
    Some(ir::Retry {
        attempts: attempts(cx, stated),
        statuses: statuses(cx, stated),
        never: value::flag(cx, stated, "never"),
    })
}

fn attempts(cx: &mut Cx<'_, '_>, retry: NodeId) -> Option<u32> {
    let at = value::stated(cx, retry, "attempts")?;
    let number = cx.spec.tree.integer(at).and_then(|number| u32::try_from(number).ok());
    let number = number.filter(|number| *number > 0);
    if number.is_none() {
        value::invalid(cx, at, "attempts", "a number from 1 on, the first try included");
    }
    number
}

fn statuses(cx: &mut Cx<'_, '_>, retry: NodeId) -> Vec<u16> {
    let tree = cx.spec.tree;
    let Some(at) = value::stated(cx, retry, "statuses") else { return Vec::new() };
    if !tree.is_list(at) {
        value::invalid(cx, at, "statuses", "a list of statuses, such as `[429, 503]`");
    }
    let mut statuses = Vec::new();
    for item in tree.items(at) {
        // A key of `responses` is a text; so may these be.
        let text = tree.text(*item).and_then(|text| text.parse().ok());
        let status = tree.integer(*item).or(text).and_then(|number| u16::try_from(number).ok());
        match status.filter(|status| (300..600).contains(status)) {
            Some(status) if statuses.contains(&status) => {}
            Some(status) => statuses.push(status),
            None => value::invalid(cx, *item, "statuses", "a list of statuses from 300 to 599"),
        }
    }
    statuses
}

/// `x-idempotency-key` of an operation: the header.
pub(super) fn idempotency_key(cx: &mut Cx<'_, '_>, operation: &Operation<'_>) -> Option<String> {
    let own = header(cx, operation.at, "x-idempotency-key");
    own.or_else(|| header(cx, operation.overload_of?, "x-idempotency-key"))
}

/// `x-request-id-header` of the document.
pub(super) fn request_id(cx: &mut Cx<'_, '_>) -> Option<String> {
    header(cx, cx.spec.tree.root(), "x-request-id-header")
}

/// The name of a header (RFC 9110, section 5.1), in lower case.
fn header(cx: &mut Cx<'_, '_>, at: NodeId, key: &str) -> Option<String> {
    let name = value::text(cx, at, key)?;
    if !is_token(name) {
        let at = value::stated(cx, at, key).unwrap_or(at);
        value::invalid(cx, at, key, "the name of a header");
        return None;
    }
    Some(name.to_ascii_lowercase())
}

/// Where the body of an error tells code and message: as the response says, or the body's schema.
pub(super) fn marked(
    cx: &mut Cx<'_, '_>,
    response: NodeId,
    content: Option<&Media<'_>>,
) -> Option<ir::ErrorFields> {
    let mut found = fields(cx, response);
    let mut next: Option<SchemaId> = content.and_then(|media| media.schema);
    for _ in 0..MOST_REFERENCES {
        let Some(id) = next else { break };
        let (at, reference) = (cx.spec.schema(id).at, cx.spec.schema(id).reference);
        let own = fields_of_schema(cx, at);
        found.code = found.code.or(own.code);
        found.message = found.message.or(own.message);
        next = reference;
    }
    (found != ir::ErrorFields::default()).then_some(found)
}

/// Fields that the schema marks, if it has them.
fn fields_of_schema(cx: &mut Cx<'_, '_>, at: NodeId) -> ir::ErrorFields {
    let mut marked = fields(cx, at);
    let tree = cx.spec.tree;
    let properties = tree.get(at, "properties").filter(|_| tree.get(at, "allOf").is_none());
    let Some(properties) = properties else { return marked };
    for (key, place) in
        [("x-error-code", &mut marked.code), ("x-error-message", &mut marked.message)]
    {
        let Some(pointer) = place.as_deref() else { continue };
        let name = pointer.split('/').nth(1).unwrap_or_default();
        let name = name.replace("~1", "/").replace("~0", "~");
        if tree.get(properties, &name).is_none() {
            let stated = tree.get(at, key).unwrap_or(at);
            value::invalid(cx, stated, key, "a property of the schema, or a pointer into one");
            *place = None;
        }
    }
    marked
}

/// `x-error-code` and `x-error-message`: names of properties, or JSON pointers.
fn fields(cx: &mut Cx<'_, '_>, at: NodeId) -> ir::ErrorFields {
    let mut pointer = |key: &str| {
        let text = value::text(cx, at, key)?;
        let is_pointer = text.starts_with('/');
        let escape = || format!("/{}", text.replace('~', "~0").replace('/', "~1"));
        Some(if is_pointer { text.to_owned() } else { escape() })
    };
    ir::ErrorFields { code: pointer("x-error-code"), message: pointer("x-error-message") }
}

/// What holds for the errors of the whole API: what the document says, else what most of its
/// responses do. Responses of which the same holds have nothing of their own to say then.
pub(super) fn errors(cx: &mut Cx<'_, '_>, groups: &mut [ir::Group]) -> ir::ErrorFields {
    let stated = fields(cx, cx.spec.tree.root());
    let mut counts: Vec<(ir::ErrorFields, usize)> = Vec::new();
    let operations = groups.iter_mut().flat_map(|group| &mut group.operations);
    let mut responses: Vec<&mut ir::Response> =
        operations.flat_map(|operation| &mut operation.responses).collect();
    for fields in responses.iter_mut().filter_map(|response| response.fields.as_mut()) {
        fields.code = fields.code.take().or_else(|| stated.code.clone());
        fields.message = fields.message.take().or_else(|| stated.message.clone());
        match counts.iter_mut().find(|(known, _)| known == fields) {
            Some((_, count)) => *count += 1,
            None => counts.push((fields.clone(), 1)),
        }
    }
    let usual = if stated == ir::ErrorFields::default() {
        // The first of those that are as frequent.
        let most = counts.iter().map(|(_, count)| *count).max();
        counts.into_iter().find(|(_, count)| Some(*count) == most).map(|(fields, _)| fields)
    } else {
        Some(stated)
    };
    for response in responses.iter_mut().filter(|response| response.fields == usual) {
        response.fields = None;
    }
    usual.unwrap_or_default()
}
