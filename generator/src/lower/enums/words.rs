//! What extensions say of each listed value: its name, and its description.

use crate::diag::{At, Code};
use crate::lower::cx::Cx;
use crate::lower::value;
use crate::source::NodeId;
use crate::spec::SchemaId;

/// Lists of names, in the order in which they are looked for: that of NSwag and Swashbuckle is last.
const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];

/// The name of each value.
pub(super) fn names(cx: &mut Cx<'_, '_>, holder: SchemaId) -> Vec<Option<String>> {
    let lists = NAMES.into_iter().map(|extension| list(cx, holder, extension));
    let named = lists.collect::<Vec<_>>().into_iter().find(|names| !names.is_empty());
    named.unwrap_or_else(|| of_azure(cx, holder, "name"))
}

/// Maps of descriptions: by the name of a value, as of swag, or by the value, as of Redocly.
const MAPS: [&str; 3] = ["x-enum-comments", "x-enumDescriptions", "x-enum-descriptions"];

/// The description of each value.
pub(super) fn descriptions(cx: &mut Cx<'_, '_>, holder: SchemaId) -> Vec<Option<String>> {
    let schema = cx.spec.schema(holder);
    let maps = MAPS.iter().filter_map(|key| cx.spec.tree.get(schema.at, key));
    let map = maps.into_iter().find(|at| cx.spec.tree.is_map(*at));
    if let Some(map) = map {
        return of_map(cx, holder, map);
    }
    let texts = list(cx, holder, "x-enum-descriptions");
    if texts.is_empty() { of_azure(cx, holder, "description") } else { texts }
}

/// What a map says of each value.
fn of_map(cx: &mut Cx<'_, '_>, holder: SchemaId, map: NodeId) -> Vec<Option<String>> {
    let names = names(cx, holder);
    let (schema, tree) = (cx.spec.schema(holder), cx.spec.tree);
    let said = |key: &str| tree.text(tree.get(map, key)?).map(str::to_owned);
    let values = schema.values.iter().enumerate();
    let texts = values.map(|(index, value)| {
        let of_value = tree.text(*value).and_then(said);
        of_value.or_else(|| said(names.get(index)?.as_deref()?))
    });
    texts.collect()
}

/// What an extension says of each value, in their order.
fn list(cx: &mut Cx<'_, '_>, holder: SchemaId, extension: &str) -> Vec<Option<String>> {
    let schema = cx.spec.schema(holder);
    let texts = value::texts(cx, schema.at, extension);
    if let Some(at) = cx.spec.tree.get(schema.at, extension)
        && texts.len() != schema.values.len()
    {
        let message = format!("{} texts for {} values", texts.len(), schema.values.len());
        cx.sink
            .warning(Code::NamesMismatch, At::Node(at), message)
            .help("give one for each value, in the same order");
    }
    texts.into_iter().map(Some).collect()
}

/// What `values` of AutoRest's `x-ms-enum` say of each value. They name the values that they are
/// about, so that they may be fewer.
fn of_azure(cx: &Cx<'_, '_>, holder: SchemaId, key: &str) -> Vec<Option<String>> {
    let (schema, tree) = (cx.spec.schema(holder), cx.spec.tree);
    let stated = tree.get(schema.at, "x-ms-enum").and_then(|at| tree.get(at, "values"));
    let Some(entries) = stated.map(|at| tree.items(at)) else { return Vec::new() };
    let text = |entry: &NodeId, key: &str| tree.text(tree.get(*entry, key)?);
    let said = |value: &NodeId| {
        let entry = entries.iter().find(|entry| text(entry, "value") == tree.text(*value))?;
        text(entry, key).map(str::to_owned)
    };
    schema.values.iter().map(said).collect()
}
