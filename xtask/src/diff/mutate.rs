//! One change at a time, at places that a seeded choice picks.

use std::hash::{DefaultHasher, Hash, Hasher};

use tenon::ir::Value;

/// A document with one change.
pub(super) struct Mutation {
    /// What was done.
    pub(super) kind: &'static str,
    /// Where.
    pub(super) at: String,
    /// Rules, one of which it calls for.
    pub(super) expected: &'static [&'static str],
    /// The document with the change.
    pub(super) value: Value,
}

/// A kind of change: where it can be made, and what it does there.
struct Kind {
    name: &'static str,
    expected: &'static [&'static str],
    fits: fn(&[String], &Value) -> bool,
    apply: fn(&mut Value),
}

const KINDS: [Kind; 11] = [
    Kind {
        name: "an operationId is renamed",
        expected: &["operation-id-changed"],
        fits: |path, value| is_operation(path) && get(value, "operationId").is_some(),
        apply: |value| set(value, "operationId", text("mutatedOperation")),
    },
    Kind {
        name: "an operation is deprecated",
        expected: &["deprecated"],
        fits: |path, value| is_operation(path) && get(value, "deprecated").is_none(),
        apply: |value| set(value, "deprecated", Value::Bool(true)),
    },
    Kind {
        name: "a summary is changed",
        expected: &["description-changed"],
        fits: |path, value| is_operation(path) && get(value, "summary").is_some(),
        apply: |value| set(value, "summary", text("A mutated summary")),
    },
    Kind {
        name: "a required parameter is added",
        expected: &["required-parameter-added"],
        fits: |path, value| is_operation(path) && get(value, "parameters").is_some(),
        apply: |value| {
            if let Some(Value::List(items)) = get_mut(value, "parameters") {
                let schema = Value::Object(vec![("type".to_owned(), text("integer"))]);
                items.push(Value::Object(vec![
                    ("name".to_owned(), text("mutatedParameter")),
                    ("in".to_owned(), text("query")),
                    ("required".to_owned(), Value::Bool(true)),
                    ("schema".to_owned(), schema),
                ]));
            }
        },
    },
    Kind {
        name: "an operation is removed",
        expected: &["operation-removed"],
        fits: |path, value| {
            let Value::Object(entries) = value else { return false };
            let has_method = entries.iter().any(|(key, _)| is_method(key));
            path.len() == 2 && path[0] == "paths" && has_method
        },
        apply: |value| {
            if let Value::Object(entries) = value
                && let Some(at) = entries.iter().position(|(key, _)| is_method(key))
            {
                entries.remove(at);
            }
        },
    },
    Kind {
        name: "an optional property is added",
        expected: &["optional-property-added"],
        fits: |path, value| is_component(path) && is_plain_object(value),
        apply: |value| {
            if let Some(properties) = get_mut(value, "properties") {
                let schema = Value::Object(vec![("type".to_owned(), text("string"))]);
                set(properties, "mutated_property", schema);
            }
        },
    },
    Kind {
        name: "an optional property is removed",
        expected: &["property-removed"],
        fits: |path, value| {
            is_component(path) && is_plain_object(value) && first_optional(value).is_some()
        },
        apply: |value| {
            let name = first_optional(value);
            if let (Some(name), Some(Value::Object(entries))) = (name, get_mut(value, "properties"))
            {
                entries.retain(|(key, _)| *key != name);
            }
        },
    },
    Kind {
        name: "an optional property becomes required",
        expected: &["property-became-required"],
        fits: |path, value| {
            is_component(path) && is_plain_object(value) && first_optional(value).is_some()
        },
        apply: |value| {
            let Some(name) = first_optional(value) else { return };
            match get_mut(value, "required") {
                Some(Value::List(items)) => items.push(text(&name)),
                _ => set(value, "required", Value::List(vec![text(&name)])),
            }
        },
    },
    Kind {
        name: "a property is renamed",
        expected: &["property-renamed"],
        fits: |path, value| {
            is_component(path) && is_plain_object(value) && first_optional(value).is_some()
        },
        apply: |value| {
            let name = first_optional(value);
            if let (Some(name), Some(Value::Object(entries))) = (name, get_mut(value, "properties"))
            {
                for (key, _) in entries.iter_mut().filter(|(key, _)| *key == name) {
                    key.push_str("_renamed");
                }
            }
        },
    },
    Kind {
        name: "a property is retyped",
        expected: &["type-changed"],
        fits: |path, value| is_property(path) && is_bare_text(value),
        apply: |value| set(value, "type", text("boolean")),
    },
    Kind {
        name: "a value is added to an enum",
        expected: &["enum-value-added"],
        fits: |path, value| {
            is_property(path)
                && matches!(get(value, "enum"), Some(Value::List(items)) if !items.is_empty())
                && matches!(get(value, "type"), Some(Value::Text(ty)) if ty == "string")
        },
        apply: |value| {
            if let Some(Value::List(items)) = get_mut(value, "enum") {
                items.push(text("mutated_value"));
            }
        },
    },
];

/// The document with one change each, so many for each kind, picked by the seed.
pub(super) fn mutations(root: &Value, seed: &str, tries: usize) -> Vec<Mutation> {
    let mut found = Vec::new();
    for kind in &KINDS {
        let places = places(root, kind);
        for turn in 0..tries.min(places.len()) {
            let Some(at) = pick(&places, (seed, kind.name, turn)) else { continue };
            let mut value = root.clone();
            if let Some(target) = step(&mut value, at) {
                (kind.apply)(target);
                let at = at.join("/");
                let Kind { name, expected, .. } = *kind;
                found.push(Mutation { kind: name, at, expected, value });
            }
        }
    }
    found
}

/// The document with all of the changes at once, so many of each kind.
pub(crate) fn mutated(root: &Value, seed: &str, tries: usize) -> Value {
    let mut value = root.clone();
    for kind in &KINDS {
        for turn in 0..tries {
            let places = places(&value, kind);
            let at = pick(&places, (seed, kind.name, turn));
            if let Some(target) = at.and_then(|at| step(&mut value, at)) {
                (kind.apply)(target);
            }
        }
    }
    value
}

/// Where a change can be made.
fn places(root: &Value, kind: &Kind) -> Vec<Vec<String>> {
    let mut places = Vec::new();
    collect(root, &mut Vec::new(), kind, &mut places);
    places
}

fn pick(places: &[Vec<String>], by: impl Hash) -> Option<&[String]> {
    let mut hasher = DefaultHasher::new();
    by.hash(&mut hasher);
    let index = hasher.finish().checked_rem(places.len() as u64)?;
    places.get(usize::try_from(index).ok()?).map(Vec::as_slice)
}

fn collect(value: &Value, path: &mut Vec<String>, kind: &Kind, places: &mut Vec<Vec<String>>) {
    if path.len() > 5 || path.first().is_some_and(|key| key != "paths" && key != "components") {
        return;
    }
    if (kind.fits)(path, value) {
        places.push(path.clone());
    }
    if let Value::Object(entries) = value {
        for (key, value) in entries {
            path.push(key.clone());
            collect(value, path, kind, places);
            path.pop();
        }
    }
}

fn step<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |at, key| get_mut(at, key))
}

fn is_method(key: &str) -> bool {
    ["get", "put", "post", "delete", "patch"].contains(&key)
}

fn is_operation(path: &[String]) -> bool {
    path.len() == 3 && path[0] == "paths" && is_method(&path[2])
}

fn is_component(path: &[String]) -> bool {
    path.len() == 3 && path[0] == "components" && path[1] == "schemas"
}

fn is_property(path: &[String]) -> bool {
    path.len() == 5 && path[0] == "components" && path[1] == "schemas" && path[3] == "properties"
}

/// An object with properties and nothing that composes it.
fn is_plain_object(value: &Value) -> bool {
    let composed = ["allOf", "anyOf", "oneOf", "$ref", "not", "discriminator", "enum"];
    matches!(get(value, "properties"), Some(Value::Object(entries)) if entries.len() > 1)
        && composed.iter().all(|key| get(value, key).is_none())
}

/// A text and nothing more.
fn is_bare_text(value: &Value) -> bool {
    let Value::Object(entries) = value else { return false };
    let known = ["type", "description", "title", "nullable", "readOnly"];
    matches!(get(value, "type"), Some(Value::Text(ty)) if ty == "string")
        && entries.iter().all(|(key, _)| known.contains(&key.as_str()))
}

/// The first property that isn't required and is described where it stands.
fn first_optional(value: &Value) -> Option<String> {
    let Some(Value::Object(entries)) = get(value, "properties") else { return None };
    let is_required = |name: &str| match get(value, "required") {
        Some(Value::List(items)) => {
            items.iter().any(|item| matches!(item, Value::Text(text) if text == name))
        }
        _ => false,
    };
    let plain = |schema: &Value| get(schema, "type").is_some();
    entries
        .iter()
        .find(|(name, schema)| !is_required(name) && plain(schema))
        .map(|(name, _)| name.clone())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn get<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let Value::Object(entries) = value else { return None };
    entries.iter().find(|(known, _)| known == key).map(|(_, value)| value)
}

fn get_mut<'v>(value: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    let Value::Object(entries) = value else { return None };
    entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
}

fn set(value: &mut Value, key: &str, new: Value) {
    if let Some(known) = get_mut(value, key) {
        *known = new;
    } else if let Value::Object(entries) = value {
        entries.push((key.to_owned(), new));
    }
}
