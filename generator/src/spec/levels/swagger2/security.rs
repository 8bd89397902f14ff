//! `securityDefinitions` are `components.securitySchemes`.

use super::super::make;
use super::super::rewrite::Rewrite;
use crate::source::NodeId;

/// Every scheme.
pub(super) fn schemes(rewrite: &mut Rewrite<'_>, definitions: NodeId) -> NodeId {
    let mut entries = Vec::new();
    for (key, node) in rewrite.tree.keyed(definitions) {
        let kind = rewrite.tree.get(node, "type").and_then(|node| rewrite.tree.text(node));
        let scheme = match kind {
            Some("basic") => basic(rewrite, node),
            Some("oauth2") => oauth2(rewrite, node),
            // API keys are the same, and anything else is reported by the reader.
            _ => node,
        };
        entries.push((key, scheme));
    }
    rewrite.tree.make_map(definitions, &entries)
}

fn basic(rewrite: &mut Rewrite<'_>, node: NodeId) -> NodeId {
    let mut entries = Vec::new();
    make::put_text(rewrite, "type", node, "http", &mut entries);
    make::put_text(rewrite, "scheme", node, "basic", &mut entries);
    make::share(rewrite, node, &["description"], &mut entries);
    make::extensions(rewrite, node, &mut entries);
    rewrite.tree.make_map(node, &entries)
}

fn oauth2(rewrite: &mut Rewrite<'_>, node: NodeId) -> NodeId {
    let flow = rewrite.tree.get(node, "flow").and_then(|flow| rewrite.tree.text(flow));
    let name = match flow {
        Some("application") => "clientCredentials",
        Some("accessCode") => "authorizationCode",
        Some("password") => "password",
        _ => "implicit",
    };
    let mut flow = Vec::new();
    make::share(rewrite, node, &["authorizationUrl", "tokenUrl", "scopes"], &mut flow);
    make::extensions(rewrite, node, &mut flow);
    let flow = rewrite.tree.make_map(node, &flow);
    let mut flows = Vec::new();
    make::put(rewrite, name, flow, &mut flows);
    let flows = rewrite.tree.make_map(node, &flows);
    let mut entries = Vec::new();
    make::share(rewrite, node, &["type", "description"], &mut entries);
    make::extensions(rewrite, node, &mut entries);
    make::put(rewrite, "flows", flows, &mut entries);
    rewrite.tree.make_map(node, &entries)
}
