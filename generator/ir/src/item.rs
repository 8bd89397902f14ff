//! Models: the named types of the generated crate.

use crate::{Docs, Ident, Rule, Type};

/// Index of an item in [`Api::items`](crate::Api::items).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// A named type.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Rust type name, unique among the models of the API.
    pub name: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Index into [`Api::families`](crate::Api::families).
    pub family: usize,
    /// JSON pointer into the document, for the dump of the IR.
    pub origin: String,
    /// Where values of the type travel.
    pub usage: Usage,
    /// Traits beyond `Clone`, `Debug` and `PartialEq`.
    pub derives: Derives,
    /// Its shape.
    pub kind: Kind,
    /// Documented examples (as JSON) that are valid for the type.
    pub examples: Vec<crate::Value>,
}

/// Directions in which a type travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Reached from a request.
    pub request: bool,
    /// Reached from a reply.
    pub reply: bool,
}

/// Traits that hold for the type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Derives {
    /// `Copy`.
    pub copy: bool,
    /// `Eq` and `Hash`.
    pub eq: bool,
    /// `Default`: a struct without required fields.
    pub default: bool,
}

/// Shape of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// An object with known properties.
    Struct(Struct),
    /// A scalar with known values.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// A type of its own around another: recursive lists and maps.
    Newtype(Newtype),
    /// Another name for a type.
    Alias(Type),
}

/// An object with known properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// Properties in the document's order.
    pub fields: Vec<Field>,
    /// What becomes of properties that are not listed.
    pub rest: Rest,
    /// Rules of the object as a whole (`minProperties`, `maxProperties`).
    pub rules: Vec<Rule>,
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Rust field and setter name.
    pub name: Ident,
    /// Property name on the wire.
    pub wire: String,
    /// Type of the value when present.
    pub ty: Type,
    /// Whether it may be left out.
    pub presence: Presence,
    /// Sent by the server only.
    pub read_only: bool,
    /// Sent by the client only.
    pub write_only: bool,
    /// Numbers in it may stand in quotes when they are read.
    pub quoted: bool,
    /// The one value that the document admits here, or that says which kind of object this is: the
    /// constructor sets it. A value that is read may be another.
    pub constant: Option<crate::Expr>,
    /// Documented default, for the documentation: a client doesn't send it.
    pub default: Option<crate::Value>,
    /// Documented example, for the mock server; absent where none is to be generated.
    pub example: Option<crate::Value>,
    /// Rules checked before sending.
    pub rules: Vec<Rule>,
    /// Documentation.
    pub docs: Docs,
}

impl Field {
    /// The constructor takes it as an argument.
    pub fn is_argument(&self) -> bool {
        self.presence == Presence::Required && self.constant.is_none()
    }
}

/// Whether a property or parameter may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always there.
    Required,
    /// May be absent.
    Optional,
}

/// Properties beyond the listed ones (`additionalProperties`).
#[derive(Clone, Debug, PartialEq)]
pub enum Rest {
    /// Skipped when read.
    Ignore,
    /// Not stated: kept as they are.
    Unknown {
        /// Name of the field that keeps them.
        name: Ident,
    },
    /// `false`: an unknown property violates the schema; skipped when read, can't be written.
    Deny,
    /// Kept in a map of this type.
    Keep {
        /// Name of the map's field.
        name: Ident,
        /// Type of its values.
        ty: Type,
        /// Rules for each value.
        rules: Vec<Rule>,
    },
}

/// A scalar with known values; every enum also holds values that are not listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Type on the wire.
    pub base: EnumBase,
    /// Listed values.
    pub variants: Vec<EnumVariant>,
    /// Name of the variant that holds any other value.
    pub unknown: Ident,
    /// The document admits any other value too, so that sending one breaks no rule.
    pub open: bool,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumBase {
    /// Strings.
    Text,
    /// Whole numbers.
    Int,
}

/// A listed value.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumVariant {
    /// Variant name.
    pub name: Ident,
    /// Text of the value on the wire, without quotes.
    pub wire: String,
    /// Documentation.
    pub docs: Docs,
}

/// One of several types (`oneOf`, `anyOf`).
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Alternatives in the document's order.
    pub variants: Vec<UnionVariant>,
    /// How the alternative is found when a value is read, tried in order; when none decides, each
    /// alternative is tried in turn.
    pub picks: Vec<Pick>,
    /// Name of the variant that keeps values of kinds not listed, when a discriminator tells them.
    pub unknown: Option<Ident>,
}

/// An alternative of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionVariant {
    /// Variant name.
    pub name: Ident,
    /// Its content.
    pub ty: Type,
    /// The discriminator and its value, which this alternative is sent with when its own fields don't
    /// carry it.
    pub tag: Option<(String, Tag)>,
    /// Rules checked before sending.
    pub rules: Vec<Rule>,
    /// Documentation.
    pub docs: Docs,
    /// `From<content>` can be implemented: no other alternative has the same Rust type.
    pub from: bool,
}

/// The value of a discriminator, as the property that holds it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A string.
    Text(String),
    /// A whole number.
    Int(i64),
    /// `true` or `false`.
    Bool(bool),
}

/// A way to tell alternatives apart; numbers are indices into [`Union::variants`].
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    /// By the text of a property, which is that of a number as well.
    Tag {
        /// Property name.
        property: String,
        /// Alternative by text; of several with one text, those that follow decide.
        values: Vec<(String, usize)>,
    },
    /// By JSON type: `null`, `boolean`, `number`, `string`, `array`, `object`.
    JsonType(Vec<(&'static str, usize)>),
    /// By a property that only this alternative has; the first one present decides which is tried first.
    Property(Vec<(String, usize)>),
    /// By a constant: property, value as JSON text, alternative.
    Constant(Vec<(String, String, usize)>),
    /// By the value: its JSON text, and the only alternative that lists it.
    Values(Vec<(String, usize)>),
    /// By the names of all properties: the alternative that knows most of those in a value is tried
    /// first, of several the one that comes first.
    Names(Vec<(Vec<String>, usize)>),
    /// By the names of all properties that a closed alternative admits: one that doesn't admit those in
    /// a value is tried after those which do.
    Closed(Vec<(Vec<String>, usize)>),
}

/// A type of its own around another.
#[derive(Clone, Debug, PartialEq)]
pub struct Newtype {
    /// Its content.
    pub ty: Type,
    /// Rules checked before sending.
    pub rules: Vec<Rule>,
}
