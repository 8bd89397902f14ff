//! Paths: how a template is written.

use std::collections::HashSet;

use super::cx::{Cx, shown};
use crate::diag::At;
use crate::source::NodeId;

/// Paths are templates.
pub(super) fn template(cx: &mut Cx<'_, '_>) {
    for (at, path) in paths(cx) {
        let plain = outside_braces(path);
        let (problem, help) = match plain {
            None => ("has braces that don't pair", "write each parameter as `{name}`"),
            _ if path.contains("{}") => ("has a parameter without a name", "write `{name}`"),
            Some(plain) if plain.contains('?') => {
                ("holds a query", "declare what follows `?` as parameters with `in: query`")
            }
            Some(plain) if plain.contains('#') => {
                ("holds a fragment, which is never sent", "remove what follows `#`")
            }
            Some(plain) if plain.contains(char::is_whitespace) => {
                ("holds white space", "remove it, or write `%20` if the server wants it")
            }
            Some(plain) if plain.contains("//") => {
                ("has an empty segment", "remove one of the two slashes")
            }
            Some(_) => continue,
        };
        cx.say(At::Key(at), format!("the path `{}` {problem}", shown(path))).help(help);
    }
}

/// Paths end alike.
pub(super) fn slash(cx: &mut Cx<'_, '_>) {
    let paths = paths(cx);
    let ends = |path: &str| path.len() > 1 && path.ends_with('/');
    let slashes = paths.iter().filter(|(_, path)| ends(path)).count();
    // Where most paths end so, the vendor means it.
    if slashes * 2 >= paths.len() {
        return;
    }
    for (at, path) in paths.into_iter().filter(|(_, path)| ends(path)) {
        cx.say(At::Key(at), format!("`{}` ends with a slash, unlike most paths", shown(path)))
            .help("check with the vendor's page: with and without it are two addresses");
    }
}

/// The text outside of parameters; none when braces don't pair.
fn outside_braces(path: &str) -> Option<String> {
    let mut plain = String::new();
    let mut inside = false;
    for c in path.chars() {
        match (c, inside) {
            ('{', false) => inside = true,
            ('}', true) => {
                inside = false;
                plain.push('x');
            }
            ('{' | '}', _) => return None,
            (_, true) => {}
            (c, false) => plain.push(c),
        }
    }
    (!inside).then_some(plain)
}

/// Each path once, and where it stands.
pub(super) fn paths<'t>(cx: &Cx<'_, 't>) -> Vec<(NodeId, &'t str)> {
    let mut seen = HashSet::new();
    let all = cx.spec.operations.iter().map(|operation| (operation.path_at, operation.path));
    all.filter(|(at, _)| seen.insert(*at)).collect()
}
