//! Tokens: the place in a list as a text that can be kept.
//!
//! A token names its operation by a hash, and holds the number, cursor or address of a page. It has
//! none of the call's inputs, and no credential: those in the query of an address are taken out
//! before.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::spot::{Position, Spot};

/// A place in a list, to go on reading from: later, or in another process.
///
/// It is one short text, which [`Display`](fmt::Display) writes and [`FromStr`] reads; with serde it
/// is a string. It holds no credential. What it says is for the call that it was taken from: make
/// that call again, with the same inputs, and give it to [`Pages::resume`](crate::Pages::resume) or
/// [`PageItems::resume`](crate::PageItems::resume).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageToken {
    operation: u32,
    spot: Spot,
}

/// A text isn't a [`PageToken`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a token of a page")]
pub struct PageTokenError;

/// What a token begins with: the version of its form.
const VERSION: &str = "1";

impl PageToken {
    pub(super) fn new(operation: &str, spot: Spot) -> Self {
        Self { operation: hash(operation), spot }
    }

    /// The place, if it is one of this operation.
    pub(super) fn spot(&self, operation: &str) -> Option<Spot> {
        (self.operation == hash(operation)).then(|| self.spot.clone())
    }
}

/// FNV-1a: it has to be the same in every process, and no more than that.
fn hash(operation: &str) -> u32 {
    operation
        .bytes()
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

impl fmt::Display for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spot { position, before, skip } = &self.spot;
        let before = before.map_or_else(String::new, |before| before.to_string());
        write!(f, "{VERSION}.{:08x}.{before}.{skip}.", self.operation)?;
        match position {
            Position::First => f.write_str("f"),
            Position::Number(number) => write!(f, "n{number}"),
            Position::Cursor(json) => write!(f, "c{}", URL_SAFE_NO_PAD.encode(json)),
            Position::Address(target) => write!(f, "a{}", URL_SAFE_NO_PAD.encode(target)),
        }
    }
}

impl FromStr for PageToken {
    type Err = PageTokenError;

    fn from_str(text: &str) -> Result<Self, PageTokenError> {
        read(text).ok_or(PageTokenError)
    }
}

fn read(text: &str) -> Option<PageToken> {
    let mut parts = text.splitn(5, '.');
    let mut part = || parts.next();
    if part()? != VERSION {
        return None;
    }
    let operation = u32::from_str_radix(part()?, 16).ok()?;
    let before = match part()? {
        "" => None,
        before => Some(before.parse().ok()?),
    };
    let skip = part()?.parse().ok()?;
    let position = position(part()?)?;
    Some(PageToken { operation, spot: Spot { position, before, skip } })
}

fn position(text: &str) -> Option<Position> {
    let decoded = |text: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok();
    let kind = text.chars().next()?;
    let value = text.get(kind.len_utf8()..)?;
    match kind {
        'f' => value.is_empty().then_some(Position::First),
        'n' => value.parse().ok().map(Position::Number),
        // What is sent is one scalar, whoever wrote the token.
        'c' => decoded(value).filter(|json| is_scalar(json)).map(Position::Cursor),
        'a' => decoded(value).filter(|target| is_target(target)).map(Position::Address),
        _ => None,
    }
}

/// A text or number in JSON.
fn is_scalar(json: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(json)
        .is_ok_and(|value| value.is_string() || value.is_number())
}

/// A path and query, which stay at the origin of the client.
fn is_target(target: &str) -> bool {
    let is_odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
    target.starts_with('/') && !target.contains(is_odd)
}

impl serde::Serialize for PageToken {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for PageToken {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_the_same_after_it_was_text() {
        for position in [
            Position::First,
            Position::Number(u64::MAX),
            Position::Cursor("\"dGVhbTpD. ü\"".to_owned()),
            Position::Address("/v1/devices?page=2".to_owned()),
        ] {
            for (before, skip) in [(None, 0), (Some(300), 7)] {
                let spot = Spot { position: position.clone(), before, skip };
                let token = PageToken::new("listDevices", spot.clone());
                let text = token.to_string();
                assert!(text.is_ascii(), "{text}");
                assert_eq!(text.parse(), Ok(token.clone()));
                assert_eq!(token.spot("listDevices"), Some(spot));
                assert_eq!(token.spot("listUsers"), None);
                let json = serde_json::to_string(&token).unwrap();
                assert_eq!(serde_json::from_str::<PageToken>(&json).unwrap(), token);
            }
        }
        let token = PageToken::new("a", Position::Number(40).spot());
        assert_eq!(token.to_string(), "1.e40c292c..0.n40");
    }

    #[test]
    fn other_text_is_no_token() {
        let list = URL_SAFE_NO_PAD.encode("[1]");
        let other = URL_SAFE_NO_PAD.encode("//evil.example/a\\b");
        for text in [
            "",
            "1",
            "2.e40c292c..0.f",
            "1.x..0.f",
            "1.e40c292c.-1.0.f",
            "1.e40c292c..0.",
            "1.e40c292c..0.fx",
            "1.e40c292c..0.n-1",
            "1.e40c292c..0.c?",
            &format!("1.e40c292c..0.c{list}"),
            &format!("1.e40c292c..0.a{other}"),
            "1.e40c292c..0.ü",
        ] {
            assert_eq!(text.parse::<PageToken>(), Err(PageTokenError), "{text}");
        }
    }
}
