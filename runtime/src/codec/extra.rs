//! Properties that the document doesn't list, kept as they came.
//!
//! They are JSON text until somebody looks at one: most are never looked at, and text is written back unchanged.

use std::fmt;

use super::decoder::Decoder;
use super::encoder::{Encode, Encoder};
use super::fault::Fault;
use super::json::Json;
use super::read_object::Rest;
use super::write_object::Entries;
use super::{from_slice, to_vec};

/// Properties of an object beyond those that its schema lists (JSON Schema Core, section 10.3.2.3: they are allowed
/// where `additionalProperties` is not stated).
///
/// They are kept in their order when an object is read, and written behind its own properties. A name that the schema
/// lists isn't written twice: the field says what it is. An empty one takes 8 bytes.
///
/// Two are equal when they have the same JSON text. `Debug` shows names only, since a value may be a secret.
///
/// ```
/// use tenon_runtime::{Extra, json};
///
/// let mut extra = Extra::new();
/// extra.insert("beta", true);
/// assert_eq!(extra.get("beta"), Some(json!(true)));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[allow(
    clippy::box_collection,
    reason = "a pointer where there is mostly nothing, not three words"
)]
pub struct Extra(Option<Box<Vec<(String, Raw)>>>);

/// A value as JSON text.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Raw(String);

impl Extra {
    /// No properties.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// The value of the property `name`.
    pub fn get(&self, name: &str) -> Option<Json> {
        self.entries().iter().find(|(other, _)| other == name).and_then(|(_, raw)| raw.value())
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Json)> {
        self.entries().iter().filter_map(|(name, raw)| Some((name.as_str(), raw.value()?)))
    }

    /// Sets a property, to send one that the document doesn't list.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let json = String::from_utf8(to_vec(&value.into())).unwrap_or_default();
        self.put_raw(name.into(), json);
    }

    /// Takes a property out.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let entries = self.0.as_mut()?;
        let at = entries.iter().position(|(other, _)| other == name)?;
        let (_, raw) = entries.remove(at);
        if entries.is_empty() {
            self.0 = None;
        }
        raw.value()
    }

    fn entries(&self) -> &[(String, Raw)] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }

    fn put_raw(&mut self, name: String, json: String) {
        let entries = self.0.get_or_insert_default();
        match entries.iter_mut().find(|(other, _)| *other == name) {
            Some((_, raw)) => *raw = Raw(json),
            None => entries.push((name, Raw(json))),
        }
    }
}

impl Raw {
    fn value(&self) -> Option<Json> {
        from_slice(self.0.as_bytes()).ok()
    }
}

/// A value may be a secret.
impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

impl Encode for Raw {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.raw(&self.0);
    }
}

impl Rest for Extra {
    fn put(&mut self, name: String, json: &mut Decoder<'_>) -> Result<(), Fault> {
        let start = json.position()?;
        let raw = json.raw().map_err(|fault| fault.in_key(&name))?;
        match std::str::from_utf8(raw) {
            Ok(text) => self.put_raw(name, text.to_owned()),
            Err(error) => {
                let fault =
                    Fault::here("text in UTF-8", "other bytes", start + error.valid_up_to());
                return Err(fault.in_key(&name));
            }
        }
        Ok(())
    }

    /// A discriminator says which variant of a union this is; the union writes it.
    fn takes_tag(&self) -> bool {
        false
    }
}

impl Entries for Extra {
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode)) {
        for (name, raw) in self.entries() {
            visit(name, raw);
        }
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.entries().iter().map(|(name, _)| name)).finish()
    }
}
