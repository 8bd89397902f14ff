//! Paths that name their parameters as web frameworks do: `:id`, `<id>`, `[id]`, `{{id}}`.

use super::super::make;
use super::super::rewrite::Rewrite;
use super::super::swagger2::operation::listed;
use super::operations;
use crate::diag::{At, Code};
use crate::source::{Key, NodeId};
use std::collections::HashSet;

/// Writes such names in braces. Without braces, a segment is a name where a parameter of the path is
/// declared so: the `/:batch` of others is none.
pub(super) fn respell(rewrite: &mut Rewrite<'_>, root: NodeId) {
    let Some(paths) = rewrite.tree.get(root, "paths") else { return };
    let paths = make::follow(rewrite.tree, paths).unwrap_or(paths);
    let stated: Vec<String> = rewrite.tree.entries(paths).map(|(key, _)| key.to_owned()).collect();
    let mut entries: Vec<(Key, NodeId)> = rewrite.tree.keyed(paths);
    let mut is_changed = false;
    for (path, (key, item)) in stated.iter().zip(&mut entries) {
        if path.contains("{{") || ["/:", "/<", "/["].iter().any(|start| path.contains(start)) {
            let respelled = in_braces(rewrite, *item, path);
            if respelled != *path {
                *key = rewrite.tree.new_key(&respelled);
                is_changed = true;
            }
        }
    }
    if is_changed {
        rewrite.tree.replace_map(paths, &entries);
    }
}

/// The path with every name in braces. What is read otherwise than it is written is told of, and so
/// is what only looks like a name.
fn in_braces(rewrite: &mut Rewrite<'_>, item: NodeId, path: &str) -> String {
    let declared = declared(rewrite, item);
    let mut segments = Vec::new();
    for segment in path.split('/') {
        let name = bare_name(segment);
        let meant = match name {
            Some(name) if declared.contains(name) => format!("{{{name}}}"),
            Some(_) => segment.to_owned(),
            None => without_doubled(segment),
        };
        if meant != segment {
            let message = format!("`{segment}` in a path is read as `{meant}`");
            let help = format!("write `{meant}`: OpenAPI has no other names in a path");
            rewrite.sink.warning(Code::UnknownValue, At::Key(item), message).help(help);
        } else if let Some(name) = name {
            let message = format!("`{segment}` in a path is sent as it stands");
            let help = format!("if it is a parameter, declare it, and write `{{{name}}}`");
            rewrite.sink.note(Code::UnknownValue, At::Key(item), message).help(help);
        }
        segments.push(meant);
    }
    segments.join("/")
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
