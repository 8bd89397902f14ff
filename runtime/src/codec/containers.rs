//! Types around other types: options, boxes, references, lists, maps.

use std::collections::BTreeMap;

use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;

/// `null` is `None`: the type of a nullable schema. Absence belongs to the field.
impl<T: Decode> Decode for Option<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        if json.at_null()? {
            json.null()?;
            return Ok(None);
        }
        T::decode(json).map(Some)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, json: &mut Encoder) {
        match self {
            Some(value) => value.encode(json),
            None => json.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        T::decode(json).map(Self::new)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, json: &mut Encoder) {
        (**self).encode(json);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, json: &mut Encoder) {
        (**self).encode(json);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        let mut items = Self::new();
        json.list(&mut items)?;
        Ok(items)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, json: &mut Encoder) {
        json.list(&self.as_slice());
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, json: &mut Encoder) {
        json.list(&self);
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        let mut entries = Self::new();
        json.map(&mut entries)?;
        Ok(entries)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, json: &mut Encoder) {
        json.map(self);
    }
}
