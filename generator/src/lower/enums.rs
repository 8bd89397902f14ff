//! Enums: strings and whole numbers with listed values.

use super::cx::Cx;
use super::merge::Merged;
use crate::diag::{At, Code};
use crate::source::NodeId;
use crate::spec::{SchemaId, Types};
use tenon_ir as ir;

/// The values are all strings, or all whole numbers, apart from `null`.
pub(super) fn is_enum(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> bool {
    base(cx, merged).is_some()
}

fn base(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> Option<ir::EnumBase> {
    let (_, values) = merged.values.as_ref()?;
    let tree = cx.spec.tree;
    let types = merged.solid_types();
    let solid = || values.iter().copied().filter(|id| !tree.is_null(*id));
    let textual = |id| tree.text(id).is_some();
    let whole = |id| tree.integer(id).is_some_and(|number| i64::try_from(number).is_ok());
    solid().next()?;
    match types {
        Types::STRING if solid().all(textual) => Some(ir::EnumBase::Text),
        Types::INTEGER if solid().all(whole) => Some(ir::EnumBase::Int),
        types if types.is_empty() && solid().all(|id| is_string(cx, id)) => {
            Some(ir::EnumBase::Text)
        }
        types if types.is_empty() && solid().all(whole) => Some(ir::EnumBase::Int),
        _ => None,
    }
}

fn is_string(cx: &Cx<'_, '_>, id: NodeId) -> bool {
    matches!(cx.spec.tree.to_value(id), ir::Value::Text(_))
}

/// The enum of a schema for which [`is_enum`] holds.
pub(super) fn lower(cx: &mut Cx<'_, '_>, merged: &Merged<'_>) -> ir::Kind {
    let base = base(cx, merged).unwrap_or(ir::EnumBase::Text);
    let Some((holder, values)) = merged.values.clone() else {
        return ir::Kind::Alias(ir::Type::Json);
    };
    let names = list(cx, holder, "x-enum-varnames");
    let docs = list(cx, holder, "x-enum-descriptions");
    let mut variants: Vec<(NodeId, ir::EnumVariant)> = Vec::new();
    for value in values {
        let Some(wire) = wire(cx, base, value) else { continue };
        if let Some((first, _)) = variants.iter().find(|(_, known)| known.wire == wire) {
            listed_twice(cx, *first, value, &wire);
            continue;
        }
        // The value keeps its name where another part of the schema leaves fewer values.
        let index = cx.spec.schema(holder).values.iter().position(|known| *known == value);
        let name = index.and_then(|index| names.get(index)).unwrap_or(&wire);
        let summary = index.and_then(|index| docs.get(index)).cloned();
        let name = ir::Ident(name.clone());
        let docs = ir::Docs { summary, ..ir::Docs::default() };
        variants.push((value, ir::EnumVariant { name, wire, docs }));
    }
    let variants = variants.into_iter().map(|(_, variant)| variant).collect();
    ir::Kind::Enum(ir::Enum { base, variants, unknown: ir::Ident("Unknown".to_owned()) })
}

fn listed_twice(cx: &mut Cx<'_, '_>, first: NodeId, value: NodeId, wire: &str) {
    cx.sink
        .warning(
            Code::DuplicateValue,
            At::Node(value),
            format!("the value `{wire}` is listed twice"),
        )
        .label(At::Node(first), "first listed here")
        .help("list each value once");
}

fn wire(cx: &Cx<'_, '_>, base: ir::EnumBase, value: NodeId) -> Option<String> {
    let tree = cx.spec.tree;
    if tree.is_null(value) {
        return None;
    }
    match base {
        ir::EnumBase::Text => tree.text(value).map(str::to_owned),
        ir::EnumBase::Int => tree.integer(value).map(|number| number.to_string()),
    }
}

/// What an extension says of each value, in their order.
fn list(cx: &mut Cx<'_, '_>, holder: SchemaId, extension: &str) -> Vec<String> {
    let schema = cx.spec.schema(holder);
    let texts = super::value::texts(cx, schema.at, extension);
    if let Some(at) = cx.spec.tree.get(schema.at, extension)
        && texts.len() != schema.values.len()
    {
        let message = format!("{} texts for {} values", texts.len(), schema.values.len());
        cx.sink
            .warning(Code::NamesMismatch, At::Node(at), message)
            .help("give one for each value, in the same order");
    }
    texts
}
