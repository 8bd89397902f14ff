//! Which of an operation's alternatives of security schemes a call uses.

use crate::api::{Credential, Scheme};
use crate::auth::AuthError;
use crate::client::Inner;
use crate::op::{Operation, Security};

/// Picks the first alternative whose credentials are all configured. Failing that, the first that
/// only the transport has to satisfy; failing that, an empty one, which allows anonymous calls.
pub(crate) fn choose(
    operation: &'static Operation,
    client: &Inner,
) -> Result<&'static [Security], AuthError> {
    let schemes = client.api.schemes;
    let is_sent =
        |security: &Security| client.tokens.get(security.scheme).is_some_and(Option::is_some);
    let is_carried = |security: &Security| {
        let scheme = schemes.get(security.scheme);
        scheme.is_some_and(|scheme| match scheme.credential {
            Credential::Transport => true,
            // A transport of the caller's has certificates of its own, or a proxy that has.
            Credential::MutualTls => client.transport_is_own,
            _ => false,
        })
    };
    let configured = |needed: &&[Security]| {
        needed.iter().any(is_sent) && needed.iter().all(|one| is_sent(one) || is_carried(one))
    };
    let carried = |needed: &&[Security]| !needed.is_empty() && needed.iter().all(is_carried);
    let alternatives = || operation.security.iter().copied();
    if operation.security.is_empty() {
        return Ok(&[]);
    }
    alternatives()
        .find(configured)
        .or_else(|| alternatives().find(carried))
        .or_else(|| alternatives().find(|needed| needed.is_empty()))
        .ok_or_else(|| AuthError::Missing(missing(operation, schemes)))
}

/// Every credential that is configured, for a call that the document doesn't know. Of those that
/// have the same place in a request, the first.
pub(crate) fn configured(client: &Inner) -> Vec<Security> {
    let mut places = Vec::new();
    let mut found = Vec::new();
    for (index, (scheme, token)) in client.api.schemes.iter().zip(&client.tokens).enumerate() {
        let place = match scheme.credential {
            Credential::Bearer | Credential::Basic | Credential::OAuth2(_) => {
                "authorization".into()
            }
            Credential::Header { name, .. } => name.to_ascii_lowercase(),
            Credential::Query { name } => format!("?{name}"),
            Credential::Cookie { name } => format!("={name}"),
            Credential::MutualTls | Credential::Transport => continue,
        };
        if token.is_some() && !places.contains(&place) {
            places.push(place);
            found.push(Security::new(index, &[]));
        }
    }
    found
}

/// Names the builder's methods: ``call `bearer(…)`, or `key(…)` and `secret(…)` ``.
fn missing(operation: &Operation, schemes: &[Scheme]) -> String {
    let setters = |needed: &&[Security]| {
        let setters = needed.iter().filter_map(|security| schemes.get(security.scheme));
        let setters: Vec<String> = setters
            .filter(|scheme| !matches!(scheme.credential, Credential::Transport))
            .map(|scheme| format!("`{}(…)`", scheme.setter))
            .collect();
        setters.join(" and ")
    };
    let choices: Vec<String> = operation.security.iter().map(setters).collect();
    format!("the operation needs credentials: call {} on the client builder", choices.join(", or "))
}
