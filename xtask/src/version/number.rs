//! Versions of the generated crate, as Semantic Versioning 2.0.0 and Cargo count them.

use std::fmt;

use serde::Deserialize;
use tenon::diff::Rust;

/// A version without a pre-release: `0.2.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Number([u64; 3]);

impl Number {
    /// The first version of a crate.
    pub(crate) const FIRST: Self = Self([0, 1, 0]);

    /// The version of this text, if it is one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| {
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
            let is_short = part == "0" || !part.starts_with('0');
            part.parse().ok().filter(|_| is_number && is_short)
        });
        let numbers = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(Self(numbers))
    }

    /// The version after this one. Below 1.0.0, Cargo takes the first number that isn't zero for the
    /// one that tells of breaks.
    pub(crate) fn after(self, change: Rust) -> Self {
        let Self([major, minor, patch]) = self;
        Self(match (change, major, minor) {
            (_, 0, 0) | (Rust::Patch, ..) | (Rust::Minor, 0, _) => [major, minor, patch + 1],
            (Rust::Minor, ..) | (Rust::Major, 0, _) => [major, minor + 1, 0],
            (Rust::Major, ..) => [major + 1, 0, 0],
        })
    }
}

impl TryFrom<String> for Number {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no version such as 0.1.0"))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_they_are_written() {
        for text in ["0.1.0", "10.20.30"] {
            assert_eq!(Number::parse(text).unwrap().to_string(), text);
        }
        for text in ["1.0", "1.0.0.0", "1.0.0-rc.1", "01.0.0", "+1.0.0", "v1.0.0", "..", ""] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_next_version_is_as_cargo_counts() {
        for (from, patch, minor, major) in [
            ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
            ("0.2.3", "0.2.4", "0.2.4", "0.3.0"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
        ] {
            let from = Number::parse(from).unwrap();
            for (change, to) in [(Rust::Patch, patch), (Rust::Minor, minor), (Rust::Major, major)] {
                assert_eq!(from.after(change).to_string(), to, "{from} {change:?}");
            }
        }
    }
}
