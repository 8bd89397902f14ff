//! Schema objects (JSON Schema 2020-12, as OpenAPI 3.1 takes it).

mod keyword;
mod rare;

use super::super::levels::openapi30::{Old, level};
use super::super::model::{Schema, SchemaId};
use super::super::version::Version;
use super::cx::Cx;
use crate::diag::Code;
use crate::source::NodeId;

/// The schema at a node. It waits in the queue until [`drain`] reads it.
pub(in super::super) fn id(cx: &mut Cx<'_, '_>, node: NodeId) -> SchemaId {
    if let Some(id) = cx.schema_of.get(node.index()).copied().flatten() {
        return id;
    }
    let id = add(cx, Schema { at: node, ..Schema::default() });
    if let Some(slot) = cx.schema_of.get_mut(node.index()) {
        *slot = Some(id);
    }
    id
}

/// A schema that no node is, such as what is left of one that `null` was added to.
pub(in super::super) fn make<'t>(cx: &mut Cx<'t, '_>, schema: Schema<'t>) -> SchemaId {
    let id = add(cx, schema);
    cx.made.insert(id);
    id
}

fn add<'t>(cx: &mut Cx<'t, '_>, schema: Schema<'t>) -> SchemaId {
    let id = SchemaId(cx.schemas.len() as u32);
    cx.schemas.push(schema);
    id
}

/// Reads every schema that was asked for, and those that they ask for.
pub(super) fn drain(cx: &mut Cx<'_, '_>) {
    while cx.schemas_read < cx.schemas.len() {
        let id = SchemaId(cx.schemas_read as u32);
        cx.schemas_read += 1;
        if !cx.made.contains(&id) {
            let at = cx.schemas[id.0 as usize].at;
            cx.schemas[id.0 as usize] = read(cx, at);
        }
    }
}

fn read<'t>(cx: &mut Cx<'t, '_>, at: NodeId) -> Schema<'t> {
    let mut schema = Schema { at, ..Schema::default() };
    if !cx.tree.is_map(at) {
        schema.always = cx.tree.bool(at);
        if schema.always.is_none() {
            cx.wrong_kind(at, "schema", "a map, true or false");
        }
        return schema;
    }
    let mut old = Old::default();
    let is_bare = cx.version(at) <= Version::V3_0 && cx.tree.get(at, "$ref").is_some();
    for (key, node) in cx.tree.entries(at) {
        if is_bare && !BESIDE_REF.contains(&key) {
            ignored(cx, key, node);
        } else {
            keyword::read(cx, &mut schema, &mut old, key, node);
        }
    }
    level(cx, schema, old)
}

/// What is honoured beside a `$ref` of OpenAPI 3.0, although that version says that nothing is:
/// what describes, and what says who may send it or leave it null. Authors mean these.
const BESIDE_REF: [&str; 12] = [
    "$ref",
    "title",
    "description",
    "nullable",
    "x-nullable",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
    "example",
    "examples",
    "x-deprecated",
];

/// Keywords that say nothing new beside a `$ref`, or nothing about values.
const HARMLESS: [&str; 4] = ["type", "xml", "externalDocs", "summary"];

fn ignored(cx: &mut Cx<'_, '_>, key: &str, node: NodeId) {
    if HARMLESS.contains(&key) || key.starts_with("x-") {
        return;
    }
    let message = format!("`{key}` beside `$ref` is ignored in OpenAPI 3.0");
    cx.sink
        .warning(Code::IgnoredSibling, crate::diag::At::Key(node), message)
        .help("write `allOf` with the reference and the rest, or state `openapi: 3.1.0`");
}

/// Cuts references that lead back to themselves.
pub(super) fn break_cycles(cx: &mut Cx<'_, '_>) {
    // 0: not visited; otherwise the number of the walk that came by.
    let mut visited = vec![0_u32; cx.schemas.len()];
    for start in 0..cx.schemas.len() {
        let walk = start as u32 + 1;
        let mut at = start;
        while visited[at] == 0 {
            visited[at] = walk;
            let Some(next) = cx.schemas[at].reference else { break };
            if visited[next.0 as usize] == walk {
                cut(cx, at);
                break;
            }
            at = next.0 as usize;
        }
    }
}

fn cut(cx: &mut Cx<'_, '_>, at: usize) {
    cx.schemas[at].reference = None;
    let node = cx.schemas[at].at;
    let reference = cx.tree.get(node, "$ref").unwrap_or(node);
    cx.sink
        .error(Code::RefCycle, reference, "this reference leads back to itself")
        .help("let one of the schemas describe what is meant");
}
