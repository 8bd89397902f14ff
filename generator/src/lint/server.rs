//! Servers: that there is one, and how its address is written.

use super::cx::{Cx, shown};
use crate::diag::At;
use crate::source::NodeId;
use crate::spec::Server;

/// The document names a server.
pub(super) fn missing(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let is_without = spec.servers.is_empty() && !spec.operations.is_empty();
    if is_without && spec.operations.iter().any(|operation| operation.servers.is_empty()) {
        cx.say(At::Key(spec.info.at), "the document names no server")
            .help("add `servers` with the vendor's address, or each user has to give it");
    }
}

/// Addresses don't end with a slash.
pub(super) fn slash(cx: &mut Cx<'_, '_>) {
    for (at, url) in urls(cx) {
        if url.len() > 1 && url.ends_with('/') {
            cx.say(at, "the address ends with a slash, and each path begins with one")
                .help("remove the slash at the end");
        }
    }
}

/// Addresses are the vendor's.
pub(super) fn placeholder(cx: &mut Cx<'_, '_>) {
    for (at, url) in urls(cx) {
        let host = url.split_once("://").map_or("", |(_, rest)| rest);
        let host = host.split(['/', ':', '?']).next().unwrap_or_default();
        let is_example = ["example.com", "example.org", "example.net"]
            .iter()
            .any(|name| host == *name || host.ends_with(&format!(".{name}")));
        if is_example || ["localhost", "127.0.0.1", "0.0.0.0"].contains(&host) {
            cx.say(at, format!("`{}` isn't the address of the vendor", shown(url))).help(
                "write the vendor's address; where each customer has another, use a variable \
                 with `x-required: true`",
            );
        }
    }
}

/// Variables are used, and their default is one of their values.
pub(super) fn variable(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for server in servers(spec) {
        for variable in &server.variables {
            let name = variable.name;
            let values = cx.tree.get(variable.at, "enum");
            if !server.url.contains(&format!("{{{name}}}")) {
                cx.say(At::Key(variable.at), format!("the address doesn't name `{name}`"))
                    .help(format!("write `{{{name}}}` in `url`, or remove the variable"));
            }
            if values.is_some() && variable.values.is_empty() {
                cx.say(At::Key(values.unwrap_or(variable.at)), format!("`{name}` has no values"))
                    .help("list the values, or remove `enum`");
            }
            let default = variable.default.filter(|_| !variable.values.is_empty());
            if let Some(default) = default.filter(|it| !variable.values.contains(it)) {
                let at = cx.tree.get(variable.at, "default").unwrap_or(variable.at);
                cx.say(at, format!("`{}` isn't one of the listed values", shown(default)))
                    .help("add it to `enum`, or choose another default");
            }
        }
    }
}

fn servers<'s, 't>(spec: &'s crate::spec::Spec<'t>) -> impl Iterator<Item = &'s Server<'t>> {
    let own = spec.operations.iter().flat_map(|operation| &operation.servers);
    spec.servers.iter().chain(own)
}

/// Addresses, and where they stand.
fn urls<'t>(cx: &Cx<'_, 't>) -> Vec<(NodeId, &'t str)> {
    let at = |server: &Server<'t>| cx.tree.get(server.at, "url").unwrap_or(server.at);
    servers(cx.spec).map(|server| (at(server), server.url)).collect()
}
