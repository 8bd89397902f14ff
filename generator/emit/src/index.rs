//! The index of an API: its operations by group, a line for each, for the head of the API's module.

use tenon_ir::{Group, Operation};

use crate::descriptor;
use crate::docs::Text;
use crate::layout::word;
use crate::literal::Plain;
use crate::markdown::{self, code, literal};
use crate::wrap::{HARD_BREAK, HARD_SPACE};

/// Adds the groups, each with its operations.
pub(crate) fn add(groups: &[Group], text: &mut Text) {
    let groups: Vec<&Group> = groups.iter().filter(|group| !group.operations.is_empty()).collect();
    if groups.is_empty() {
        return;
    }
    text.block(vec!["# Operations".to_owned()]);
    for group in groups {
        let name = group.name.plain();
        let method = word(&group.name);
        text.block(vec![format!("{}, on [`client.{method}()`]({name}):", literal(&group.tag))]);
        text.block(group.operations.iter().map(|it| line(group, it)).collect());
    }
}

/// The method, what it sends, and the summary, on one line: an operation that comes or goes changes
/// no other.
fn line(group: &Group, operation: &Operation) -> String {
    let name = operation.name.plain();
    let handle = format!("{}::{}", group.name.plain(), group.type_name.as_str());
    let request = code(&format!("{} {}", operation.method, descriptor::path(operation)));
    let summary = operation.docs.summary.as_deref().map(markdown::inline).unwrap_or_default();
    let summary = summary.replace([HARD_SPACE, HARD_BREAK, '\n'], " ");
    let colon = if summary.is_empty() { "" } else { ": " };
    let deprecated = if operation.docs.deprecated { " (deprecated)" } else { "" };
    format!("- [`{name}`]({handle}::{name}) {request}{colon}{summary}{deprecated}")
}
