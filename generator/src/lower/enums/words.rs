//! What extensions say of each listed value: its name, and its description.

use crate::diag::{At, Code};
use crate::lower::cx::Cx;
use crate::lower::value;
use crate::source::NodeId;
use crate::spec::SchemaId;

/// Lists of names, in the order in which they are looked for: those of Speakeasy, and of NSwag and
/// Swashbuckle, are last.
const NAMES: [&str; 3] = ["x-enum-varnames", "x-speakeasy-enums", "x-enumNames"];

/// Maps from each value to its name, as of Speakeasy, or to what is said of it, as of Fern.
const BY_VALUE: [&str; 2] = ["x-speakeasy-enums", "x-fern-enum"];

/// Lists of what is said of each value, in their order: as of APIMatic, and of Bungie.
const ENTRIES: [&str; 2] = ["x-enum-elements", "x-enum-values"];

/// The name of each value.
pub(super) fn names(cx: &mut Cx<'_, '_>, holder: SchemaId) -> Vec<Option<String>> {
    let is_list = |cx: &Cx<'_, '_>, extension: &str| {
        let stated = cx.spec.tree.get(cx.spec.schema(holder).at, extension);
        stated.is_some_and(|at| !cx.spec.tree.is_map(at))
    };
    let stated: Vec<&str> = NAMES.into_iter().filter(|it| is_list(cx, it)).collect();
    let lists: Vec<_> = stated.into_iter().map(|extension| list(cx, holder, extension)).collect();
    if let Some(named) = lists.into_iter().find(|names| !names.is_empty()) {
        return named;
    }
    let others = [
        of_azure(cx, holder, "name"),
        by_value(cx, holder, "name"),
        of_entries(cx, holder, "identifier"),
    ];
    others.into_iter().find(|names| names.iter().any(Option::is_some)).unwrap_or_default()
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
    let others = [
        texts,
        of_azure(cx, holder, "description"),
        by_value(cx, holder, "description"),
        of_entries(cx, holder, "description"),
    ];
    others.into_iter().find(|texts| texts.iter().any(Option::is_some)).unwrap_or_default()
}

/// What a map from values says of each.
fn by_value(cx: &Cx<'_, '_>, holder: SchemaId, key: &str) -> Vec<Option<String>> {
    let (schema, tree) = (cx.spec.schema(holder), cx.spec.tree);
    let maps = BY_VALUE.iter().filter_map(|name| tree.get(schema.at, name));
    let Some(map) = maps.into_iter().find(|at| tree.is_map(*at)) else { return Vec::new() };
    let said = |value: &NodeId| {
        let entry = tree.get(map, tree.text(*value)?)?;
        let own = tree.get(entry, key);
        tree.text(own.or((key == "name").then_some(entry))?).map(str::to_owned)
    };
    schema.values.iter().map(said).collect()
}

/// What a list that has as many entries as there are values says of each.
fn of_entries(cx: &Cx<'_, '_>, holder: SchemaId, key: &str) -> Vec<Option<String>> {
    let (schema, tree) = (cx.spec.schema(holder), cx.spec.tree);
    let lists = ENTRIES.iter().filter_map(|name| tree.get(schema.at, name));
    let entries = lists.map(|at| tree.items(at)).find(|it| it.len() == schema.values.len());
    let said = |entry: &NodeId| tree.text(tree.get(*entry, key)?).filter(|text| !text.is_empty());
    entries.into_iter().flatten().map(|entry| said(entry).map(str::to_owned)).collect()
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
