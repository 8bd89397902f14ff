//! Bytes in strings: `contentEncoding: base64` and OpenAPI's `format: byte` (RFC 4648, sections 4 and 5).
//!
//! What was read is written back as it was: a text that isn't the canonical encoding of its bytes is kept.

use std::fmt;
use std::ops::Deref;

use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;

/// Padding and stray last bits are taken as they come; what is written is canonical.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

static STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, LENIENT);
static URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, LENIENT);

macro_rules! encoded {
    ($(#[$doc:meta])* $name:ident, $engine:ident, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Default)]
        pub struct $name {
            bytes: Vec<u8>,
            /// The text that was read, when it isn't the canonical one.
            text: Option<Box<str>>,
        }

        impl $name {
            /// The bytes.
            pub fn into_bytes(self) -> Vec<u8> {
                self.bytes
            }
        }

        impl Decode for $name {
            fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
                json.parsed($expected, |text| {
                    let bytes = read(&$engine, text)?;
                    let text = ($engine.encode(&bytes) != text).then(|| text.into());
                    Some(Self { bytes, text })
                })
            }
        }

        impl Encode for $name {
            fn encode(&self, json: &mut Encoder<'_>) {
                match &self.text {
                    _ if json.identified(self) => {}
                    Some(text) => json.str(text),
                    None => json.str(&$engine.encode(&self.bytes)),
                }
            }
        }

        /// The encoded text.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match &self.text {
                    Some(text) => f.write_str(text),
                    None => f.write_str(&$engine.encode(&self.bytes)),
                }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} bytes)"), self.bytes.len())
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.bytes == other.bytes
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.bytes.hash(state);
            }
        }

        impl Deref for $name {
            type Target = [u8];

            fn deref(&self) -> &[u8] {
                &self.bytes
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.bytes
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(bytes: Vec<u8>) -> Self {
                Self { bytes, text: None }
            }
        }

        impl From<&[u8]> for $name {
            fn from(bytes: &[u8]) -> Self {
                bytes.to_vec().into()
            }
        }

        impl From<$name> for Vec<u8> {
            fn from(value: $name) -> Self {
                value.bytes
            }
        }

        crate::serde_bridge!($name);
    };
}

encoded!(
    /// Bytes that JSON carries as base64 (RFC 4648, section 4). Equal when the bytes are.
    Base64, STANDARD, "base64"
);
encoded!(
    /// Bytes that JSON carries as base64url (RFC 4648, section 5). Equal when the bytes are.
    Base64Url, URL_SAFE, "base64url"
);

/// Reads an encoded text; line breaks, which MIME encoders insert (RFC 2045, section 6.8), are passed over.
fn read(engine: &GeneralPurpose, text: &str) -> Option<Vec<u8>> {
    engine.decode(text).ok().or_else(|| {
        let joined: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        engine.decode(joined).ok()
    })
}
