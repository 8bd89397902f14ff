//! Enums that the document leaves open, and those that it doesn't.

use tenon_runtime::codec::{Encode, Encoder};
use tenon_runtime::{Violation, codec};

/// Any string; two are well known.
#[derive(Clone, Debug, PartialEq)]
enum Engine {
    Steam,
    Unknown(String),
}

impl Engine {
    const VALUES: &'static [&'static str] = &["steam"];

    fn as_str(&self) -> &str {
        match self {
            Self::Steam => "steam",
            Self::Unknown(value) => value,
        }
    }
}

impl From<String> for Engine {
    fn from(value: String) -> Self {
        if value == "steam" { Self::Steam } else { Self::Unknown(value) }
    }
}

tenon_runtime::text_enum!(Engine(Unknown) open);

/// Any whole number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Gear {
    First,
    Other(i64),
}

impl Gear {
    const VALUES: &'static [i64] = &[1];

    fn as_i64(&self) -> i64 {
        match self {
            Self::First => 1,
            Self::Other(value) => *value,
        }
    }
}

impl From<i64> for Gear {
    fn from(value: i64) -> Self {
        if value == 1 { Self::First } else { Self::Other(value) }
    }
}

tenon_runtime::int_enum!(Gear(Other) open);

fn written(value: &dyn Encode) -> (Vec<u8>, Vec<Violation>) {
    let mut encoder = Encoder::new();
    value.encode(&mut encoder);
    encoder.finish()
}

#[test]
fn other_values_of_an_open_enum_break_no_rule() {
    for text in [r#""steam""#, r#""diesel""#] {
        let value: Engine = codec::from_slice(text.as_bytes()).unwrap();
        assert_eq!(written(&value), (text.as_bytes().to_vec(), Vec::new()));
    }
    for text in ["1", "-7"] {
        let value: Gear = codec::from_slice(text.as_bytes()).unwrap();
        assert_eq!(written(&value), (text.as_bytes().to_vec(), Vec::new()));
    }
}
