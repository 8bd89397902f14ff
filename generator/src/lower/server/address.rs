//! The address of a server with the defaults of its variables, and whether requests can go there.

use super::super::cx::Cx;
use crate::diag::{At, Code};
use crate::spec::Server;

/// The address without a slash at its end.
pub(super) fn filled(server: &Server<'_>) -> String {
    filled_but(server, &[])
}

/// The same, but for these variables, which stay.
pub(super) fn filled_but(server: &Server<'_>, open: &[&str]) -> String {
    let (mut url, mut rest) = (String::new(), server.url);
    while let Some((text, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        join(&mut url, text);
        let mut closed = server.variables.iter().filter(|it| !open.contains(&it.name));
        match closed.find(|variable| variable.name == name) {
            Some(variable) => join(&mut url, variable.default.unwrap_or_default()),
            None => url.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    join(&mut url, rest);
    url.truncate(url.trim_end_matches('/').len());
    url
}

/// Puts text behind an address: of two slashes that meet in its path, one is enough.
fn join(url: &mut String, text: &str) {
    let has_path = url.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    if has_path && text.starts_with('/') {
        url.truncate(url.trim_end_matches('/').len());
    }
    url.push_str(text);
}

/// Reports the address of a server that no request can be sent to: each user would have to give another.
pub(super) fn check(cx: &mut Cx<'_, '_>, server: &Server<'_>, url: &str) {
    let Some((reason, help)) = unsendable(url) else { return };
    let at = cx.spec.tree.get(server.at, "url").unwrap_or(server.at);
    cx.sink
        .warning(Code::Degraded, At::Node(at), format!("no request can be sent there: {reason}"))
        .help(help);
}

/// What is wrong with an absolute address, and what to write.
fn unsendable(url: &str) -> Option<(&'static str, &'static str)> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        Some(("the address isn't one of HTTP", "write an address that begins with `https://`"))
    } else if host.contains('@') {
        Some(("a user or password stands in it", "describe the credential by a security scheme"))
    } else if !host.is_ascii() {
        // RFC 5890, section 2.3.2.1: an A-label is what DNS knows the name by.
        Some((
            "its host isn't ASCII",
            "write the host as DNS has it, with labels such as `xn--bcher-kva`",
        ))
    } else if rest.contains(['?', '#']) {
        Some(("it has a query or a fragment", "describe the query by parameters"))
    } else {
        None
    }
}
