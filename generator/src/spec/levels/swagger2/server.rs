//! `schemes`, `host` and `basePath` are servers.

use super::{Rewrite, make};
use crate::source::NodeId;

/// The servers of the document, or of an operation that states its own `schemes`.
pub(super) fn servers(
    rewrite: &mut Rewrite<'_>,
    root: NodeId,
    schemes: Option<NodeId>,
) -> Option<NodeId> {
    let text = |key: &str| {
        let node = rewrite.tree.get(root, key)?;
        rewrite.tree.text(node).map(str::to_owned)
    };
    let host = text("host").filter(|host| !host.is_empty());
    let base = text("basePath").filter(|base| base != "/").unwrap_or_default();
    let origin = ["host", "basePath"].iter().find_map(|key| rewrite.tree.get(root, key));
    let schemes = schemes.or_else(|| rewrite.tree.get(root, "schemes"));
    let urls = match host {
        Some(host) => {
            let host = format!("{}{base}", host.trim_end_matches('/'));
            let schemes = names(rewrite, schemes);
            schemes.into_iter().map(|scheme| format!("{scheme}://{host}")).collect()
        }
        // Relative to where the document is served.
        None if !base.is_empty() => vec![base],
        None => return None,
    };
    let origin = origin.unwrap_or(root);
    let mut servers = Vec::new();
    for url in urls {
        let mut entries = Vec::new();
        make::put_text(rewrite, "url", origin, &url, &mut entries);
        servers.push(rewrite.tree.make_map(origin, &entries));
    }
    Some(rewrite.tree.make_list(origin, &servers))
}

/// The schemes stated that HTTP goes over; where both are, the safe one comes first.
fn names(rewrite: &Rewrite<'_>, schemes: Option<NodeId>) -> Vec<&'static str> {
    let items = rewrite.tree.items(schemes.unwrap_or(NodeId::NULL));
    let has = |scheme: &str| items.iter().any(|item| rewrite.tree.text(*item) == Some(scheme));
    let names: Vec<_> = ["https", "http"].into_iter().filter(|scheme| has(scheme)).collect();
    if names.is_empty() { vec!["https"] } else { names }
}
