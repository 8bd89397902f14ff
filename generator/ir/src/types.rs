//! Types of values, as far as the wire tells them apart.

use crate::ItemId;

/// The type of a value.
///
/// Nullability belongs to the type, absence to the field that holds it.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int(Int),
    /// A number.
    Float(Float),
    /// A string, by format.
    Text(Text),
    /// Bytes that travel as text.
    Bytes(Encoding),
    /// Any JSON value.
    Json,
    /// Nothing at all: the type of an empty body.
    Unit,
    /// An array.
    List(Box<Type>),
    /// An array of fixed places (`prefixItems`).
    Tuple(Vec<Type>),
    /// An object with arbitrary keys.
    Map(Box<Type>),
    /// The value or `null`.
    Nullable(Box<Type>),
    /// On the heap, to end a cycle.
    Boxed(Box<Type>),
    /// A model.
    Item(ItemId),
}

impl Type {
    /// Every model that the type names.
    pub fn models(&self) -> Vec<ItemId> {
        match self {
            Type::Item(id) => vec![*id],
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                inner.models()
            }
            Type::Tuple(places) => places.iter().flat_map(Type::models).collect(),
            Type::Bool
            | Type::Int(_)
            | Type::Float(_)
            | Type::Text(_)
            | Type::Bytes(_)
            | Type::Json
            | Type::Unit => Vec::new(),
        }
    }
}

/// Width of a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Int {
    /// `format: int8`.
    I8,
    /// `format: int16`.
    I16,
    /// `format: int32`.
    I32,
    /// The default, and `format: int64`.
    I64,
    /// `format: uint8`.
    U8,
    /// `format: uint16`.
    U16,
    /// `format: uint32`.
    U32,
    /// `format: uint64`, `uint`, and bounds that admit more than `int64` holds.
    U64,
}

/// Width of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Float {
    /// The default, `format: double`, and `format: float`.
    F64,
    /// `format: decimal`: every digit is kept.
    Decimal,
}

/// Formats of strings that have a Rust type of their own.
///
/// `time` and `duration` (JSON Schema Validation, section 7.3.1) have none, and are not checked:
///
/// - A `time` of RFC 3339 has an offset (`20:20:39+00:00`), which no time of day of `chrono`, `jiff` or
///   `time` holds; and documents show times such as `1:23AM` under this format.
/// - A `duration` of ISO 8601 counts months and years, which are no fixed time, so that
///   `std::time::Duration` can't hold it, and a type of our own would be one to convert from. Of the
///   durations that documents show, few are `PT30M` or `P3M`; most are `30`, `24h` or `90s`.
///
/// A type would refuse those replies, and a check those requests. What is written and read as a text
/// arrives as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// No format, or one without a type of its own.
    Plain,
    /// `date-time` (RFC 3339, section 5.6).
    DateTime,
    /// `date` (RFC 3339 `full-date`).
    Date,
    /// `uuid` (RFC 4122).
    Uuid,
    /// `ipv4` (RFC 2673, section 3.2).
    Ipv4,
    /// `ipv6` (RFC 4291, section 2.2).
    Ipv6,
    /// `password`: never shown by `Debug`.
    Secret,
}

/// The crates that can hold dates and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dates {
    /// `chrono`: the cheapest to compile, and always part of the runtime.
    #[default]
    Chrono,
    /// `jiff`.
    Jiff,
    /// `time`.
    Time,
}

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `format: byte`, `contentEncoding: base64` (RFC 4648, section 4).
    Base64,
    /// `contentEncoding: base64url` (RFC 4648, section 5).
    Base64Url,
}
