//! Values of a type, read from JSON and written again.

use serde_json::{Value, json};
use tenon_runtime::Fault;
use tenon_runtime::codec::{Decode, Encode, from_slice, to_vec};

/// Reads a value and writes it again.
pub type Round = fn(&[u8]) -> Result<Vec<u8>, Fault>;

/// Reads a `T` and writes it again.
///
/// # Errors
///
/// The text isn't what `T` is.
pub fn round<T: Decode + Encode>(json: &[u8]) -> Result<Vec<u8>, Fault> {
    from_slice::<T>(json).map(|value| to_vec(&value))
}

pub(crate) fn answer(round: Round, text: &str) -> Value {
    match round(text.as_bytes()) {
        Ok(text) => json!({"value": String::from_utf8_lossy(&text)}),
        Err(fault) => json!({"fault": fault.to_string()}),
    }
}
