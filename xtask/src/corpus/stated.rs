//! What a document states, counted without the reader: operations and component schemas.

use std::collections::{BTreeSet, HashSet};

use tenon::File;
use tenon::ir::{Api, Ident, Payload, RequestBody};
use tenon::source::{NodeId, Tree};

use super::one::Share;

/// Methods that OpenAPI has fields for.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The nodes of the operations of `paths`; one that is referred to twice is there twice.
fn operations(tree: &Tree) -> Vec<NodeId> {
    let version = tree.get(tree.root(), "openapi").and_then(|node| tree.text(node));
    let is_3_2 = version.is_some_and(|version| version.starts_with("3.2"));
    let mut found = Vec::new();
    let Some(paths) = tree.get(tree.root(), "paths") else { return found };
    let paths = tree.entries(followed(tree, paths).last().copied().unwrap_or(paths));
    for (_, item) in paths.filter(|(path, _)| !path.starts_with("x-")) {
        let items = followed(tree, item);
        let mut seen = BTreeSet::new();
        for item in items {
            for (method, operation) in tree.entries(item) {
                let is_method = METHODS.contains(&method) || (is_3_2 && method == "query");
                if is_method && tree.is_map(operation) && seen.insert(method.to_owned()) {
                    found.push(operation);
                }
            }
            let more = tree.get(item, "additionalOperations").filter(|_| is_3_2);
            let more = more.into_iter().flat_map(|more| tree.entries(more));
            found.extend(more.map(|(_, operation)| operation).filter(|node| tree.is_map(*node)));
        }
    }
    // A reference in place of an operation stands for the one that it leads to.
    found.into_iter().filter_map(|node| followed(tree, node).last().copied()).collect()
}

/// A node, and those that its `$ref`s lead to; no more of them than a document has.
fn followed(tree: &Tree, node: NodeId) -> Vec<NodeId> {
    let mut nodes = vec![node];
    let mut at = node;
    while let Some(target) = tree.get(at, "$ref").and_then(|node| tree.target(node))
        && nodes.len() < 16
    {
        nodes.push(target);
        at = target;
    }
    nodes
}

/// The nodes of `components.schemas`.
fn schemas(tree: &Tree) -> Vec<NodeId> {
    let section = |map: NodeId, name| {
        let node = tree.get(map, name)?;
        followed(tree, node).last().copied()
    };
    let schemas = section(tree.root(), "components").and_then(|all| section(all, "schemas"));
    let schemas = schemas.into_iter().flat_map(|schemas| tree.entries(schemas));
    schemas.filter(|(name, _)| !name.starts_with("x-")).map(|(_, node)| node).collect()
}

/// The name by which the IR knows a node.
fn origin(tree: &Tree, node: NodeId) -> String {
    let (file, pointer) = (tree.file(node), tree.pointer(node));
    match tree.source(file) {
        Some(source) if file != tree.file(tree.root()) => format!("{}#{pointer}", source.path),
        _ => pointer,
    }
}

/// What of the document is in the code, and what is missing there.
pub(super) fn compare(
    tree: &Tree,
    api: Option<&Api>,
    files: &[File],
) -> (Share, Share, Vec<String>) {
    let defined = definitions(files);
    let mut missing = Vec::new();
    let operations_of = |api: &Api| -> HashSet<String> {
        let written =
            api.operations().filter(|operation| defined.contains(plain(&operation.constant)));
        // What stands in an extension of an operation stands for it.
        let at = |origin: &str| match origin.split_once("/x-overloads/") {
            Some((operation, _)) => operation.to_owned(),
            None => origin.to_owned(),
        };
        written.map(|operation| at(&operation.origin)).collect()
    };
    // A type of parts stands for the component that describes them.
    let models_of = |api: &Api| -> HashSet<String> {
        let models = api.items.iter().map(|item| (&item.name, &item.origin));
        let bodies = api.operations().filter_map(|operation| operation.body.as_ref());
        let parts = bodies.flat_map(RequestBody::payloads).filter_map(Payload::parts);
        let types = models.chain(parts.map(|parts| (&parts.name, &parts.origin)));
        let written = types.filter(|(name, _)| defined.contains(plain(name)));
        written.map(|(_, origin)| origin.clone()).collect()
    };
    let mut share = |nodes: Vec<NodeId>, written: HashSet<String>| {
        let mut share = Share { present: 0, stated: nodes.len() };
        for origin in nodes.into_iter().map(|node| origin(tree, node)) {
            if written.contains(&origin) {
                share.present += 1;
            } else {
                missing.push(origin);
            }
        }
        share
    };
    let operations = share(operations(tree), api.map(operations_of).unwrap_or_default());
    let schemas = share(schemas(tree), api.map(models_of).unwrap_or_default());
    (operations, schemas, missing)
}

/// A name without the mark of a raw identifier.
fn plain(name: &Ident) -> &str {
    name.as_str().trim_start_matches("r#")
}

/// What the files define: types, and the descriptors of operations.
fn definitions(files: &[File]) -> HashSet<&str> {
    let mut found = HashSet::new();
    for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
        let mut before = "";
        for word in file.text.split([' ', '\n', '(', '<', ':', ';', '{', '=']) {
            if ["struct", "enum", "type"].contains(&before) {
                found.insert(word.trim_start_matches("r#"));
            }
            before = word;
        }
        found.extend(file.text.lines().filter_map(descriptor));
    }
    found
}

/// The descriptor that a line of `operation!` names: `LOCK: Lock -> Empty, Undocumented;`.
fn descriptor(line: &str) -> Option<&str> {
    let (name, rest) = line.trim_start().split_once(": ")?;
    let (call, _) = rest.split_once(" -> ")?;
    (!call.contains(' ')).then_some(name.trim_start_matches("r#"))
}
