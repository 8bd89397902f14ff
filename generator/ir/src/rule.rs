//! Documented rules that a value must satisfy before it is sent.

/// A rule of JSON Schema validation (draft 2020-12, section 6).
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// Fewest characters.
    MinLength(u64),
    /// Most characters.
    MaxLength(u64),
    /// ECMA-262 regular expression that matches somewhere in the text; known to compile.
    Pattern(String),
    /// Least number, as written in the document.
    Minimum(String),
    /// Greatest number, as written in the document.
    Maximum(String),
    /// Bound that the number must exceed.
    ExclusiveMinimum(String),
    /// Bound that the number must stay below.
    ExclusiveMaximum(String),
    /// The number is a multiple of this one.
    MultipleOf(String),
    /// Fewest items.
    MinItems(u64),
    /// Most items.
    MaxItems(u64),
    /// No item twice.
    UniqueItems,
    /// Fewest properties.
    MinProperties(u64),
    /// Most properties.
    MaxProperties(u64),
    /// The value is one of these, each written as JSON.
    OneOf(Vec<String>),
    /// Rules for each item of the array.
    Items(Vec<Rule>),
    /// Rules for each value of the map.
    Values(Vec<Rule>),
    /// Rules for the name of each property.
    Names(Vec<Rule>),
    /// Where the first property is, the others are too (`dependentRequired`).
    With(Vec<String>),
    /// All properties of at least one of these sets are there (`anyOf` of `required`); of one, what has
    /// to be sent and may be absent from replies.
    AnyOf(Vec<Vec<String>>),
    /// All properties of exactly one of these sets are there (`oneOf` of `required`).
    ExactlyOneOf(Vec<Vec<String>>),
}
