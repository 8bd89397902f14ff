//! A string that isn't shown: `format: password`, credentials.
//!
//! It goes over the wire as the string it is, and nowhere else: `Debug` and `Display` are redacted, faults and
//! violations don't quote it. The memory isn't wiped.

use std::fmt;

use crate::codec::{Decode, Decoder, Encode, Encoder, Fault};

/// A string that `Debug` and `Display` redact.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Secret(String);

/// What is shown instead.
const REDACTED: &str = "[redacted]";

impl Secret {
    /// A secret of this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text itself, by value.
    pub fn into_exposed(self) -> String {
        self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(REDACTED)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Decode for Secret {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        json.secret().map(Self)
    }
}

impl Encode for Secret {
    fn encode(&self, json: &mut Encoder<'_>) {
        json.secret(&self.0);
    }
}

crate::serde_bridge!(Secret);
