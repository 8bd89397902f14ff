//! Listed values against the stated type.

use super::cx::{Cx, shown};
use crate::diag::At;
use crate::source::NodeId;
use crate::spec::{Schema, Types};

/// Listed values are of the stated type.
pub(super) fn types(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in spec.schemas.iter().filter(|schema| !schema.types.is_empty()) {
        let constant = cx.tree.get(schema.at, "const");
        let values = stated(cx, schema);
        let is_of_type = |value: &NodeId| !schema.types.and(Types::of(cx.tree, *value)).is_empty();
        // Reading tells where none is of the type, unless each is a text all the same (`T0406`).
        let is_told = !schema.types.contains(Types::STRING) && !values.iter().any(is_of_type);
        let values = values.into_iter().filter(|_| !is_told);
        for value in values.chain(constant) {
            let found = Types::of(cx.tree, value);
            if schema.types.and(found).is_empty() {
                of_another(cx, schema, value, found);
            }
        }
    }
}

fn of_another(cx: &mut Cx<'_, '_>, schema: &Schema<'_>, value: NodeId, found: Types) {
    let wanted = schema.types.spoken();
    let is_null = found == Types::NULL;
    let message = match cx.tree.text(value) {
        Some(text) => format!("`{}` is {}, not {wanted}", shown(text), found.spoken()),
        None => format!("the value is {}, not {wanted}", found.spoken()),
    };
    let help = if schema.types.contains(Types::STRING) && !is_null {
        "put it in quotes"
    } else if is_null {
        "let the type be nullable, or remove the value"
    } else {
        "write it as a value of the type, or correct `type`"
    };
    cx.say(value, message).help(help);
}

/// A nullable enumeration lists null (OpenAPI 3.0.3, proposal "Clarify nullable").
pub(super) fn null(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in &spec.schemas {
        let nullable = cx.tree.get(schema.at, "nullable").and_then(|node| cx.tree.bool(node));
        let values = stated(cx, schema);
        let lists_null = values.iter().any(|value| cx.tree.is_null(*value));
        if nullable == Some(true) && cx.is_old(schema.at) && !values.is_empty() && !lists_null {
            let at = cx.tree.get(schema.at, "enum").unwrap_or(schema.at);
            cx.say(At::Key(at), "the enumeration is nullable and doesn't list null")
                .help("add `null` to `enum`: other tools refuse it as long as it isn't listed");
        }
    }
}

/// The values as the author lists them.
fn stated(cx: &Cx<'_, '_>, schema: &Schema<'_>) -> Vec<NodeId> {
    let list = cx.tree.get(schema.at, "enum").map(|list| cx.tree.items(list));
    list.unwrap_or_default().to_vec()
}
