//! Lists that name something twice. Values of string and integer enumerations are told of by
//! lowering, which has to choose between them.

use std::collections::HashMap;

use super::cx::{Cx, shown};
use crate::source::NodeId;
use crate::spec::{Schema, Types};

/// `required`, `tags`, and enumerations that don't become an enum of the client name each thing once.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in &spec.schemas {
        once(cx, schema.at, "required");
        if !is_enum(cx, schema) {
            once(cx, schema.at, "enum");
        }
    }
    for operation in spec.all_operations() {
        once(cx, operation.at, "tags");
    }
}

fn once(cx: &mut Cx<'_, '_>, at: NodeId, key: &str) {
    let Some(list) = cx.tree.get(at, key) else { return };
    // `1` and `'1'` are two values.
    let mut known: HashMap<(&str, bool), NodeId> = HashMap::new();
    for item in cx.tree.items(list) {
        let Some(text) = cx.tree.text(*item) else { continue };
        let value = (text, Types::of(cx.tree, *item) == Types::STRING);
        if let Some(first) = known.get(&value).copied() {
            cx.say(*item, format!("`{key}` names `{}` twice", shown(text)))
                .label(first, "first named here")
                .help("name it once");
        } else {
            known.insert(value, *item);
        }
    }
}

/// Lowering makes an enum of the values, or has something else to say of them.
fn is_enum(cx: &Cx<'_, '_>, schema: &Schema<'_>) -> bool {
    let values = schema.values.iter().map(|value| Types::of(cx.tree, *value));
    let values = values.filter(|found| *found != Types::NULL);
    let solid = values.fold(Types::default(), Types::with);
    let stated = schema.types.without(Types::NULL);
    let whole = solid == Types::INTEGER;
    stated == Types::STRING || (whole && stated == Types::INTEGER) || {
        stated.is_empty() && (whole || solid == Types::STRING)
    }
}
