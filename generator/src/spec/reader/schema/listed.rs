//! `enum` of values none of which is of the stated type: nothing satisfies both, so that one of them
//! has to be read as it is meant.

use super::super::super::model::{Schema, Types};
use super::super::cx::Cx;
use super::make;
use crate::diag::{At, Code};
use crate::source::NodeId;

/// Settles which values there are of a type that none of those listed is of.
pub(super) fn settle<'t>(cx: &mut Cx<'t, '_>, schema: &mut Schema<'t>) {
    let tree = cx.tree;
    let types = schema.types.without(Types::NULL);
    let values = schema.values.iter().copied().filter(|at| !tree.is_null(*at));
    let values: Vec<NodeId> = values.collect();
    let is_of_type = |at: &NodeId| !types.and(Types::of(tree, *at)).is_empty();
    if types.is_empty() || values.is_empty() || values.iter().any(is_of_type) {
        return;
    }
    if let [list] = values.as_slice()
        && tree.is_list(*list)
    {
        report(cx, schema, "the items of the list in it are the values; list them directly");
        schema.values = tree.items(*list).to_vec();
        return settle(cx, schema);
    }
    let shows = |at: &NodeId| tree.text(*at).is_some_and(|text| types.read(text).is_some());
    let is_scalar = |at: &NodeId| !tree.is_list(*at) && !tree.is_map(*at);
    if types.contains(Types::STRING) && values.iter().all(is_scalar) {
        // Each is read as the text that it is.
    } else if types == Types::ARRAY && !is_tuple(schema) && values.iter().all(is_scalar) {
        report(cx, schema, "each item is one of these values; list them in `items`");
        items(cx, schema, values);
    } else if values.iter().all(shows) {
        report(cx, schema, "values are taken without their quotes; write them so");
    } else if says_more(schema) {
        report(cx, schema, "the values are left out, so nothing is checked; correct them");
        schema.values = Vec::new();
    } else if types == Types::OBJECT {
        report(cx, schema, "the values are taken as they are listed; correct `type`");
        schema.types = schema.types.and(Types::NULL);
    } else {
        report(cx, schema, "any value is taken; correct `type`, or the values");
        schema.types = Types::default();
        schema.values = Vec::new();
    }
}

fn is_tuple(schema: &Schema<'_>) -> bool {
    schema.rare.as_ref().is_some_and(|rare| !rare.prefix_items.is_empty())
}

/// The type isn't all that is said of the values.
fn says_more(schema: &Schema<'_>) -> bool {
    let is_object = !schema.properties.is_empty() || schema.additional.is_some();
    let is_array = schema.items.is_some() || is_tuple(schema);
    let lists = [&schema.all_of, &schema.any_of, &schema.one_of];
    let is_composed = schema.reference.is_some() || lists.iter().any(|list| !list.is_empty());
    is_object || is_array || is_composed
}

/// Lists the values in `items`, beside what stands there.
fn items<'t>(cx: &mut Cx<'t, '_>, schema: &mut Schema<'t>, values: Vec<NodeId>) {
    let all_of = schema.items.into_iter().collect();
    let items = Schema { at: schema.at, all_of, values, ..Schema::default() };
    schema.items = Some(make(cx, items));
    schema.values = Vec::new();
}

fn report(cx: &mut Cx<'_, '_>, schema: &Schema<'_>, help: &str) {
    let at = cx.tree.get(schema.at, "enum").unwrap_or(schema.at);
    let wanted = schema.types.without(Types::NULL).spoken();
    let message = format!("no value of this `enum` is {wanted}");
    cx.sink.warning(Code::InvalidRule, At::Key(at), message).help(help);
}
