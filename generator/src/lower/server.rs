//! Servers, their variables, and the call limits of the vendor.

use super::cx::Cx;
use super::{docs, value};
use crate::diag::{At, Code};
use crate::spec::{Server, ServerVariable};
use tenon_ir as ir;

mod address;

/// The servers, and every variable of them once.
pub(super) fn servers(cx: &mut Cx<'_, '_>) -> (Vec<ir::Server>, Vec<ir::Variable>) {
    let spec = cx.spec;
    let mut variables: Vec<ir::Variable> = Vec::new();
    let mut servers = Vec::new();
    for (index, server) in spec.servers.iter().enumerate() {
        let mut declared: Vec<&ServerVariable<'_>> = server.variables.iter().collect();
        // In the order of the address, whatever that of the keys is.
        let position = |name: &str| server.url.find(&format!("{{{name}}}")).unwrap_or(usize::MAX);
        declared.sort_by_key(|one| (position(one.name), one.name));
        for declared in declared {
            let lowered = variable(cx, declared);
            match variables.iter().find(|known| known.wire == declared.name) {
                Some(known) => same_variable(cx, known, &lowered, declared),
                None => variables.push(lowered),
            }
        }
        address::check(cx, server, &address::filled(server));
        let name = server.name.map_or_else(|| format!("server {}", index + 1), str::to_owned);
        servers.push(ir::Server {
            name: ir::Ident(name),
            url: template(cx, server, &variables),
            docs: docs::described(cx, server.at, server.description),
        });
    }
    if servers.is_empty() {
        servers.push(ir::Server {
            name: ir::Ident("server".to_owned()),
            url: vec![ir::Segment::Text("/".to_owned())],
            docs: ir::Docs::default(),
        });
    }
    (servers, variables)
}

fn variable(cx: &mut Cx<'_, '_>, declared: &ServerVariable<'_>) -> ir::Variable {
    let placeholder = value::flag(cx, declared.at, "x-required");
    let names = value::texts(cx, declared.at, "x-enum-varnames");
    let texts = value::texts(cx, declared.at, "x-enum-descriptions");
    let choice = |(index, wire): (usize, &&str)| ir::EnumVariant {
        name: ir::Ident(names.get(index).cloned().unwrap_or_else(|| (*wire).to_owned())),
        wire: (*wire).to_owned(),
        docs: ir::Docs { summary: texts.get(index).cloned(), ..ir::Docs::default() },
    };
    let variants: Vec<ir::EnumVariant> = declared.values.iter().enumerate().map(choice).collect();
    ir::Variable {
        name: ir::Ident(declared.name.to_owned()),
        wire: declared.name.to_owned(),
        default: declared.default.filter(|_| !placeholder).map(str::to_owned),
        choices: (!variants.is_empty())
            .then(|| ir::Choices { name: ir::Ident(declared.name.to_owned()), variants }),
        docs: docs::described(cx, declared.at, declared.description),
    }
}

/// Servers share their variables: one setter, one default, one set of values.
fn same_variable(
    cx: &mut Cx<'_, '_>,
    known: &ir::Variable,
    other: &ir::Variable,
    declared: &ServerVariable<'_>,
) {
    let values = |variable: &ir::Variable| {
        let choices = variable.choices.iter().flat_map(|choices| &choices.variants);
        choices.map(|choice| choice.wire.clone()).collect::<Vec<_>>()
    };
    if known.default != other.default || values(known) != values(other) {
        cx.sink
            .warning(
                Code::Degraded,
                At::Node(declared.at),
                format!("another server declares `{}` with another default or other values", known.wire),
            )
            .help("the client has one setter for both, and the first declaration holds; give one of them another name");
    }
}

/// The pieces of a server template; a trailing slash is left out, as paths begin with one.
fn template(
    cx: &mut Cx<'_, '_>,
    server: &Server<'_>,
    variables: &[ir::Variable],
) -> Vec<ir::Segment> {
    let mut segments = Vec::new();
    let mut rest = server.url.trim_end_matches('/');
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            report(cx, server, "a brace of the address isn't closed".to_owned());
            break;
        };
        if !before.is_empty() {
            segments.push(ir::Segment::Text(before.to_owned()));
        }
        match variables.iter().position(|known| known.wire == name) {
            Some(index) => segments.push(ir::Segment::Param(index)),
            None => {
                report(cx, server, format!("the server variable `{name}` isn't declared"));
                segments.push(ir::Segment::Text(format!("{{{name}}}")));
            }
        }
        rest = after;
    }
    if !rest.is_empty() || segments.is_empty() {
        segments.push(ir::Segment::Text(rest.to_owned()));
    }
    segments
}

fn report(cx: &mut Cx<'_, '_>, server: &Server<'_>, message: String) {
    let at = cx.spec.tree.get(server.at, "url").unwrap_or(server.at);
    cx.sink
        .warning(Code::UndeclaredVariable, At::Node(at), message)
        .help("declare each variable under `variables` with a `default`; the text stands as it is");
}

/// The base address of an operation with servers of its own, defaults filled in.
pub(super) fn own_server(cx: &mut Cx<'_, '_>, servers: &[Server<'_>]) -> Option<String> {
    let server = servers.first()?;
    let url = address::filled(server);
    if url.contains("://") {
        address::check(cx, server, &url);
        return Some(url);
    }
    cx.sink
        .warning(
            Code::Degraded,
            At::Node(server.at),
            "the server of this operation has no host, and is left out",
        )
        .help("write its whole address; the operation is sent to the server of the document");
    None
}

/// `x-rate-limit`: how many calls the vendor allows.
pub(super) fn limits(cx: &mut Cx<'_, '_>) -> Vec<ir::RateLimit> {
    let tree = cx.spec.tree;
    let Some(stated) = value::stated(cx, tree.root(), "x-rate-limit") else { return Vec::new() };
    let one = [stated];
    let list = if tree.is_list(stated) { tree.items(stated) } else { &one };
    let mut limits = Vec::new();
    for at in list {
        let requests = tree.get(*at, "requests").and_then(|id| tree.integer(id));
        let seconds = value::text(cx, *at, "per").and_then(seconds);
        match (
            requests.and_then(|count| u64::try_from(count).ok()).filter(|count| *count > 0),
            seconds,
        ) {
            (Some(requests), Some(seconds)) => limits.push(ir::RateLimit {
                requests,
                seconds,
                plan: value::text(cx, *at, "plan").map(str::to_owned),
            }),
            _ => {
                cx.sink
                    .warning(Code::InvalidExtension, At::Node(*at), "not a call limit")
                    .help("write `requests: 100` and `per: second`, `minute`, `hour` or `day`");
            }
        }
    }
    limits
}

fn seconds(unit: &str) -> Option<u64> {
    match unit {
        "second" => Some(1),
        "minute" => Some(60),
        "hour" => Some(3_600),
        "day" => Some(86_400),
        _ => None,
    }
}
