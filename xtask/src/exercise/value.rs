//! Values that satisfy the rules of a schema.
//!
//! In: JSON Schema with `x-examples` beside its keywords. Out: one value, always the same. Whether it
//! is valid is for the validator to say; what it doesn't like is made in another way.

use serde_json::{Map, Value, json};

use super::scalar::{self, Schema};
use crate::schemas::WITHHELD;

/// How a value is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Maker<'a> {
    /// The definitions that references lead to.
    pub(super) document: &'a Value,
    /// Everything is there, not only what has to be.
    pub(super) full: bool,
    /// Parts are taken from examples and defaults where there are any.
    pub(super) examples: bool,
    /// Which of several alternatives is taken.
    pub(super) attempt: usize,
}

/// Levels below which what can be left out is left out.
const DEEP: usize = 6;

/// Levels below which nothing is made.
pub(super) const DEEPEST: usize = 24;

/// Properties of one object, beyond which those that can be left out are left out.
const WIDE: usize = 400;

impl Maker<'_> {
    /// A value of the schema, if one can be made.
    pub(super) fn value(&self, schema: &Value) -> Option<Value> {
        self.make(schema, 0, 0)
    }

    fn make(&self, schema: &Value, depth: usize, seed: usize) -> Option<Value> {
        if depth > DEEPEST || schema == &Value::Bool(false) {
            return None;
        }
        let mut flat = Schema::new();
        self.flatten(schema, &mut flat, 0);
        self.choose(schema, &mut flat);
        if let Some(value) = flat.get("const") {
            return Some(value.clone());
        }
        if let Some(value) = self.told(&flat, seed) {
            return Some(value);
        }
        match kind(&flat)? {
            "object" => self.object(&flat, depth).map(Value::Object),
            "array" => self.array(&flat, depth).map(Value::Array),
            "string" => scalar::text(&flat, seed).map(Value::String),
            "integer" => scalar::number(&flat, true, seed),
            "number" => scalar::number(&flat, false, seed),
            "boolean" => Some(Value::Bool(true)),
            _ => Some(Value::Null),
        }
    }

    /// A listed value, or one that the document gives.
    fn told(&self, schema: &Schema, seed: usize) -> Option<Value> {
        let list = |key| schema.get(key).and_then(Value::as_array).filter(|list| !list.is_empty());
        if let Some(values) = list("enum") {
            return values.get((self.attempt + seed) % values.len()).cloned();
        }
        if !self.examples {
            return None;
        }
        let examples = list("x-examples").and_then(|list| list.get(seed % list.len()));
        let default = schema.get("default").filter(|default| seed == 0 && !default.is_null());
        examples.or(default).filter(|value| is_usable(value)).cloned()
    }

    /// Puts the parts of a schema into one: what references lead to, and all of `allOf`.
    pub(super) fn flatten(&self, schema: &Value, flat: &mut Schema, hops: usize) {
        let Some(schema) = schema.as_object().filter(|_| hops < 32) else { return };
        if let Some(target) = schema.get("$ref").and_then(Value::as_str)
            && let Some(target) = self.document.pointer(target.trim_start_matches('#'))
        {
            self.flatten(target, flat, hops + 1);
        }
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.flatten(part, flat, hops + 1);
        }
        for (key, value) in schema.iter().filter(|(key, _)| *key != "$ref" && *key != "allOf") {
            join(flat, key, value);
        }
    }

    /// Takes one of the alternatives, with what tells it apart.
    fn choose(&self, schema: &Value, flat: &mut Schema) {
        self.alternative(flat);
        // A base whose kinds are told by a property: a value is of one of them.
        let discriminator = flat.remove("discriminator").unwrap_or_default();
        let kinds = discriminator["mapping"].as_object().into_iter().flatten();
        let kinds: Vec<&Value> = kinds.map(|(_, address)| address).collect();
        if schema.get("$ref").is_some_and(|address| kinds.contains(&address)) {
            return self.mark(flat, &discriminator, schema);
        }
        let Some(kind) = kinds.get(self.attempt % kinds.len().max(1)) else { return };
        let kind = json!({"$ref": kind});
        self.flatten(&kind, flat, 0);
        self.alternative(flat);
        self.mark(flat, &discriminator, &kind);
        flat.remove("discriminator");
    }

    fn alternative(&self, flat: &mut Schema) {
        for key in ["oneOf", "anyOf"] {
            let Some(Value::Array(alternatives)) = flat.remove(key) else { continue };
            let usable: Vec<&Value> =
                alternatives.iter().filter(|it| **it != json!({"type": "null"})).collect();
            let Some(chosen) = usable.get(self.attempt % usable.len().max(1)) else { continue };
            let discriminator = flat.remove("discriminator");
            self.flatten(chosen, flat, 0);
            // An alternative may be a kind of a base, whose discriminator tells nothing new.
            if let Some(discriminator) = &discriminator {
                flat.remove("discriminator");
                self.mark(flat, discriminator, chosen);
            }
            // An alternative may have alternatives of its own.
            if flat.contains_key("oneOf") || flat.contains_key("anyOf") {
                self.alternative(flat);
            }
        }
    }

    /// Gives the property that tells kinds apart the value of the chosen one.
    fn mark(&self, flat: &mut Schema, discriminator: &Value, chosen: &Value) {
        if let Some((property, value)) = tag(discriminator, chosen) {
            let constant =
                json!({"properties": {&property: {"const": value}}, "required": [property]});
            self.flatten(&constant, flat, 0);
        }
    }

    fn object(&self, schema: &Schema, depth: usize) -> Option<Map<String, Value>> {
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut object = Map::new();
        for (name, property) in properties {
            let needed = required.contains(&name.as_str());
            let wanted = self.full && depth < DEEP && object.len() < WIDE;
            match self.make(property, depth + 1, 0) {
                Some(value) if needed || wanted => drop(object.insert(name.clone(), value)),
                None if needed => return None,
                _ => {}
            }
        }
        let rest = schema.get("additionalProperties");
        let any = json!({"type": "string"});
        let other = rest.filter(|rest| rest.is_object() && **rest != json!({})).unwrap_or(&any);
        for name in required.iter().filter(|name| !properties.contains_key(**name)) {
            object.insert((*name).to_owned(), self.make(other, depth + 1, 0)?);
        }
        let is_map = properties.is_empty() && rest.is_some_and(Value::is_object);
        let least = schema.get("minProperties").and_then(Value::as_u64).unwrap_or(0);
        let least = least.max(u64::from(is_map && self.full && depth < DEEP));
        for seed in 0..64 {
            if object.len() as u64 >= least {
                break;
            }
            // Properties that can be left out come before made-up ones.
            let missing = properties.iter().find(|(name, _)| !object.contains_key(*name));
            let (name, schema) = match missing {
                Some((name, property)) => (name.clone(), property),
                None => (format!("key{seed}"), other),
            };
            object.insert(name, self.make(schema, depth + 1, seed)?);
        }
        Some(object)
    }

    fn array(&self, schema: &Schema, depth: usize) -> Option<Vec<Value>> {
        let bound = |key| schema.get(key).and_then(Value::as_u64);
        let none = Vec::new();
        let places =
            ["prefixItems", "items"].into_iter().find_map(|key| schema.get(key)?.as_array());
        let places = places.unwrap_or(&none);
        let wanted = u64::from(self.full && depth < DEEP).max(places.len() as u64);
        let length = bound("minItems").unwrap_or(0).max(wanted);
        let length = length.min(bound("maxItems").unwrap_or(u64::MAX)).min(1000);
        let any = json!({"type": "string"});
        let item = schema.get("items").filter(|items| items.is_object()).unwrap_or(&any);
        let mut items: Vec<Value> = Vec::new();
        for seed in 0..usize::try_from(length).unwrap_or(usize::MAX) {
            match self.make(places.get(seed).unwrap_or(item), depth + 1, seed) {
                Some(value) => items.push(value),
                None if bound("minItems").unwrap_or(0) > items.len() as u64 => return None,
                None => break,
            }
        }
        Some(items)
    }
}

/// An object's example is whole: what it leaves out would never be tried. Numbers are those that every
/// program understands (RFC 8259, section 6).
fn is_usable(value: &Value) -> bool {
    match value {
        Value::Object(_) | Value::Array(_) => false,
        Value::Number(number) => number.as_f64().is_some_and(|number| number.abs() < 9e15),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// The discriminator's property and its value for an alternative.
fn tag(discriminator: &Value, chosen: &Value) -> Option<(String, Value)> {
    let property = discriminator["propertyName"].as_str()?;
    let address = chosen["$ref"].as_str()?;
    let mapping = discriminator["mapping"].as_object()?;
    let mapped = mapping.iter().find(|(_, target)| target.as_str() == Some(address));
    let names = &discriminator["x-names"];
    let value = mapped.map(|(value, _)| value.as_str()).or_else(|| names[address].as_str())?;
    Some((property.to_owned(), json!(value)))
}

/// Adds a keyword to those that hold already: both have to hold.
fn join(flat: &mut Schema, key: &str, value: &Value) {
    let Some(before) = flat.get_mut(key) else {
        flat.insert(key.to_owned(), value.clone());
        return;
    };
    match (key, before, value) {
        ("properties", Value::Object(before), Value::Object(more)) => {
            for (name, schema) in more {
                match before.get_mut(name) {
                    Some(one) => *one = json!({"allOf": [one.take(), schema]}),
                    None => drop(before.insert(name.clone(), schema.clone())),
                }
            }
        }
        ("required" | WITHHELD, Value::Array(before), Value::Array(more)) => {
            before.extend(
                more.iter().filter(|name| !before.contains(name)).cloned().collect::<Vec<_>>(),
            );
        }
        ("enum", Value::Array(before), Value::Array(more)) => before.retain(|it| more.contains(it)),
        ("minimum" | "minLength" | "minItems" | "minProperties", before, more) => {
            if more.as_f64() > before.as_f64() {
                *before = more.clone();
            }
        }
        ("maximum" | "maxLength" | "maxItems" | "maxProperties", before, more) => {
            if more.as_f64() < before.as_f64() {
                *before = more.clone();
            }
        }
        (_, before, more) => *before = more.clone(),
    }
}

/// The type of the value to make.
fn kind(schema: &Schema) -> Option<&str> {
    match schema.get("type") {
        Some(Value::String(kind)) => return Some(kind),
        Some(Value::Array(kinds)) => {
            let mut kinds = kinds.iter().filter_map(Value::as_str);
            return kinds.clone().find(|kind| *kind != "null").or_else(|| kinds.next());
        }
        _ => {}
    }
    let implied = [
        ("properties", "object"),
        ("additionalProperties", "object"),
        ("required", "object"),
        ("items", "array"),
        ("prefixItems", "array"),
        ("minimum", "number"),
        ("maximum", "number"),
    ];
    let implied = implied.iter().find(|(key, _)| schema.contains_key(*key));
    Some(implied.map_or("string", |(_, kind)| kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(schema: &Value, full: bool, attempt: usize) -> Option<Value> {
        let document = json!({"$defs": {
            "id": {"type": "integer", "minimum": 7},
            "cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
            "kind": {"required": ["size"], "properties": {"size": {"type": "integer"}}},
            "node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/node"}}},
            "endless": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/endless"}}},
        }});
        Maker { document: &document, full, examples: true, attempt }.value(schema)
    }

    #[test]
    fn only_the_full_variant_has_what_can_be_left_out() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"$ref": "#/$defs/id"}, "b": {"type": "boolean"}}});
        assert_eq!(made(&schema, false, 0), Some(json!({"a": 7})));
        assert_eq!(made(&schema, true, 0), Some(json!({"a": 7, "b": true})));
    }

    #[test]
    fn all_parts_hold() {
        let schema = json!({"allOf": [
            {"properties": {"a": {"type": "string"}}},
            {"properties": {"a": {"minLength": 6}, "b": {"$ref": "#/$defs/id"}}},
        ], "required": ["a"]});
        assert_eq!(made(&schema, true, 0), Some(json!({"a": "atenon", "b": 7})));
    }

    #[test]
    fn attempts_take_other_alternatives() {
        let schema =
            json!({"oneOf": [{"type": "null"}, {"type": "boolean"}, {"$ref": "#/$defs/id"}]});
        assert_eq!(made(&schema, true, 0), Some(json!(true)));
        assert_eq!(made(&schema, true, 1), Some(json!(7)));
    }

    #[test]
    fn a_discriminator_names_the_alternative() {
        let schema = json!({"oneOf": [{"$ref": "#/$defs/cat"}],
            "discriminator": {"propertyName": "kind", "mapping": {"tiger": "#/$defs/cat"}}});
        assert_eq!(made(&schema, false, 0), Some(json!({"kind": "tiger"})));
    }

    #[test]
    fn a_base_is_made_as_one_of_its_kinds() {
        let schema = json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind", "mapping": {"id": "#/$defs/kind"}}});
        assert_eq!(made(&schema, false, 0), Some(json!({"kind": "id", "size": 1})));
    }

    #[test]
    fn recursion_ends() {
        assert!(made(&json!({"$ref": "#/$defs/node"}), true, 0).is_some());
        assert_eq!(made(&json!({"$ref": "#/$defs/endless"}), true, 0), None);
    }

    #[test]
    fn lists_have_different_items() {
        let schema = json!({"type": "array", "minItems": 2, "uniqueItems": true, "items": {"type": "string"}});
        assert_eq!(made(&schema, false, 0), Some(json!(["tenon", "tenon1"])));
        let schema = json!({"type": "array", "minItems": 2, "items": {"enum": ["a", "b"]}});
        assert_eq!(made(&schema, false, 0), Some(json!(["a", "b"])));
    }

    #[test]
    fn what_the_document_gives_comes_first() {
        for (schema, expected) in [
            (json!({"type": "string", "x-examples": ["given"]}), json!("given")),
            (json!({"type": "integer", "default": 25}), json!(25)),
            (json!({"const": 3}), json!(3)),
            (json!({"type": ["null", "string"]}), json!("tenon")),
        ] {
            assert_eq!(made(&schema, true, 0), Some(expected), "{schema}");
        }
    }
}
