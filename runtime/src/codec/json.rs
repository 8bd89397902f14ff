//! Values of no particular type: what a schema without constraints admits.
//!
//! [`Json`] is `serde_json::Value`, the type that Rust programs already use for this.

pub use serde_json::{Value as Json, json};

use jiter::Peek;
use serde_json::{Map, Number};

use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;
use super::read_object::Rest;
use super::write_object::Entries;

/// Integers that fit are `i64` or `u64`; every other number is the nearest `f64`.
impl Decode for Json {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        match json.peek()? {
            Peek::Null => json.null().map(|()| Self::Null),
            Peek::True | Peek::False => json.boolean().map(Self::Bool),
            Peek::String => json.str().map(|text| Self::String(text.to_owned())),
            Peek::Array => Vec::decode(json).map(Self::Array),
            Peek::Object => {
                let mut map = Map::new();
                json.map(&mut map)?;
                Ok(Self::Object(map))
            }
            peek if peek.is_num() => number(json).map(Self::Number),
            _ => Err(json.unexpected("a JSON value")),
        }
    }
}

impl Encode for Json {
    fn encode(&self, json: &mut Encoder<'_>) {
        match self {
            Self::Null => json.null(),
            Self::Bool(value) => json.boolean(*value),
            Self::Number(number) => write_number(number, json),
            Self::String(text) => json.str(text),
            Self::Array(items) => json.list(&items.as_slice()),
            Self::Object(map) => json.map(map),
        }
    }
}

impl Rest for Map<String, Json> {
    fn put(&mut self, name: String, json: &mut Decoder<'_>) -> Result<(), Fault> {
        let value = Json::decode(json).map_err(|fault| fault.in_key(&name))?;
        self.insert(name, value);
        Ok(())
    }
}

impl Entries for Map<String, Json> {
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Encode)) {
        for (name, value) in self {
            visit(name, value);
        }
    }
}

fn number(json: &mut Decoder<'_>) -> Result<Number, Fault> {
    let digits = json.number("number")?;
    let text = std::str::from_utf8(digits).unwrap_or_default();
    if let Ok(value) = text.parse::<i64>() {
        // `-0` is a float: an integer would lose the sign.
        if value != 0 || !text.starts_with('-') {
            return Ok(value.into());
        }
    }
    if let Ok(value) = text.parse::<u64>() {
        return Ok(value.into());
    }
    let value = json.nearest(digits)?;
    Number::from_f64(value).ok_or_else(|| json.unexpected("a finite number"))
}

fn write_number(number: &Number, json: &mut Encoder<'_>) {
    if let Some(value) = number.as_i64() {
        json.integer(value);
    } else if let Some(value) = number.as_u64() {
        json.unsigned(value);
    } else {
        // With the feature `arbitrary_precision` of `serde_json` this is the number's own text.
        json.raw(&number.to_string());
    }
}
