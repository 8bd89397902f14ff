//! Credentials: that a call says which it needs, and that they travel encrypted.

use super::cx::{Cx, shown};
use crate::diag::At;
use crate::source::NodeId;
use crate::spec::SchemeKind;

/// Calls say which credentials they need. A document that says nothing at all is told once.
pub(super) fn missing(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    if spec.security.is_some() || spec.operations.is_empty() {
        return;
    }
    if spec.operations.iter().all(|operation| operation.security.is_none()) {
        cx.say(At::Key(spec.info.at), "no call says which credentials it needs").help(
            "declare the vendor's scheme in `components.securitySchemes` and name it in \
             `security`; `security: []` says that calls need none",
        );
        return;
    }
    for operation in spec.operations.iter().filter(|operation| operation.security.is_none()) {
        let (method, path) = (&operation.method, operation.path);
        let message = format!("{method} {path} doesn't say which credentials it needs");
        cx.say(At::Key(operation.at), message)
            .help("add `security`; `security: []` says that it needs none");
    }
}

/// Credentials don't go out unencrypted.
pub(super) fn insecure(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let mut urls: Vec<(NodeId, &str)> = Vec::new();
    let servers = spec.operations.iter().flat_map(|operation| &operation.servers);
    for server in spec.servers.iter().chain(servers) {
        urls.push((cx.tree.get(server.at, "url").unwrap_or(server.at), server.url));
    }
    for scheme in &spec.schemes {
        match &scheme.kind {
            SchemeKind::OAuth2(flows) => {
                for flow in flows {
                    let flow = [flow.authorization_url, flow.token_url, flow.refresh_url];
                    urls.extend(flow.into_iter().flatten().map(|url| (scheme.at, url)));
                }
            }
            SchemeKind::OpenIdConnect(url) => urls.push((scheme.at, url)),
            SchemeKind::ApiKey { .. } | SchemeKind::Http(_) | SchemeKind::MutualTls => {}
        }
    }
    for (at, url) in urls {
        if is_insecure(url) {
            cx.say(at, format!("`{}` sends credentials unencrypted", shown(url)))
                .help("write `https://`, if the server takes it");
        }
    }
}

/// `http`, to another machine.
fn is_insecure(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let local = ["localhost", "127.", "0.0.0.0", "[::1]", "{"];
    !local.iter().any(|local| host.starts_with(local))
}
