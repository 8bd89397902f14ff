//! Validation keywords, as the rules that a value satisfies before it is sent.

mod pattern;
mod required;

pub(super) use pattern::{Matchers, Refused, contradicted};

use super::cx::Cx;
use super::merge::{Additional, Key, Merged, merge};
use super::value;
use crate::diag::{At, Code};
use crate::source::{NodeId, is_json_number, to_json};
use crate::spec::{Types, is_about};
use tenon_ir as ir;

/// Nesting of arrays and maps whose rules are followed inside; a recursive schema ends here.
const DEPTH: usize = 4;

/// The rules of a value: its own, and those of its items.
pub(super) fn of(cx: &mut Cx<'_, '_>, key: &Key) -> Vec<ir::Rule> {
    at_depth(cx, key, 0)
}

fn at_depth(cx: &mut Cx<'_, '_>, key: &Key, depth: usize) -> Vec<ir::Rule> {
    let merged = merge(cx, key);
    if is_object(&merged) && !merged.properties.is_empty() && merged.values.is_none() {
        // The struct checks itself.
        return Vec::new();
    }
    let mut rules = keywords(cx, &merged, true);
    if !rules.is_empty() {
        let shown = shown(cx, &merged);
        hold_to(cx, &mut rules, &shown);
    }
    if super::array::is_tuple(cx, &merged) {
        // The type says how many items there are.
        rules.retain(|rule| !matches!(rule, ir::Rule::MinItems(_) | ir::Rule::MaxItems(_)));
    }
    rules.extend(listed(cx, &merged));
    rules.extend(of_names(cx, &merged, depth));
    if depth < DEPTH {
        rules.extend(inner(cx, &merged, depth));
    }
    rules
}

/// The values that the document shows of a schema, and those that it lists.
fn shown(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Vec<NodeId> {
    let schemas = merged.sources.iter().map(|id| cx.spec.schema(*id));
    let shown = schemas.flat_map(|schema| schema.examples.iter().chain(&schema.default)).copied();
    let listed = merged.values.iter().flat_map(|(_, values)| values).copied();
    shown.chain(listed).collect()
}

/// Leaves out the patterns that refuse what the document shows of their value.
pub(super) fn hold_to(cx: &mut Cx<'_, '_>, rules: &mut Vec<ir::Rule>, shown: &[NodeId]) {
    for refused in contradicted(&cx.patterns, cx.spec.tree, rules, shown) {
        refused.report(cx);
    }
}

/// The rules of a struct as a whole.
pub(super) fn of_object(cx: &mut Cx<'_, '_>, merged: &Merged<'_>) -> Vec<ir::Rule> {
    let mut rules = keywords(cx, merged, false);
    rules.extend(of_names(cx, merged, 0));
    rules.extend(required::of_object(cx, merged));
    rules
}

/// `propertyNames`: the rules of a string, for each name.
fn of_names(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, depth: usize) -> Option<ir::Rule> {
    if merged.names.is_empty() || depth == DEPTH {
        return None;
    }
    let names = merge(cx, &Key::all(&merged.names));
    let mut rules = keywords(cx, &names, true);
    rules.extend(names.values.as_ref().map(|(_, values)| one_of(cx, Types::STRING, values)));
    (!rules.is_empty()).then_some(ir::Rule::Names(rules))
}

fn is_object(merged: &Merged<'_>) -> bool {
    let types = merged.solid_types();
    types.is_empty() || types == Types::OBJECT
}

fn inner(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, depth: usize) -> Option<ir::Rule> {
    if !merged.items.is_empty() && merged.prefix.is_empty() {
        let rules = at_depth(cx, &Key::all(&merged.items), depth + 1);
        return (!rules.is_empty()).then_some(ir::Rule::Items(rules));
    }
    match &merged.additional {
        Additional::Typed(schemas) => {
            let [one] = schemas.as_slice() else { return None };
            let rules = at_depth(cx, &Key::one(*one), depth + 1);
            (!rules.is_empty()).then_some(ir::Rule::Values(rules))
        }
        Additional::Unstated | Additional::Closed => None,
    }
}

/// `enum` of values that don't become an enum.
fn listed(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Option<ir::Rule> {
    let (_, values) = merged.values.as_ref()?;
    if super::enums::is_enum(cx, merged) {
        return None;
    }
    Some(one_of(cx, merged.types, values))
}

fn one_of(cx: &Cx<'_, '_>, types: Types, values: &[NodeId]) -> ir::Rule {
    let json = |id: &NodeId| to_json(&value::of_types(cx, *id, types));
    ir::Rule::OneOf(values.iter().map(json).collect())
}

fn keywords(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, value: bool) -> Vec<ir::Rule> {
    let mut rules = Vec::new();
    let stated = merged.solid_types();
    // Alternatives say for themselves what they are.
    let is_open = stated.is_empty() && merged.unions.is_empty();
    let types = if is_open { super::schema::inferred(merged) } else { stated };
    for (keyword, at) in merged.rules.iter().filter(|(keyword, _)| is_about(keyword, types)) {
        let object = keyword.ends_with("Properties");
        if value || object {
            rules.extend(rule(cx, keyword, *at));
        }
    }
    rules.dedup();
    rules
}

fn rule(cx: &mut Cx<'_, '_>, keyword: &'static str, at: NodeId) -> Option<ir::Rule> {
    let tree = cx.spec.tree;
    let shown = tree.text(at).filter(|text| tree.number(at).is_none() && is_json_number(text));
    let number = || tree.number(at).or(shown).map(str::to_owned);
    let count = || match shown {
        Some(text) => text.parse().ok(),
        None => tree.integer(at).and_then(|count| u64::try_from(count).ok()),
    };
    let rule = match keyword {
        "minLength" => count().map(ir::Rule::MinLength),
        "maxLength" => count().map(ir::Rule::MaxLength),
        "pattern" => return pattern::of(cx, at),
        "minimum" => number().map(ir::Rule::Minimum),
        "maximum" => number().map(ir::Rule::Maximum),
        "exclusiveMinimum" => number().map(ir::Rule::ExclusiveMinimum),
        "exclusiveMaximum" => number().map(ir::Rule::ExclusiveMaximum),
        "multipleOf" => number().filter(|text| is_positive(text)).map(ir::Rule::MultipleOf),
        "minItems" => count().map(ir::Rule::MinItems),
        "maxItems" => count().map(ir::Rule::MaxItems),
        "uniqueItems" if tree.bool(at) == Some(false) => return None,
        "uniqueItems" => tree.bool(at).map(|_| ir::Rule::UniqueItems),
        "minProperties" => count().map(ir::Rule::MinProperties),
        _ => count().map(ir::Rule::MaxProperties),
    };
    if rule.is_none() || shown.is_some_and(|_| keyword != "uniqueItems") {
        report(cx, keyword, at, rule.is_some());
    }
    rule.filter(|rule| !is_vacuous(rule))
}

/// Tells of a rule that isn't written as one, whether it is taken or left out.
fn report(cx: &mut Cx<'_, '_>, keyword: &str, at: NodeId, is_taken: bool) {
    if is_taken {
        let message = format!("`{keyword}` is a text; the number in it is taken");
        cx.sink.warning(Code::InvalidRule, At::Node(at), message).help("leave out the quotes");
        return;
    }
    let wanted = match keyword {
        "uniqueItems" => "`true` or `false`",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => "a number",
        "multipleOf" => "a number greater than 0",
        _ => "a whole number that isn't negative",
    };
    cx.sink
        .warning(Code::InvalidRule, At::Node(at), format!("`{keyword}` has to be {wanted}"))
        .help("the rule is left out, so nothing is checked");
}

fn is_positive(number: &str) -> bool {
    number.parse::<f64>().is_ok_and(|number| number > 0.0)
}

/// Rules that every value satisfies.
fn is_vacuous(rule: &ir::Rule) -> bool {
    matches!(rule, ir::Rule::MinLength(0) | ir::Rule::MinItems(0) | ir::Rule::MinProperties(0))
}
