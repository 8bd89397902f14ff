//! The tables that describe generated types to the codec: names, presence, how a union is told apart.
//!
//! They come from generated code; the decoder and encoder read them. They hold no behaviour.

use super::rule::Rule;
use super::text;

/// One property of an object schema (OpenAPI 3.1 Schema Object, JSON Schema `properties`).
#[derive(Debug)]
pub(super) struct Field {
    /// The name on the wire.
    pub(super) name: &'static str,
    /// The field of the generated struct.
    pub(super) ident: &'static str,
    /// Rules of the value. They don't apply to the `null` of a nullable one.
    pub(super) rules: &'static [Rule],
    flags: u8,
}

/// What holds of a [`Field`].
mod flag {
    pub(super) const REQUIRED: u8 = 1;
    pub(super) const NULLABLE: u8 = 1 << 1;
    pub(super) const READ_ONLY: u8 = 1 << 2;
    pub(super) const WRITE_ONLY: u8 = 1 << 3;
    pub(super) const ESCAPED: u8 = 1 << 4;
    pub(super) const QUOTED: u8 = 1 << 5;
}

impl Field {
    pub(super) fn new(name: &'static str, ident: &'static str, required: bool) -> Self {
        let required = if required { flag::REQUIRED } else { 0 };
        let escaped = if text::is_plain(name) { 0 } else { flag::ESCAPED };
        Self { name, ident, rules: &[], flags: required | escaped }
    }

    /// Adds what a word of [`object!`](crate::object!) says of it.
    pub(super) fn add(&mut self, word: &str) {
        self.flags |= match word {
            "nullable" => flag::NULLABLE,
            "read_only" => flag::READ_ONLY,
            "write_only" => flag::WRITE_ONLY,
            "quoted" => flag::QUOTED,
            _ => 0,
        };
    }

    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// It is listed under `required` (JSON Schema Validation, section 6.5.3).
    pub(super) fn is_required(&self) -> bool {
        self.has(flag::REQUIRED)
    }

    /// Its type admits `null`, so a `null` is a value that the field's own type reads.
    pub(super) fn is_nullable(&self) -> bool {
        self.has(flag::NULLABLE)
    }

    /// `readOnly`: not sent in requests (JSON Schema Validation, section 9.4).
    pub(super) fn is_read_only(&self) -> bool {
        self.has(flag::READ_ONLY)
    }

    /// `writeOnly`: replies may leave it out although it is required (JSON Schema Validation, section 9.4).
    pub(super) fn is_write_only(&self) -> bool {
        self.has(flag::WRITE_ONLY)
    }

    /// A number in it may be a text that shows the number.
    pub(super) fn is_quoted(&self) -> bool {
        self.has(flag::QUOTED)
    }

    /// The name needs no escapes in JSON, so that its bytes are those of the text.
    pub(super) fn is_plain(&self) -> bool {
        !self.has(flag::ESCAPED)
    }
}

/// An object schema: its fields in the order of the generated struct.
#[derive(Debug, Default)]
pub(super) struct Object {
    /// What it was read from.
    pub(super) words: &'static str,
    /// The name of the generated type.
    pub(super) name: &'static str,
    pub(super) fields: Vec<Field>,
    /// The name of the field that keeps further properties.
    pub(super) rest: &'static str,
    /// Rules of the value of each further property.
    pub(super) rest_rules: &'static [Rule],
    /// Rules of the object as a whole, such as [`Rule::MinProperties`].
    pub(super) rules: &'static [Rule],
}

/// The index of the field `name`.
pub(super) fn find(fields: &[Field], name: &str) -> Option<usize> {
    fields.iter().position(|field| field.name == name)
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
    /// The discriminator (OpenAPI 3.1, Discriminator Object): the text of a property, a string or another scalar.
    Tag {
        /// The property that holds the tag.
        property: &'static str,
        /// Tag and arm. A tag of several arms leaves the choice among them to the next pick.
        values: &'static [(&'static str, usize)],
    },
    /// The JSON type: `null`, `boolean`, `number`, `string`, `array` or `object`. A type that is listed several times
    /// leaves the choice among its arms to the next pick, then to trial in order.
    JsonType(&'static [(&'static str, usize)]),
    /// A property that only this arm has. The first entry that is there and isn't `null` decides which arm is tried first.
    Property(&'static [(&'static str, usize)]),
    /// A property, the JSON text of the constant it holds, and the arm. The first entry that matches decides.
    Constant(&'static [(&'static str, &'static str, usize)]),
    /// The JSON text of a value that only this arm lists.
    Values(&'static [(&'static str, usize)]),
    /// The names of all properties of an arm. The arm that knows most of those in the value is tried first; of several,
    /// the one that comes first.
    Names(&'static [(&'static [&'static str], usize)]),
    /// The names of all properties that an arm admits (`additionalProperties: false`). An arm that doesn't admit what is
    /// there is tried after those which do.
    Closed(&'static [(&'static [&'static str], usize)]),
}
