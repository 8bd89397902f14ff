//! `schemes`, `host` and `basePath` are servers, and so is the host with variables of AutoRest.

use super::super::make;
use super::super::rewrite::Rewrite;
use crate::diag::Code;
use crate::source::NodeId;

/// The servers of the document, or of an operation that states its own `schemes`.
pub(super) fn servers(
    rewrite: &mut Rewrite<'_>,
    root: NodeId,
    own: Option<NodeId>,
) -> Option<NodeId> {
    let address = address(rewrite, root, own.is_none());
    let origin =
        [PARAMETERIZED, "host", "basePath"].iter().find_map(|key| rewrite.tree.get(root, key));
    let origin = origin.unwrap_or(root);
    let schemes = own.or_else(|| rewrite.tree.get(root, "schemes"));
    let Address { scheme, host, base } = &address;
    let variables = variables(rewrite, root);
    let urls: Vec<String> = match scheme {
        _ if has_own_scheme(rewrite, root) => {
            let scheme = scheme.iter().map(|scheme| format!("{scheme}://"));
            vec![format!("{}{host}{base}", scheme.collect::<String>())]
        }
        _ if host.is_empty() && base.is_empty() => return None,
        // Relative to where the document is served.
        _ if host.is_empty() => vec![base.clone()],
        Some(scheme) if schemes.is_none() => vec![format!("{scheme}://{host}{base}")],
        _ => {
            let schemes = names(rewrite, schemes, host);
            schemes.into_iter().map(|scheme| format!("{scheme}://{host}{base}")).collect()
        }
    };
    let mut servers = Vec::new();
    for url in urls {
        let mut entries = Vec::new();
        make::put_text(rewrite, "url", origin, &url, &mut entries);
        if let Some(variables) = variables {
            make::put(rewrite, "variables", variables, &mut entries);
        }
        servers.push(rewrite.tree.make_map(origin, &entries));
    }
    Some(rewrite.tree.make_list(origin, &servers))
}

/// AutoRest's place of a host with variables.
const PARAMETERIZED: &str = "x-ms-parameterized-host";

/// The host with variables.
fn host_template(rewrite: &Rewrite<'_>, root: NodeId) -> Option<String> {
    let at = rewrite.tree.get(root, PARAMETERIZED)?;
    make::text(rewrite.tree, at, "hostTemplate").map(str::to_owned)
}

/// The scheme is part of the host with variables, or of one of them.
fn has_own_scheme(rewrite: &Rewrite<'_>, root: NodeId) -> bool {
    let at = rewrite.tree.get(root, PARAMETERIZED);
    let prefix = at.and_then(|at| rewrite.tree.get(at, "useSchemePrefix"));
    prefix.and_then(|prefix| rewrite.tree.bool(prefix)) == Some(false)
}

/// The variables of the host: what its parameters say of their values.
fn variables(rewrite: &mut Rewrite<'_>, root: NodeId) -> Option<NodeId> {
    let list = rewrite.tree.get(root, PARAMETERIZED)?;
    let list = rewrite.tree.get(list, "parameters")?;
    let mut variables = Vec::new();
    for item in rewrite.tree.items(list).to_vec() {
        let item = make::follow(rewrite.tree, item).unwrap_or(item);
        let Some(name) = make::text(rewrite.tree, item, "name").map(str::to_owned) else {
            continue;
        };
        let mut entries = Vec::new();
        make::share(rewrite, item, &["default", "enum", "description"], &mut entries);
        let variable = rewrite.tree.make_map(item, &entries);
        make::put(rewrite, &name, variable, &mut variables);
    }
    Some(rewrite.tree.make_map(list, &variables))
}

/// What `host` and `basePath` say together.
struct Address {
    /// A scheme that stands in one of them.
    scheme: Option<String>,
    host: String,
    /// Empty, or a path with its slash.
    base: String,
}

/// Reads both. `host` is a name and a port, and `basePath` begins with a slash (Swagger 2.0,
/// "Swagger Object"); what is more or less than that is understood, and told once.
fn address(rewrite: &mut Rewrite<'_>, root: NodeId, is_first: bool) -> Address {
    let text =
        |key: &str| make::text(rewrite.tree, root, key).unwrap_or_default().trim().to_owned();
    let template = host_template(rewrite, root);
    let is_name = template.is_none();
    let (stated_host, stated_base) = (template.unwrap_or_else(|| text("host")), text("basePath"));
    let (host_scheme, host) = without_scheme(&stated_host);
    let (base_scheme, base) = without_scheme(&stated_base);
    let start = if base_scheme.is_some() { base.find('/').unwrap_or(base.len()) } else { 0 };
    let (base_host, base) = base.split_at(start);
    let host = Some(host.trim_matches('/')).filter(|host| !host.is_empty()).unwrap_or(base_host);
    let base = match base.trim_start_matches('/') {
        "" => String::new(),
        base => format!("/{base}"),
    };
    if is_first && is_name && !stated_host.is_empty() && stated_host.trim_end_matches('/') != host {
        report(rewrite, root, "host", "be a name and a port alone", &format!("`{host}`"));
    }
    if is_first && base_scheme.is_some() {
        let meant = format!("`{base}`, and `host: {host}` beside it");
        report(rewrite, root, "basePath", "be a path alone", &meant);
    } else if is_first && !stated_base.is_empty() && !stated_base.starts_with('/') {
        report(rewrite, root, "basePath", "begin with a slash", &format!("`{base}`"));
    }
    Address { scheme: host_scheme.or(base_scheme).map(str::to_owned), host: host.to_owned(), base }
}

fn without_scheme(text: &str) -> (Option<&str>, &str) {
    text.split_once("://").map_or((None, text), |(scheme, rest)| (Some(scheme), rest))
}

fn report(rewrite: &mut Rewrite<'_>, root: NodeId, key: &str, rule: &str, meant: &str) {
    let at = rewrite.tree.get(root, key).unwrap_or(root);
    rewrite
        .sink
        .warning(Code::UnknownValue, at, format!("`{key}` has to {rule}"))
        .help(format!("write {meant}: it is read so"));
}

/// The schemes stated that HTTP goes over; where both are, the safe one comes first. Where none is,
/// a server on the reader's own machine is one that developers start, without a certificate.
fn names(rewrite: &mut Rewrite<'_>, schemes: Option<NodeId>, host: &str) -> Vec<&'static str> {
    let items = make::texts(rewrite, schemes);
    let has = |scheme: &str| items.iter().any(|item| rewrite.tree.text(*item) == Some(scheme));
    let names: Vec<_> = ["https", "http"].into_iter().filter(|scheme| has(scheme)).collect();
    match names.is_empty() {
        true if is_loopback(host) => vec!["http"],
        true => vec!["https"],
        false => names,
    }
}

/// This machine, by name or address (RFC 6761, section 6.3; RFC 1122, section 3.2.1.3).
fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"].contains(&name)
}
