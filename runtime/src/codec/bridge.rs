//! The bridge to `serde`: a model in a user's own types.
//!
//! A model goes through JSON text and `serde_json::Value`, so the generic part is two calls. The codec is the only one
//! that knows a model's shape.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use super::decoder::Decode;
use super::encoder::Encode;
use super::fault::Fault;
use super::json::Json;
use super::{from_slice, to_vec};

/// Implements `serde::Serialize` and `serde::Deserialize` for types of the codec.
///
/// Their JSON is the codec's own. Formats that aren't JSON get the same data, as far as `serde_json::Value` holds it.
#[macro_export]
macro_rules! serde_bridge {
    ($($name:ident),+ $(,)?) => { $(
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::codec::serialize(self, serializer)
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codec::deserialize(deserializer)
            }
        }
    )+ };
}

/// What [`serde_bridge!`](crate::serde_bridge) calls to serialize.
///
/// # Errors
///
/// Those of the serializer.
#[doc(hidden)]
pub fn serialize<T: Encode, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    to_json(value).map_err(ser::Error::custom)?.serialize(serializer)
}

/// What [`serde_bridge!`](crate::serde_bridge) calls to deserialize.
///
/// # Errors
///
/// Those of the deserializer, and the [`Fault`] of the codec in words.
#[doc(hidden)]
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let json = Json::deserialize(deserializer)?;
    from_slice(&to_vec(&json)).map_err(de::Error::custom)
}

fn to_json(value: &dyn Encode) -> Result<Json, Fault> {
    from_slice(&to_vec(value))
}
