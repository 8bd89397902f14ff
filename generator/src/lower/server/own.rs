//! Servers of an operation or path, which its requests go to instead of those of the document.
//!
//! What the caller says about the server holds for them too: their variables are variables of the
//! client, and where they are as many as those of the document, each stands for the one in its place.

use super::super::cx::Cx;
use super::{address, declared, is_same, template, values, variable};
use crate::diag::{At, Code};
use crate::spec::Server;
use tenon_ir as ir;

/// The base addresses of an operation with servers of its own.
pub(in super::super) fn servers(
    cx: &mut Cx<'_, '_>,
    servers: &[Server<'_>],
) -> Vec<Vec<ir::Segment>> {
    let Some(first) = servers.first() else { return Vec::new() };
    if !is_absolute(first) {
        cx.sink
            .warning(
                Code::Degraded,
                At::Node(first.at),
                "the server of this operation has no host, and is left out",
            )
            .help("write its whole address; the operation is sent to the server of the document");
        return Vec::new();
    }
    let is_each = servers.len() == cx.spec.servers.len() && servers.iter().all(is_absolute);
    let used = if is_each { servers } else { &servers[..1] };
    if let Some(other) = servers.get(used.len()) {
        cx.sink
            .note(
                Code::Degraded,
                At::Node(other.at),
                "only the first server of this operation is used, whichever the caller chooses",
            )
            .help("list as many as the document has: each then stands for the one in its place");
    }
    used.iter().map(|server| one(cx, server)).collect()
}

fn is_absolute(server: &Server<'_>) -> bool {
    address::filled(server).contains("://")
}

fn one(cx: &mut Cx<'_, '_>, server: &Server<'_>) -> Vec<ir::Segment> {
    address::check(cx, server, &address::filled(server));
    let mut open: Vec<(String, usize)> = Vec::new();
    for declared in declared(server) {
        let lowered = variable(cx, declared);
        match cx.variables.iter().position(|known| known.wire == declared.name) {
            None => {
                open.push((declared.name.to_owned(), cx.variables.len()));
                cx.variables.push(lowered);
            }
            Some(index) if takes(&lowered, &cx.variables[index]) => {
                open.push((declared.name.to_owned(), index));
            }
            Some(_) => fixed(cx, &lowered, At::Node(declared.at)),
        }
    }
    // What isn't declared here may be where the document's own servers are.
    for (index, known) in cx.variables.iter().enumerate() {
        let is_declared = server.variables.iter().any(|declared| declared.name == known.wire);
        if !is_declared && server.url.contains(&format!("{{{}}}", known.wire)) {
            open.push((known.wire.clone(), index));
        }
    }
    open.iter().for_each(|(_, index)| cx.variables[*index].of_operations = true);
    let names: Vec<&str> = open.iter().map(|(name, _)| name.as_str()).collect();
    let url = address::filled_but(server, &names);
    template(cx, server, &url, |_, name| {
        open.iter().find(|(known, _)| known == name).map(|(_, index)| ir::Segment::Param(*index))
    })
}

/// The variable of an operation's server may be what the caller sets for the known one.
fn takes(own: &ir::Variable, known: &ir::Variable) -> bool {
    is_same(own, known) || (own.default == known.default && values(own).is_empty())
}

fn fixed(cx: &mut Cx<'_, '_>, own: &ir::Variable, at: At) {
    cx.sink
        .note(
            Code::Degraded,
            at,
            format!(
                "`{}` has another default or other values here than in another server, and stays `{}`",
                own.wire,
                own.default.as_deref().unwrap_or_default()
            ),
        )
        .help("give it another name, and the client has a setter for each");
}
