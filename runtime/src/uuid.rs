//! UUIDs (RFC 9562): `format: uuid`.
//!
//! Every textual form that the crate `uuid` reads is taken, and written back as it was: upper case stays.

use crate::exact::{Exact, Textual};

/// A UUID that remembers how it was written. Dereferences to [`uuid::Uuid`].
pub type Uuid = Exact<::uuid::Uuid>;

impl Textual for ::uuid::Uuid {
    const EXPECTED: &'static str = "UUID (RFC 9562)";

    fn parse(text: &str) -> Option<Self> {
        Self::try_parse(text).ok()
    }

    fn canonical(&self) -> String {
        self.to_string()
    }

    fn is_canonical(&self, text: &str) -> bool {
        let mut buffer = Self::encode_buffer();
        self.hyphenated().encode_lower(&mut buffer) == text
    }
}
