//! The address of a request: base, path template, and parameters in their places.

use std::borrow::Cow;

use http::Uri;
use http::uri::{Parts, PathAndQuery};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::query;
use crate::error::Refusal;
use crate::op::{CallParts, Param, Place};
use crate::server::{self, Base, is_dot_segment, pieces};
use crate::style;

/// Room for the values of parameters: a longer address is moved once.
const ROOM: usize = 64;

/// What can't stand in a path as it is (RFC 3986, section 3.3), but for the `%` of what the
/// document has encoded already.
pub(crate) const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What can't stand in a query as it is (RFC 3986, section 3.4), but for `%`.
const NOT_IN_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The address of a call, without what credentials add to its query. What follows the server's name
/// is written once, into one text.
pub(super) fn uri(call: &CallParts) -> Result<Uri, Refusal> {
    let base = base(call)?;
    let own = call.custom().target.as_ref();
    let template = own.map_or(call.operation.path, |target| &target.path);
    let mut target = String::with_capacity(base.path.len() + template.len() + ROOM);
    if let Some(next) = &call.next_page {
        given(next, &mut target);
    } else {
        target.push_str(&base.path);
        let (path, query) = server::path_and_query(template);
        let query = query.unwrap_or_default();
        if !path.starts_with('/') && (!path.is_empty() || target.is_empty()) {
            target.push('/');
        }
        let query = match own {
            Some(_) => {
                undocumented(path, &mut target)?;
                Cow::Borrowed(query)
            }
            None => {
                fill(call, path, &mut target)?;
                fill_query(call, query)?
            }
        };
        query::write(call, &query, &mut target);
    }
    let mut parts = Parts::default();
    (parts.scheme, parts.authority) = (Some(base.scheme.clone()), Some(base.authority.clone()));
    build(parts, target)
}

/// The same address with this behind its query.
pub(super) fn with_query(uri: &Uri, more: &str) -> Result<Uri, Refusal> {
    let joint = if uri.query().is_some() { '&' } else { '?' };
    let target = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    build(uri.clone().into_parts(), format!("{target}{joint}{more}"))
}

/// An address with this path and query.
fn build(mut parts: Parts, target: String) -> Result<Uri, Refusal> {
    let target = PathAndQuery::try_from(target).map_err(http::Error::from);
    let uri = target.and_then(|target| {
        parts.path_and_query = Some(target);
        Ok(Uri::from_parts(parts)?)
    });
    // Only the length is left to be wrong with it: 65,534 bytes at most.
    uri.map_err(|error| Refusal::new("the request's address", format!("can't be sent: {error}")))
}

/// A path and query that the server gave, with what neither may contain percent-encoded.
fn given(target: &str, address: &mut String) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    address.extend(utf8_percent_encode(path, NOT_IN_PATH));
    if !query.is_empty() {
        address.push('?');
        address.extend(utf8_percent_encode(query, NOT_IN_QUERY));
    }
}

/// The operation's own server, unless the caller has set the address.
fn base(call: &CallParts) -> Result<Cow<'_, Base>, Refusal> {
    let settings = call.core.settings();
    let own = match settings.server.base_url {
        Some(_) => None,
        None => settings.server.resolve_own(settings.api, call.operation.servers),
    };
    match own {
        Some(own) => own
            .map(Cow::Owned)
            .map_err(|error| Refusal::new("the operation's own server", error.to_string())),
        None => Ok(Cow::Borrowed(&settings.base)),
    }
}

/// A path that the caller made. It can't leave the client's address.
fn undocumented(path: &str, address: &mut String) -> Result<(), Refusal> {
    let refuse = |reason: &'static str| Err(Refusal::new("the path", reason));
    if path.contains("://") {
        return refuse("is an address: give what follows the client's `base_url`");
    }
    if path.split('/').any(is_dot_segment) {
        return refuse("has a segment `.` or `..`, which would change the path");
    }
    address.extend(utf8_percent_encode(path, NOT_IN_PATH));
    Ok(())
}

fn fill(call: &CallParts, template: &str, address: &mut String) -> Result<(), Refusal> {
    let start = address.len();
    let check = |address: &str, param| check_segment(&address[start..], param);
    // The last parameter of the segment that is being written.
    let mut open: Option<&Param> = None;
    for (mut text, name) in pieces(template) {
        if let (Some(param), Some(end)) = (open, text.find('/')) {
            address.extend(utf8_percent_encode(&text[..end], NOT_IN_PATH));
            check(address, param)?;
            (open, text) = (None, &text[end..]);
        }
        address.extend(utf8_percent_encode(text, NOT_IN_PATH));
        if let Some(name) = name {
            open = Some(value(call, name, address)?);
        }
    }
    open.map_or(Ok(()), |param| check(address, param))
}

/// The query of a template. What is reserved in a path is data in it.
fn fill_query<'t>(call: &CallParts, template: &'t str) -> Result<Cow<'t, str>, Refusal> {
    if !template.contains('{') {
        return Ok(Cow::Borrowed(template));
    }
    let mut query = String::with_capacity(template.len() + ROOM);
    for (text, name) in pieces(template) {
        query.push_str(text);
        if let Some(name) = name {
            let (param, json) = argument(call, name)?;
            style::write(&Param { allow_reserved: false, ..*param }, json, &mut query);
        }
    }
    Ok(Cow::Owned(query))
}

/// The parameter of the path that has that name, and its value.
fn argument<'c>(call: &'c CallParts, name: &str) -> Result<(&'static Param, &'c [u8]), Refusal> {
    let mut params = call.params();
    let found = params.find(|(param, _)| param.place == Place::Path && param.name == name);
    let subject = || format!("path parameter `{name}`");
    found.ok_or_else(|| Refusal::new(subject(), "has no value"))
}

/// Writes the value of the parameter of that name.
fn value(call: &CallParts, name: &str, address: &mut String) -> Result<&'static Param, Refusal> {
    let (param, json) = argument(call, name)?;
    let start = address.len();
    style::write(param, json, address);
    if address.len() == start {
        return Err(Refusal::new(param, "is empty, which would change the path"));
    }
    Ok(param)
}

/// URL parsers take `.` and `..` away, percent-encoded ones too (WHATWG URL, section 4.4), so a
/// value can't be sent that makes a segment one of them. Under `allowReserved` a value may span
/// segments.
fn check_segment(path: &str, param: &Param) -> Result<(), Refusal> {
    let is_dots = if param.allow_reserved {
        path.split('/').any(is_dot_segment)
    } else {
        path.rsplit('/').next().is_some_and(is_dot_segment)
    };
    if is_dots {
        return Err(Refusal::new(
            param,
            "makes a segment of the path `.` or `..`, which would change the path",
        ));
    }
    Ok(())
}
