//! The address that requests go to: chosen, filled in and checked once, when a client is built.

use std::fmt;

use http::Uri;
use http::uri::{Authority, Scheme};
use percent_encoding::utf8_percent_encode;

use crate::api::{Api, ServerTemplate, Variable};
use crate::client::BuildError;
use crate::execute::NOT_IN_PATH;

mod variable;

/// An absolute address without a `/` at its end, in the two parts that a request needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Base {
    pub(crate) scheme: Scheme,
    /// `host:port`.
    pub(crate) authority: Authority,
    /// Path before each operation's path: empty, or `/…`.
    pub(crate) path: String,
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.path)
    }
}

/// What the caller said about the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    pub(crate) base_url: Option<String>,
    pub(crate) template: Option<usize>,
    /// Values of the API's variables, by index.
    pub(crate) variables: Vec<Option<String>>,
}

impl Choice {
    /// The address: `base_url` if set; else the chosen server; else the first that uses every
    /// variable which was set.
    pub(crate) fn resolve(&self, api: &Api) -> Result<Base, BuildError> {
        if let Some(url) = &self.base_url {
            return parse(url);
        }
        let template = api.servers.get(self.chosen(api)).ok_or(BuildError::NoServer)?;
        if let Some(variable) = self.unused(api, template).find(|it| !it.of_operations) {
            return Err(BuildError::UnusedVariable {
                setter: variable.setter,
                server: template.name,
            });
        }
        let url = self.fill(api, template.url)?;
        if url.starts_with('/') || !url.contains("://") {
            return Err(BuildError::NoServer);
        }
        parse(&url)
    }

    /// The address of an operation that has its own: that in the place of the chosen server.
    pub(crate) fn resolve_own(&self, api: &Api, urls: &[&str]) -> Option<Result<Base, BuildError>> {
        let url = match urls {
            [] => return None,
            [one] => one,
            [first, ..] => urls.get(self.chosen(api)).unwrap_or(first),
        };
        Some(self.fill(api, url).and_then(|url| parse(&url)))
    }

    /// Index of the server. Where none uses all variables, the first says which one it doesn't.
    fn chosen(&self, api: &Api) -> usize {
        let first = |fits: &dyn Fn(&ServerTemplate) -> bool| api.servers.iter().position(fits);
        let is_enough = |server: &ServerTemplate| {
            self.unused(api, server).all(|variable| variable.of_operations)
        };
        self.template
            .or_else(|| first(&|server| self.unused(api, server).next().is_none()))
            .or_else(|| first(&is_enough))
            .unwrap_or_default()
    }

    fn value(&self, index: usize) -> Option<&str> {
        self.variables.get(index)?.as_deref()
    }

    /// The variables that were set, and that the server doesn't use.
    fn unused<'a>(
        &'a self,
        api: &'a Api,
        server: &'a ServerTemplate,
    ) -> impl Iterator<Item = &'a Variable> {
        let variables = api.variables.iter().enumerate();
        let unused = variables.filter(|(index, variable)| {
            self.value(*index).is_some() && !server.url.contains(&format!("{{{}}}", variable.name))
        });
        unused.map(|(_, variable)| variable)
    }

    fn fill(&self, api: &Api, template: &str) -> Result<String, BuildError> {
        let (mut url, mut rest) = (String::with_capacity(template.len()), template);
        for (text, name) in pieces(template) {
            join(&mut url, text);
            let Some(name) = name else { continue };
            rest = rest.get(text.len() + name.len() + 2..).unwrap_or_default();
            let mut variables = api.variables.iter().enumerate();
            let Some((index, variable)) = variables.find(|(_, one)| one.name == name) else {
                let (url, reason) = (template.to_owned(), "it has an undeclared variable".into());
                return Err(BuildError::InvalidUrl { url, reason });
            };
            let place = variable::Place { before: &url, after: rest };
            let value = place.value(variable, self.value(index))?;
            join(&mut url, &value);
        }
        Ok(url)
    }
}

/// Puts text behind an address: of two slashes that meet in its path, one is enough.
fn join(address: &mut String, text: &str) {
    if text.starts_with('/') && Part::behind(address) == Part::Path {
        address.truncate(address.trim_end_matches('/').len());
    }
    address.push_str(text);
}

/// A part of an address, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Scheme,
    Host,
    Path,
}

impl Part {
    /// The part that text behind this would belong to.
    fn behind(address: &str) -> Self {
        match address.split_once("://") {
            None => Self::Scheme,
            Some((_, rest)) if rest.contains('/') => Self::Path,
            Some(_) => Self::Host,
        }
    }
}

/// Splits a template at its `{name}`s: pieces of text, each with the name that follows it.
pub(crate) fn pieces(template: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(template);
    std::iter::from_fn(move || {
        let whole = rest.take()?;
        let piece = whole.split_once('{').and_then(|(text, tail)| {
            let (name, after) = tail.split_once('}')?;
            rest = Some(after);
            Some((text, Some(name)))
        });
        Some(piece.unwrap_or((whole, None)))
    })
}

/// The path of a template, and its query. What follows `#` is never sent.
pub(crate) fn path_and_query(template: &str) -> (&str, Option<&str>) {
    let template = split_outside(template, '#').map_or(template, |(sent, _)| sent);
    split_outside(template, '?').map_or((template, None), |(path, query)| (path, Some(query)))
}

/// Splits a template where this first stands outside of a name.
fn split_outside(template: &str, mark: char) -> Option<(&str, &str)> {
    let mut start = 0;
    for (text, name) in pieces(template) {
        if let Some(at) = text.find(mark) {
            let (before, after) = template.split_at(start + at);
            return Some((before, after.strip_prefix(mark)?));
        }
        start += text.len() + name.map_or(0, |name| name.len() + 2);
    }
    None
}

/// Reads an absolute address.
pub(crate) fn parse(url: &str) -> Result<Base, BuildError> {
    let invalid =
        |reason: &str| BuildError::InvalidUrl { url: without_userinfo(url), reason: reason.into() };
    if url.contains(['?', '#']) {
        return Err(invalid("a query or fragment can't stand in it"));
    }
    let uri: Uri =
        url.parse().map_err(|error: http::uri::InvalidUri| invalid(&error.to_string()))?;
    let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
        return Err(invalid("it has to begin with https:// or http://"));
    };
    if *scheme != Scheme::HTTPS && *scheme != Scheme::HTTP {
        return Err(invalid("it has to begin with https:// or http://"));
    }
    if authority.as_str().contains('@') {
        return Err(invalid("a user or password can't stand in it: set the credential instead"));
    }
    let path = uri.path().trim_end_matches('/');
    if path.split('/').any(is_dot_segment) {
        return Err(invalid("`.` and `..` can't stand in its path"));
    }
    let path = utf8_percent_encode(path, NOT_IN_PATH).to_string();
    Ok(Base { scheme: scheme.clone(), authority: authority.clone(), path })
}

/// The text of an address, with this behind the name of the server. `Uri`'s own `Display` writes it piece by
/// piece, into a text that grows with each.
pub(crate) fn address(uri: &Uri, rest: &str) -> String {
    let (scheme, authority) = (uri.scheme_str(), uri.authority());
    let (scheme, authority) = (scheme.unwrap_or_default(), authority.map_or("", |it| it.as_str()));
    [scheme, "://", authority, rest].concat()
}

/// Whether URL parsers take a segment for `.` or `..` (WHATWG URL, section 4.4).
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    let (mut rest, mut dots) = (segment, 0);
    while let Some(first) = rest.bytes().next() {
        let is_encoded = rest.get(..3).is_some_and(|dot| dot.eq_ignore_ascii_case("%2e"));
        if first != b'.' && !is_encoded {
            return false;
        }
        rest = &rest[if is_encoded { 3 } else { 1 }..];
        dots += 1;
    }
    (1..=2).contains(&dots)
}

/// The address as it may be shown: without user, password and query.
fn without_userinfo(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let start = url.find("://").map_or(0, |at| at + 3);
    let (scheme, rest) = url.split_at(start);
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or(authority);
    format!("{scheme}{host}{path}")
}

#[cfg(test)]
mod tests;
