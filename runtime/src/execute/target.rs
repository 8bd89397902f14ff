//! The address of a request: base, path template, and path parameters in their places.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::error::Refusal;
use crate::op::{CallParts, Param, Place};
use crate::server::{self, Base, is_dot_segment, pieces};
use crate::style;

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

/// The address up to the path, and the fixed query of the template, or of an undocumented call.
pub(super) fn address(call: &CallParts) -> Result<(String, Option<&str>), Refusal> {
    if let Some(next) = &call.next_page {
        return Ok((format!("{}{}", base(call)?.origin, encoded_path(next)), None));
    }
    let own = call.custom.target.as_ref();
    let template = own.map_or(call.operation.path, |target| &target.path);
    let template = template.split('#').next().unwrap_or_default();
    let (path, query) = match template.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (template, None),
    };
    let base = base(call)?;
    let path = if own.is_some() { undocumented(path)? } else { fill(call, path)? };
    let slash = if path.starts_with('/') || path.is_empty() { "" } else { "/" };
    Ok((format!("{}{}{slash}{path}", base.origin, base.path), query))
}

/// The path of an address that the server gave, with what no path may contain percent-encoded.
fn encoded_path(target: &str) -> String {
    let path = target.split('?').next().unwrap_or_default();
    utf8_percent_encode(path, NOT_IN_PATH).to_string()
}

/// The query of an address that the server gave. It stands for all parameters of the query.
pub(super) fn given_query(call: &CallParts) -> Option<String> {
    let (_, query) = call.next_page.as_ref()?.split_once('?').unwrap_or_default();
    Some(utf8_percent_encode(query, NOT_IN_QUERY).to_string())
}

/// The operation's own server, unless the caller has set the address.
fn base(call: &CallParts) -> Result<Cow<'_, Base>, Refusal> {
    let settings = call.core.settings();
    match call.operation.server {
        Some(server) if !settings.base_is_fixed => server::parse(server)
            .map(Cow::Owned)
            .map_err(|error| Refusal::new("the operation's own server", error.to_string())),
        _ => Ok(Cow::Borrowed(&settings.base)),
    }
}

/// A path that the caller made. It can't leave the client's address.
fn undocumented(path: &str) -> Result<String, Refusal> {
    let refuse = |reason: &'static str| Err(Refusal::new("the path", reason));
    if path.contains("://") {
        return refuse("is an address: give what follows the client's `base_url`");
    }
    if path.split('/').any(is_dot_segment) {
        return refuse("has a segment `.` or `..`, which would change the path");
    }
    Ok(utf8_percent_encode(path, NOT_IN_PATH).to_string())
}

fn fill(call: &CallParts, template: &str) -> Result<String, Refusal> {
    let mut path = String::with_capacity(template.len() + 32);
    // The last parameter of the segment that is being written.
    let mut writer: Option<&Param> = None;
    for (text, name) in pieces(template) {
        for (index, part) in text.split('/').enumerate() {
            if index > 0 {
                check_segment(&path, writer.take())?;
                path.push('/');
            }
            path.extend(utf8_percent_encode(part, NOT_IN_PATH));
        }
        let Some(name) = name else { continue };
        let (param, value) = value(call, name)?;
        path.push_str(&value);
        writer = Some(param);
    }
    check_segment(&path, writer)?;
    Ok(path)
}

fn value(call: &CallParts, name: &str) -> Result<(&'static Param, String), Refusal> {
    let mut params = call.params();
    let found = params.find(|(param, _)| param.place == Place::Path && param.name == name);
    let subject = || format!("path parameter `{name}`");
    let (param, json) = found.ok_or_else(|| Refusal::new(subject(), "has no value"))?;
    match style::write(param, json) {
        Some(value) if !value.is_empty() => Ok((param, value)),
        _ => Err(Refusal::new(param, "is empty, which would change the path")),
    }
}

/// URL parsers take `.` and `..` away, percent-encoded ones too (WHATWG URL, section 4.4), so a
/// value can't be sent that makes a segment one of them. Under `allowReserved` a value may span
/// segments.
fn check_segment(path: &str, writer: Option<&Param>) -> Result<(), Refusal> {
    let Some(param) = writer else { return Ok(()) };
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
