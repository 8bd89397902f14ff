//! `x-source`: where the vendor documents an operation.

use super::cx::Cx;
use crate::diag::At;

/// Operations say where they come from.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in &spec.operations {
        let source = cx.of_operation(operation, "x-source");
        // One that doesn't say what it has to is told of by lowering.
        let is_stated = source.is_some_and(|node| {
            let is_blank = cx.tree.text(node).is_some_and(|text| text.trim().is_empty());
            !is_blank && !cx.tree.is_null(node)
        });
        if !is_stated {
            let message = format!("{} {} has no `x-source`", operation.method, operation.path);
            cx.say(At::Key(operation.at), message)
                .help("add `x-source` with the page, and the heading on it, that documents it");
        }
    }
}
