//! Security schemes, and what each operation requires of them.

mod prefix;

use super::cx::Cx;
use super::{docs, oauth, value};
use crate::diag::{At, Code};
use crate::spec::{Operation, Place, Requirement, SchemeKind, SecurityScheme};
use tenon_ir as ir;

/// HTTP authentication schemes, those that are registered among them, whose credentials follow from
/// the request, from a challenge or from a key that is no part of them.
const COMPUTED: [&str; 16] = [
    "aws4-hmac-sha256",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hawk",
    "hoba",
    "mutual",
    "negotiate",
    "ntlm",
    "oauth",
    "privatetoken",
    "scram-sha-1",
    "scram-sha-256",
    "signature",
    "vapid",
];

/// What the name of a scheme that isn't registered says where its credentials are a key.
const KEYS: [&str; 8] = ["token", "key", "jwt", "auth", "bearer", "secret", "session", "ssws"];

/// A scheme that some operation names.
pub(super) struct Scheme {
    /// Its key in the document.
    pub(super) key: String,
    /// What it becomes.
    pub(super) lowered: ir::Scheme,
}

/// The schemes that some operation names, by key. Where none names any, nothing says what the
/// declared ones are for: each call sends those that are set.
pub(super) fn schemes(cx: &mut Cx<'_, '_>) -> Vec<Scheme> {
    let spec = cx.spec;
    if let Some(first) = spec.schemes.first().filter(|_| !spec.states_security) {
        let message = "nothing says which calls need which credentials";
        cx.sink
            .note(Code::NoSecurity, At::Key(first.at), message)
            .help("each call sends those that are set, and goes without any; add `security`");
    }
    let used = |key: &str| {
        if !spec.states_security {
            return true;
        }
        let stated = spec.operations.iter().filter_map(|operation| operation.security.as_ref());
        stated.chain(&spec.security).flatten().flatten().any(|need| need.scheme == key)
    };
    let mut found = Vec::new();
    for scheme in &spec.schemes {
        if used(scheme.key) && !is_none(scheme) {
            found.push(Scheme {
                key: scheme.key.to_owned(),
                lowered: ir::Scheme {
                    name: ir::Ident(scheme.key.to_owned()),
                    key: scheme.key.to_owned(),
                    credential: credential(cx, scheme),
                    docs: docs::described(cx, scheme.at, scheme.description),
                },
            });
        }
    }
    found.sort_by(|one, other| one.key.cmp(&other.key));
    found
}

fn credential(cx: &mut Cx<'_, '_>, scheme: &SecurityScheme<'_>) -> ir::Credential {
    match &scheme.kind {
        SchemeKind::ApiKey { .. } if is_signed(cx, scheme) => left(cx, scheme, "awsSigv4"),
        SchemeKind::ApiKey { place: Place::Query | Place::QueryString, name } => {
            ir::Credential::Query { name: (*name).to_owned() }
        }
        SchemeKind::ApiKey { place: Place::Cookie, name } => {
            ir::Credential::Cookie { name: (*name).to_owned() }
        }
        SchemeKind::ApiKey { place: Place::Header | Place::Path, name } => {
            let prefix = value::text(cx, scheme.at, "x-prefix").map(str::to_owned);
            let prefix = prefix.or_else(|| told_prefix(cx, scheme, name)).unwrap_or_default();
            ir::Credential::Header { name: (*name).to_owned(), prefix }
        }
        SchemeKind::Http(name) => http(cx, scheme, name),
        SchemeKind::OAuth2(flows) => oauth::credential(cx, scheme, flows, None),
        SchemeKind::OpenIdConnect(url) => oauth::credential(cx, scheme, &[], Some(url)),
        SchemeKind::MutualTls => ir::Credential::MutualTls,
    }
}

/// What the description says to write before the key.
fn told_prefix(cx: &mut Cx<'_, '_>, scheme: &SecurityScheme<'_>, header: &str) -> Option<String> {
    if !header.eq_ignore_ascii_case("authorization") {
        return None;
    }
    let prefix = prefix::told(scheme.key, scheme.description)?;
    cx.sink
        .note(
            Code::KeyPrefix,
            At::Node(scheme.at),
            format!("the key is sent behind `{}`, as it is described", prefix.trim_end()),
        )
        .help("state `x-prefix` if that isn't it; an empty one sends the key alone");
    Some(prefix)
}

fn http(cx: &mut Cx<'_, '_>, scheme: &SecurityScheme<'_>, name: &str) -> ir::Credential {
    let name = name.trim();
    let prefix = value::text(cx, scheme.at, "x-prefix").map(str::to_owned);
    match name.to_ascii_lowercase().as_str() {
        "bearer" => ir::Credential::Bearer,
        "basic" => ir::Credential::Basic,
        other if is_token(name) && (prefix.is_some() || is_key(other)) => {
            if prefix.is_none() {
                let message =
                    format!("no registered HTTP authentication scheme is called `{name}`");
                cx.sink
                    .note(Code::Degraded, At::Node(scheme.at), message)
                    .help("the key is sent behind that word; state `x-prefix` if it isn't the one");
            }
            let prefix = prefix.unwrap_or_else(|| format!("{name} "));
            ir::Credential::Header { name: "Authorization".to_owned(), prefix }
        }
        _ => left(cx, scheme, name),
    }
}

/// The gateway of AWS calls a signature of the request a key, and says elsewhere that it is none.
fn is_signed(cx: &Cx<'_, '_>, scheme: &SecurityScheme<'_>) -> bool {
    let kind = cx.spec.tree.get(scheme.at, "x-amazon-apigateway-authtype");
    let kind = kind.and_then(|at| cx.spec.tree.text(at));
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("awsSigv4"))
}

/// The client doesn't know how to make these credentials.
fn left(cx: &mut Cx<'_, '_>, scheme: &SecurityScheme<'_>, name: &str) -> ir::Credential {
    cx.sink
        .warning(
            Code::Degraded,
            At::Node(scheme.at),
            format!("the HTTP authentication scheme `{name}` is left to the transport"),
        )
        .help("a hook or a transport of your own has to add the credentials");
    ir::Credential::Transport
}

/// The credentials of a scheme, by its name in lower case, are a key that is sent as it is.
fn is_key(scheme: &str) -> bool {
    !COMPUTED.contains(&scheme) && KEYS.iter().any(|word| scheme.contains(word))
}

/// A word of HTTP (RFC 9110, section 5.6.2), as the names of authentication schemes are.
fn is_token(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_part)
}

/// The alternatives of credentials for an operation.
pub(super) fn required(
    cx: &Cx<'_, '_>,
    schemes: &[Scheme],
    operation: &Operation<'_>,
) -> Vec<Vec<ir::Requirement>> {
    if !cx.spec.states_security {
        return optional(cx, schemes);
    }
    let stated = operation.security.as_ref().or(cx.spec.security.as_ref());
    let Some(alternatives) = stated else { return Vec::new() };
    alternatives.iter().filter_map(|needs| alternative(cx, schemes, needs)).collect()
}

/// All that can go together, each scheme by itself, or none of them.
fn optional(cx: &Cx<'_, '_>, schemes: &[Scheme]) -> Vec<Vec<ir::Requirement>> {
    let requirement = |scheme| ir::Requirement { scheme, scopes: Vec::new() };
    let mut places = Vec::new();
    let mut together = Vec::new();
    for (index, scheme) in schemes.iter().enumerate() {
        let is_left = matches!(scheme.lowered.credential, ir::Credential::Transport);
        let stated = cx.spec.schemes.iter().find(|it| it.key == scheme.key);
        let place = stated.filter(|_| !is_left).and_then(|it| written(&it.kind));
        let Some(place) = place else { continue };
        if !places.contains(&place) {
            places.push(place);
            together.push(requirement(index));
        }
    }
    let each = (0..schemes.len()).map(|index| vec![requirement(index)]);
    let mut alternatives: Vec<_> = each.collect();
    if together.len() > 1 {
        alternatives.insert(0, together);
    }
    if !alternatives.is_empty() {
        alternatives.push(Vec::new());
    }
    alternatives
}

/// The scheme, by its key, whose credential is written where a parameter of this place and name would
/// be in calls of the operation.
pub(super) fn writer<'t>(
    cx: &Cx<'_, 't>,
    operation: &Operation<'t>,
    place: Place,
    name: &str,
) -> Option<&'t str> {
    let stated = operation.security.as_ref().or(cx.spec.security.as_ref());
    let mut needs = stated.into_iter().flatten().flatten();
    let does_write = |need: &&Requirement<'_>| {
        let mut schemes = cx.spec.schemes.iter().filter(|scheme| scheme.key == need.scheme);
        schemes.any(|scheme| writes(&scheme.kind, place, name))
    };
    needs.find(does_write).map(|need| need.scheme)
}

fn writes(scheme: &SchemeKind<'_>, place: Place, name: &str) -> bool {
    written(scheme) == Some(key(place, name))
}

/// Where in a request the credential of a scheme is written, if it is.
fn written(scheme: &SchemeKind<'_>) -> Option<(Place, String)> {
    match scheme {
        SchemeKind::ApiKey { place: Place::Path, name } => Some(key(Place::Header, name)),
        SchemeKind::ApiKey { place: Place::QueryString, name } => Some(key(Place::Query, name)),
        SchemeKind::ApiKey { place, name } => Some(key(*place, name)),
        SchemeKind::Http(_) | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
            Some(key(Place::Header, "authorization"))
        }
        SchemeKind::MutualTls => None,
    }
}

/// A place and a name in it: headers are called the same in any letters.
fn key(place: Place, name: &str) -> (Place, String) {
    let is_header = place == Place::Header;
    (place, if is_header { name.to_ascii_lowercase() } else { name.to_owned() })
}

/// Postman calls it a scheme that there are no credentials.
fn is_none(scheme: &SecurityScheme<'_>) -> bool {
    matches!(scheme.kind, SchemeKind::Http(name) if name.trim().eq_ignore_ascii_case("noauth"))
}

/// One alternative; none when it names a scheme that isn't declared.
fn alternative(
    cx: &Cx<'_, '_>,
    schemes: &[Scheme],
    needs: &[Requirement<'_>],
) -> Option<Vec<ir::Requirement>> {
    let is_none = |need: &&Requirement<'_>| {
        cx.spec.schemes.iter().any(|scheme| scheme.key == need.scheme && is_none(scheme))
    };
    let requirement = |need: &Requirement<'_>| {
        let scheme = schemes.iter().position(|scheme| scheme.key == need.scheme)?;
        let scopes = need.scopes.iter().map(|scope| (*scope).to_owned()).collect();
        Some(ir::Requirement { scheme, scopes })
    };
    let mut found: Vec<ir::Requirement> =
        needs.iter().filter(|need| !is_none(need)).map(requirement).collect::<Option<_>>()?;
    found.sort_by_key(|requirement| requirement.scheme);
    Some(found)
}
