//! Holds a request to the descriptor of its operation: parameters, credentials, body.

use super::credentials::{cookies, missing};
use super::inspect_body;
use super::received::{Received, decoded, pairs, percent_decoded};
use super::route::{Check, Route};
use super::tree::Tree;
use crate::Api;
use crate::api::Credential;
use crate::op::{Param, Place, Style};

/// A way in which a request breaks the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    /// Status that tells of it.
    pub(super) status: u16,
    /// What is wrong.
    pub(super) reason: String,
}

impl Breach {
    pub(super) fn new(status: u16, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into() }
    }
}

/// Everything that is wrong with a request.
pub(super) fn inspect(
    route: &Route,
    api: &Api,
    path: &[(&'static str, String)],
    call: &Received,
) -> Vec<Breach> {
    let operation = route.operation();
    let mut breaches = Vec::new();
    breaches.extend(missing(operation, api, call).map(|reason| Breach::new(401, reason)));
    let checks = operation.params.iter().enumerate();
    for (param, check) in checks.map(|(at, param)| (param, route.params.get(at).copied())) {
        let reason = match sent(route, api, param, path, call) {
            None if param.required => Some("is missing".to_owned()),
            None => None,
            Some(forms) => check.and_then(|check| wrong(param, check, &forms)),
        };
        breaches.extend(reason.map(|reason| Breach::new(400, format!("{param} {reason}"))));
    }
    breaches.extend(inspect_body::inspect(route, call));
    breaches
}

/// What is wrong with a value in all of the forms that it may be read in.
fn wrong(param: &Param, check: Check, forms: &[Tree]) -> Option<String> {
    let mut first = None;
    for form in forms {
        match form.read(check, param.rules) {
            Ok(broken) if broken.is_empty() => return None,
            Ok(broken) => {
                let broken: Vec<String> =
                    broken.into_iter().map(|it| it.under(param.name).to_string()).collect();
                return Some(format!("breaks its rules: {}", broken.join(", ")));
            }
            Err(fault) => {
                first.get_or_insert(fault);
            }
        }
    }
    // Of an object that is spread over the query nothing may have been sent.
    first.map(|fault| format!("isn't what the document says: {fault}"))
}

/// The forms in which what was sent can be read; absent when nothing was.
fn sent(
    route: &Route,
    api: &Api,
    param: &Param,
    path: &[(&'static str, String)],
    call: &Received,
) -> Option<Vec<Tree>> {
    match param.place {
        Place::Path => {
            let (_, raw) = path.iter().find(|(name, _)| *name == param.name)?;
            Some(of_path(param, raw))
        }
        Place::Header => {
            let values = call.headers.get_all(param.name).into_iter();
            let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
            let text = values.join(",");
            let texts = || text.split(',').map(|it| it.trim().to_owned()).collect();
            (!values.is_empty()).then(|| match is_json(param.style) {
                true => vec![Tree::Json(text.clone())],
                false => with_whole(&text, forms(texts(), param.explode)),
            })
        }
        Place::Cookie => of_cookie(route, api, param, call),
        Place::Query => of_query(route, api, param, call),
    }
}

/// The value is JSON text, wherever it stands.
fn is_json(style: Style) -> bool {
    match style {
        Style::Json | Style::QueryJson => true,
        Style::Simple
        | Style::Label
        | Style::Matrix
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject
        | Style::QueryString
        | Style::QueryText
        | Style::Cookie => false,
    }
}

fn of_path(param: &Param, raw: &str) -> Vec<Tree> {
    let texts = match param.style {
        Style::Label => {
            let separator = if param.explode { "." } else { "," };
            split(raw.strip_prefix('.').unwrap_or(raw), separator)
        }
        Style::Matrix if param.explode => {
            let name = format!("{}=", param.name);
            let items = raw.split(';').filter(|item| !item.is_empty());
            items.map(|item| percent_decoded(item.strip_prefix(&name).unwrap_or(item))).collect()
        }
        Style::Matrix => {
            let value = raw.split_once('=').map_or("", |(_, value)| value);
            split(value, ",")
        }
        Style::Json | Style::QueryJson => return vec![Tree::Json(percent_decoded(raw))],
        Style::Simple
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject
        | Style::QueryString
        | Style::QueryText
        | Style::Cookie => split(raw, ","),
    };
    with_whole(&percent_decoded(raw), forms(texts, param.explode))
}

fn of_cookie(route: &Route, api: &Api, param: &Param, call: &Received) -> Option<Vec<Tree>> {
    // What is written as it stands is read as it stands (OpenAPI 3.2, section 4.12.2.2).
    let read: fn(&str) -> String = match param.style {
        Style::Cookie => str::to_owned,
        Style::Simple
        | Style::Label
        | Style::Matrix
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject
        | Style::Json
        | Style::QueryString
        | Style::QueryJson
        | Style::QueryText => percent_decoded,
    };
    let named = cookies(call).filter(|(name, _)| *name == param.name);
    let values: Vec<&str> = named.map(|(_, value)| value).collect();
    let Some(raw) = values.first() else {
        let all = cookies(call).map(|(name, value)| (percent_decoded(name), read(value)));
        return param.explode.then(|| spread(route, api, param, all)).flatten();
    };
    Some(match (is_json(param.style), param.explode) {
        (true, _) => vec![Tree::Json(read(raw))],
        (false, true) => vec![Tree::of_texts(values.iter().map(|it| read(it)).collect())],
        (false, false) => with_whole(&read(raw), forms(raw.split(',').map(read).collect(), false)),
    })
}

fn split(raw: &str, separator: &str) -> Vec<String> {
    raw.split(separator).map(percent_decoded).collect()
}

/// A list or one value; names and values in turn, or `name=value`s.
fn forms(texts: Vec<String>, explode: bool) -> Vec<Tree> {
    let object = if explode { Tree::of_assignments(&texts) } else { Tree::of_turns(&texts) };
    std::iter::once(Tree::of_texts(texts)).chain(object).collect()
}

/// A single text may have the separator in it.
fn with_whole(text: &str, mut forms: Vec<Tree>) -> Vec<Tree> {
    let whole = Tree::Text(text.to_owned());
    if !forms.contains(&whole) {
        forms.push(whole);
    }
    forms
}

fn of_query(route: &Route, api: &Api, param: &Param, call: &Received) -> Option<Vec<Tree>> {
    let own = || pairs(&call.raw_query).filter(|(name, _)| name == param.name);
    let values: Vec<&str> = own().map(|(_, value)| value).collect();
    match param.style {
        Style::DeepObject => {
            let members = pairs(&call.raw_query);
            let members = members.filter_map(|(name, value)| {
                Some((steps(name.strip_prefix(param.name)?)?, decoded(value)))
            });
            tree(members).map(|tree| vec![tree])
        }
        Style::QueryString => {
            let whole = whole(api, call);
            (!whole.is_empty()).then(|| vec![inspect_body::form(&whole, &[])])
        }
        Style::QueryJson | Style::QueryText => {
            let whole = percent_decoded(&whole(api, call));
            let tree: fn(String) -> Tree =
                if is_json(param.style) { Tree::Json } else { Tree::Text };
            (!whole.is_empty()).then(|| vec![tree(whole)])
        }
        Style::Json => values.first().map(|value| vec![Tree::Json(decoded(value))]),
        Style::Form if values.is_empty() && param.explode => {
            let all = pairs(&call.raw_query).map(|(name, value)| (name, decoded(value)));
            spread(route, api, param, all)
        }
        Style::Simple
        | Style::Label
        | Style::Matrix
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::Cookie => delimited(param, &values),
    }
}

/// The query without keys that are credentials.
fn whole(api: &Api, call: &Received) -> String {
    let is_key = |piece: &&str| pairs(piece).any(|(name, _)| is_key(api, Place::Query, &name));
    let pieces: Vec<&str> = call.raw_query.split('&').filter(|piece| !is_key(piece)).collect();
    pieces.join("&")
}

/// The name is that of a credential.
fn is_key(api: &Api, place: Place, name: &str) -> bool {
    api.schemes.iter().any(|scheme| match (&scheme.credential, place) {
        (Credential::Query { name: key }, Place::Query)
        | (Credential::Cookie { name: key }, Place::Cookie) => *key == name,
        _ => false,
    })
}

/// The items of a query, each with the name, or all in one value.
fn delimited(param: &Param, values: &[&str]) -> Option<Vec<Tree>> {
    let raw = values.first()?;
    if param.explode {
        return Some(vec![Tree::of_texts(values.iter().map(|value| decoded(value)).collect())]);
    }
    let raw = match param.style {
        Style::SpaceDelimited => raw.replace('+', ",").replace("%20", ","),
        Style::PipeDelimited => raw.replace('|', ",").replace("%7C", ","),
        Style::Simple
        | Style::Label
        | Style::Matrix
        | Style::Form
        | Style::DeepObject
        | Style::Json
        | Style::QueryString
        | Style::QueryJson
        | Style::QueryText
        | Style::Cookie => (*raw).to_owned(),
    };
    let texts = raw.split(',').map(decoded).collect();
    Some(with_whole(&decoded(&raw), forms(texts, false)))
}

/// An object whose members stand for themselves in the query, or among the cookies: whatever is no
/// other parameter and no credential. It counts as sent where it is one.
fn spread(
    route: &Route,
    api: &Api,
    param: &Param,
    all: impl Iterator<Item = (String, String)>,
) -> Option<Vec<Tree>> {
    let params = || route.operation().params.iter().filter(|it| it.place == param.place);
    let is_known =
        |name: &str| params().any(|it| it.name == name) || is_key(api, param.place, name);
    let members = all.filter(|(name, _)| !is_known(name));
    let tree = tree(members.map(|(name, text)| (vec![name], text)))?;
    let at = route.operation().params.iter().position(|it| std::ptr::eq(it, param));
    let check = at.and_then(|at| route.params.get(at))?;
    tree.read(*check, &[]).is_ok().then(|| vec![tree])
}

/// `[a][0]` as its steps.
pub(super) fn steps(brackets: &str) -> Option<Vec<String>> {
    let inner = brackets.strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.split("][").map(str::to_owned).collect())
}

/// The object of texts at these places; absent without any.
pub(super) fn tree(members: impl Iterator<Item = (Vec<String>, String)>) -> Option<Tree> {
    let mut tree = Tree::Object(Vec::new());
    let mut is_empty = true;
    for (steps, text) in members {
        tree.put(&steps, text);
        is_empty = false;
    }
    (!is_empty).then(|| tree.indexed())
}

#[cfg(test)]
mod tests;
