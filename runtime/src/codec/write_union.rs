//! Unions into JSON text: what a variant is sent with beyond its content.
//!
//! The name of a variant, what there is to say of it in words, and its content come in; text goes out, with the
//! discriminator put first and the rules checked.

use super::decoder::Decoder;
use super::encoder::{Encode, Encoder};
use super::rule::Rule;
use super::rule_words;
use crate::words::{Known, Token, Words};

static KNOWN: Known<Variant> = Known::new();

/// What the words say of a variant.
struct Variant {
    tag: Option<Tag>,
    rules: &'static [Rule],
}

/// A discriminator (OpenAPI 3.1, section 4.8.25) and its value.
struct Tag {
    property: &'static str,
    /// JSON text.
    value: String,
}

impl Encoder<'_> {
    /// Writes the variant `name` of a union by its content, with what the words tell: `tag "kind" "cat"` is a
    /// discriminator, which is put first unless the content has that property itself, and what stands in brackets are
    /// rules of the whole.
    pub fn variant<T: Encode>(&mut self, name: &'static str, words: &'static str, value: &T) {
        self.write_variant(name, words, value);
    }

    fn write_variant(&mut self, name: &str, words: &'static str, value: &dyn Encode) {
        if let Some(visitor) = self.visitor() {
            return visitor.variant(name, value);
        }
        if self.is_identity() {
            self.raw(name);
            self.raw(":");
            return value.encode(self);
        }
        let start = self.out.len();
        value.encode(self);
        if words.is_empty() {
            return;
        }
        let variant = KNOWN.get(words, read);
        if let Some(tag) = &variant.tag {
            self.put(tag, start);
        }
        self.check_from(start, variant.rules);
    }

    /// Puts a discriminator first in the object that was written since `start`.
    fn put(&mut self, tag: &Tag, start: usize) {
        let written = self.out.get(start..).unwrap_or_default();
        let mut empty = true;
        let mut carried = false;
        let object = Decoder::new(written).entries(&mut |name, _| {
            empty = false;
            carried |= name == tag.property;
        });
        if object.is_err() || carried {
            return;
        }
        let mut first = Encoder::new();
        first.str(tag.property);
        first.raw(":");
        first.raw(&tag.value);
        if !empty {
            first.raw(",");
        }
        self.insert(start + 1, first.out);
    }
}

fn read(words: &'static str) -> Variant {
    let mut words = Words::new(words);
    let tag = if words.says("tag") { tag(&mut words) } else { None };
    Variant { tag, rules: rule_words::list(&mut words) }
}

/// A property, and a text, a number or a boolean.
fn tag(words: &mut Words) -> Option<Tag> {
    let property = words.text()?;
    let value = match words.next()? {
        Token::Text(text) => {
            let mut json = Encoder::new();
            json.str(text);
            String::from_utf8(json.out).ok()?
        }
        Token::Word(word) => word.to_owned(),
        _ => return None,
    };
    Some(Tag { property, value })
}
