//! The scalar types of Rust and their JSON: booleans, numbers, strings, `()`.

use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;

impl Decode for bool {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        json.boolean()
    }
}

impl Encode for bool {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.boolean(*self);
    }
}

macro_rules! integers {
    ($($name:ident: $write:ident),*) => { $(
        impl Decode for $name {
            fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
                let value = json.integer($name::MIN.into(), $name::MAX.into())?;
                // The bounds make this lossless.
                Ok($name::try_from(value).unwrap_or_default())
            }
        }

        impl Encode for $name {
            fn encode(&self, json: &mut Encoder<'_>) {
                json.$write((*self).into());
            }
        }
    )* };
}

integers!(i8: integer, i16: integer, i32: integer, i64: integer);
integers!(u8: unsigned, u16: unsigned, u32: unsigned, u64: unsigned);

impl Decode for f64 {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        json.float()
    }
}

impl Encode for f64 {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.float(*self);
    }
}

impl Decode for f32 {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        json.float32()
    }
}

impl Encode for f32 {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.float32(*self);
    }
}

impl Decode for String {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        json.str().map(str::to_owned)
    }
}

impl Encode for String {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.str(self);
    }
}

impl Encode for str {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.str(self);
    }
}

impl Decode for () {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        json.null()
    }
}

impl Encode for () {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.null();
    }
}
