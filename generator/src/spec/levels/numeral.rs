//! Values that may stand in quotes: `type: [integer, string]` beside a `pattern` which admits nothing but
//! numbers, as ASP.NET Core describes every number that it writes plainly and also reads from a text;
//! and the choice of a value and a text of its format, as Elysia describes what it reads from either.

use super::super::model::{Schema, Types};
use crate::source::Tree;

/// What the texts of a number look like, whole ones first.
const PATTERNS: [&str; 4] = [
    r"^(?:0|[1-9]\d*)$",
    r"^-?(?:0|[1-9]\d*)$",
    r"^-?(?:0|[1-9]\d*)(?:\.\d+)?$",
    r"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$",
];

/// Formats of numbers: without one, the text may be longer than any type of numbers holds.
const FORMATS: [&str; 10] =
    ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double"];

/// Formats of texts that show a value of such types.
const SHOWN: [(&str, Types); 4] = [
    ("numeric", Types::NUMBER.with(Types::INTEGER)),
    ("boolean", Types::BOOLEAN),
    ("ArrayString", Types::ARRAY),
    ("ObjectString", Types::OBJECT),
];

/// Makes it the value, which a text may stand for. Neither the pattern nor the format says what the type
/// doesn't.
pub(super) fn settle(tree: &Tree, schema: &mut Schema<'_>) {
    of_types(tree, schema);
    of_alternatives(tree, schema);
}

/// `anyOf: [{type: string, format: numeric}, {type: number}]`
fn of_alternatives(tree: &Tree, schema: &mut Schema<'_>) {
    let Some(stated) = tree.get(schema.at, "anyOf").filter(|_| schema.any_of.len() == 2) else {
        return;
    };
    let [text, value] = tree.items(stated) else { return };
    let said = |at, key| tree.get(at, key).and_then(|node| tree.text(node));
    let format = said(*text, "format").filter(|_| said(*text, "type") == Some("string"));
    let types = said(*value, "type").and_then(Types::named).unwrap_or_default();
    let shown = SHOWN.iter().find(|(known, _)| Some(*known) == format);
    if shown.is_some_and(|(_, shown)| !types.is_empty() && shown.contains(types)) {
        schema.any_of.remove(0);
        let is_scalar = types.and(Types::ARRAY.with(Types::OBJECT)).is_empty();
        schema.rare.get_or_insert_default().quoted = is_scalar;
    }
}

fn of_types(tree: &Tree, schema: &mut Schema<'_>) {
    let types = schema.types.without(Types::NULL.with(Types::STRING));
    let is_number = types == Types::INTEGER || types == Types::NUMBER;
    let has_format = schema.format.is_some_and(|format| FORMATS.contains(&format));
    if !is_number || !has_format || !schema.types.contains(Types::STRING) {
        return;
    }
    let Some(rare) = &mut schema.rare else { return };
    let known = if types == Types::INTEGER { &PATTERNS[..2] } else { &PATTERNS[..] };
    let says_so = |(keyword, at): &(&str, _)| {
        *keyword == "pattern" && tree.text(*at).is_some_and(|text| known.contains(&text))
    };
    if rare.rules.iter().any(says_so) {
        rare.rules.retain(|rule| !says_so(rule));
        rare.quoted = true;
        schema.types = schema.types.without(Types::STRING);
    }
}
