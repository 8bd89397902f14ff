//! Headers of the parts of a multipart body: the document knows their values, or the caller does.

use super::cx::Cx;
use super::merge::{Key, merge};
use super::{docs, value};
use crate::diag::{At, Code};
use crate::spec::http::is_token;
use crate::spec::{Parameter, ParameterId, PartEncoding};
use tenon_ir as ir;

/// The headers that have one value only, or a default, with it. `by_caller` is whether the caller
/// can give the others (OpenAPI 3.1, section 4.8.15.1).
pub(super) fn fixed(
    cx: &mut Cx<'_, '_>,
    stated: &PartEncoding<'_>,
    by_caller: bool,
) -> Vec<(String, String)> {
    let mut fixed = Vec::new();
    for id in described(cx, stated) {
        let header = cx.spec.parameter(id);
        match only(cx, header).filter(|value| is_sendable(header.name, value)) {
            Some(value) => fixed.push((header.name.to_owned(), value)),
            None if by_caller => {}
            None => report(cx, header, stated.property),
        }
    }
    fixed
}

/// The names of all of them.
pub(super) fn names(cx: &Cx<'_, '_>, stated: &PartEncoding<'_>) -> Vec<String> {
    let ids = described(cx, stated).into_iter();
    ids.map(|id| cx.spec.parameter(id).name.to_owned()).collect()
}

/// `Content-Type` isn't one of them: that is `contentType`.
fn described(cx: &Cx<'_, '_>, stated: &PartEncoding<'_>) -> Vec<ParameterId> {
    let is_own =
        |id: &ParameterId| !cx.spec.parameter(*id).name.eq_ignore_ascii_case("content-type");
    stated.headers.iter().copied().filter(is_own).collect()
}

fn only(cx: &mut Cx<'_, '_>, header: &Parameter<'_>) -> Option<String> {
    let schema = header.schema.or(header.content.first().and_then(|media| media.schema))?;
    let values = merge(cx, &Key::one(schema)).values.map(|(_, values)| values);
    let only = values.filter(|values| values.len() == 1).and_then(|values| values.first().copied());
    let spec = cx.spec;
    let default = || docs::layers(cx, &[schema]).find_map(|id| spec.schema(id).default);
    match value::of(cx, only.or_else(default)?) {
        ir::Value::Text(text) | ir::Value::Number(text) => Some(text),
        ir::Value::Bool(flag) => Some(flag.to_string()),
        ir::Value::Null | ir::Value::List(_) | ir::Value::Object(_) => None,
    }
}

/// A token, and visible characters with spaces between them (RFC 9110, sections 5.1 and 5.5).
fn is_sendable(name: &str, value: &str) -> bool {
    let is_text = |c: u8| c == b' ' || c.is_ascii_graphic();
    is_token(name) && value.bytes().all(is_text)
}

fn report(cx: &mut Cx<'_, '_>, header: &Parameter<'_>, property: &str) {
    let name = header.name;
    let message = format!("the header `{name}` of the part `{property}` is not sent");
    cx.sink
        .note(Code::Degraded, At::Node(header.at), message)
        .help("nothing gives its value; state it as `const`, or as `default`");
}
