//! Schema objects (JSON Schema 2020-12, as OpenAPI 3.1 takes it).

mod keyword;
mod kind;
mod listed;
mod rare;

use super::super::levels::openapi30::{Old, level};
use super::super::model::{Schema, SchemaId};
use super::super::version::Version;
use super::cx::Cx;
use crate::diag::Code;
use crate::source::NodeId;

/// The schema at a node, as it is on the way from the schema that is being read. It waits in the queue until
/// [`drain`] reads it.
pub(in super::super) fn id(cx: &mut Cx<'_, '_>, node: NodeId) -> SchemaId {
    let scope = cx.scopes.of(cx.tree, node);
    if scope.is_empty() {
        return plain(cx, node);
    }
    if let Some(id) = cx.scopes.get(node, &scope) {
        return id;
    }
    if !cx.scopes.has_room() {
        cx.sink
            .warning(
                Code::Degraded,
                node,
                "too many meanings of its `$dynamicRef`s; the usual one is taken here",
            )
            .help("refer to the schemas that are meant with `$ref`");
        return plain(cx, node);
    }
    let id = add(cx, Schema { at: node, ..Schema::default() });
    cx.scopes.put(node, scope, id);
    id
}

/// The schema at a node by itself.
fn plain(cx: &mut Cx<'_, '_>, node: NodeId) -> SchemaId {
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
            cx.scopes.enter(cx.tree, id, at);
            cx.schemas[id.0 as usize] = read(cx, at);
        }
    }
    cx.scopes.leave();
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
    listed::settle(cx, &mut schema);
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
    let (version, help) = match cx.version(node) {
        Version::V2 => ("Swagger 2.0", "write `allOf` with the reference and the rest"),
        _ => {
            let help = "write `allOf` with the reference and the rest, or state `openapi: 3.1.0`";
            ("OpenAPI 3.0", help)
        }
    };
    let message = format!("`{key}` beside `$ref` is ignored in {version}");
    cx.sink.warning(Code::IgnoredSibling, crate::diag::At::Key(node), message).help(help);
}

/// Cuts references, and parts of `allOf`, that lead back to the schema itself.
///
/// A schema that has to be what it is itself says nothing by it, so that nothing is lost; but one
/// that is a reference and nothing else describes nothing.
pub(super) fn break_cycles(cx: &mut Cx<'_, '_>) {
    let mut states = vec![State::New; cx.schemas.len()];
    let mut path: Vec<Step> = Vec::new();
    for start in 0..cx.schemas.len() {
        if states[start] == State::New {
            path.push(Step { schema: start, part: 0 });
        }
        while let Some(&step) = path.last() {
            states[step.schema] = State::Open;
            let target = part(&cx.schemas[step.schema], step.part);
            let is_cycle = target.is_some_and(|target| states[target] == State::Open);
            if let Some(target) = target.filter(|_| is_cycle) {
                let first = path.iter().position(|step| step.schema == target).unwrap_or(0);
                cut(cx, &path[first..]);
                continue;
            }
            if let Some(last) = path.last_mut() {
                last.part += 1;
            }
            match target {
                Some(target) if states[target] == State::New => {
                    path.push(Step { schema: target, part: 0 });
                }
                Some(_) => {}
                None => {
                    states[step.schema] = State::Done;
                    path.pop();
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// A schema on the way, and the part of it that comes next.
#[derive(Clone, Copy)]
struct Step {
    schema: usize,
    part: usize,
}

/// The schemas that a schema has to be: its reference, then the parts of its `allOf`.
fn part(schema: &Schema<'_>, index: usize) -> Option<usize> {
    let id = match (schema.reference, index) {
        (Some(reference), 0) => Some(reference),
        (Some(_), _) => schema.all_of.get(index - 1).copied(),
        (None, _) => schema.all_of.get(index).copied(),
    };
    id.map(|id| id.0 as usize)
}

/// Cuts the last step of a circle.
fn cut(cx: &mut Cx<'_, '_>, circle: &[Step]) {
    // Every step but the last counts the part after the one that was taken.
    let is_bare = circle.iter().enumerate().all(|(position, step)| {
        let taken = step.part - usize::from(position + 1 < circle.len());
        cx.schemas[step.schema].reference.is_some() && taken == 0
    });
    let Some(last) = circle.last() else { return };
    let schema = &mut cx.schemas[last.schema];
    let key = match (schema.reference, last.part) {
        (Some(_), 0) => {
            schema.reference = None;
            "$ref"
        }
        (reference, part) => {
            schema.all_of.remove(part - usize::from(reference.is_some()));
            "allOf"
        }
    };
    let at = schema.at;
    let at = cx.tree.get(at, key).unwrap_or(at);
    if is_bare {
        cx.sink
            .error(Code::RefCycle, at, "this reference leads back to itself")
            .help("let one of the schemas describe what is meant");
    } else {
        cx.sink
            .warning(Code::RefCycle, at, "by `allOf`, this schema is part of itself")
            .help("remove the part that leads back: it says nothing");
    }
}
