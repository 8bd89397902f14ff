//! `type`: the seven names of JSON Schema, and what is written in place of them.

use super::super::super::model::{Schema, Types};
use super::super::super::similar::similar;
use super::super::cx::Cx;
use super::id;
use crate::diag::Code;
use crate::source::NodeId;

/// Names of other languages, in lower case, with the type and the format that each means.
const FOREIGN: [(&str, Types, Option<&str>); 16] = [
    ("bool", Types::BOOLEAN, None),
    ("date", Types::STRING, Some("date")),
    ("date-time", Types::STRING, Some("date-time")),
    ("datetime", Types::STRING, Some("date-time")),
    ("decimal", Types::NUMBER, Some("decimal")),
    ("double", Types::NUMBER, None),
    ("file", Types::STRING, Some("binary")),
    ("float", Types::NUMBER, None),
    ("int", Types::INTEGER, None),
    ("list", Types::ARRAY, None),
    ("long", Types::INTEGER, Some("int64")),
    ("map", Types::OBJECT, None),
    ("objectid", Types::STRING, None),
    ("str", Types::STRING, None),
    ("text", Types::STRING, None),
    ("uuid", Types::STRING, Some("uuid")),
];

/// A date of JavaScript, Java or Mongoose has a time, and is written with it.
const DATE: &str = "Date";

/// Takes the type, or the list of types.
pub(super) fn read(cx: &mut Cx<'_, '_>, schema: &mut Schema<'_>, node: NodeId) {
    if !cx.tree.is_list(node) {
        match component(cx, schema.at, node) {
            Some(target) => schema.reference = Some(id(cx, target)),
            None => schema.types = named(cx, schema, node),
        }
        return;
    }
    let mut types = Types::default();
    let mut is_open = false;
    for item in cx.tree.items(node) {
        // A plain null in a list of types means the type of that name.
        let one = if cx.tree.is_null(*item) { Types::NULL } else { named(cx, schema, *item) };
        is_open |= one.is_empty();
        types = types.with(one);
    }
    // An unknown type among known ones may be anything.
    schema.types = if is_open { Types::default() } else { types };
}

/// The component that is named in place of a type, other than the one which is described.
fn component(cx: &mut Cx<'_, '_>, own: NodeId, node: NodeId) -> Option<NodeId> {
    let name = cx.tree.text(node)?;
    let lower = name.to_ascii_lowercase();
    let is_type = Types::named(&lower).is_some();
    if is_type || FOREIGN.iter().any(|(known, ..)| *known == lower) {
        return None;
    }
    let root = cx.tree.root();
    let schemas = cx.tree.get(cx.tree.get(root, "components")?, "schemas")?;
    let target = cx.tree.get(schemas, name).filter(|target| *target != own)?;
    let help = format!("it is read as the component; write `$ref: '#/components/schemas/{name}'`");
    cx.sink.warning(Code::UnknownType, node, format!("`{name}` is not a type")).help(help);
    Some(target)
}

/// The type of a name; none where it is unknown.
fn named(cx: &mut Cx<'_, '_>, schema: &mut Schema<'_>, node: NodeId) -> Types {
    let Some(name) = cx.text_at(node, "type") else { return Types::default() };
    if let Some(types) = Types::named(name) {
        return types;
    }
    let (types, format) = meant(name);
    schema.format = schema.format.or(format);
    let help = match (types.is_empty(), format) {
        (true, _) => format!("known are `{}`; any value is taken", Types::names().join("`, `")),
        (false, None) => format!("it is read as `{}`; write that", types.listed()),
        (false, Some(format)) => {
            format!("it is read as `{}` of the format `{format}`; write that", types.listed())
        }
    };
    let message = format!("`{name}` is not a type");
    cx.sink.warning(Code::UnknownType, node, message).help(help);
    types
}

/// What a name means that isn't one of the seven: one of another language, or the one that it is
/// nearly.
fn meant(name: &str) -> (Types, Option<&'static str>) {
    if name == DATE {
        return (Types::STRING, Some("date-time"));
    }
    let name = name.to_ascii_lowercase();
    if let Some((_, types, format)) = FOREIGN.iter().find(|(known, ..)| *known == name) {
        return (*types, *format);
    }
    let nearest = similar(&name, Types::names().into_iter()).and_then(Types::named);
    (nearest.unwrap_or_default(), None)
}
