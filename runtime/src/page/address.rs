//! The address of a next page: a reference as a reply gives it in, path and query at the client's own
//! origin out.
//!
//! The request goes to the origin that the client has anyway, so credentials can't go anywhere else; a
//! reference to another one is refused all the same, as the page isn't here.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::PagingError;
use crate::server::is_dot_segment;
use crate::{Api, Credential};

/// Path and query of a reference (RFC 3986, section 5.2) in the reply to a request to `url`.
///
/// A reference to the same host without TLS, where the client uses TLS at the usual port, is taken for
/// one with it: proxies that end TLS make such addresses, and the request goes out with TLS.
pub(super) fn resolve(reference: &str, url: &str) -> Result<String, Unfit> {
    let reference = reference.trim().split('#').next().unwrap_or_default();
    let is_odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
    if reference.is_empty() || reference.contains(is_odd) {
        return Err(Unfit::Unusable);
    }
    let (origin, current) = split(url);
    let target = match absolute(reference, origin) {
        Some((other, target)) if is_same(origin, &other)? => target,
        Some((other, _)) => return Err(Unfit::Origin(other)),
        None => reference,
    };
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let is_absolute = target.len() != reference.len() || path.starts_with('/');
    let path = match path {
        "" if is_absolute => "/".to_owned(),
        "" => current.to_owned(),
        path if is_absolute => without_dots(path),
        path => {
            let folder = current.rsplit_once('/').map_or("", |(folder, _)| folder);
            without_dots(&format!("{folder}/{path}"))
        }
    };
    Ok(query.map_or(path.clone(), |query| format!("{path}?{query}")))
}

/// Why a reference can't be followed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It isn't an address.
    Unusable,
    /// It is one at another origin.
    Origin(String),
}

impl Unfit {
    pub(super) fn at(self, place: String) -> PagingError {
        match self {
            Self::Unusable => PagingError::Unusable { place, expected: "address" },
            Self::Origin(origin) => PagingError::OtherOrigin { origin },
        }
    }
}

/// Origin and path of an address without a query.
fn split(url: &str) -> (&str, &str) {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(start..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| start + at);
    url.split_at(end)
}

/// Origin and the rest of a reference that has an authority or a scheme of its own.
fn absolute<'a>(reference: &'a str, origin: &str) -> Option<(String, &'a str)> {
    let after_scheme = |scheme: &str, rest: &'a str| {
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        (format!("{scheme}://{authority}").to_ascii_lowercase(), target)
    };
    if let Some(rest) = reference.strip_prefix("//") {
        let scheme = origin.split("://").next().unwrap_or_default();
        return Some(after_scheme(scheme, rest));
    }
    let (scheme, rest) = reference.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !is_scheme {
        return None;
    }
    match rest.strip_prefix("//") {
        Some(rest) => Some(after_scheme(scheme, rest)),
        None => Some((format!("{}:", scheme.to_ascii_lowercase()), "")),
    }
}

/// Whether two origins are one. A user in the address makes it none that is followed.
fn is_same(own: &str, other: &str) -> Result<bool, Unfit> {
    if other.contains('@') {
        return Err(Unfit::Unusable);
    }
    let own = own.to_ascii_lowercase();
    let own = without_port(&own);
    let other = without_port(other);
    let upgraded = other.strip_prefix("http://").map(|host| format!("https://{host}"));
    let host = other.split("://").nth(1).unwrap_or_default();
    let has_port = host.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
    Ok(own == other || (!has_port && upgraded.as_deref() == Some(own)))
}

/// An origin without the usual port of its scheme.
fn without_port(origin: &str) -> &str {
    let usual = if origin.starts_with("https:") { ":443" } else { ":80" };
    origin.strip_suffix(usual).unwrap_or(origin)
}

/// A path without `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut is_folder = false;
    for segment in path.split('/').skip(1) {
        is_folder = is_dot_segment(segment);
        if !is_folder {
            kept.push(segment);
        } else if segment.len() > 1 && !segment.eq_ignore_ascii_case("%2e") {
            kept.pop();
        }
    }
    format!("/{}{}", kept.join("/"), if is_folder && !kept.is_empty() { "/" } else { "" })
}

/// An address without the credentials that stand in its query: each request has its own.
pub(super) fn without_credentials(target: String, api: &Api) -> String {
    let names = api.schemes.iter().filter_map(|scheme| match scheme.credential {
        Credential::Query { name } => Some(name),
        _ => None,
    });
    let names: Vec<&str> = names.collect();
    let Some((path, query)) = target.split_once('?').filter(|_| !names.is_empty()) else {
        return target;
    };
    let is_credential = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default().replace('+', " ");
        let name: Cow<'_, str> = percent_decode_str(&name).decode_utf8_lossy();
        names.contains(&name.as_ref())
    };
    let pairs: Vec<&str> = query.split('&').filter(|pair| !is_credential(pair)).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://api.example/v1/devices";

    fn resolved(reference: &str) -> Result<String, Unfit> {
        resolve(reference, URL)
    }

    #[test]
    fn references_are_resolved_against_the_request() {
        for (reference, target) in [
            ("https://api.example/v1/devices?page=2", "/v1/devices?page=2"),
            ("HTTPS://API.example:443/v1/x", "/v1/x"),
            ("http://api.example/v1/devices?page=2", "/v1/devices?page=2"),
            ("https://api.example", "/"),
            ("https://api.example?a=b", "/?a=b"),
            ("//api.example/v2?x", "/v2?x"),
            ("/v1/devices?page=2#part", "/v1/devices?page=2"),
            ("?page=2", "/v1/devices?page=2"),
            ("users?page=2", "/v1/users?page=2"),
            ("../v2/./a/%2e%2E/b", "/v2/b"),
            ("/a/..", "/"),
            ("/../../a/", "/a/"),
            (" /a?b=https://other.example/ ", "/a?b=https://other.example/"),
            ("a:b", "a:"),
        ] {
            if target == "a:" {
                assert_eq!(resolved(reference), Err(Unfit::Origin("a:".into())));
                continue;
            }
            assert_eq!(resolved(reference).as_deref(), Ok(target), "{reference}");
        }
        assert_eq!(resolve("/b", "http://[::1]:80/a").as_deref(), Ok("/b"));
        assert_eq!(resolve("http://[::1]/b", "http://[::1]:80/a").as_deref(), Ok("/b"));
        assert_eq!(resolve("http://[::1]/b", "https://[::1]/a").as_deref(), Ok("/b"));
    }

    #[test]
    fn other_origins_are_told_apart() {
        for reference in [
            "https://other.example/v1/devices",
            "//other.example/",
            "https://api.example:8443/",
            "http://api.example:8080/",
            "https://api.example.evil.example/",
            "https://evil.example/?https://api.example/",
            "ftp://api.example/",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ] {
            assert!(matches!(resolved(reference), Err(Unfit::Origin(_))), "{reference}");
        }
        let downgrade = resolve("https://api.example/", "http://api.example/");
        assert!(matches!(downgrade, Err(Unfit::Origin(_))));
        for reference in
            ["", "#a", "https://api.example@evil.example/", "/\\evil.example", "/a b", "/a\nb"]
        {
            assert_eq!(resolved(reference), Err(Unfit::Unusable), "{reference}");
        }
    }
}
