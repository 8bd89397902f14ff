//! Structs and unions of more parts than the tuples of the codec have places: they go by lists, and are as any other.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use tenon_runtime::codec::{Decode, Fault, Pick, check, from_slice, to_vec};
use tenon_runtime::{Extra, Json, json};

fn read<T: Decode>(json: &str) -> Result<T, Fault> {
    from_slice(json.as_bytes())
}

/// A struct with more fields than a tuple has places, some of which behave in a way of their own.
macro_rules! fields {
    ($($plain:ident)*) => {
        #[derive(Clone, Default)]
        struct Wide {
            id: i64,
            owner: Option<String>,
            note: Option<Option<String>>,
            $($plain: Option<i64>,)*
            extra: Extra,
        }
        tenon_runtime::object!(Wide wide {
            required id: "id" [Minimum("1")],
            required owner: "owner" nullable,
            optional note: "note" nullable,
            $(optional $plain: "plain",)*
        } rest extra);
    };
}

fields!(a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6 b7 b8 b9 c1 c2 c3 c4 c5 c6 c7 c8 c9 d1 d2 d3 d4 d5 d6 d7 d8 d9
    e1 e2 e3 e4 e5 e6 e7 e8 e9 f1 f2 f3 f4 f5 f6 f7 f8 f9 g1 g2 g3 g4 g5 g6 g7 g8 g9 h1 h2 h3 h4 h5 h6 h7 h8 h9);

#[test]
fn a_struct_of_more_fields_than_a_tuple_has_is_as_any_other() {
    let text = r#"{"id":1,"owner":null,"note":null,"plain":5,"x":[]}"#;
    let wide: Wide = read(text).unwrap();
    assert_eq!((wide.id, wide.owner.clone(), wide.note.clone()), (1, None, Some(None)));
    assert_eq!((wide.a1, wide.h9), (Some(5), None));
    assert_eq!(to_vec(&wide), text.as_bytes());
    assert_eq!(read::<Wide>(text).unwrap(), wide);
    assert_ne!(Wide { h9: Some(1), ..wide.clone() }, wide);
    let absent: Wide = read(r#"{"id":1,"owner":"a","plain":null}"#).unwrap();
    assert_eq!((absent.note, absent.a1), (None, None));
    assert_eq!(
        read::<Wide>(r#"{"owner":null}"#).unwrap_err().expected,
        r#"Wide with the property "id""#
    );
    assert_eq!(
        read::<Wide>(r#"{"id":1}"#).unwrap_err().expected,
        r#"Wide with the property "owner""#
    );
    let low = Wide { id: 0, ..wide };
    assert_eq!(check(&low)[0].to_string(), "at $.id: must be at least 1, is 0");
}

/// A union with more variants than a tuple has places.
macro_rules! variants {
    ($($variant:ident)*) => {
        #[derive(Clone)]
        enum Choice {
            Id(i64),
            $($variant(Json),)*
        }
        tenon_runtime::union!(Choice wide { Id, $($variant,)* } picks [Pick::JsonType(&[("number", 0), ("string", 70)])]);
    };
}

variants!(A1 A2 A3 A4 A5 A6 A7 A8 A9 B1 B2 B3 B4 B5 B6 B7 B8 B9 C1 C2 C3 C4 C5 C6 C7 C8 C9 D1 D2 D3 D4 D5 D6 D7 D8 D9
    E1 E2 E3 E4 E5 E6 E7 E8 E9 F1 F2 F3 F4 F5 F6 F7 F8 F9 G1 G2 G3 G4 G5 G6 G7 G8 G9 H1 H2 H3 H4 H5 H6 H7 H8 H9);

#[test]
fn a_union_of_more_variants_than_a_tuple_has_is_as_any_other() {
    assert_eq!(read::<Choice>("5").unwrap(), Choice::Id(5));
    assert_eq!(read::<Choice>("\"a\"").unwrap(), Choice::H7(json!("a")));
    assert_eq!(to_vec(&read::<Choice>("\"a\"").unwrap()), b"\"a\"");
}
