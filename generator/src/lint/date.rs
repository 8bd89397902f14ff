//! Dates among examples. What can't be read as the stated date is told of by lowering, which takes
//! any text there; here is what can be read, and isn't as RFC 3339 has it.

use super::cx::{Cx, shown};
use crate::lower::{is_date, is_date_time};
use crate::source::NodeId;
use crate::spec::{Schema, Types};

/// Dates are written as RFC 3339 has them, with the offset.
pub(super) fn form(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in spec.schemas.iter().filter(|schema| schema.format == Some("date-time")) {
        for value in values(schema) {
            let Some(text) = cx.tree.text(value) else { continue };
            if is_date_time(text) && !is_strict(text) {
                let message = format!("`{}` isn't a date-time as RFC 3339 has it", shown(text));
                cx.say(value, message)
                    .help("write `2024-01-31T10:00:00Z`; if the vendor sends it so, say it in the description");
            }
        }
    }
}

/// Texts whose every example is a date say so.
pub(super) fn undeclared(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in &spec.schemas {
        let is_plain = schema.types.without(Types::NULL) == Types::STRING
            && schema.format.is_none()
            && schema.values.is_empty()
            && schema.rare.as_ref().is_none_or(|rare| rare.rules.is_empty());
        let texts: Option<Vec<&str>> =
            schema.examples.iter().map(|node| cx.tree.text(*node)).collect();
        let Some(texts) = texts.filter(|texts| is_plain && !texts.is_empty()) else { continue };
        let format = if texts.iter().all(|text| is_strict(text)) {
            "date-time"
        } else if texts.iter().all(|text| is_date(text)) {
            "date"
        } else {
            continue;
        };
        cx.say(schema.examples[0], format!("the text looks like a `{format}`"))
            .help(format!("add `format: {format}`, if the vendor always writes it so"));
    }
}

fn values(schema: &Schema<'_>) -> Vec<NodeId> {
    schema.examples.iter().chain(&schema.default).chain(&schema.values).copied().collect()
}

/// `date-time` of RFC 3339, section 5.6: with seconds, and an offset with its colon.
fn is_strict(text: &str) -> bool {
    let Some(time) = text.get(10..).filter(|_| is_date_time(text)) else { return false };
    let has_seconds = time.as_bytes().get(6) == Some(&b':');
    let offset = time.trim_end_matches(['Z', 'z']);
    let is_zulu = offset.len() + 1 == time.len();
    let bytes = time.as_bytes();
    let has_offset = bytes.len() > 6
        && matches!(bytes[bytes.len() - 6], b'+' | b'-')
        && bytes[bytes.len() - 3] == b':';
    let is_separated = time.starts_with(['T', 't']) && !time.contains([' ', ',']);
    has_seconds && is_separated && (is_zulu || has_offset)
}
