//! The rules of a schema that a value can break, as static data.
//!
//! They come from generated tables, are checked by `check.rs`, and are put into words here. A rule applies only to
//! the JSON type it is about, as JSON Schema has it: a length says nothing about a number.

use std::fmt;

/// A rule of JSON Schema Validation (2020-12). Numbers are kept as the decimal text of the document, so none is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// `minLength`, in Unicode scalar values (section 6.3.2).
    MinLength(u64),
    /// `maxLength`, in Unicode scalar values (section 6.3.1).
    MaxLength(u64),
    /// `pattern`: an ECMA-262 regular expression that matches somewhere (section 6.3.3).
    Pattern(&'static str),
    /// `minimum` (section 6.2.4).
    Minimum(&'static str),
    /// `maximum` (section 6.2.2).
    Maximum(&'static str),
    /// `exclusiveMinimum` (section 6.2.5).
    ExclusiveMinimum(&'static str),
    /// `exclusiveMaximum` (section 6.2.3).
    ExclusiveMaximum(&'static str),
    /// `multipleOf` (section 6.2.1).
    MultipleOf(&'static str),
    /// `minItems` (section 6.4.2).
    MinItems(u64),
    /// `maxItems` (section 6.4.1).
    MaxItems(u64),
    /// `uniqueItems: true` (section 6.4.3).
    UniqueItems,
    /// `minProperties` (section 6.5.2).
    MinProperties(u64),
    /// `maxProperties` (section 6.5.1).
    MaxProperties(u64),
    /// `enum` or `const` (sections 6.1.2 and 6.1.3): the JSON texts of the values.
    OneOf(&'static [&'static str]),
    /// Rules of every item of an array (`items`, JSON Schema Core section 10.3.1.2).
    Items(&'static [Rule]),
    /// Rules of every value of an object (`additionalProperties`, JSON Schema Core section 10.3.2.3).
    Values(&'static [Rule]),
    /// Rules of the name of every property (`propertyNames`, JSON Schema Core section 10.3.2.4).
    Names(&'static [Rule]),
    /// Where the first property is, the others have to be (`dependentRequired`, section 6.5.4).
    With(&'static [&'static str]),
    /// At least one of these sets of properties is there whole (`anyOf` of `required`); of one, that: what has to be sent
    /// and may be absent from replies.
    AnyOf(&'static [&'static [&'static str]]),
    /// Exactly one of these sets of properties is there whole (`oneOf` of `required`).
    ExactlyOneOf(&'static [&'static [&'static str]]),
    /// `enum` of strings, as the plain strings of a generated enum.
    Documented(&'static [&'static str]),
    /// `enum` of integers, as the numbers of a generated enum.
    DocumentedIntegers(&'static [i64]),
    /// A number that JSON can write: neither infinite nor NaN (RFC 8259, section 6).
    Finite,
}

/// The most values that a message lists.
const LISTED: usize = 12;

impl Rule {
    /// How the rule and the finding join a sentence: "must `have` …, `has` …".
    pub(super) const fn verbs(&self) -> (&'static str, &'static str) {
        match self {
            Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::Items(_)
            | Self::Values(_)
            | Self::Names(_)
            | Self::With(_)
            | Self::AnyOf(_)
            | Self::ExactlyOneOf(_) => ("have", "has"),
            Self::Pattern(_) => ("match", "is"),
            Self::Minimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMinimum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_)
            | Self::OneOf(_)
            | Self::Documented(_)
            | Self::DocumentedIntegers(_)
            | Self::Finite => ("be", "is"),
        }
    }
}

/// The rule as the object of "must have", "must be" or "must match": "at most 128 characters".
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MinLength(least) => {
                write!(f, "at least {least} {}", noun(*least, "character", "characters"))
            }
            Self::MaxLength(most) => {
                write!(f, "at most {most} {}", noun(*most, "character", "characters"))
            }
            Self::Pattern(pattern) => write!(f, "the pattern {pattern}"),
            Self::Minimum(bound) => write!(f, "at least {bound}"),
            Self::Maximum(bound) => write!(f, "at most {bound}"),
            Self::ExclusiveMinimum(bound) => write!(f, "greater than {bound}"),
            Self::ExclusiveMaximum(bound) => write!(f, "less than {bound}"),
            Self::MultipleOf(divisor) => write!(f, "a multiple of {divisor}"),
            Self::MinItems(least) => {
                write!(f, "at least {least} {}", noun(*least, "item", "items"))
            }
            Self::MaxItems(most) => write!(f, "at most {most} {}", noun(*most, "item", "items")),
            Self::UniqueItems => f.write_str("no two equal items"),
            Self::MinProperties(least) => {
                write!(f, "at least {least} {}", noun(*least, "property", "properties"))
            }
            Self::MaxProperties(most) => {
                write!(f, "at most {most} {}", noun(*most, "property", "properties"))
            }
            Self::OneOf(values) => list(f, values.iter()),
            Self::Items(_) => f.write_str("items that keep to their rules"),
            Self::Values(_) => f.write_str("values that keep to their rules"),
            Self::Names(_) => f.write_str("names that keep to their rules"),
            Self::With(names) => {
                let (first, others) = names.split_first().unwrap_or((&"", &[]));
                write!(f, "beside {first:?} also {}", all(others))
            }
            Self::AnyOf([names]) => f.write_str(&all(names)),
            Self::AnyOf(sets) => write!(f, "at least one of {}", any(sets)),
            Self::ExactlyOneOf(sets) => write!(f, "exactly one of {}", any(sets)),
            Self::Documented(values) => list(f, values.iter().map(|value| format!("{value:?}"))),
            Self::DocumentedIntegers(values) => list(f, values.iter()),
            Self::Finite => f.write_str("a finite number"),
        }
    }
}

/// `"a" and "b"`
fn all(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    names.join(" and ")
}

/// `"a", "b" and "c"`, where the last two belong together.
fn any(sets: &[&[&str]]) -> String {
    let sets: Vec<String> = sets.iter().map(|names| all(names)).collect();
    sets.join(", ")
}

fn noun(count: u64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn list(
    f: &mut fmt::Formatter<'_>,
    values: impl ExactSizeIterator<Item = impl fmt::Display>,
) -> fmt::Result {
    let count = values.len();
    f.write_str(if count == 1 { "" } else { "one of " })?;
    for (index, value) in values.take(LISTED).enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}{value}")?;
    }
    if count > LISTED {
        write!(f, " and {} more", count - LISTED)?;
    }
    Ok(())
}
