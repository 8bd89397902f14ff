//! Swagger 2.0 as OpenAPI 3.1: the whole document is arranged anew, its schemas are left in place.
//!
//! <https://spec.openapis.org/oas/v2.0.html>. Parameters and responses are inlined where they are
//! referred to, because a reference can't tell a body from a parameter; their nodes are shared, so
//! that what is a component is still one.

pub(super) mod body;
mod foreign;
pub(super) mod operation;
pub(super) mod parameter;
pub(super) mod response;
mod security;
mod server;

use super::make;
use super::rewrite::Rewrite;
use crate::diag::Sink;
use crate::source::{Key, NodeId, Tree};

/// Rewrites the main document.
pub(super) fn level(tree: &mut Tree, sink: &mut Sink) {
    let root = tree.root();
    let mut rewrite = Rewrite::new(tree, sink);
    let mut entries: Vec<(Key, NodeId)> = Vec::new();
    make::share(&mut rewrite, root, &["info", "tags", "externalDocs", "security"], &mut entries);
    make::extensions(&mut rewrite, root, &mut entries);
    let version = rewrite.tree.make_text(root, "3.1.0");
    make::put(&mut rewrite, "openapi", version, &mut entries);
    let servers = server::servers(&mut rewrite, root, None);
    if let Some(servers) = foreign::or_read(&mut rewrite, servers, root, "servers") {
        make::put(&mut rewrite, "servers", servers, &mut entries);
    }
    let components = components(&mut rewrite, root);
    make::put(&mut rewrite, "components", components, &mut entries);
    // AutoRest has paths with a query in a map of their own.
    let stated = ["paths", "x-ms-paths"].map(|key| rewrite.tree.get(root, key));
    let stated: Vec<NodeId> = stated.into_iter().flatten().collect();
    if let Some(paths) = operation::paths(&mut rewrite, root, &stated) {
        make::put(&mut rewrite, "paths", paths, &mut entries);
    }
    let levelled = rewrite.tree.make_map(root, &entries);
    rewrite.tree.set_root(levelled);
}

fn components(rewrite: &mut Rewrite<'_>, root: NodeId) -> NodeId {
    let mut entries = Vec::new();
    if let Some(schemas) = rewrite.tree.get(root, "definitions") {
        make::put(rewrite, "schemas", schemas, &mut entries);
    }
    if let Some(schemes) = rewrite.tree.get(root, "securityDefinitions") {
        let schemes = security::schemes(rewrite, schemes);
        make::put(rewrite, "securitySchemes", schemes, &mut entries);
    }
    if let Some(responses) = rewrite.tree.get(root, "responses") {
        let produces = rewrite.tree.get(root, "produces");
        let responses = response::all(rewrite, responses, produces);
        make::put(rewrite, "responses", responses, &mut entries);
    }
    if let Some(components) = foreign::or_read(rewrite, None, root, "components") {
        let kinds = ["definitions", "securityDefinitions", "responses"];
        for (kind, other) in kinds.iter().zip(["schemas", "securitySchemes", "responses"]) {
            if rewrite.tree.get(root, kind).is_none() {
                make::share(rewrite, components, &[other], &mut entries);
            }
        }
    }
    rewrite.tree.make_map(root, &entries)
}
