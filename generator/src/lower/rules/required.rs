//! Which properties have to be there together: `dependentRequired`, and alternatives that only
//! differ in what they require.

use crate::diag::{At, Code};
use crate::lower::cx::Cx;
use crate::lower::merge::{Alternatives, Merged};
use crate::spec::{Schema, SchemaId, Types};
use tenon_ir as ir;

/// The rules of an object about which of its properties are there.
pub(super) fn of_object(cx: &mut Cx<'_, '_>, merged: &Merged<'_>) -> Vec<ir::Rule> {
    let mut rules = dependent(cx, merged);
    for union in &merged.unions {
        match alternatives(cx, union) {
            Some(rule) => rules.push(rule),
            None => report(cx, union),
        }
    }
    rules
}

/// `dependentRequired` (JSON Schema Validation, section 6.5.4).
fn dependent(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Vec<ir::Rule> {
    let tree = cx.spec.tree;
    let rare = merged.sources.iter().filter_map(|id| cx.spec.schema(*id).rare.as_deref());
    let entries = rare.flat_map(|rare| rare.dependent_required).flat_map(|at| tree.entries(at));
    let rule = |(name, others): (&str, _)| {
        let mut names = vec![name.to_owned()];
        let others = tree.items(others).iter().filter_map(|at| tree.text(*at));
        names.extend(others.filter(|other| *other != name).map(str::to_owned));
        (names.len() > 1).then_some(ir::Rule::With(names))
    };
    entries.filter_map(rule).collect()
}

/// The rule that alternatives state when each of them is a list of required properties.
fn alternatives(cx: &Cx<'_, '_>, union: &Alternatives) -> Option<ir::Rule> {
    let sets: Option<Vec<Vec<String>>> = union.schemas.iter().map(|id| required(cx, *id)).collect();
    let sets = sets?;
    let exactly_one = cx.spec.schema(union.holder).one_of.contains(union.schemas.first()?);
    match (exactly_one, sets.iter().any(Vec::is_empty)) {
        (true, false) => Some(ir::Rule::ExactlyOneOf(sets)),
        (false, false) => Some(ir::Rule::AnyOf(sets)),
        (_, true) => None,
    }
}

fn required(cx: &Cx<'_, '_>, id: SchemaId) -> Option<Vec<String>> {
    let schema = cx.spec.schema(id);
    states_required_only(schema)
        .then(|| schema.required.iter().map(|name| (*name).to_owned()).collect())
}

fn states_required_only(schema: &Schema<'_>) -> bool {
    schema.always.is_none()
        && schema.reference.is_none()
        && schema.types.without(Types::OBJECT).is_empty()
        && schema.values.is_empty()
        && schema.constant.is_none()
        && schema.properties.is_empty()
        && schema.additional.is_none()
        && schema.items.is_none()
        && [&schema.all_of, &schema.any_of, &schema.one_of].into_iter().all(|it| it.is_empty())
        && schema.rare.is_none()
}

fn report(cx: &mut Cx<'_, '_>, union: &Alternatives) {
    let at = cx.spec.schema(union.holder).at;
    cx.sink
        .note(Code::Degraded, At::Node(at), "alternatives that only state rules are not checked")
        .help("the type holds every combination; the server has the last word");
}
