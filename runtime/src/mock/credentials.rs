//! Whether a request carries the credentials that its operation needs, in their form.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, COOKIE};

use super::received::Received;
use crate::Api;
use crate::api::{Credential, Scheme};
use crate::op::{Operation, Security};

/// Why the request has none of the alternatives of credentials; absent if it has one, or needs none.
/// No secret is among the words.
pub(super) fn missing(operation: &Operation, api: &Api, call: &Received) -> Option<String> {
    let lacks = |needed: &&[Security]| -> Vec<String> {
        let schemes = needed.iter().filter_map(|security| api.schemes.get(security.scheme));
        schemes.filter_map(|scheme| lack(scheme, call)).collect()
    };
    let mut alternatives = operation.security.iter();
    if operation.security.is_empty() || alternatives.any(|needed| lacks(needed).is_empty()) {
        return None;
    }
    let alternatives = operation.security.iter().map(|needed| lacks(needed).join(" and "));
    let alternatives: Vec<String> = alternatives.collect();
    Some(format!("the credentials are missing: {}", alternatives.join(", or ")))
}

/// What a request lacks of a scheme's credential.
fn lack(scheme: &Scheme, call: &Received) -> Option<String> {
    let key = scheme.key;
    let prefixed = |name: &str, prefix: &str| {
        let has = call.header(name).is_some_and(|value| {
            let (start, rest) = value.split_at_checked(prefix.len()).unwrap_or_default();
            start.eq_ignore_ascii_case(prefix) && !rest.trim().is_empty()
        });
        (!has).then(|| format!("`{key}` wants the header `{name}` with `{prefix}…`"))
    };
    match scheme.credential {
        Credential::Bearer => prefixed(AUTHORIZATION.as_str(), "Bearer "),
        Credential::OAuth2(oauth) => prefixed(AUTHORIZATION.as_str(), oauth.prefix),
        Credential::Basic => prefixed(AUTHORIZATION.as_str(), "Basic ").or_else(|| {
            let text = call.header(AUTHORIZATION.as_str())?.get("Basic ".len()..)?.trim();
            let decoded = BASE64_STANDARD.decode(text).ok();
            let has = decoded.is_some_and(|text| text.contains(&b':'));
            (!has).then(|| format!("`{key}` wants a user and a password in Base64"))
        }),
        Credential::Header { name, prefix } => prefixed(name, prefix),
        Credential::Query { name } => {
            let has = call.query(name).is_some_and(|value| !value.is_empty());
            (!has).then(|| format!("`{key}` wants the query parameter `{name}`"))
        }
        Credential::Cookie { name } => {
            let has = cookies(call).any(|(other, value)| other == name && !value.is_empty());
            (!has).then(|| format!("`{key}` wants the cookie `{name}`"))
        }
        Credential::Transport => None,
    }
}

/// Names and values of the cookies of a request (RFC 6265, section 4.2.1).
pub(super) fn cookies(call: &Received) -> impl Iterator<Item = (&str, &str)> {
    let headers = call.headers.get_all(COOKIE).into_iter();
    let pairs = headers.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('='))
}
