//! The static tables that describe generated types to the codec: names, presence, rules, how a union is told apart.
//!
//! They come from generated code as constants; the decoder and encoder read them. They hold no behaviour.

use super::rule::Rule;
use super::text;

/// One property of an object schema (OpenAPI 3.1 Schema Object, JSON Schema `properties`).
///
/// [`object!`](crate::object!) writes it out as a literal, which is cheaper to compile than calls are.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub flags: u8,
    #[doc(hidden)]
    pub rules: &'static [Rule],
}

/// What holds of a [`Field`], by the words of [`object!`](crate::object!).
#[doc(hidden)]
#[allow(non_upper_case_globals, missing_docs)]
pub mod flag {
    pub const required: u8 = 1;
    pub const nullable: u8 = 1 << 1;
    pub const read_only: u8 = 1 << 2;
    pub const write_only: u8 = 1 << 3;
    pub const escaped: u8 = 1 << 4;
}

impl Field {
    const fn new(name: &'static str, flags: u8) -> Self {
        let escaped = if text::is_plain(name) { 0 } else { flag::escaped };
        Self { name, flags: flags | escaped, rules: &[] }
    }

    const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// It is listed under `required`.
    pub(super) const fn is_required(&self) -> bool {
        self.has(flag::required)
    }

    /// Its type admits `null`.
    pub(super) const fn is_nullable(&self) -> bool {
        self.has(flag::nullable)
    }

    /// It is not sent in requests.
    pub(super) const fn is_read_only(&self) -> bool {
        self.has(flag::read_only)
    }

    /// It may be missing from replies.
    pub(super) const fn is_write_only(&self) -> bool {
        self.has(flag::write_only)
    }

    /// The name needs no escapes in JSON, so that its bytes are those of the text.
    pub(super) const fn is_plain(&self) -> bool {
        !self.has(flag::escaped)
    }

    /// A property listed under `required` (JSON Schema Validation, section 6.5.3).
    pub const fn required(name: &'static str) -> Self {
        Self::new(name, flag::required)
    }

    /// A property that may be absent. An explicit `null` reads as absence unless the field is [`nullable`](Self::nullable).
    pub const fn optional(name: &'static str) -> Self {
        Self::new(name, 0)
    }

    /// The type admits `null`, so a `null` is a value that the field's own type reads.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.flags |= flag::nullable;
        self
    }

    /// Rules that the value is checked against when it is written. They don't apply to the `null` of a nullable field.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// `readOnly`: not sent in requests (JSON Schema Validation, section 9.4).
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.flags |= flag::read_only;
        self
    }

    /// `writeOnly`: replies may leave it out although it is required (JSON Schema Validation, section 9.4).
    #[must_use]
    pub const fn write_only(mut self) -> Self {
        self.flags |= flag::write_only;
        self
    }

    /// The name on the wire.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// An object schema: its fields in the order of the generated struct.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub fields: &'static [Field],
    #[doc(hidden)]
    pub rest_rules: &'static [Rule],
    #[doc(hidden)]
    pub rules: &'static [Rule],
}

impl Object {
    /// The table of the struct `name`.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, rest_rules: &[], rules: &[] }
    }

    /// Properties beyond the fields are kept in a map (`additionalProperties`, JSON Schema section 10.3.2.3).
    /// The calls that read and write them are [`Decoder::object_with`](super::Decoder::object_with) and
    /// [`Encoder::object_with`](super::Encoder::object_with); this only says so in the table.
    #[must_use]
    pub const fn rest(self) -> Self {
        self
    }

    /// `additionalProperties: false`. A server may grow, so properties beyond the fields are skipped when reading.
    #[must_use]
    pub const fn closed(self) -> Self {
        self
    }

    /// Rules of the values of the properties beyond the fields.
    #[must_use]
    pub const fn rest_rules(mut self, rules: &'static [Rule]) -> Self {
        self.rest_rules = rules;
        self
    }

    /// Rules of the object as a whole, such as [`Rule::MinProperties`].
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The name of the generated type.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The index of the field `name`.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

/// A `oneOf` or `anyOf` (JSON Schema section 10.2.1): its variants and how they are told apart.
#[derive(Clone, Copy, Debug)]
pub struct Union {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub arms: &'static [&'static str],
    #[doc(hidden)]
    pub picks: &'static [Pick],
}

impl Union {
    /// The table of the union `name` with the names of its variants, in order.
    pub const fn new(name: &'static str, arms: &'static [&'static str]) -> Self {
        Self { name, arms, picks: &[] }
    }

    /// The ways to tell the variants apart. Each one narrows the choice of those before it.
    #[must_use]
    pub const fn picks(mut self, picks: &'static [Pick]) -> Self {
        self.picks = picks;
        self
    }

    /// There is one arm more than there are names: it takes what a [`Pick::Tag`] doesn't list. The arms tell; this
    /// only says so in the table.
    #[must_use]
    pub const fn open(self) -> Self {
        self
    }

    /// The name of the generated type.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// One way to tell the variants of a [`Union`] apart. The numbers are indices of arms.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Pick {
    /// The discriminator (OpenAPI 3.1, Discriminator Object): the string value of a property.
    Tag {
        /// The property that holds the tag.
        property: &'static str,
        /// Tag and arm.
        values: &'static [(&'static str, usize)],
    },
    /// The JSON type: `null`, `boolean`, `number`, `string`, `array` or `object`. A type that is listed several times
    /// leaves the choice among its arms to the next pick, then to trial in order.
    JsonType(&'static [(&'static str, usize)]),
    /// A property that only this arm has. The first entry that is there decides.
    Property(&'static [(&'static str, usize)]),
    /// A property, the JSON text of the constant it holds, and the arm. The first entry that matches decides.
    Constant(&'static [(&'static str, &'static str, usize)]),
    /// The names of all properties of an arm. The arm that knows most of those in the value is tried first; of several,
    /// the one that comes first.
    Names(&'static [(&'static [&'static str], usize)]),
}
