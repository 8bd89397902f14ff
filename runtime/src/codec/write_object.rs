//! Objects, lists and maps into JSON text.
//!
//! A description and the values of its fields come in, in the same order; text goes out, and each field's rules are
//! checked on the bytes just written. Only fields that have rules pay for them.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::encoder::{Encode, Encoder};
use super::fields::Values;
use super::rule::Rule;
use super::table::{Field, find};
use super::text;
use super::words;

/// Properties beyond those of a table.
pub trait Entries: Debug {
    /// Calls `visit` with each name and value, in order.
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode));
}

impl<T: Encode> Entries for BTreeMap<String, T> {
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode)) {
        for (name, value) in self {
            visit(name, value);
        }
    }
}

/// Items of a list.
pub trait Items {
    /// The item `index`, while there is one.
    fn item(&self, index: usize) -> Option<&dyn Encode>;
}

impl<T: Encode> Items for &[T] {
    fn item(&self, index: usize) -> Option<&dyn Encode> {
        self.get(index).map(|item| item as &dyn Encode)
    }
}

impl Encoder<'_> {
    /// Writes an object: the fields that the words tell, with `values` in their order, absent optional ones left out.
    ///
    /// The words are those of [`Decoder::object`](super::Decoder::object).
    pub fn object<V: Values>(&mut self, words: &'static str, values: V) {
        values.write(self, words, None);
    }

    /// Like [`object`](Self::object), with more properties after the fields. One that has a field's name is left out:
    /// the field says what it is.
    pub fn object_with<V: Values>(&mut self, words: &'static str, values: V, rest: &impl Entries) {
        values.write(self, words, Some(rest));
    }

    /// Writes an array.
    pub fn list(&mut self, items: &dyn Items) {
        self.out.push(b'[');
        let mut index = 0;
        while let Some(item) = items.item(index) {
            if index > 0 {
                self.out.push(b',');
            }
            let before = self.violations.len();
            item.encode(self);
            if self.violations.len() > before {
                self.locate_index(before, index);
            }
            index += 1;
        }
        self.out.push(b']');
    }

    /// Writes a map as an object.
    pub fn map(&mut self, entries: &dyn Entries) {
        if self.is_identity() {
            return self.identify_map(entries);
        }
        self.out.push(b'{');
        self.write_rest(&[], &[], entries, true);
        self.out.push(b'}');
    }

    /// Maps are equal whatever the order of their entries.
    fn identify_map(&mut self, entries: &dyn Entries) {
        let mut texts = Vec::new();
        entries.each(&mut |name, value| {
            let start = self.out.len();
            self.str(name);
            self.out.push(b':');
            value.encode(self);
            texts.push(self.out.split_off(start));
        });
        texts.sort();
        self.out.push(b'{');
        for text in texts {
            self.out.extend(text);
            self.out.push(b',');
        }
        self.out.push(b'}');
    }

    pub(super) fn write_object(
        &mut self,
        words: &'static str,
        values: &[&dyn Encode],
        rest: Option<&dyn Entries>,
    ) {
        let table = words::object(words);
        if let Some(visitor) = self.visitor() {
            return visitor.members(table, values, rest);
        }
        let start = self.out.len();
        self.out.push(b'{');
        let mut first = true;
        for (field, value) in table.fields.iter().zip(values) {
            let absent = !field.is_required() && value.is_absent();
            if absent || (self.is_request() && field.is_read_only()) {
                continue;
            }
            if field.is_plain() {
                self.write_plain_name(field.name, &mut first);
            } else {
                self.write_name(field.name, &mut first);
            }
            self.write_field(field, *value);
        }
        if let Some(rest) = rest {
            self.write_rest(&table.fields, table.rest_rules, rest, first);
        }
        self.out.push(b'}');
        self.check_from(start, table.rules);
    }

    /// Writes the properties that no field is named after.
    fn write_rest(
        &mut self,
        fields: &[Field],
        rules: &[Rule],
        rest: &dyn Entries,
        mut first: bool,
    ) {
        rest.each(&mut |name, value| {
            if find(fields, name).is_some() && !self.is_identity() {
                return;
            }
            self.write_name(name, &mut first);
            let before = self.violations.len();
            self.write_checked(rules, value);
            self.locate_key(before, name);
        });
    }

    fn write_name(&mut self, name: &str, first: &mut bool) {
        if !std::mem::take(first) {
            self.out.push(b',');
        }
        text::write_string(&mut self.out, name);
        self.out.push(b':');
    }

    fn write_plain_name(&mut self, name: &str, first: &mut bool) {
        self.out.reserve(name.len() + 4);
        self.out.extend_from_slice(if std::mem::take(first) { b"\"" } else { b",\"" });
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    fn write_field(&mut self, field: &Field, value: &dyn Encode) {
        let (start, before) = (self.out.len(), self.violations.len());
        value.encode(self);
        if !field.rules.is_empty() {
            let null_is_a_value =
                field.is_nullable() && self.out.get(start..) == Some(b"null".as_slice());
            self.check_from(start, if null_is_a_value { &[] } else { field.rules });
        }
        if self.violations.len() > before {
            self.locate_key(before, field.name);
        }
    }
}
