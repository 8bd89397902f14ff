//! OAuth scopes of operations.

use std::collections::{HashMap, HashSet};

use super::cx::{Cx, shown};
use crate::diag::At;
use crate::source::NodeId;
use crate::spec::{Requirement, SchemeKind};

/// Scopes that operations ask for are declared. Each is told of once.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let declared: HashMap<&str, HashSet<&str>> = spec
        .schemes
        .iter()
        .filter_map(|scheme| match &scheme.kind {
            SchemeKind::OAuth2(flows) => {
                let scopes = flows.iter().flat_map(|flow| &flow.scopes).map(|(name, _)| *name);
                Some((scheme.key, scopes.collect::<HashSet<_>>()))
            }
            _ => None,
        })
        .collect();
    let mut asked: Vec<(NodeId, &Vec<Vec<Requirement<'_>>>)> = Vec::new();
    asked.extend(spec.security.iter().map(|security| (spec.tree.root(), security)));
    for operation in &spec.operations {
        asked.extend(operation.security.iter().map(|security| (operation.at, security)));
    }
    let mut told: HashSet<(&str, &str)> = HashSet::new();
    for (at, security) in asked {
        let at = cx.tree.get(at, "security").unwrap_or(at);
        for requirement in security.iter().flatten() {
            let Some(known) = declared.get(requirement.scheme) else {
                of_another_kind(cx, at, requirement);
                continue;
            };
            for scope in requirement.scopes.iter().copied() {
                if !known.contains(scope) && told.insert((requirement.scheme, scope)) {
                    let scheme = requirement.scheme;
                    let message = format!("`{scheme}` declares no scope `{}`", shown(scope));
                    cx.say(At::Key(at), message)
                        .help("add it to the `scopes` of the scheme's flows, or correct its name");
                }
            }
        }
    }
}

/// In OpenAPI 3.0, only OAuth 2.0 and OpenID Connect have scopes (section 4.7.30).
fn of_another_kind(cx: &mut Cx<'_, '_>, at: NodeId, requirement: &Requirement<'_>) {
    let scheme = cx.spec.schemes.iter().find(|scheme| scheme.key == requirement.scheme);
    let has_scopes = |kind: &SchemeKind<'_>| matches!(kind, SchemeKind::OpenIdConnect(_));
    if !requirement.scopes.is_empty()
        && scheme.is_some_and(|scheme| !has_scopes(&scheme.kind))
        && cx.is_old(at)
    {
        let message = format!("`{}` is of a kind that has no scopes", requirement.scheme);
        cx.say(At::Key(at), message)
            .help("write an empty list; what a call is permitted belongs in `x-permissions`");
    }
}
