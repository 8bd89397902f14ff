//! Schemas as the reader understands them.

use super::SchemaId;
use crate::source::{NodeId, Tree, Value, is_json_number};
use tenon_ir as ir;

/// A schema object in the terms of JSON Schema 2020-12.
///
/// Older keywords are levelled up before: `nullable` is the type `null`, a boolean
/// `exclusiveMinimum` is the number, `example` is one of `examples`.
#[derive(Debug, Default)]
pub struct Schema<'t> {
    /// Where it stands.
    pub at: NodeId,
    /// `true` or `false` in place of an object.
    pub always: Option<bool>,
    /// `$ref`; keywords beside it hold too.
    pub reference: Option<SchemaId>,
    /// `type`; empty when not stated.
    pub types: Types,
    /// `format`.
    pub format: Option<&'t str>,
    /// `title`.
    pub title: Option<&'t str>,
    /// `description`.
    pub description: Option<&'t str>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `enum`; empty when not stated.
    pub values: Vec<NodeId>,
    /// `const`.
    pub constant: Option<NodeId>,
    /// `default`.
    pub default: Option<NodeId>,
    /// `examples` and `example`.
    pub examples: Vec<NodeId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `properties`.
    pub properties: Vec<(&'t str, SchemaId)>,
    /// `required`.
    pub required: Vec<&'t str>,
    /// `additionalProperties`, or else `unevaluatedProperties`.
    pub additional: Option<SchemaId>,
    /// `items`.
    pub items: Option<SchemaId>,
    /// Keywords that few schemas have.
    pub rare: Option<Box<Rare<'t>>>,
}

impl Schema<'_> {
    /// The schemas that it names.
    pub fn parts(&self) -> Vec<SchemaId> {
        let mut parts: Vec<SchemaId> = Vec::new();
        parts.extend(self.reference);
        parts.extend(self.all_of.iter().chain(&self.any_of).chain(&self.one_of));
        parts.extend(self.properties.iter().map(|(_, id)| *id));
        parts.extend(self.additional);
        parts.extend(self.items);
        if let Some(rare) = &self.rare {
            parts.extend(&rare.prefix_items);
            parts.extend(rare.pattern_properties.iter().map(|(_, id)| *id));
            parts.extend(rare.property_names);
            parts.extend(rare.content_schema);
            let mapping = rare.discriminator.iter().flat_map(|choice| &choice.mapping);
            parts.extend(mapping.map(|(_, id)| *id));
        }
        parts
    }
}

/// Keywords that few schemas have.
#[derive(Debug, Default)]
pub struct Rare<'t> {
    /// `discriminator`.
    pub discriminator: Option<Discriminator<'t>>,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `patternProperties`.
    pub pattern_properties: Vec<(&'t str, SchemaId)>,
    /// `propertyNames`.
    pub property_names: Option<SchemaId>,
    /// `dependentRequired`: a map of lists of properties.
    pub dependent_required: Option<NodeId>,
    /// `contentEncoding`.
    pub content_encoding: Option<&'t str>,
    /// `contentMediaType`.
    pub content_media_type: Option<&'t str>,
    /// The number may also stand as a text.
    pub quoted: bool,
    /// `contentSchema`: of what the text holds, where that is JSON.
    pub content_schema: Option<SchemaId>,
    /// Validation keywords that are stated, as `(keyword, node)`, in the order of
    /// [`RULE_KEYWORDS`].
    pub rules: Vec<(&'static str, NodeId)>,
    /// Keywords that are stated and have no place in a Rust type (`not`, `if`, `contains`, …), to
    /// be reported once by lowering.
    pub unmodelled: Vec<(&'static str, NodeId)>,
}

/// Validation keywords that become rules, with the type that each is about: it says nothing of other
/// values (JSON Schema Validation, section 6). A whole number is a number.
pub const RULE_KEYWORDS: [(&str, Types); 13] = [
    ("minLength", Types::STRING),
    ("maxLength", Types::STRING),
    ("pattern", Types::STRING),
    ("minimum", Types::NUMBER),
    ("maximum", Types::NUMBER),
    ("exclusiveMinimum", Types::NUMBER),
    ("exclusiveMaximum", Types::NUMBER),
    ("multipleOf", Types::NUMBER),
    ("minItems", Types::ARRAY),
    ("maxItems", Types::ARRAY),
    ("uniqueItems", Types::ARRAY),
    ("minProperties", Types::OBJECT),
    ("maxProperties", Types::OBJECT),
];

/// The rule keyword says something of values of these types; where none is stated, any does.
pub fn is_about(keyword: &str, types: Types) -> bool {
    let about = RULE_KEYWORDS.iter().find(|(known, _)| *known == keyword).map(|(_, about)| *about);
    types.is_empty() || about.is_none_or(|about| !types.and(about).is_empty())
}

/// `discriminator`.
#[derive(Debug)]
pub struct Discriminator<'t> {
    /// Where it stands.
    pub at: NodeId,
    /// `propertyName`.
    pub property: &'t str,
    /// `mapping`: the schema that each value stands for.
    pub mapping: Vec<(&'t str, SchemaId)>,
}

/// A set of JSON types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    /// `null`.
    pub const NULL: Types = Types(1);
    /// `boolean`.
    pub const BOOLEAN: Types = Types(2);
    /// `integer`.
    pub const INTEGER: Types = Types(4);
    /// `number`.
    pub const NUMBER: Types = Types(8);
    /// `string`.
    pub const STRING: Types = Types(16);
    /// `array`.
    pub const ARRAY: Types = Types(32);
    /// `object`.
    pub const OBJECT: Types = Types(64);

    /// The seven types with their names, and as they are spoken of.
    const NAMES: [(Types, &'static str, &'static str); 7] = [
        (Self::NULL, "null", "null"),
        (Self::BOOLEAN, "boolean", "a boolean"),
        (Self::INTEGER, "integer", "an integer"),
        (Self::NUMBER, "number", "a number"),
        (Self::STRING, "string", "a string"),
        (Self::ARRAY, "array", "an array"),
        (Self::OBJECT, "object", "an object"),
    ];

    /// The names of the seven types.
    pub fn names() -> [&'static str; 7] {
        Self::NAMES.map(|(_, name, _)| name)
    }

    /// The type of this name, or none.
    pub fn named(name: &str) -> Option<Types> {
        Self::NAMES.into_iter().find(|(_, known, _)| *known == name).map(|(types, ..)| types)
    }

    /// The type of a value. A whole number is an integer.
    pub fn of(tree: &Tree, node: NodeId) -> Types {
        match tree.value(node) {
            Value::List(_) => Self::ARRAY,
            Value::Map(_) => Self::OBJECT,
            Value::Scalar(_) if tree.is_null(node) => Self::NULL,
            Value::Scalar(_) if tree.bool(node).is_some() => Self::BOOLEAN,
            Value::Scalar(_) if tree.integer(node).is_some() => Self::INTEGER,
            Value::Scalar(_) if tree.number(node).is_some() => Self::NUMBER,
            Value::Scalar(_) => Self::STRING,
        }
    }

    /// The value of one of these types that a text shows, such as a number in quotes. Where a string
    /// is one of them, a text is itself.
    pub fn read(self, text: &str) -> Option<ir::Value> {
        let is_number = || match self.contains(Self::NUMBER) {
            true => is_json_number(text),
            false => self.contains(Self::INTEGER) && text.parse::<i64>().is_ok(),
        };
        match text {
            _ if self.contains(Self::STRING) => None,
            "true" | "false" if self.contains(Self::BOOLEAN) => {
                Some(ir::Value::Bool(text == "true"))
            }
            _ => is_number().then(|| ir::Value::Number(text.to_owned())),
        }
    }

    /// `string`; `integer or null`; nothing where none is in the set.
    pub fn listed(self) -> String {
        self.joined(|(_, name, _)| name)
    }

    /// `a string`; `an integer or null`; nothing where none is in the set.
    pub fn spoken(self) -> String {
        self.joined(|(.., spoken)| spoken)
    }

    fn joined(self, word: fn((Types, &'static str, &'static str)) -> &'static str) -> String {
        let [null, others @ ..] = Self::NAMES;
        let all = others.into_iter().chain([null]).filter(|(one, ..)| self.contains(*one));
        all.map(word).collect::<Vec<_>>().join(" or ")
    }

    /// Nothing is stated.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Every type of `other` is in the set.
    pub fn contains(self, other: Types) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// The set without `other`.
    #[must_use]
    pub fn without(self, other: Types) -> Types {
        Types(self.0 & !other.0)
    }

    /// What both sets hold; a number that must be whole is an integer.
    #[must_use]
    pub fn and(self, other: Types) -> Types {
        let whole = (self.contains(Self::INTEGER) && other.contains(Self::NUMBER))
            || (self.contains(Self::NUMBER) && other.contains(Self::INTEGER));
        let both = Types(self.0 & other.0);
        if whole && !both.contains(Self::NUMBER) { both.with(Self::INTEGER) } else { both }
    }

    /// The types one by one, in the order of the constants.
    pub fn iter(self) -> impl Iterator<Item = Types> {
        (0..7).map(|bit| Types(1 << bit)).filter(move |one| self.contains(*one))
    }
}
