//! Security schemes and requirements.

use super::super::model::{Flow, Place, Requirement, SchemeKind, SecurityScheme};
use super::super::similar::similar;
use super::cx::Cx;
use super::document::is_extension;
use super::fields::Object;
use super::known;
use crate::diag::{At, Code};
use crate::source::NodeId;

/// `components.securitySchemes`. One that can't be understood is remembered as unusable.
pub(super) fn schemes<'t>(cx: &mut Cx<'t, '_>, components: NodeId) -> Vec<SecurityScheme<'t>> {
    let mut schemes = Vec::new();
    for (key, node) in cx.map(components, "securitySchemes") {
        let scheme = cx.follow(node).and_then(|at| scheme(cx, key, at));
        cx.schemes.insert(key, scheme.is_some());
        schemes.extend(scheme);
    }
    schemes
}

fn scheme<'t>(cx: &mut Cx<'t, '_>, key: &'t str, at: NodeId) -> Option<SecurityScheme<'t>> {
    let stated = cx.text(at, "type").unwrap_or_default();
    let kind = match kind(cx, at, stated) {
        (_, Some(scheme)) => SchemeKind::Http(scheme),
        ("apiKey", _) => api_key(cx, at)?,
        ("http", _) => SchemeKind::Http(cx.required_text(at, "scheme")),
        ("oauth2", _) => SchemeKind::OAuth2(flows(cx, at)),
        ("openIdConnect", _) => {
            SchemeKind::OpenIdConnect(cx.text(at, "openIdConnectUrl").unwrap_or_default())
        }
        ("mutualTLS", _) => SchemeKind::MutualTls,
        _ => {
            let node = cx.field(at, "type").unwrap_or(at);
            let message = format!("`{stated}` is not a type of security scheme");
            cx.sink.warning(Code::UnknownValue, node, message).help(
                "known are `apiKey`, `http`, `oauth2`, `openIdConnect` and `mutualTLS`; \
                 the scheme is left out",
            );
            return None;
        }
    };
    cx.known(at, &known::SCHEME);
    Some(SecurityScheme { at, key, description: cx.text(at, "description"), kind })
}

/// Types that there are.
const KINDS: [&str; 5] = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];

/// What is taken for a type, and is a scheme of HTTP.
const SCHEMES: [(&str, &str); 3] = [("basic", "basic"), ("bearer", "bearer"), ("jwt", "bearer")];

/// The type of a scheme, or the scheme of HTTP in its place. One that is misspelled is read as it is
/// meant, and told of; another is none.
fn kind(cx: &mut Cx<'_, '_>, at: NodeId, stated: &str) -> (&'static str, Option<&'static str>) {
    let is = |name: &str| name.eq_ignore_ascii_case(stated);
    let kind = KINDS.into_iter().find(|kind| is(kind));
    let scheme = SCHEMES.into_iter().find(|(word, _)| is(word)).map(|(_, scheme)| scheme);
    let help = match (kind, scheme) {
        (Some(kind), _) if kind == stated => return (kind, None),
        (Some(kind), _) => format!("it is read as `{kind}`; write that"),
        (None, Some(scheme)) => format!("it is read as `http` with `scheme: {scheme}`; write that"),
        (None, None) => return ("", None),
    };
    let node = cx.field(at, "type").unwrap_or(at);
    let message = format!("`{stated}` is not a type of security scheme");
    cx.sink.warning(Code::UnknownValue, node, message).help(help);
    (kind.unwrap_or("http"), scheme)
}

fn api_key<'t>(cx: &mut Cx<'t, '_>, at: NodeId) -> Option<SchemeKind<'t>> {
    let name = cx.required_text(at, "name");
    let place = match cx.text(at, "in") {
        Some("header") => Place::Header,
        Some("query") => Place::Query,
        Some("cookie") => Place::Cookie,
        other => {
            let node = cx.field(at, "in").unwrap_or(at);
            let message = format!("an API key can't be in `{}`", other.unwrap_or(""));
            cx.sink
                .warning(Code::UnknownValue, node, message)
                .help("known are `header`, `query` and `cookie`; the scheme is left out");
            return None;
        }
    };
    // White space around the name of a header isn't part of it (RFC 9110, section 5.1).
    let name = if place == Place::Header { name.trim() } else { name };
    Some(SchemeKind::ApiKey { place, name })
}

fn flows<'t>(cx: &mut Cx<'t, '_>, at: NodeId) -> Vec<Flow<'t>> {
    let mut flows = Vec::new();
    for (name, at) in cx.map(at, "flows").filter(|(key, _)| !is_extension(key)) {
        check_flow(cx, name, at);
        let scopes = cx.map(at, "scopes");
        let scopes = scopes.map(|(key, node)| (key, cx.tree.text(node).unwrap_or_default()));
        flows.push(Flow {
            name,
            scopes: scopes.collect(),
            authorization_url: cx.text(at, "authorizationUrl"),
            token_url: cx.text(at, "tokenUrl"),
            refresh_url: cx.text(at, "refreshUrl"),
            device_authorization_url: cx.text(at, "deviceAuthorizationUrl"),
        });
    }
    flows
}

/// Each flow has the endpoints that it is about (RFC 6749).
fn check_flow(cx: &mut Cx<'_, '_>, name: &str, at: NodeId) {
    let fields: &[&str] = match name {
        "implicit" => &["authorizationUrl"],
        "authorizationCode" => &["authorizationUrl", "tokenUrl"],
        "password" | "clientCredentials" => &["tokenUrl"],
        "deviceAuthorization" => &["deviceAuthorizationUrl", "tokenUrl"],
        _ => {
            let message = format!("`{name}` is not an OAuth 2.0 flow");
            cx.sink
                .warning(Code::UnknownValue, At::Key(at), message)
                .help("it is left out; known are those of OpenAPI 3.2, section 4.29");
            return;
        }
    };
    for field in fields {
        if cx.field(at, field).is_none() {
            cx.missing(at, field);
        }
    }
}

/// `security`: alternatives, each a set of schemes. None when the field isn't there.
pub(super) fn requirements<'t>(
    cx: &mut Cx<'t, '_>,
    object: impl Into<Object>,
) -> Option<Vec<Vec<Requirement<'t>>>> {
    let node = cx.part(object, "security")?;
    if cx.tree.is_map(node) {
        // A map where a list of maps belongs is one alternative.
        return Some(alternative(cx, node).into_iter().collect());
    }
    if !cx.tree.is_list(node) {
        cx.wrong_kind(node, "security", "a list");
        return None;
    }
    let items = cx.tree.items(node);
    Some(items.iter().filter_map(|item| alternative(cx, *item)).collect())
}

/// One alternative; none when a scheme of it can't be used.
fn alternative<'t>(cx: &mut Cx<'t, '_>, node: NodeId) -> Option<Vec<Requirement<'t>>> {
    let node = cx.elsewhere(node)?;
    if !cx.tree.is_map(node) {
        cx.wrong_kind(node, "security", "a list of maps");
        return None;
    }
    let mut all = Vec::new();
    let mut is_usable = true;
    for (scheme, value) in cx.tree.entries(node) {
        let items = cx.tree.items(value);
        let scopes = items.iter().filter_map(|item| cx.tree.text(*item)).collect();
        match cx.schemes.get(scheme) {
            Some(usable) => is_usable &= usable,
            None => {
                is_usable = false;
                undeclared(cx, scheme, value);
            }
        }
        all.push(Requirement { scheme, scopes });
    }
    is_usable.then_some(all)
}

fn undeclared(cx: &mut Cx<'_, '_>, scheme: &str, value: NodeId) {
    let names = {
        let mut names: Vec<&str> = cx.schemes.keys().copied().collect();
        names.sort_unstable();
        names
    };
    let help = match similar(scheme, names.into_iter()) {
        Some(name) => format!("`{name}` is declared, and has a similar name"),
        None => "declare it in `components.securitySchemes`; this alternative is left out".into(),
    };
    let message = format!("the security scheme `{scheme}` isn't declared");
    cx.sink.warning(Code::UndeclaredScheme, At::Key(value), message).help(help);
}
