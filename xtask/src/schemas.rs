//! Schemas of a document as JSON Schema that stands for itself, for a validator that is not ours.
//!
//! In: nodes of the document. Out: addresses in one object of definitions. Keywords are taken over as
//! they were written; only references are resolved, and what OpenAPI 3.0 says otherwise than JSON
//! Schema (`nullable`, siblings of `$ref`) is put in the terms of its draft.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value, json};
use tenon::ir;
use tenon::source::{NodeId, Tree};
use tenon::spec::Spec;

/// Which way the values of a schema travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// Read-only properties have no place.
    Request,
    /// Write-only properties have no place.
    Reply,
    /// Both are as the schema says.
    Both,
}

/// The schemas that were asked for, and those that they refer to.
#[derive(Debug)]
pub(crate) struct Schemas<'t> {
    tree: &'t Tree,
    /// What each `$ref` leads to, by the schema that states it.
    targets: HashMap<NodeId, NodeId>,
    /// The rules of OpenAPI 3.0 and Swagger 2.0 hold.
    old: bool,
    definitions: BTreeMap<String, Value>,
    asked: HashSet<(NodeId, Direction)>,
    queue: Vec<(NodeId, Direction)>,
}

/// Keywords whose value is a schema.
const ONE: [&str; 11] = [
    "additionalProperties",
    "items",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "additionalItems",
];

/// Keywords whose value is a list of schemas.
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Keywords whose value is a map of schemas.
const MAPS: [&str; 3] = ["properties", "patternProperties", "dependentSchemas"];

/// Keywords that only tell, or that define what references are resolved to.
const SILENT: [&str; 17] = [
    "$id",
    "id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$vocabulary",
    "$defs",
    "definitions",
    "$comment",
    "example",
    "examples",
    "title",
    "description",
    "externalDocs",
    "xml",
    "deprecated",
];

/// Keywords whose value is a reference.
const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// Keyword of ours: the properties that don't travel this way.
pub(crate) const WITHHELD: &str = "x-withheld";

/// How many references are followed for a property that may be read-only.
const HOPS: usize = 8;

impl<'t> Schemas<'t> {
    /// No schemas yet, of this document.
    pub(crate) fn new(spec: &Spec<'t>) -> Self {
        let tree = spec.tree;
        let at = |id| spec.schema(id).at;
        let targets = spec.schemas.iter().filter_map(|it| Some((it.at, at(it.reference?))));
        let stated = |key| tree.get(tree.root(), key).and_then(|node| tree.text(node));
        let file = tree.files().first().map(|file| file.root());
        let swagger = file.and_then(|root| tree.get(root, "swagger")).is_some();
        let old = swagger || stated("openapi").is_some_and(|version| version.starts_with("3.0"));
        Self {
            tree,
            targets: targets.collect(),
            old,
            definitions: BTreeMap::new(),
            asked: HashSet::new(),
            queue: Vec::new(),
        }
    }

    /// The draft of JSON Schema that the document goes by.
    pub(crate) fn draft(&self) -> &'static str {
        if self.old { "4" } else { "2020-12" }
    }

    /// The address of a schema.
    pub(crate) fn address(&mut self, node: NodeId, direction: Direction) -> String {
        if self.asked.insert((node, direction)) {
            self.queue.push((node, direction));
        }
        format!("#/$defs/{}", name(node, direction))
    }

    /// The definitions of everything that was asked for.
    pub(crate) fn document(&mut self) -> Value {
        while let Some((node, direction)) = self.queue.pop() {
            let schema = self.schema(node, direction);
            self.definitions.insert(name(node, direction), schema);
        }
        json!({"$defs": self.definitions})
    }

    fn schema(&mut self, node: NodeId, direction: Direction) -> Value {
        let tree = self.tree;
        if !tree.is_map(node) {
            return match tree.bool(node) {
                Some(false) => json!({"not": {}}),
                _ => json!({}),
            };
        }
        let mut schema = Map::new();
        for (key, value) in tree.entries(node) {
            if REFERENCES.contains(&key) && tree.text(value).is_some() {
                let target = self.targets.get(&node).copied().or_else(|| tree.target(value));
                let address = target.map(|target| self.address(target, direction));
                // A schema that isn't there makes those that use it unusable, and is told as such.
                let address = address.unwrap_or_else(|| "#/$defs/missing".to_owned());
                schema.insert("$ref".to_owned(), Value::String(address));
            }
        }
        if self.old && schema.contains_key("$ref") {
            return Value::Object(schema);
        }
        for (key, value) in tree.entries(node) {
            if key.starts_with("x-") || SILENT.contains(&key) || REFERENCES.contains(&key) {
                continue;
            }
            let value = self.keyword(key, value, direction);
            schema.insert(key.to_owned(), value);
        }
        // Whoever states properties means an object, which JSON Schema leaves open.
        if schema.contains_key("properties") && !schema.contains_key("type") {
            schema.insert("type".to_owned(), json!("object"));
        }
        if self.old {
            nullable(&mut schema);
        }
        if direction == Direction::Request {
            self.examples(node, &mut schema);
        }
        self.direct(node, &mut schema, direction);
        Value::Object(schema)
    }

    /// `example` and `examples` under a name that no validator knows.
    fn examples(&self, node: NodeId, schema: &mut Map<String, Value>) {
        let tree = self.tree;
        let lists = tree.get(node, "examples").map(|list| tree.items(list)).unwrap_or_default();
        let examples = tree.get(node, "example").into_iter().chain(lists.iter().copied());
        let examples: Vec<Value> = examples.map(|it| json_of(&tree.to_value(it))).collect();
        if !examples.is_empty() {
            schema.insert("x-examples".to_owned(), Value::Array(examples));
        }
    }

    fn keyword(&mut self, key: &str, node: NodeId, direction: Direction) -> Value {
        let tree = self.tree;
        if MAPS.contains(&key) {
            let entries = tree.entries(node);
            let entries = entries.map(|(name, it)| (name.to_owned(), self.schema(it, direction)));
            return Value::Object(entries.collect());
        }
        if LISTS.contains(&key) || (key == "items" && tree.is_list(node)) {
            let items = tree.items(node);
            return items.iter().map(|item| self.schema(*item, direction)).collect();
        }
        if ONE.contains(&key) {
            // Draft 4 has these two as plain booleans.
            let plain = ["additionalProperties", "additionalItems"].contains(&key);
            return match tree.bool(node).filter(|_| plain) {
                Some(flag) => Value::Bool(flag),
                None => self.schema(node, direction),
            };
        }
        if key == "discriminator" && tree.is_map(node) {
            return self.discriminator(node, direction);
        }
        json_of(&tree.to_value(node))
    }

    /// `mapping` with addresses in place of references.
    fn discriminator(&mut self, node: NodeId, direction: Direction) -> Value {
        let tree = self.tree;
        let mut mapping = Map::new();
        let stated = tree.get(node, "mapping").into_iter().flat_map(|map| tree.entries(map));
        for (value, reference) in stated {
            let named = || {
                let components = tree.get(tree.root(), "components")?;
                let schemas = tree.get(components, "schemas")?;
                tree.get(schemas, tree.text(reference)?)
            };
            if let Some(target) = named().or_else(|| tree.target(reference)) {
                mapping.insert(value.to_owned(), Value::String(self.address(target, direction)));
            }
        }
        let property = tree.get(node, "propertyName").and_then(|node| tree.text(node));
        let names = self.alternatives(node, direction);
        json!({"propertyName": property, "mapping": mapping, "x-names": names})
    }

    /// The names of the alternatives beside a discriminator, by address: they stand for those that
    /// no mapping tells of.
    fn alternatives(&mut self, node: NodeId, direction: Direction) -> Map<String, Value> {
        let tree = self.tree;
        let lists = ["oneOf", "anyOf"].map(|key| tree.get(tree.parent(node)?, key));
        let mut names = Map::new();
        for item in lists.into_iter().flatten().flat_map(|list| tree.items(list)) {
            if let Some(target) = self.targets.get(item).copied()
                && let Some(name) = tree.key(target)
            {
                names.insert(self.address(target, direction), Value::String(name.to_owned()));
            }
        }
        names
    }

    /// Takes out the properties that don't travel this way.
    fn direct(&mut self, node: NodeId, schema: &mut Map<String, Value>, direction: Direction) {
        let keyword = match direction {
            Direction::Request => "readOnly",
            Direction::Reply => "writeOnly",
            Direction::Both => return,
        };
        let tree = self.tree;
        let properties = tree.get(node, "properties").into_iter().flat_map(|map| tree.entries(map));
        let gone: BTreeSet<&str> = properties
            .filter(|(_, property)| self.states(*property, keyword))
            .map(|(name, _)| name)
            .collect();
        if gone.is_empty() {
            return;
        }
        schema.insert(WITHHELD.to_owned(), json!(gone));
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            properties.retain(|name, _| !gone.contains(name.as_str()));
        }
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|name| name.as_str().is_none_or(|name| !gone.contains(name)));
        }
        // Draft 4 has no empty list of required properties.
        if schema.get("required") == Some(&json!([])) {
            schema.remove("required");
        }
    }

    fn states(&self, node: NodeId, keyword: &str) -> bool {
        let mut at = node;
        for _ in 0..HOPS {
            if self.tree.get(at, keyword).and_then(|node| self.tree.bool(node)) == Some(true) {
                return true;
            }
            match self.targets.get(&at) {
                Some(target) => at = *target,
                None => return false,
            }
        }
        false
    }
}

fn name(node: NodeId, direction: Direction) -> String {
    let letter = match direction {
        Direction::Request => "q",
        Direction::Reply => "r",
        Direction::Both => "b",
    };
    format!("{letter}-{}", node.index())
}

/// `nullable: true` beside a type (OpenAPI 3.0.3, section 4.7.24.1).
fn nullable(schema: &mut Map<String, Value>) {
    let nullable = schema.remove("nullable") == Some(Value::Bool(true));
    if let Some(kind) = schema.get_mut("type").filter(|kind| nullable && kind.is_string()) {
        *kind = json!([kind.take(), "null"]);
    }
}

/// The address of a node, as the IR writes it.
pub(crate) fn pointer(tree: &Tree, at: NodeId) -> String {
    let (file, pointer) = (tree.file(at), tree.pointer(at));
    match tree.source(file) {
        Some(source) if file != tree.file(tree.root()) => format!("{}#{pointer}", source.path),
        _ => pointer,
    }
}

/// A value of the document as JSON.
pub(crate) fn json_of(value: &ir::Value) -> Value {
    match value {
        ir::Value::Null => Value::Null,
        ir::Value::Bool(flag) => Value::Bool(*flag),
        ir::Value::Number(text) => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()))
        }
        ir::Value::Text(text) => Value::String(text.clone()),
        ir::Value::List(items) => items.iter().map(json_of).collect(),
        ir::Value::Object(entries) => {
            Value::Object(entries.iter().map(|(key, it)| (key.clone(), json_of(it))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenon::diag::Sink;
    use tenon::{Config, Input};

    /// The definition of the component `A`, and all definitions.
    fn exported(text: &str, direction: Direction) -> (Value, Value) {
        let path = "a.yaml".to_owned();
        let input = Input { path, text: text.into(), overlays: Vec::new(), loader: None };
        let outcome = tenon::decide(input, &Config { name: "a".to_owned(), ..Config::default() });
        let spec = tenon::spec::read(&outcome.tree, &mut Sink::lenient());
        let mut schemas = Schemas::new(&spec);
        let component = spec.components.iter().find(|(name, _)| *name == "A");
        let at = component.map(|(_, id)| spec.schema(*id).at).unwrap_or_default();
        let address = schemas.address(at, direction);
        let document = schemas.document();
        let schema = document.pointer(address.trim_start_matches('#')).cloned();
        (schema.unwrap_or_default(), document)
    }

    fn document(version: &str, schema: &str) -> String {
        format!(
            "openapi: {version}\ninfo: {{title: A, version: '1'}}\npaths: {{}}\ncomponents:\n  \
             schemas:\n    A: {schema}\n    B: {{type: string}}\n"
        )
    }

    #[test]
    fn older_keywords_are_put_in_the_terms_of_their_draft() {
        let old = document(
            "3.0.3",
            "{type: integer, nullable: true, minimum: 1, exclusiveMinimum: true}",
        );
        let expected = json!({"type": ["integer", "null"], "minimum": 1, "exclusiveMinimum": true});
        assert_eq!(exported(&old, Direction::Both).0, expected);
        let new = document("3.1.0", "{properties: {a: false}, title: T, x-a: 1}");
        let expected = json!({"type": "object", "properties": {"a": {"not": {}}}});
        assert_eq!(exported(&new, Direction::Both).0, expected);
    }

    #[test]
    fn references_lead_to_definitions() {
        let reference = "{$ref: '#/components/schemas/B', minLength: 2}";
        let (old, all) = exported(&document("3.0.3", reference), Direction::Both);
        let target = old["$ref"].as_str().unwrap_or_default().trim_start_matches('#').to_owned();
        assert_eq!(all.pointer(&target), Some(&json!({"type": "string"})));
        assert_eq!(old.get("minLength"), None);
        let (new, _) = exported(&document("3.1.0", reference), Direction::Both);
        assert_eq!(new.get("minLength"), Some(&json!(2)));
    }

    #[test]
    fn properties_travel_one_way() {
        let schema = "{type: object, required: [a, b], properties: {a: {readOnly: true}, b: {writeOnly: true}}}";
        let text = document("3.0.3", schema);
        let of = |direction| exported(&text, direction).0["required"].clone();
        assert_eq!(of(Direction::Request), json!(["b"]));
        assert_eq!(of(Direction::Reply), json!(["a"]));
        assert_eq!(of(Direction::Both), json!(["a", "b"]));
    }
}
