//! Enums that the document leaves open, and those that it doesn't.

use tenon_runtime::codec::{Encode, Encoder};
use tenon_runtime::{Violation, codec};

tenon_runtime::text_enum! {
    /// Any string; one is well known.
    pub enum Engine {
        Steam = "steam",
        .. Unknown open
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
