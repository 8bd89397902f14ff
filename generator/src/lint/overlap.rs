//! Paths that the same request matches (OpenAPI 3.1.1, section 4.8.8.2).
//!
//! A concrete path goes before a template, so that `/users/me` beside `/users/{id}` is clear. Two
//! templates are not when each is more concrete than the other somewhere.

use std::collections::{BTreeMap, HashMap};

use super::cx::Cx;
use super::path::paths;
use super::value::allows;
use crate::diag::At;
use crate::source::NodeId;
use crate::spec::{Place, SchemaId};

/// Paths differ in more than the names of their parameters.
pub(super) fn identical(cx: &mut Cx<'_, '_>) {
    let mut known: HashMap<String, (NodeId, &str)> = HashMap::new();
    for (at, path) in paths(cx) {
        let shape = nameless(path);
        match known.get(&shape).copied() {
            None => drop(known.insert(shape, (at, path))),
            Some((first, other)) => {
                let message = format!("`{path}` and `{other}` are the same path");
                cx.say(At::Key(at), message)
                    .label(At::Key(first), "the other one")
                    .help("put the operations of both under one path");
            }
        }
    }
}

/// A path with some of the methods that it has.
struct Template<'t> {
    at: NodeId,
    path: &'t str,
    methods: Vec<&'t str>,
    segments: Vec<&'t str>,
    /// Schemas of the path's parameters, by name.
    schemas: HashMap<&'t str, SchemaId>,
}

/// Of two paths that the same request matches, one is the more concrete.
pub(super) fn ambiguous(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let mut templates: BTreeMap<NodeId, Template<'_>> = BTreeMap::new();
    for operation in &spec.operations {
        let path = operation.path;
        let fresh = || Template {
            at: operation.path_at,
            path,
            methods: Vec::new(),
            segments: path.split('/').skip(1).collect(),
            schemas: HashMap::new(),
        };
        let template = templates.entry(operation.path_at).or_insert_with(fresh);
        template.methods.push(operation.method.as_str());
        let parameters = operation.parameters.iter().map(|id| spec.parameter(*id));
        let named = parameters.filter(|parameter| parameter.place == Place::Path);
        let named = named.filter_map(|parameter| Some((parameter.name, parameter.schema?)));
        template.schemas.extend(named);
    }
    let mut by_length: BTreeMap<usize, Vec<&Template<'_>>> = BTreeMap::new();
    for template in templates.values() {
        by_length.entry(template.segments.len()).or_default().push(template);
    }
    for group in by_length.values() {
        for (index, one) in group.iter().enumerate() {
            for other in &group[..index] {
                if is_ambiguous(cx, one, other) {
                    let message =
                        format!("a request may match both `{}` and `{}`", one.path, other.path);
                    cx.say(At::Key(one.at), message)
                        .label(At::Key(other.at), "the other path")
                        .help(
                            "check both with the vendor's page; `pattern` or `enum` of a parameter \
                         may tell them apart",
                        );
                }
            }
        }
    }
}

fn is_ambiguous(cx: &Cx<'_, '_>, one: &Template<'_>, other: &Template<'_>) -> bool {
    let mut sides = (false, false);
    for (a, b) in one.segments.iter().zip(&other.segments) {
        match (is_variable(a), is_variable(b)) {
            (false, false) if a != b => return false,
            (true, false) if takes(cx, one, a, b) => sides.1 = true,
            (false, true) if takes(cx, other, b, a) => sides.0 = true,
            (true, false) | (false, true) => return false,
            (true, true) if !whole(a) && !whole(b) && nameless(a) != nameless(b) => return false,
            _ => {}
        }
    }
    sides == (true, true) && one.methods.iter().any(|method| other.methods.contains(method))
}

fn is_variable(segment: &str) -> bool {
    segment.contains('{')
}

/// The segment is one parameter and nothing else.
fn whole(segment: &str) -> bool {
    segment.starts_with('{') && segment.find('}') == Some(segment.len() - 1)
}

/// The segment with parameters may be this text, by what surrounds them and by their schema.
fn takes(cx: &Cx<'_, '_>, template: &Template<'_>, segment: &str, text: &str) -> bool {
    if whole(segment) {
        let name = segment.trim_matches(['{', '}']);
        return template.schemas.get(name).is_none_or(|schema| allows(cx, *schema, text));
    }
    let before = segment.split('{').next().unwrap_or_default();
    let after = segment.rsplit('}').next().unwrap_or_default();
    text.len() > before.len() + after.len() && text.starts_with(before) && text.ends_with(after)
}

/// The path without the names of its parameters.
fn nameless(path: &str) -> String {
    let mut shape = String::new();
    let mut inside = false;
    for c in path.chars() {
        inside = (inside || c == '{') && c != '}';
        if !inside || c == '{' {
            shape.push(c);
        }
    }
    shape
}
