//! `x-source`: where the vendor documents an operation.

use super::cx::Cx;
use crate::diag::At;
use crate::source::Value;

/// Operations say where they come from.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in &spec.operations {
        let source = cx.of_operation(operation, "x-source");
        let is_stated = source.is_some_and(|node| match cx.tree.value(node) {
            Value::Scalar(_) => cx.tree.text(node).is_some_and(|text| !text.trim().is_empty()),
            Value::List(items) => !items.is_empty(),
            Value::Map(entries) => entries.len() > 0,
        });
        if !is_stated {
            let message = format!("{} {} has no `x-source`", operation.method, operation.path);
            cx.say(At::Key(operation.at), message)
                .help("add `x-source` with the page, and the heading on it, that documents it");
        }
    }
}
