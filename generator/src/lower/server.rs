//! Servers, their variables, and the call limits of the vendor.

use super::cx::Cx;
use super::enums::told::label;
use super::{docs, value};
use crate::diag::{At, Code};
use crate::spec::{Server, ServerVariable};
use tenon_ir as ir;

mod address;
pub(super) mod own;

/// The servers. Every variable of them is noted once.
pub(super) fn servers(cx: &mut Cx<'_, '_>) -> Vec<ir::Server> {
    let spec = cx.spec;
    let mut servers = Vec::new();
    for (index, server) in spec.servers.iter().enumerate() {
        for declared in declared(server) {
            let lowered = variable(cx, declared);
            match cx.variables.iter().find(|known| known.wire == declared.name) {
                Some(known) if !is_same(known, &lowered) => same_variable(cx, declared),
                Some(_) => {}
                None => cx.variables.push(lowered),
            }
        }
        address::check(cx, server, &address::filled(server));
        let name = server.name.or_else(|| described(&spec.servers, index));
        let name = name.map_or_else(|| format!("server {}", index + 1), str::to_owned);
        servers.push(ir::Server {
            name: ir::Ident(name),
            url: template(cx, server, server.url, |cx, name| {
                cx.variables.iter().position(|known| known.wire == name).map(ir::Segment::Param)
            }),
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
    servers
}

/// What the description calls one of several servers, in a few words that no other is described by.
fn described<'t>(servers: &[Server<'t>], index: usize) -> Option<&'t str> {
    let called = |server: &Server<'t>| {
        let words = label(server.description?)?;
        let words = words.strip_prefix("The ").unwrap_or(words);
        let (rest, last) = words.rsplit_once(' ').unwrap_or((words, ""));
        Some(if last.eq_ignore_ascii_case("server") { rest } else { words })
    };
    let name = called(&servers[index]).filter(|_| servers.len() > 1)?;
    let is_same =
        |server: &&Server<'t>| called(server).is_some_and(|it| it.eq_ignore_ascii_case(name));
    (servers.iter().filter(is_same).count() == 1).then_some(name)
}

/// The variables of a server in the order of the address, whatever that of the keys is.
fn declared<'s, 't>(server: &'s Server<'t>) -> Vec<&'s ServerVariable<'t>> {
    let mut declared: Vec<&ServerVariable<'_>> = server.variables.iter().collect();
    let position = |name: &str| server.url.find(&format!("{{{name}}}")).unwrap_or(usize::MAX);
    declared.sort_by_key(|one| (position(one.name), one.name));
    declared
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
        of_operations: false,
        docs: docs::described(cx, declared.at, declared.description),
    }
}

/// The variable has the same default and the same values.
fn is_same(one: &ir::Variable, other: &ir::Variable) -> bool {
    one.default == other.default && values(one) == values(other)
}

fn values(variable: &ir::Variable) -> Vec<&str> {
    let choices = variable.choices.iter().flat_map(|choices| &choices.variants);
    choices.map(|choice| choice.wire.as_str()).collect()
}

/// Servers share their variables: one setter, one default, one set of values.
fn same_variable(cx: &mut Cx<'_, '_>, declared: &ServerVariable<'_>) {
    cx.sink
        .warning(
            Code::Degraded,
            At::Node(declared.at),
            format!("another server declares `{}` with another default or other values", declared.name),
        )
        .help("the client has one setter for both, and the first declaration holds; give one of them another name");
}

/// The pieces of a server template; a trailing slash is left out, as paths begin with one.
fn template(
    cx: &mut Cx<'_, '_>,
    server: &Server<'_>,
    url: &str,
    known: impl Fn(&Cx<'_, '_>, &str) -> Option<ir::Segment>,
) -> Vec<ir::Segment> {
    let mut segments = Vec::new();
    let mut rest = url.trim_end_matches('/');
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            report(cx, server, "a brace of the address isn't closed".to_owned());
            break;
        };
        if !before.is_empty() {
            segments.push(ir::Segment::Text(before.to_owned()));
        }
        match known(cx, name) {
            Some(segment) => segments.push(segment),
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
