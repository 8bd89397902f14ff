//! Security schemes, and what each operation requires of them.

use super::cx::Cx;
use super::{docs, oauth, value};
use crate::diag::{At, Code};
use crate::spec::{Operation, Place, Requirement, SchemeKind, SecurityScheme};
use tenon_ir as ir;

/// A scheme that some operation names.
pub(super) struct Scheme {
    /// Its key in the document.
    pub(super) key: String,
    /// What it becomes.
    pub(super) lowered: ir::Scheme,
}

/// The schemes that some operation names, by key.
pub(super) fn schemes(cx: &mut Cx<'_, '_>) -> Vec<Scheme> {
    let spec = cx.spec;
    let used = |key: &str| {
        let stated = spec.operations.iter().filter_map(|operation| operation.security.as_ref());
        stated.chain(&spec.security).flatten().flatten().any(|need| need.scheme == key)
    };
    let mut found = Vec::new();
    for scheme in &spec.schemes {
        if used(scheme.key) {
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
        SchemeKind::ApiKey { place: Place::Query | Place::QueryString, name } => {
            ir::Credential::Query { name: (*name).to_owned() }
        }
        SchemeKind::ApiKey { place: Place::Cookie, name } => {
            ir::Credential::Cookie { name: (*name).to_owned() }
        }
        SchemeKind::ApiKey { place: Place::Header | Place::Path, name } => {
            let prefix = value::text(cx, scheme.at, "x-prefix").unwrap_or_default();
            ir::Credential::Header { name: (*name).to_owned(), prefix: prefix.to_owned() }
        }
        SchemeKind::Http(name) => http(cx, scheme, name),
        SchemeKind::OAuth2(flows) => oauth::credential(cx, scheme, flows, None),
        SchemeKind::OpenIdConnect(url) => oauth::credential(cx, scheme, &[], Some(url)),
        SchemeKind::MutualTls => ir::Credential::MutualTls,
    }
}

fn http(cx: &mut Cx<'_, '_>, scheme: &SecurityScheme<'_>, name: &str) -> ir::Credential {
    match name.to_ascii_lowercase().as_str() {
        "bearer" => ir::Credential::Bearer,
        "basic" => ir::Credential::Basic,
        _ => {
            cx.sink
                .warning(
                    Code::Degraded,
                    At::Node(scheme.at),
                    format!("the HTTP authentication scheme `{name}` is left to the transport"),
                )
                .help("a hook or a transport of your own has to add the credentials");
            ir::Credential::Transport
        }
    }
}

/// The alternatives of credentials for an operation.
pub(super) fn required(
    cx: &Cx<'_, '_>,
    schemes: &[Scheme],
    operation: &Operation<'_>,
) -> Vec<Vec<ir::Requirement>> {
    let stated = operation.security.as_ref().or(cx.spec.security.as_ref());
    let Some(alternatives) = stated else { return Vec::new() };
    alternatives.iter().filter_map(|needs| alternative(schemes, needs)).collect()
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
    let is_header = |key: &str| place == Place::Header && key.eq_ignore_ascii_case(name);
    match scheme {
        SchemeKind::ApiKey { place: Place::Header | Place::Path, name: key } => is_header(key),
        SchemeKind::ApiKey { place: Place::Query | Place::QueryString, name: key } => {
            place == Place::Query && *key == name
        }
        SchemeKind::ApiKey { place: Place::Cookie, name: key } => {
            place == Place::Cookie && *key == name
        }
        SchemeKind::Http(_) | SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => {
            is_header("authorization")
        }
        SchemeKind::MutualTls => false,
    }
}

/// One alternative; none when it names a scheme that isn't declared.
fn alternative(schemes: &[Scheme], needs: &[Requirement<'_>]) -> Option<Vec<ir::Requirement>> {
    let requirement = |need: &Requirement<'_>| {
        let scheme = schemes.iter().position(|scheme| scheme.key == need.scheme)?;
        let scopes = need.scopes.iter().map(|scope| (*scope).to_owned()).collect();
        Some(ir::Requirement { scheme, scopes })
    };
    let mut found: Vec<ir::Requirement> = needs.iter().map(requirement).collect::<Option<_>>()?;
    found.sort_by_key(|requirement| requirement.scheme);
    Some(found)
}
