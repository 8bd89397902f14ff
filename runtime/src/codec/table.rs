//! The static tables that describe generated types to the codec: names, presence, rules, how a union is told apart.
//!
//! They come from generated code as constants; the decoder and encoder read them. They hold no behaviour.

use std::sync::OnceLock;

use super::rule::Rule;
use super::text;

/// One property of an object schema (OpenAPI 3.1 Schema Object, JSON Schema `properties`).
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(super) name: &'static str,
    /// The field of the generated struct; that of the property where it isn't told.
    pub(super) ident: &'static str,
    flags: u8,
    pub(super) rules: &'static [Rule],
}

/// What holds of a [`Field`].
mod flag {
    pub(super) const REQUIRED: u8 = 1;
    pub(super) const NULLABLE: u8 = 1 << 1;
    pub(super) const READ_ONLY: u8 = 1 << 2;
    pub(super) const WRITE_ONLY: u8 = 1 << 3;
    pub(super) const ESCAPED: u8 = 1 << 4;
}

impl Field {
    const fn new(name: &'static str, flags: u8) -> Self {
        let escaped = if text::is_plain(name) { 0 } else { flag::ESCAPED };
        Self { name, ident: name, flags: flags | escaped, rules: &[] }
    }

    /// A field as [`object!`](crate::object!) tells it: `required id read_only`.
    fn told(name: &'static str, said: &'static str) -> Self {
        let mut words = said.split_whitespace();
        let flags = if words.next() == Some("required") { flag::REQUIRED } else { 0 };
        let ident = words.next().unwrap_or(name);
        let flags = words.fold(flags, |flags, word| {
            flags
                | match word {
                    "nullable" => flag::NULLABLE,
                    "read_only" => flag::READ_ONLY,
                    "write_only" => flag::WRITE_ONLY,
                    _ => 0,
                }
        });
        Self { ident: ident.strip_prefix("r#").unwrap_or(ident), ..Self::new(name, flags) }
    }

    const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// It is listed under `required`.
    pub(super) const fn is_required(&self) -> bool {
        self.has(flag::REQUIRED)
    }

    /// Its type admits `null`.
    pub(super) const fn is_nullable(&self) -> bool {
        self.has(flag::NULLABLE)
    }

    /// It is not sent in requests.
    pub(super) const fn is_read_only(&self) -> bool {
        self.has(flag::READ_ONLY)
    }

    /// It may be missing from replies.
    pub(super) const fn is_write_only(&self) -> bool {
        self.has(flag::WRITE_ONLY)
    }

    /// The name needs no escapes in JSON, so that its bytes are those of the text.
    pub(super) const fn is_plain(&self) -> bool {
        !self.has(flag::ESCAPED)
    }

    /// A property listed under `required` (JSON Schema Validation, section 6.5.3).
    pub const fn required(name: &'static str) -> Self {
        Self::new(name, flag::REQUIRED)
    }

    /// A property that may be absent. An explicit `null` reads as absence unless the field is [`nullable`](Self::nullable).
    pub const fn optional(name: &'static str) -> Self {
        Self::new(name, 0)
    }

    /// The type admits `null`, so a `null` is a value that the field's own type reads.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.flags |= flag::NULLABLE;
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
        self.flags |= flag::READ_ONLY;
        self
    }

    /// `writeOnly`: replies may leave it out although it is required (JSON Schema Validation, section 9.4).
    #[must_use]
    pub const fn write_only(mut self) -> Self {
        self.flags |= flag::WRITE_ONLY;
        self
    }

    /// The name on the wire.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// An object schema: its fields in the order of the generated struct.
#[derive(Debug)]
pub struct Object {
    pub(super) name: &'static str,
    told: Told,
    pub(super) rest_rules: &'static [Rule],
    pub(super) rules: &'static [Rule],
}

/// Where the fields come from.
#[derive(Debug)]
enum Told {
    Fields(&'static [Field]),
    /// Told by [`object!`](crate::object!) in as few expressions as possible, for each of them has to be compiled;
    /// read when the table is used first.
    Words {
        names: &'static [&'static str],
        words: &'static str,
        rules: &'static [(&'static str, &'static [Rule])],
        fields: OnceLock<Box<[Field]>>,
    },
}

impl Object {
    /// The table of the struct `name`.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, told: Told::Fields(fields), rest_rules: &[], rules: &[] }
    }

    /// The table of the struct `name` from the names of its properties, what is said of each of them, separated by
    /// commas, and the rules of those that have any.
    #[doc(hidden)]
    pub const fn told(
        name: &'static str,
        names: &'static [&'static str],
        words: &'static str,
        rules: &'static [(&'static str, &'static [Rule])],
    ) -> Self {
        let told = Told::Words { names, words, rules, fields: OnceLock::new() };
        Self { name, told, rest_rules: &[], rules: &[] }
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

    /// The fields, in the order of the generated struct.
    pub(super) fn fields(&self) -> &[Field] {
        match &self.told {
            Told::Fields(fields) => fields,
            Told::Words { names, words, rules, fields } => {
                fields.get_or_init(|| read(names, words, rules))
            }
        }
    }

    /// The name of the field that keeps further properties.
    pub(super) fn rest_ident(&self) -> &'static str {
        match &self.told {
            Told::Fields(_) => "rest",
            Told::Words { names, words, .. } => {
                words.split(',').nth(names.len()).map_or("rest", str::trim)
            }
        }
    }
}

fn read(
    names: &[&'static str],
    words: &'static str,
    rules: &[(&str, &'static [Rule])],
) -> Box<[Field]> {
    let rules_of = |name| rules.iter().find(|(other, _)| *other == name).map_or(&[][..], |it| it.1);
    let fields = names.iter().zip(words.split(','));
    fields.map(|(name, said)| Field::told(name, said).rules(rules_of(*name))).collect()
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
