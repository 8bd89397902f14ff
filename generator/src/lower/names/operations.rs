//! Names of operations, their parameters, and the enums of their replies.

use std::collections::HashSet;

use super::super::address::is_version;
use super::super::cx::Cx;
use super::client::subject;
use super::payloads;
use super::scope::Scope;
use super::words::{begin_a_name, camel, is_plain, snake, words};
use crate::config::Repeated;
use crate::diag::{At, Code};
use crate::source::NodeId;
use tenon_ir as ir;

/// Methods that every call has.
const CALL: [&str; 8] =
    ["send", "customize", "into_future", "into_call", "clone", "call", "new", "content_type"];

/// Methods that the handle of every group has, and those of traits that would be called in place of
/// its own: they take it by value.
const GROUP: [&str; 4] = ["new", "clone", "into", "try_into"];

/// Names the operations of every group.
pub(super) fn assign(api: &mut ir::Api, cx: &mut Cx<'_, '_>) {
    let nodes: Vec<NodeId> = cx.calls.iter().map(|call| call.at).collect();
    let mut nodes = nodes.into_iter();
    let shared = shared_ids(cx);
    let models = api.items.iter().map(|item| item.name.as_str().to_owned()).collect();
    for group in &mut api.groups {
        let tag = words(&group.tag);
        let tag = [tag.as_slice(), subject(&group.tag, &tag)];
        let mut methods = Scope::with(&GROUP);
        let mut types = Scope::with(&["Self", group.type_name.as_str()]);
        for (operation, at) in group.operations.iter_mut().zip(&mut nodes) {
            let own = match cx.config.names.get(&operation.id) {
                Some(name) => words(name),
                None => below(&tag, words(&operation.name.0)),
            };
            // Of functions that are called alike, the others are known by what the id adds.
            let own = match cx.handlers.whole(at) {
                Some(whole) if !methods.is_free(&snake(&own)) => below(&tag, words(whole)),
                _ => own,
            };
            let is_only = !shared.contains(operation.id.as_str());
            method(cx, &mut methods, operation, (at, is_only), &snake(&own));
            let builder = camel(&own);
            operation.type_name = types.take(&[builder.clone(), format!("{builder}Call")]);
            outcome(&mut operation.success, &mut types, &builder, "Reply");
            outcome(&mut operation.failure, &mut types, &builder, "Error");
            if let Some(stream) = &mut operation.stream {
                outcome(stream, &mut types, &builder, "Stream");
            }
            if let Some(body) = &mut operation.body {
                payloads::assign(body, &mut types, &models, &builder);
            }
            params(operation);
        }
        if cx.config.repeated == Repeated::Shared {
            share(group);
        }
        constants(group, types);
    }
}

fn method(
    cx: &mut Cx<'_, '_>,
    methods: &mut Scope,
    operation: &mut ir::Operation,
    (at, is_only): (NodeId, bool),
    name: &str,
) {
    let clash = !methods.is_free(name) && !GROUP.contains(&name);
    operation.name = methods.take(&[name.to_owned(), format!("{name}_operation")]);
    // An id that another operation has too is an error of its own.
    if clash && is_only {
        cx.sink
            .note(
                Code::NameClash,
                At::Node(at),
                format!("`{name}` is taken; this method is called `{}`", operation.name.as_str()),
            )
            .help(format!("name it in the configuration: `names: {{ \"{}\": … }}`", operation.id));
    }
}

/// The ids that several operations have.
fn shared_ids<'a>(cx: &Cx<'_, 'a>) -> HashSet<&'a str> {
    let mut known = HashSet::new();
    cx.spec.operations.iter().filter_map(|it| it.id).filter(|id| !known.insert(*id)).collect()
}

/// Names the descriptors. A call is a tuple struct, whose name is that of a function as well.
fn constants(group: &mut ir::Group, types: Scope) {
    let mut statics = types;
    for operation in &mut group.operations {
        let name = operation.name.as_str().trim_start_matches("r#");
        operation.constant =
            statics.take(&[name.to_uppercase(), format!("{}_OPERATION", name.to_uppercase())]);
    }
}

/// The words without those of the tag, or of what it is about, which the method is called on, and without what
/// frameworks call the class of its handlers: `UsersController_findAll`. No name begins with a number, such as
/// what frameworks add to a name that is taken: `search_1`, or is a version: `search_v2`.
fn below(tag: &[&[String]; 2], words: Vec<String>) -> Vec<String> {
    let says = |rest: &[String]| begin_a_name(rest) && !rest.iter().all(|word| is_version(word));
    match tag.iter().find_map(|tag| words.strip_prefix(*tag)) {
        Some([class, rest @ ..]) if class == "controller" && says(rest) => rest.to_vec(),
        Some(rest) if says(rest) => rest.to_vec(),
        _ => words,
    }
}

fn outcome(outcome: &mut ir::Outcome, types: &mut Scope, operation: &str, suffix: &str) {
    match outcome {
        ir::Outcome::None | ir::Outcome::One(_) => {}
        ir::Outcome::Many { name, cases, .. } => {
            *name = types.take(&[format!("{operation}{suffix}")]);
            let mut variants = Scope::default();
            for case in cases {
                case.name = variants.take(&[camel(&words(&case.name.0))]);
            }
        }
    }
}

/// Makes aliases of the enums of errors that a module has already.
fn share(group: &mut ir::Group) {
    let mut known: Vec<(Option<usize>, ir::Ident, Vec<ir::Case>)> = Vec::new();
    for operation in &mut group.operations {
        let ir::Outcome::Many { name, cases, same } = &mut operation.failure else { continue };
        match known.iter().find(|(part, _, other)| *part == operation.part && other == cases) {
            Some((_, other, _)) => *same = Some(other.clone()),
            None => known.push((operation.part, name.clone(), cases.clone())),
        }
    }
}

fn params(operation: &mut ir::Operation) {
    let mut scope = Scope::with(&CALL);
    if operation.stream.is_some() {
        scope.insert("stream");
    }
    if operation.paging.is_some() {
        scope.insert("pages");
        scope.insert("items");
    }
    if let Some(body) = &mut operation.body {
        body.name = scope.take(&["body".to_owned()]);
    }
    // Of those that consist of the same words, the one that is written like that has the name.
    let (plain, signed): (Vec<_>, Vec<_>) =
        operation.params.iter_mut().partition(|param| is_plain(&param.wire));
    for param in plain.into_iter().chain(signed) {
        let name = snake(&words(&param.wire));
        let place = match param.place {
            ir::Place::Path => "path",
            ir::Place::Query => "query",
            ir::Place::Header => "header",
            ir::Place::Cookie => "cookie",
        };
        param.name = scope.take(&[name.clone(), format!("{name}_{place}")]);
    }
    for label in operation.body.iter_mut().flat_map(|body| &mut body.labels) {
        let media = words(label.name.as_str().trim_start_matches("application/"));
        label.name = scope.take(&[format!("sent_as_{}", snake(&media))]);
    }
}
