//! `type`: the seven names of JSON Schema, and what is written in place of them.

use super::super::super::model::{Schema, Types};
use super::super::super::similar::similar;
use super::super::cx::Cx;
use super::{id, make};
use crate::diag::Code;
use crate::source::NodeId;

/// Names of other languages and of formats, in lower case, with the type and the format that each means.
const FOREIGN: [(&str, Types, Option<&str>); 36] = [
    ("base64", Types::STRING, Some("byte")),
    ("binary", Types::STRING, Some("binary")),
    ("bool", Types::BOOLEAN, None),
    ("char", Types::STRING, None),
    ("date", Types::STRING, Some("date")),
    ("date-time", Types::STRING, Some("date-time")),
    ("datetime", Types::STRING, Some("date-time")),
    ("decimal", Types::NUMBER, Some("decimal")),
    ("dict", Types::OBJECT, None),
    ("dictionary", Types::OBJECT, None),
    ("double", Types::NUMBER, None),
    ("email", Types::STRING, Some("email")),
    ("file", Types::STRING, Some("binary")),
    ("float", Types::NUMBER, None),
    ("guid", Types::STRING, Some("uuid")),
    ("hash", Types::OBJECT, None),
    ("int", Types::INTEGER, None),
    ("int32", Types::INTEGER, Some("int32")),
    ("int64", Types::INTEGER, Some("int64")),
    ("list", Types::ARRAY, None),
    ("long", Types::INTEGER, Some("int64")),
    ("map", Types::OBJECT, None),
    ("nil", Types::NULL, None),
    ("numeric", Types::NUMBER, None),
    ("objectid", Types::STRING, None),
    ("password", Types::STRING, Some("password")),
    ("real", Types::NUMBER, None),
    ("short", Types::INTEGER, None),
    ("str", Types::STRING, None),
    ("text", Types::STRING, None),
    ("tuple", Types::ARRAY, None),
    ("uint32", Types::INTEGER, Some("uint32")),
    ("uint64", Types::INTEGER, Some("uint64")),
    ("uri", Types::STRING, Some("uri")),
    ("url", Types::STRING, Some("uri")),
    ("uuid", Types::STRING, Some("uuid")),
];

/// Names under which any value is meant, in lower case.
const ANY: [&str; 6] = ["any", "dynamic", "interface{}", "json", "mixed", "unknown"];

/// A date of JavaScript, Java or Mongoose has a time, and is written with it.
const DATE: &str = "Date";

/// Takes the type, or the list of types.
pub(super) fn read(cx: &mut Cx<'_, '_>, schema: &mut Schema<'_>, node: NodeId) {
    if cx.tree.is_list(node) {
        schema.types = each(cx, schema, node);
        return;
    }
    let name = cx.tree.text(node).map(str::trim);
    if let Some(target) = name.and_then(|name| component(cx, schema.at, name)) {
        let name = cx.tree.text(node).unwrap_or_default();
        let help =
            format!("it is read as the component; write `$ref: '#/components/schemas/{name}'`");
        cx.sink.warning(Code::UnknownType, node, format!("`{name}` is not a type")).help(help);
        schema.reference = Some(id(cx, target));
    } else if let Some(of) = name.and_then(list_of) {
        list(cx, schema, node, of);
    } else {
        schema.types = named(cx, schema, node);
    }
}

/// All types of a list.
fn each(cx: &mut Cx<'_, '_>, schema: &mut Schema<'_>, node: NodeId) -> Types {
    let mut types = Types::default();
    let mut is_open = false;
    for item in cx.tree.items(node) {
        // A plain null in a list of types means the type of that name.
        let one = if cx.tree.is_null(*item) { Types::NULL } else { named(cx, schema, *item) };
        is_open |= one.is_empty();
        types = types.with(one);
    }
    // An unknown type among known ones may be anything.
    if is_open { Types::default() } else { types }
}

/// The component that is named in place of a type, other than the one which is described. A name of
/// another language in lower case is that, whatever component is called so.
fn component(cx: &Cx<'_, '_>, own: NodeId, name: &str) -> Option<NodeId> {
    let lower = name.to_ascii_lowercase();
    let is_foreign = lower == name && foreign(name).is_some();
    if Types::named(&lower).is_some() || is_foreign {
        return None;
    }
    let components = cx.tree.get(cx.tree.root(), "components")?;
    cx.tree.get(cx.tree.get(components, "schemas")?, name).filter(|target| *target != own)
}

/// What a list is said to be of: `string[]`, `[string]`, `array<string>`, `List[string]`.
fn list_of(name: &str) -> Option<&str> {
    let within = |text: &'_ str| -> Option<(usize, usize)> {
        let open = text.find(['<', '[', '('])?;
        text.ends_with(['>', ']', ')']).then(|| (open, text.len() - 1))
    };
    if let Some(of) = name.strip_suffix("[]").or_else(|| name.strip_prefix("[]")) {
        return Some(of.trim()).filter(|of| !of.is_empty());
    }
    let (open, end) = within(name)?;
    let is_list = ["", "array", "list", "set"].contains(&&*name[..open].to_ascii_lowercase());
    Some(name[open + 1..end].trim()).filter(|of| is_list && !of.is_empty())
}

/// Takes such a list. What `items` says holds.
fn list(cx: &mut Cx<'_, '_>, schema: &mut Schema<'_>, node: NodeId, of: &str) {
    schema.types = Types::ARRAY;
    let name = cx.tree.text(node).unwrap_or_default();
    let message = format!("`{name}` is not a type");
    if cx.tree.get(schema.at, "items").is_some() {
        let help = "it is read as `array`; write that";
        cx.sink.warning(Code::UnknownType, node, message).help(help);
        return;
    }
    let target = component(cx, schema.at, of);
    let (types, format) = Types::named(of).map_or_else(|| meant(of), |types| (types, None));
    let items = match (target, format) {
        (Some(_), _) => format!("{{$ref: '#/components/schemas/{of}'}}"),
        (None, Some(format)) => format!("{{type: {}, format: {format}}}", types.listed()),
        (None, None) if types.is_empty() => "{}".to_owned(),
        (None, None) => format!("{{type: {}}}", types.listed()),
    };
    let help = format!("it is read as `type: array` with `items: {items}`; write that");
    cx.sink.warning(Code::UnknownType, node, message).help(help);
    let reference = target.map(|target| id(cx, target));
    let at = schema.at;
    schema.items = Some(make(cx, Schema { at, types, format, reference, ..Schema::default() }));
}

/// The type of a name; none where it is unknown.
fn named(cx: &mut Cx<'_, '_>, schema: &mut Schema<'_>, node: NodeId) -> Types {
    let Some(name) = cx.text_at(node, "type") else { return Types::default() };
    if let Some(types) = Types::named(name) {
        return types;
    }
    let (types, format) = match either(name) {
        Some(types) => (types, None),
        None => meant(name),
    };
    schema.format = schema.format.or(format);
    let help = match (types.is_empty(), format) {
        (true, _) if is_any(name) => "any value is taken, as is where no `type` stands".to_owned(),
        (true, _) => format!("known are `{}`; any value is taken", Types::names().join("`, `")),
        (false, None) => format!("it is read as `{}`; write that", spelled(types)),
        (false, Some(format)) => {
            format!("it is read as `{}` of the format `{format}`; write that", spelled(types))
        }
    };
    let message = format!("`{name}` is not a type");
    cx.sink.warning(Code::UnknownType, node, message).help(help);
    types
}

/// The types of `string|null` and `integer or string`, where each is known.
fn either(name: &str) -> Option<Types> {
    let parts: Vec<&str> = match name.contains('|') {
        true => name.split('|').collect(),
        false => name.split(" or ").collect(),
    };
    let known = |part: &&str| Types::named(part.trim()).unwrap_or_else(|| meant(part.trim()).0);
    let each: Vec<Types> = parts.iter().map(known).collect();
    let is_known = each.len() > 1 && each.iter().all(|types| !types.is_empty());
    is_known.then(|| each.into_iter().fold(Types::default(), Types::with))
}

/// As it is written: `string`, `[string, null]`.
fn spelled(types: Types) -> String {
    let listed = types.listed();
    if listed.contains(" or ") { format!("[{}]", listed.replace(" or ", ", ")) } else { listed }
}

fn is_any(name: &str) -> bool {
    ANY.contains(&&*name.to_ascii_lowercase())
}

/// What a name of another language means, in lower case.
fn foreign(name: &str) -> Option<(Types, Option<&'static str>)> {
    let row = FOREIGN.iter().find(|(known, ..)| *known == name);
    row.map(|(_, types, format)| (*types, *format))
}

/// What a name means that isn't one of the seven: one of another language, or the one that it is
/// nearly.
fn meant(name: &str) -> (Types, Option<&'static str>) {
    if name == DATE {
        return (Types::STRING, Some("date-time"));
    }
    let name = name.to_ascii_lowercase();
    if let Some(known) = foreign(&name) {
        return known;
    }
    let nearest = similar(&name, Types::names().into_iter()).and_then(Types::named);
    (nearest.unwrap_or_default(), None)
}
