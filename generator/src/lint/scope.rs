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
            let Some(known) = declared.get(requirement.scheme) else { continue };
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
