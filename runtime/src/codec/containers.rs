//! Types around other types: options, boxes, references, lists, maps.
//!
//! They are compiled again for each type that they are around, so they say in full what `?` and `map` would call.

use std::collections::BTreeMap;

use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;

/// `null` is `None`: the type of a nullable schema. Absence belongs to the field.
impl<T: Decode> Decode for Option<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        match json.takes_null() {
            Ok(true) => Ok(None),
            Ok(false) => Self::optional(json),
            Err(fault) => Err(fault),
        }
    }

    fn optional(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        match T::decode(json) {
            Ok(value) => Ok(Some(value)),
            Err(fault) => Err(fault),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, json: &mut Encoder<'_>) {
        match self {
            Some(value) => value.encode(json),
            None => json.none(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        match T::decode(json) {
            Ok(value) => Ok(Self::new(value)),
            Err(fault) => Err(fault),
        }
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, json: &mut Encoder<'_>) {
        (**self).encode(json);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, json: &mut Encoder<'_>) {
        (**self).encode(json);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        let mut items = Self::new();
        match json.list(&mut items) {
            Ok(()) => Ok(items),
            Err(fault) => Err(fault),
        }
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.list(&self.as_slice());
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.list(&self);
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        let mut entries = Self::new();
        match json.map(&mut entries) {
            Ok(()) => Ok(entries),
            Err(fault) => Err(fault),
        }
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.map(self);
    }
}
