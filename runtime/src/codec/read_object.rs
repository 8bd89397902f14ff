//! Objects, lists and tuples from JSON text into slots.
//!
//! A table and the slots of one struct come in; the slots are filled. The loop knows no type: a slot reads its own
//! value. Duplicate names: the last one wins (RFC 8259, section 4, leaves it open).

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::decoder::{Decode, Decoder};
use super::excerpt;
use super::fault::Fault;
use super::table::{Field, Object, find};
use super::words;

/// A place for the value of one property or item.
pub trait Slot {
    /// Reads the value at the cursor into the slot. It is that of an `optional` property, or one that has to be there.
    ///
    /// # Errors
    ///
    /// Those of the slot's type.
    fn fill(&mut self, json: &mut Decoder<'_>, optional: bool) -> Result<(), Fault>;
}

impl<T: Decode> Slot for Option<T> {
    fn fill(&mut self, json: &mut Decoder<'_>, optional: bool) -> Result<(), Fault> {
        match if optional { T::optional(json) } else { T::decode(json) } {
            Ok(value) => {
                *self = Some(value);
                Ok(())
            }
            Err(fault) => Err(fault),
        }
    }
}

/// A place for the items of a list.
pub trait Elements {
    /// Reads the value at the cursor as the next item.
    ///
    /// # Errors
    ///
    /// Those of the item's type.
    fn push(&mut self, json: &mut Decoder<'_>) -> Result<(), Fault>;
}

impl<T: Decode> Elements for Vec<T> {
    fn push(&mut self, json: &mut Decoder<'_>) -> Result<(), Fault> {
        match T::decode(json) {
            Ok(item) => {
                Vec::push(self, item);
                Ok(())
            }
            Err(fault) => Err(fault),
        }
    }
}

/// A place for the properties that a table doesn't list.
pub trait Rest {
    /// Reads the value at the cursor as that of the property `name`.
    ///
    /// # Errors
    ///
    /// Those of the value's type.
    fn put(&mut self, name: String, json: &mut Decoder<'_>) -> Result<(), Fault>;

    /// Whether it takes the discriminator of a union whose variant the object is, too.
    fn takes_tag(&self) -> bool {
        true
    }
}

impl<T: Decode> Rest for BTreeMap<String, T> {
    fn put(&mut self, name: String, json: &mut Decoder<'_>) -> Result<(), Fault> {
        match T::decode(json) {
            Ok(value) => {
                self.insert(name, value);
                Ok(())
            }
            Err(fault) => Err(fault.in_key(&name)),
        }
    }
}

/// Where a property goes.
enum Goal {
    Field(usize),
    Rest(String),
    Nowhere,
    /// The name isn't UTF-8, or has half of a surrogate pair.
    Broken,
}

impl Decoder<'_> {
    /// Reads an object into the slots of a struct's fields, which are described in words, in the same order. Other
    /// properties are skipped.
    ///
    /// [`object!`](crate::object!) writes the words, `Pet required id "id" read_only, optional name "name" nullable`: the
    /// name of the type; of each field whether it is required, its name, the name of the property and what else holds of
    /// it; and the field that keeps further properties, `rest extra`.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when it isn't an object, when a required property is missing or `null`, or when a slot refuses.
    pub fn object(
        &mut self,
        words: &'static str,
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), Fault> {
        self.read_object(words::object(words), slots, None)
    }

    /// Like [`object`](Self::object), and keeps the properties that the words don't list.
    ///
    /// # Errors
    ///
    /// Those of [`object`](Self::object), and those of the kept values.
    pub fn object_with(
        &mut self,
        words: &'static str,
        slots: &mut [&mut dyn Slot],
        rest: &mut dyn Rest,
    ) -> Result<(), Fault> {
        self.read_object(words::object(words), slots, Some(rest))
    }

    /// The fault that the slot of a required field is empty, of those that the words list.
    ///
    /// [`object`](Self::object) has reported a missing property already; a required write-only one is left to this.
    pub fn incomplete(&self, words: &'static str) -> Fault {
        let table = words::object(words);
        let required: Vec<usize> = (0..)
            .zip(&table.fields)
            .filter(|(_, field)| field.is_required())
            .map(|(n, _)| n)
            .collect();
        self.missing(table, &required)
    }

    /// Reads an object whose every property goes to `rest`: a map.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when it isn't an object, or when `rest` refuses.
    pub fn map(&mut self, rest: &mut dyn Rest) -> Result<(), Fault> {
        self.read_object(words::object("map"), &mut [], Some(rest))
    }

    /// Reads an array into a list.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when it isn't an array, or when an item refuses.
    pub fn list(&mut self, items: &mut dyn Elements) -> Result<(), Fault> {
        self.array(&mut |json, _| items.push(json)).map(drop)
    }

    /// Reads an array with one slot per leading item (`prefixItems`, JSON Schema Core section 10.3.1.1).
    /// Items beyond the slots are skipped.
    ///
    /// # Errors
    ///
    /// A [`Fault`] when it isn't an array, has fewer items than there are slots, or when a slot refuses.
    pub fn tuple(&mut self, slots: &mut [&mut dyn Slot]) -> Result<(), Fault> {
        let wanted = slots.len();
        let start = self.jiter.current_index();
        let count = self.array(&mut |json, index| match slots.get_mut(index) {
            Some(slot) => slot.fill(json, false),
            None => json.skip(),
        })?;
        if count < wanted {
            return Err(Fault::here(
                format!("array of {wanted} items"),
                format!("an array of {count}"),
                start,
            ));
        }
        Ok(())
    }

    /// Reads an array, item by item, and returns how many there were.
    pub(super) fn array(
        &mut self,
        item: &mut dyn FnMut(&mut Self, usize) -> Result<(), Fault>,
    ) -> Result<usize, Fault> {
        if self.peek()? != jiter::Peek::Array {
            return Err(self.unexpected("array"));
        }
        self.enter()?;
        let mut count = 0;
        let mut more = self.jiter.known_array();
        while more.map_err(|error| self.syntax(&error).in_index(count))?.is_some() {
            item(self, count).map_err(|fault| fault.in_index(count))?;
            count += 1;
            more = self.jiter.array_step();
        }
        self.leave();
        Ok(count)
    }

    pub(super) fn read_object(
        &mut self,
        table: &'static Object,
        slots: &mut [&mut dyn Slot],
        mut rest: Option<&mut dyn Rest>,
    ) -> Result<(), Fault> {
        if self.peek()? != jiter::Peek::Object {
            return Err(self.unexpected("object"));
        }
        let start = self.jiter.current_index();
        self.enter()?;
        let mut seen = Seen::default();
        let mut next = 0;
        let takes_tag = rest.as_ref().is_none_or(|rest| rest.takes_tag());
        let tag = self.tag.take().filter(|_| !takes_tag);
        let text = self.text;
        let fields = &table.fields;
        // The names as they stand in the text: comparing them so saves decoding them.
        let mut key = self.jiter.next_object_bytes();
        loop {
            let name = match key {
                Ok(Some(name)) => name,
                Ok(None) => break,
                Err(error) => return Err(Decoder::new(text).syntax(&error)),
            };
            match (goal(fields, name, next, rest.is_some()), rest.as_deref_mut()) {
                (Goal::Field(index), _) => {
                    if let (Some(field), Some(slot)) = (fields.get(index), slots.get_mut(index)) {
                        if self.fill(field, *slot).map_err(|fault| fault.in_key(field.name))? {
                            seen.insert(index);
                        }
                    } else {
                        self.skip()?;
                    }
                    next = index + 1;
                }
                (Goal::Rest(name), Some(rest)) if tag != Some(name.as_str()) => {
                    rest.put(name, self)?
                }
                (Goal::Broken, _) => return Err(self.broken_name()),
                _ => self.skip()?,
            }
            key = self.jiter.next_key_bytes();
        }
        self.leave();
        self.complete(table, &seen, start)
    }

    /// Fills one slot. `false` when the value is a `null` that stands for absence.
    fn fill(&mut self, field: &Field, slot: &mut dyn Slot) -> Result<bool, Fault> {
        if !field.is_nullable() && !field.is_required() && self.at_null()? {
            self.null()?;
            return Ok(false);
        }
        let outside = self.in_words;
        self.in_words |= field.is_quoted();
        let read = slot.fill(self, !field.is_required());
        self.in_words = outside;
        match read {
            Ok(()) => Ok(true),
            // A value that is only ever sent is none to show.
            Err(fault) if field.is_write_only() => Err(fault.with_found("what isn't shown")),
            Err(fault) => Err(fault),
        }
    }

    /// Makes sure that every required field was there.
    fn complete(&self, table: &'static Object, seen: &Seen, start: usize) -> Result<(), Fault> {
        let needed = |field: &Field| field.is_required() && !field.is_write_only();
        let absent = |(index, field): (usize, &Field)| {
            (needed(field) && !seen.contains(index)).then_some(index)
        };
        let mut missing = table.fields.iter().enumerate().filter_map(absent).peekable();
        if missing.peek().is_none() {
            return Ok(());
        }
        let missing: Vec<usize> = missing.collect();
        Err(self.missing(table, &missing).at_offset(start))
    }

    fn broken_name(&self) -> Fault {
        Fault::here("the name of a property in UTF-8", "something else", self.offset())
    }

    fn missing(&self, table: &'static Object, indices: &[usize]) -> Fault {
        let names: Vec<String> = indices
            .iter()
            .filter_map(|index| table.fields.get(*index))
            .map(|field| excerpt::quote(field.name))
            .collect();
        let noun = if names.len() == 1 { "property" } else { "properties" };
        let expected = format!("{} with the {noun} {}", table.name, names.join(", "));
        Fault::here(expected, "an object without", self.jiter.current_index())
    }
}

/// Where the property goes whose name stands in the text as `raw`, without its quotes.
fn goal(fields: &[Field], raw: &[u8], next: usize, rest: bool) -> Goal {
    if let Some(field) = fields.get(next)
        && field.is_plain()
        && field.name.as_bytes() == raw
    {
        return Goal::Field(next);
    }
    let name = match std::str::from_utf8(raw) {
        Err(_) => return Goal::Broken,
        Ok(name) if raw.contains(&b'\\') => match unescape(name) {
            Some(name) => Cow::Owned(name),
            None => return Goal::Broken,
        },
        Ok(name) => Cow::Borrowed(name),
    };
    match find(fields, &name) {
        Some(index) => Goal::Field(index),
        None if rest => Goal::Rest(name.into_owned()),
        None => Goal::Nowhere,
    }
}

fn unescape(name: &str) -> Option<String> {
    String::decode(&mut Decoder::new(format!("\"{name}\"").as_bytes())).ok()
}

/// The set of fields that were there: one word, and more only for structs of more than 64 fields.
#[derive(Default)]
struct Seen {
    low: u64,
    high: Vec<usize>,
}

impl Seen {
    fn insert(&mut self, index: usize) {
        if index < 64 {
            self.low |= 1 << index;
        } else if !self.high.contains(&index) {
            self.high.push(index);
        }
    }

    fn contains(&self, index: usize) -> bool {
        if index < 64 { self.low & (1 << index) != 0 } else { self.high.contains(&index) }
    }
}
