//! The static tables that describe generated types to the codec: names, presence, rules, how a union is told apart.
//!
//! They come from generated code as constants; the decoder and encoder read them. They hold no behaviour.

use super::rule::Rule;
use super::text;

/// One property of an object schema (OpenAPI 3.1 Schema Object, JSON Schema `properties`).
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(super) name: &'static str,
    /// The name needs no escapes in JSON: found out once, when the table is compiled.
    pub(super) plain: bool,
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) rules: &'static [Rule],
}

impl Field {
    const fn new(name: &'static str, required: bool) -> Self {
        let plain = text::is_plain(name);
        Self {
            name,
            plain,
            required,
            nullable: false,
            read_only: false,
            write_only: false,
            rules: &[],
        }
    }

    /// A property listed under `required` (JSON Schema Validation, section 6.5.3).
    pub const fn required(name: &'static str) -> Self {
        Self::new(name, true)
    }

    /// A property that may be absent. An explicit `null` reads as absence unless the field is [`nullable`](Self::nullable).
    pub const fn optional(name: &'static str) -> Self {
        Self::new(name, false)
    }

    /// The type admits `null`, so a `null` is a value that the field's own type reads.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
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
        self.read_only = true;
        self
    }

    /// `writeOnly`: replies may leave it out although it is required (JSON Schema Validation, section 9.4).
    #[must_use]
    pub const fn write_only(mut self) -> Self {
        self.write_only = true;
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
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    pub(super) rest_rules: &'static [Rule],
    pub(super) rules: &'static [Rule],
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
    pub(super) name: &'static str,
    pub(super) arms: &'static [&'static str],
    pub(super) picks: &'static [Pick],
    pub(super) open: bool,
}

impl Union {
    /// The table of the union `name` with the names of its variants, in order.
    pub const fn new(name: &'static str, arms: &'static [&'static str]) -> Self {
        Self { name, arms, picks: &[], open: false }
    }

    /// The ways to tell the variants apart. Each one narrows the choice of those before it.
    #[must_use]
    pub const fn picks(mut self, picks: &'static [Pick]) -> Self {
        self.picks = picks;
        self
    }

    /// There is one arm more than there are names: it takes what a [`Pick::Tag`] doesn't list.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.open = true;
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
