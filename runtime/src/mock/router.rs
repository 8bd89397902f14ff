//! Finds the operation of a request: method and path, and a fixed query where the document has one.

use http::Method;
use percent_encoding::utf8_percent_encode;

use super::received::percent_decoded;
use super::route::Route;
use crate::execute::NOT_IN_PATH;
use crate::op::{Operation, Place};
use crate::server::{path_and_query, pieces};

/// Parameters by name, and their values.
type Values = Vec<(&'static str, String)>;

/// A route that fits, its index, and the raw values of its path parameters.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) index: usize,
    pub(super) values: Values,
}

impl Match {
    /// The values, decoded.
    pub(super) fn params(&self) -> Vec<(&'static str, String)> {
        self.values.iter().map(|(name, value)| (*name, percent_decoded(value))).collect()
    }
}

/// The routes that fit best: several, where only a fragment tells them apart. Else the methods that
/// the path has.
pub(super) fn find(
    routes: &[&'static Route],
    method: &Method,
    path: &str,
    query: &str,
) -> Result<Vec<Match>, Vec<&'static str>> {
    let matches = routes.iter().enumerate().filter_map(|(index, route)| {
        let values = values(route.operation(), path)?;
        Some((Match { index, values }, route.operation()))
    });
    let (fit, other): (Vec<_>, Vec<_>) =
        matches.partition(|(_, operation)| operation.method == method.as_str());
    let fit = fit.into_iter().filter_map(|(found, operation)| {
        let (fixed, values) = fixed(operation, query)?;
        let values = [found.values, values].concat();
        Some((Match { values, ..found }, literals(operation), fixed))
    });
    let fit: Vec<_> = fit.collect();
    let Some(best) = fit.iter().map(|(_, literals, fixed)| (*literals, *fixed)).max() else {
        let mut methods: Vec<&str> = other.iter().map(|(_, operation)| operation.method).collect();
        methods.dedup();
        return Err(methods);
    };
    let best = fit.into_iter().filter(|(_, literals, fixed)| (*literals, *fixed) == best);
    Ok(best.map(|(found, ..)| found).collect())
}

/// The path of the template, and its fixed query.
fn template(operation: &Operation) -> (&'static str, Option<&'static str>) {
    path_and_query(operation.path)
}

/// How many characters of the template are no parameter.
fn literals(operation: &Operation) -> usize {
    pieces(template(operation).0).map(|(text, _)| text.len()).sum()
}

/// How many pieces the fixed query has, and the raw values of parameters in it; absent when the
/// request hasn't all of them.
fn fixed(operation: &'static Operation, query: &str) -> Option<(usize, Values)> {
    let (mut count, mut values) = (0, Values::new());
    let pieces_of = |item| pieces(item).map(|(text, name)| (text.to_owned(), name));
    let items = template(operation).1.unwrap_or_default().split('&');
    for item in items.filter(|item| !item.is_empty()) {
        let pieces: Vec<_> = pieces_of(item).collect();
        let mut sent = query.split('&');
        if !sent.any(|sent| fits(&pieces, sent, &|_| true, &mut values)) {
            return None;
        }
        count += 1;
    }
    Some((count, values))
}

fn values(operation: &'static Operation, path: &str) -> Option<Values> {
    let (template, _) = template(operation);
    let spans = |name: &str| {
        let mut params = operation.params.iter();
        params.any(|it| it.place == Place::Path && it.name == name && it.allow_reserved)
    };
    let slash = if template.starts_with('/') || template.is_empty() { "" } else { "/" };
    let pieces: Vec<(String, Option<&'static str>)> = pieces(template)
        .enumerate()
        .map(|(at, (text, name))| {
            let slash = if at == 0 { slash } else { "" };
            (format!("{slash}{}", utf8_percent_encode(text, NOT_IN_PATH)), name)
        })
        .collect();
    let mut values = Vec::new();
    let path = if template.is_empty() { path.strip_prefix('/').unwrap_or(path) } else { path };
    fits(&pieces, path, &spans, &mut values).then_some(values)
}

/// Fits the pieces of a template to a path, the longest values first.
fn fits(
    pieces: &[(String, Option<&'static str>)],
    path: &str,
    spans: &dyn Fn(&str) -> bool,
    values: &mut Values,
) -> bool {
    let [(text, name), rest @ ..] = pieces else { return path.is_empty() };
    let Some(tail) = path.strip_prefix(text.as_str()) else { return false };
    let Some(name) = name else { return tail.is_empty() };
    let longest = if spans(name) { tail.len() } else { tail.find('/').unwrap_or(tail.len()) };
    (1..=longest).rev().filter(|at| tail.is_char_boundary(*at)).any(|at| {
        let (value, after) = tail.split_at(at);
        values.push((name, value.to_owned()));
        fits(rest, after, spans, values) || {
            values.pop();
            false
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static QUERY: Operation = Operation::new("a", "GET", "/a?x=1&y={y}");

    fn found(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
        let operation = Box::leak(Box::new(Operation::new("a", "GET", template)));
        values(operation, path)
    }

    #[test]
    fn values_stand_in_a_segment_or_a_part_of_one() {
        let one = |value: &str| Some(vec![("id", value.to_owned())]);
        assert_eq!(found("/a/{id}", "/a/7"), one("7"));
        assert_eq!(found("/a/{id}.json", "/a/7.json"), one("7"));
        assert_eq!(found("/a/{id}/b", "/a/7/b"), one("7"));
        assert_eq!(found("/a/{id}", "/a/7/b"), None);
        assert_eq!(found("/a/{id}", "/a/"), None);
        assert_eq!(found("/a/{id}?x=1", "/a/%2F"), one("%2F"));
        let (count, values) = fixed(&QUERY, "z=1&x=1&y=a%2Fb").unwrap();
        assert_eq!((count, values), (2, vec![("y", "a%2Fb".to_owned())]));
        assert_eq!(fixed(&QUERY, "x=1&z=1"), None);
        let both = vec![("a", "1-2".to_owned()), ("b", "3".to_owned())];
        assert_eq!(found("/{a}-{b}", "/1-2-3"), Some(both));
    }
}
