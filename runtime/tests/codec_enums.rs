//! Enums that the document leaves open, and those that it doesn't.

use std::collections::HashSet;

use tenon_runtime::codec::{Encode, Encoder};
use tenon_runtime::{Violation, codec};

tenon_runtime::text_enum! {
    /// Any string; one is well known.
    pub enum Engine {
        Steam = "steam",
        .. Unknown open
    }
}

tenon_runtime::text_enum! {
    /// Values that are called like what traits bring with them.
    pub enum Outcome {
        Ok = "Ok",
        Err = "Err",
        Error = "Error",
        Output = "Output",
        Some = "Some",
        None = "None",
        .. Unknown
    }
}

tenon_runtime::int_enum! {
    /// Any whole number.
    pub enum Gear {
        First = 1,
        .. Other open
    }
}

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

#[test]
fn values_may_be_called_like_what_traits_bring_with_them() {
    assert_eq!("Err".parse(), Ok(Outcome::Err));
    for text in Outcome::VALUES {
        assert_eq!(Outcome::from(*text).as_str(), *text);
        assert!(!matches!(Outcome::from(*text), Outcome::Unknown(_)));
    }
}

#[test]
fn values_are_equal_when_they_are_the_same_on_the_wire() {
    assert_eq!(Engine::from("steam"), Engine::Unknown("steam".to_owned()));
    assert_ne!(Engine::from("steam"), Engine::from("diesel"));
    assert_eq!(Gear::First, Gear::Other(1));
    assert_ne!(Gear::First, Gear::from(2));
    let engines = HashSet::from([Engine::Steam, Engine::Unknown("steam".to_owned())]);
    let gears = HashSet::from([Gear::First, Gear::Other(1), Gear::Other(2)]);
    assert_eq!((engines.len(), gears.len()), (1, 2));
}
