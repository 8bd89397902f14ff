//! `enum` that is a map or a text: the map of names to numbers that Ruby has for its enums, a map of
//! values to what they mean, and values between commas.

use super::super::make;
use super::super::rewrite::Rewrite;
use crate::diag::Code;
use crate::source::{NodeId, Tree};

/// What stands between the values of a text.
const SEPARATORS: [char; 2] = [',', '|'];

/// Writes them as lists. What the other side of a map says becomes the names or the meanings of the
/// values.
pub(super) fn respell(rewrite: &mut Rewrite<'_>) {
    let tree = &*rewrite.tree;
    let odd: Vec<NodeId> = tree.under("enum").filter(|it| is_meant(tree, *it)).collect();
    for stated in odd {
        let Some(schema) = rewrite.tree.parent(stated) else { continue };
        if rewrite.tree.is_map(stated) {
            map(rewrite, schema, stated);
        } else {
            text(rewrite, schema, stated);
        }
    }
}

/// It isn't a list, and stands in a schema that says what it is of, or of a map whose values are no
/// schemas.
fn is_meant(tree: &Tree, stated: NodeId) -> bool {
    let Some(schema) = tree.parent(stated) else { return false };
    let has_type = make::text(tree, schema, "type").is_some();
    let is_scalar = |at: NodeId| !tree.is_map(at) && !tree.is_list(at);
    let is_of_scalars = tree.entries(stated).all(|(_, value)| is_scalar(value));
    let is_list_elsewhere = tree.get(stated, "$ref").is_some();
    let is_map = tree.entries(stated).next().is_some() && is_of_scalars && !is_list_elsewhere;
    has_type && (is_map || tree.text(stated).is_some_and(|text| !text.trim().is_empty()))
}

fn map(rewrite: &mut Rewrite<'_>, schema: NodeId, stated: NodeId) {
    let tree = &*rewrite.tree;
    let kind = make::text(tree, schema, "type").unwrap_or_default();
    let entries: Vec<(String, NodeId)> =
        tree.entries(stated).map(|(key, value)| (key.to_owned(), value)).collect();
    let is_of_numbers = ["integer", "number"].contains(&kind);
    let has_numbers = entries.iter().all(|(_, value)| tree.number(*value).is_some());
    let means_values = is_of_numbers && has_numbers;
    let (values, told, about) = if means_values {
        let values = entries.iter().map(|(_, value)| *value).collect();
        (values, texts(rewrite, stated, &entries), "x-enum-varnames")
    } else {
        let told = entries.iter().map(|(_, value)| *value).collect();
        (texts(rewrite, stated, &entries), told, "x-enum-descriptions")
    };
    let help = if means_values {
        "its values are read as the values, and its keys as their names"
    } else {
        "its keys are read as the values; list them"
    };
    let is_told = means_values || told.iter().all(|at| rewrite.tree.number(*at).is_none());
    let more = is_told.then_some((about, told));
    settle(rewrite, schema, stated, values, more);
    rewrite
        .sink
        .warning(Code::WrongKind, stated, "`enum` has to be a list, and is a map")
        .help(help);
}

fn texts(rewrite: &mut Rewrite<'_>, at: NodeId, entries: &[(String, NodeId)]) -> Vec<NodeId> {
    entries.iter().map(|(key, _)| rewrite.tree.make_text(at, key)).collect()
}

fn text(rewrite: &mut Rewrite<'_>, schema: NodeId, stated: NodeId) {
    let all = rewrite.tree.text(stated).unwrap_or_default();
    let parts: Vec<String> = all
        .split(SEPARATORS)
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let values = parts.iter().map(|part| rewrite.tree.make_text(stated, part)).collect();
    settle(rewrite, schema, stated, values, None);
    let help = "what stands between its commas is read as the values; list them";
    rewrite
        .sink
        .warning(Code::WrongKind, stated, "`enum` has to be a list, and is a text")
        .help(help);
}

/// Puts the values into the schema, and a list of what is told of them, unless one stands there.
fn settle(
    rewrite: &mut Rewrite<'_>,
    schema: NodeId,
    stated: NodeId,
    values: Vec<NodeId>,
    told: Option<(&str, Vec<NodeId>)>,
) {
    let mut entries = Vec::new();
    let list = rewrite.tree.make_list(stated, &values);
    make::put(rewrite, "enum", list, &mut entries);
    if let Some((key, told)) = told
        && rewrite.tree.get(schema, key).is_none()
    {
        let list = rewrite.tree.make_list(stated, &told);
        make::put(rewrite, key, list, &mut entries);
    }
    make::replace(rewrite, schema, &[&["enum"]], entries);
}
