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
        // The mock server speaks plain HTTP, where no certificate is shown.
        Credential::MutualTls | Credential::Transport => None,
    }
}

/// Names and values of the cookies of a request (RFC 6265, section 4.2.1).
pub(super) fn cookies(call: &Received) -> impl Iterator<Item = (&str, &str)> {
    let headers = call.headers.get_all(COOKIE).into_iter();
    let pairs = headers.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('='))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderName, HeaderValue, Method};

    use super::*;
    use crate::OAuth2;

    static OAUTH: OAuth2 = OAuth2::new("Zoho ");

    static API: Api = Api::new("a", "A", "1").schemes(&[
        Scheme::new("basic", "basic", Credential::Basic),
        Scheme::new("key", "key", Credential::Header { name: "x-key", prefix: "Key " }),
        Scheme::new("query", "query", Credential::Query { name: "key" }),
        Scheme::new("cookie", "cookie", Credential::Cookie { name: "sid" }),
        Scheme::new("oauth", "oauth", Credential::OAuth2(&OAUTH)),
        Scheme::new("tls", "tls", Credential::Transport),
    ]);

    fn told(
        alternatives: &[&[usize]],
        query: &str,
        headers: &[(&'static str, &str)],
    ) -> Option<String> {
        let headers = headers.iter().map(|(name, value)| {
            (HeaderName::from_static(name), HeaderValue::try_from(*value).unwrap())
        });
        let call = Received {
            operation: None,
            method: Method::GET,
            path: "/".to_owned(),
            raw_query: query.to_owned(),
            headers: HeaderMap::from_iter(headers),
            body: Bytes::new(),
            params: Vec::new(),
        };
        let needed = |schemes: &&[usize]| -> &'static [Security] {
            let needed = schemes.iter().map(|scheme| Security::new(*scheme, &[]));
            Vec::leak(needed.collect())
        };
        let security = Vec::leak(alternatives.iter().map(needed).collect());
        missing(&Operation::new("a", "GET", "/").security(security), &API, &call)
    }

    #[test]
    fn each_credential_has_its_form() {
        let basic: &[&[usize]] = &[&[0]];
        assert_eq!(told(basic, "", &[("authorization", "Basic dTpw")]), None);
        let wanted = "the credentials are missing: `basic` wants a user and a password in Base64";
        assert_eq!(told(basic, "", &[("authorization", "Basic dXA=")]).unwrap(), wanted);
        assert!(
            told(basic, "", &[]).unwrap().ends_with("the header `authorization` with `Basic …`")
        );
        let header: &[&[usize]] = &[&[1]];
        assert_eq!(told(header, "", &[("x-key", "key s3cret")]), None);
        let wrong = told(header, "", &[("x-key", "s3cret")]).unwrap();
        assert!(wrong.ends_with("`key` wants the header `x-key` with `Key …`"), "{wrong}");
        assert_eq!(told(&[&[2]], "a=1&key=k", &[]), None);
        assert!(told(&[&[2]], "key=", &[]).unwrap().ends_with("the query parameter `key`"));
        assert_eq!(told(&[&[3]], "", &[("cookie", "a=1; sid=7")]), None);
        assert!(told(&[&[3]], "", &[("cookie", "a=1")]).unwrap().ends_with("cookie `sid`"));
        assert_eq!(told(&[&[4]], "", &[("authorization", "Zoho t")]), None);
        assert_eq!(told(&[&[5]], "", &[]), None);
    }

    #[test]
    fn one_alternative_has_to_be_there_whole() {
        let both: &[&[usize]] = &[&[2, 3], &[1]];
        assert_eq!(told(both, "key=k", &[("cookie", "sid=7")]), None);
        assert_eq!(told(both, "", &[("x-key", "Key k")]), None);
        let wanted = "the credentials are missing: `cookie` wants the cookie `sid`, or \
                      `key` wants the header `x-key` with `Key …`";
        assert_eq!(told(both, "key=k", &[]).unwrap(), wanted);
        assert_eq!(told(&[&[], &[1]], "", &[]), None);
        assert_eq!(told(&[], "", &[]), None);
    }
}
