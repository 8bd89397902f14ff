//! What holds for every component, whether anything refers to it or not.

use super::cx::Cx;
use crate::diag::{At, Code};
use crate::source::NodeId;

/// Sections of `components` whose entries are objects; schemas may be `true` or `false`.
const SECTIONS: [&str; 10] = [
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
];

/// Reports entries that aren't objects, and names that no reference may use.
pub(super) fn check(cx: &mut Cx<'_, '_>, components: NodeId) {
    let mut odd = Vec::new();
    for section in SECTIONS {
        for (name, node) in cx.map(components, section) {
            if !cx.tree.is_map(node) && !name.starts_with("x-") {
                cx.wrong_kind(node, name, "a map");
            }
            odd.extend((!is_name(name)).then_some((name, node)));
        }
    }
    for (name, node) in cx.map(components, "schemas") {
        odd.extend((!is_name(name)).then_some((name, node)));
    }
    // A document has hundreds of them or none, and they do no harm: one note is enough.
    if let Some((name, node)) = odd.first() {
        let message = match odd.len() {
            1 => format!("`{name}` is no name for a component"),
            2 => format!("`{name}` and another are no names for components"),
            count => format!("`{name}` and {} more are no names for components", count - 1),
        };
        cx.sink
            .note(Code::ComponentName, At::Key(*node), message)
            .help("names are made of letters, digits, `.`, `-` and `_`");
    }
}

/// Letters, digits and `.-_` (OpenAPI 3.1, section 4.8.7).
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
}
