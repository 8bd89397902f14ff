//! Values against what a schema says of them: as much as can be said for certain without a
//! validator, which this library doesn't have. Alternatives are left to one.

use super::cx::{Cx, shown};
use crate::source::{NodeId, Tree};
use crate::spec::{Schema, SchemaId, Types};

/// Why the schema doesn't allow the value; none where nothing speaks against it.
pub(super) fn contradiction(cx: &Cx<'_, '_>, id: SchemaId, node: NodeId) -> Option<String> {
    let parts = cx.parts(id);
    parts.into_iter().find_map(|part| by_keywords(cx, cx.spec.schema(part), node))
}

/// Whether a text in a path may be a value of the schema.
pub(super) fn allows(cx: &Cx<'_, '_>, id: SchemaId, text: &str) -> bool {
    let tree = cx.tree;
    cx.parts(id).into_iter().all(|part| {
        let schema = cx.spec.schema(part);
        let is_number = text.parse::<f64>().is_ok();
        let takes_text = schema.types.is_empty() || schema.types.contains(Types::STRING);
        let is_listed = |value: &NodeId| tree.text(*value) == Some(text);
        let rules = schema.rare.as_ref().map(|rare| rare.rules.as_slice()).unwrap_or_default();
        let mut patterns = rules.iter().filter(|(keyword, _)| *keyword == "pattern");
        (takes_text || is_number)
            && (schema.values.is_empty() || schema.values.iter().any(is_listed))
            && schema.format != Some("uuid")
            && patterns.all(|(_, pattern)| matches(tree.text(*pattern), text) != Some(false))
    })
}

/// Whether the text matches; none when the pattern isn't one, or the text is long enough for a slow
/// pattern to matter, which is told of by its own rule.
fn matches(pattern: Option<&str>, text: &str) -> Option<bool> {
    let pattern = pattern?;
    let regex = regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
    let regex = regex.ok().filter(|_| text.len() <= 64 && !crate::backtrack::is_slow(pattern))?;
    Some(regex.find(text).is_some())
}

fn by_keywords(cx: &Cx<'_, '_>, schema: &Schema<'_>, node: NodeId) -> Option<String> {
    let tree = cx.tree;
    let found = Types::of(tree, node);
    if !schema.types.is_empty() && schema.types.and(found).is_empty() {
        return Some(format!("is {}, not {}", found.spoken(), schema.types.spoken()));
    }
    let is_listed = |value: &NodeId| equal(tree, *value, node);
    if !schema.values.is_empty() && !schema.values.iter().any(is_listed) {
        return Some("isn't one of the values in `enum`".to_owned());
    }
    if schema.constant.is_some_and(|constant| !equal(tree, constant, node)) {
        return Some("isn't the value of `const`".to_owned());
    }
    let rules = schema.rare.as_ref().map(|rare| rare.rules.as_slice()).unwrap_or_default();
    rules.iter().find_map(|(keyword, limit)| by_rule(tree, keyword, *limit, node, found))
}

fn by_rule(
    tree: &Tree,
    keyword: &str,
    limit: NodeId,
    node: NodeId,
    found: Types,
) -> Option<String> {
    let stated = tree.number(limit).and_then(|text| text.parse::<f64>().ok());
    let count = |len: usize, is_min: bool| {
        let limit = stated?;
        let is_wrong = if is_min { (len as f64) < limit } else { len as f64 > limit };
        is_wrong.then(|| format!("has a length of {len}, and `{keyword}` is {limit}"))
    };
    let number = || tree.number(node).and_then(|text| text.parse::<f64>().ok());
    let compare = |is_wrong: fn(f64, f64) -> bool| {
        let (value, limit) = (number()?, stated?);
        is_wrong(value, limit).then(|| format!("breaks `{keyword}`, which is {limit}"))
    };
    let text = || tree.text(node).filter(|_| found == Types::STRING);
    match keyword {
        "minLength" => count(text()?.chars().count(), true),
        "maxLength" => count(text()?.chars().count(), false),
        "minItems" => count(tree.is_list(node).then(|| tree.items(node).len())?, true),
        "maxItems" => count(tree.is_list(node).then(|| tree.items(node).len())?, false),
        "minimum" => compare(|value, limit| value < limit),
        "maximum" => compare(|value, limit| value > limit),
        "exclusiveMinimum" => compare(|value, limit| value <= limit),
        "exclusiveMaximum" => compare(|value, limit| value >= limit),
        "pattern" => {
            let pattern = tree.text(limit);
            let is_wrong = matches(pattern, text()?) == Some(false);
            is_wrong.then(|| {
                format!("doesn't match the pattern `{}`", shown(pattern.unwrap_or_default()))
            })
        }
        _ => None,
    }
}

/// Equal as JSON values; numbers by value.
fn equal(tree: &Tree, a: NodeId, b: NodeId) -> bool {
    match (tree.number(a), tree.number(b)) {
        (Some(a), Some(b)) => a == b || a.parse::<f64>().ok() == b.parse::<f64>().ok(),
        _ => tree.to_value(a) == tree.to_value(b),
    }
}
