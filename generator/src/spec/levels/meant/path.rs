//! Paths that name their parameters as web frameworks do: `:id`, `<id>`, `[id]`, `{{id}}`.

use super::super::make;
use super::super::rewrite::Rewrite;
use super::super::swagger2::operation::listed;
use super::operations;
use crate::diag::{At, Code};
use crate::source::{Key, NodeId};
use std::collections::HashSet;

/// Writes such names in braces, whether a parameter is declared so or not: what a server has there in
/// place of one, such as the verb `/:batch`, can be given as its value.
pub(super) fn respell(rewrite: &mut Rewrite<'_>, root: NodeId) {
    let Some(paths) = rewrite.tree.get(root, "paths") else { return };
    let paths = make::follow(rewrite.tree, paths).unwrap_or(paths);
    let stated: Vec<String> = rewrite.tree.entries(paths).map(|(key, _)| key.to_owned()).collect();
    let mut taken: HashSet<String> = stated.iter().cloned().collect();
    let mut entries: Vec<(Key, NodeId)> = rewrite.tree.keyed(paths);
    let mut is_changed = false;
    for (path, (key, item)) in stated.iter().zip(&mut entries) {
        if path.contains("{{") || ["/:", "/<", "/["].iter().any(|start| path.contains(start)) {
            let respelled = in_braces(path);
            // Beside the path with braces, it is left as it stands: nothing may be lost.
            if respelled != *path && taken.insert(respelled.clone()) {
                report(rewrite, *item, path, &respelled);
                *key = rewrite.tree.new_key(&respelled);
                is_changed = true;
            }
        }
    }
    if is_changed {
        rewrite.tree.replace_map(paths, &entries);
    }
}

/// Tells of each segment that is read otherwise than it is written. A name that is declared nowhere
/// becomes a parameter of the path: the document says nothing wrong.
fn report(rewrite: &mut Rewrite<'_>, item: NodeId, path: &str, respelled: &str) {
    let declared = declared(rewrite, item);
    for (segment, meant) in path.split('/').zip(respelled.split('/')) {
        if segment == meant {
            continue;
        }
        let message = format!("`{segment}` in a path is read as `{meant}`");
        let new = bare_name(segment).filter(|name| !declared.contains(*name));
        if let Some(name) = new {
            let help = format!("declare the parameter, and write `{meant}`");
            rewrite.sink.note(Code::UnknownValue, At::Key(item), message).help(help);
            declare(rewrite, item, name);
        } else {
            let help = format!("write `{meant}`: OpenAPI has no other names in a path");
            rewrite.sink.warning(Code::UnknownValue, At::Key(item), message).help(help);
        }
    }
}

/// Adds a text of this name to the parameters that all operations of a path have.
fn declare(rewrite: &mut Rewrite<'_>, item: NodeId, name: &str) {
    if rewrite.tree.get(item, "$ref").is_some() {
        return;
    }
    let (mut schema, mut parameter, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    make::put_text(rewrite, "type", item, "string", &mut schema);
    let schema = rewrite.tree.make_map(item, &schema);
    make::put_text(rewrite, "name", item, name, &mut parameter);
    make::put_text(rewrite, "in", item, "path", &mut parameter);
    make::put_bool(rewrite, "required", item, true, &mut parameter);
    make::put(rewrite, "schema", schema, &mut parameter);
    let parameter = rewrite.tree.make_map(item, &parameter);
    let stated = rewrite.tree.get(item, "parameters").unwrap_or(NodeId::NULL);
    let all: Vec<NodeId> = rewrite.tree.items(stated).iter().copied().chain([parameter]).collect();
    let list = rewrite.tree.make_list(item, &all);
    make::put(rewrite, "parameters", list, &mut entries);
    make::replace(rewrite, item, &[&["parameters"]], entries);
}

/// The path with every name in braces.
fn in_braces(path: &str) -> String {
    let meant = |segment| match bare_name(segment) {
        Some(name) => format!("{{{name}}}"),
        None => without_doubled(segment),
    };
    path.split('/').map(meant).collect::<Vec<_>>().join("/")
}

/// The name in `:id`, `<id>`, `<int:id>` or `[id]`.
fn bare_name(segment: &str) -> Option<&str> {
    let within = |open, close| segment.strip_prefix(open)?.strip_suffix(close);
    let name = segment
        .strip_prefix(':')
        .or_else(|| within('<', '>').map(|name| name.rsplit(':').next().unwrap_or(name)))
        .or_else(|| within('[', ']'))?;
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!name.is_empty() && name.chars().all(is_of_name)).then_some(name)
}

/// `{{id}}` as `{id}`.
fn without_doubled(segment: &str) -> String {
    let mut single = String::new();
    let mut rest = segment;
    while let Some((before, name, after)) = doubled(rest) {
        single.push_str(before);
        single.push_str(&format!("{{{name}}}"));
        rest = after;
    }
    single + rest
}

/// The first name in two pairs of braces, and what stands before and after it.
fn doubled(text: &str) -> Option<(&str, &str, &str)> {
    let (before, tail) = text.split_once("{{")?;
    let (name, after) = tail.split_once("}}")?;
    (!name.contains(['{', '}'])).then_some((before, name, after))
}

/// Names of the parameters of the path that its operations declare.
fn declared(rewrite: &Rewrite<'_>, item: NodeId) -> HashSet<String> {
    let base = make::follow(rewrite.tree, item).unwrap_or(item);
    let mut names = HashSet::new();
    for item in [item, base] {
        let operations = operations(rewrite.tree, item).into_iter();
        let operations = operations.filter_map(|node| make::follow(rewrite.tree, node));
        for parameter in operations.chain([item]).flat_map(|object| listed(rewrite, object)) {
            let text = |key| make::text(rewrite.tree, parameter, key);
            names.extend(text("name").filter(|_| text("in") == Some("path")).map(str::to_owned));
        }
    }
    names
}
