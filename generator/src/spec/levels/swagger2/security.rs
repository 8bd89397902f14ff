//! `securityDefinitions` are `components.securitySchemes`.

use super::super::make;
use super::super::rewrite::Rewrite;
use crate::diag::Code;
use crate::source::NodeId;

/// Every scheme.
pub(super) fn schemes(rewrite: &mut Rewrite<'_>, definitions: NodeId) -> NodeId {
    let mut entries = Vec::new();
    for (key, node) in rewrite.tree.keyed(definitions) {
        let kind = rewrite.tree.get(node, "type").and_then(|node| rewrite.tree.text(node));
        let scheme = match kind {
            Some("basic") => basic(rewrite, node),
            Some(kind) if kind.eq_ignore_ascii_case("oauth2") => oauth2(rewrite, node),
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
    let name = flow(rewrite, node);
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

/// Flows, and what OpenAPI 3 calls them.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// The flow as OpenAPI 3 calls it. One that is misspelled is read as it is meant, and in place of one
/// that is none, or isn't stated, that which has the addresses given; both are told of.
fn flow(rewrite: &mut Rewrite<'_>, node: NodeId) -> &'static str {
    let stated = make::text(rewrite.tree, node, "flow").unwrap_or_default();
    let is = |name: &str| name.eq_ignore_ascii_case(stated);
    let found = FLOWS.iter().find(|(old, new)| is(old) || is(new));
    let has = |key: &str| rewrite.tree.get(node, key).is_some();
    let (old, new) = *found.unwrap_or(match (has("authorizationUrl"), has("tokenUrl")) {
        (true, true) => &FLOWS[3],
        (false, true) => &FLOWS[2],
        _ => &FLOWS[0],
    });
    if stated != old {
        let at = rewrite.tree.get(node, "flow").unwrap_or(node);
        let message = match stated {
            "" => "no `flow` is stated".to_owned(),
            _ => format!("`{stated}` is no flow of Swagger 2.0"),
        };
        let help = format!("it is read as `{old}`; write that");
        rewrite.sink.warning(Code::UnknownValue, at, message).help(help);
    }
    new
}
