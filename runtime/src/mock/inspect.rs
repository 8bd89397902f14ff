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
    let operation = route.operation;
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
            (!values.is_empty()).then(|| match param.style {
                Style::Json => vec![Tree::Text(text.clone())],
                _ => with_whole(&text, forms(texts(), param.explode)),
            })
        }
        Place::Cookie => {
            let named = cookies(call).filter(|(name, _)| *name == param.name);
            let values: Vec<String> = named.map(|(_, value)| value.to_owned()).collect();
            let raw = values.first()?;
            Some(match param.explode {
                true => vec![Tree::of_texts(values.iter().map(|it| percent_decoded(it)).collect())],
                false => with_whole(&percent_decoded(raw), forms(split(raw, ","), false)),
            })
        }
        Place::Query => of_query(route, api, param, call),
    }
}

fn of_path(param: &Param, raw: &str) -> Vec<Tree> {
    let texts = match (param.style, param.explode) {
        (Style::Label, true) => split(raw.strip_prefix('.').unwrap_or(raw), "."),
        (Style::Label, false) => split(raw.strip_prefix('.').unwrap_or(raw), ","),
        (Style::Matrix, true) => {
            let name = format!("{}=", param.name);
            let items = raw.split(';').filter(|item| !item.is_empty());
            items.map(|item| percent_decoded(item.strip_prefix(&name).unwrap_or(item))).collect()
        }
        (Style::Matrix, false) => {
            let value = raw.split_once('=').map_or("", |(_, value)| value);
            split(value, ",")
        }
        (Style::Json, _) => return vec![Tree::Text(percent_decoded(raw))],
        _ => split(raw, ","),
    };
    with_whole(&percent_decoded(raw), forms(texts, param.explode))
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
            (!call.raw_query.is_empty()).then(|| vec![inspect_body::form(&call.raw_query, &[])])
        }
        Style::Json => values.first().map(|value| vec![Tree::Text(decoded(value))]),
        _ if values.is_empty() => spread(route, api, param, call),
        _ if param.explode => {
            let texts: Vec<String> = values.iter().map(|value| decoded(value)).collect();
            Some(vec![Tree::of_texts(texts)])
        }
        style => {
            let raw = values.first()?;
            let raw = match style {
                Style::SpaceDelimited => raw.replace('+', ",").replace("%20", ","),
                Style::PipeDelimited => raw.replace('|', ",").replace("%7C", ","),
                _ => (*raw).to_owned(),
            };
            let texts = raw.split(',').map(decoded).collect();
            Some(with_whole(&decoded(&raw), forms(texts, false)))
        }
    }
}

/// An object whose members stand for themselves in the query: whatever is no other parameter and no
/// credential. It counts as sent where it is one.
fn spread(route: &Route, api: &Api, param: &Param, call: &Received) -> Option<Vec<Tree>> {
    if param.style != Style::Form || !param.explode {
        return None;
    }
    let params = || route.operation.params.iter().filter(|it| it.place == Place::Query);
    let is_known = |name: &str| {
        let mut schemes = api.schemes.iter();
        params().any(|it| it.name == name)
            || schemes
                .any(|it| matches!(it.credential, Credential::Query { name: key } if key == name))
    };
    let members = pairs(&call.raw_query).filter(|(name, _)| !is_known(name));
    let tree = tree(members.map(|(name, value)| (vec![name], decoded(value))))?;
    let at = route.operation.params.iter().position(|it| std::ptr::eq(it, param));
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
