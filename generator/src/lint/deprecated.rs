//! Deprecation: what to use instead.

use super::cx::Cx;
use crate::diag::At;

/// Words of a text that says what became of something.
const WORDS: [&str; 14] = [
    "instead",
    "replace",
    "deprecat",
    "favor",
    "favour",
    "supersede",
    "successor",
    "use ",
    "removed",
    "remove ",
    "migrate",
    "sunset",
    "no longer",
    "alternative",
];

/// Deprecated operations say what to use.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for operation in spec.operations.iter().filter(|operation| operation.deprecated) {
        let texts = [operation.summary, operation.description];
        let says = texts.into_iter().flatten().map(str::to_lowercase);
        if !says.into_iter().any(|text| WORDS.iter().any(|word| text.contains(word))) {
            let at = cx.tree.get(operation.at, "deprecated").unwrap_or(operation.at);
            cx.say(At::Node(at), "deprecated, and nothing says what to use instead")
                .help("name the replacement in the description, or say that there is none");
        }
    }
}
