//! Hostile text: every prefix, thousands of mutations and deep nesting give a value or a fault, never a panic.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod codec_support;

use std::collections::BTreeMap;

use codec_support::{Device, Page, Pet};
use tenon_runtime::codec::{
    Decode, Encode, Fault, MAX_DEPTH, Rule, check, check_json, from_slice, to_vec,
};
use tenon_runtime::{Base64, Date, DateTime, Extra, Json, Uuid};

const DOCUMENTS: [&str; 6] = [
    r#"{"id":1,"name":"a","owner":"me","note":null,"tags":["x","y"],"pin":"123456","enrolled at":"2024-01-01T00:00:00.000Z","mode":"WIPE","parent":{"id":2,"owner":null,"ratio":-1.5e-3},"ratio":1.0}"#,
    r#"{"next":"\u00e9\ud83d\ude00\n","a":1,"b":-9223372036854775808,"c":1e3}"#,
    r#"{"x":[{"type":"inner"}],"type":"device","id":1,"owner":"é😀"}"#,
    r#" [ 1 , [ ] , { } , "a" , true , false , null , 0.5 ] "#,
    r#"["2024-01-01T00:00:00.123+05:30","2016-12-31T23:59:60Z","2024-02-29","67e55044-10b1-426f-9247-bb680e5fe0c8","Zm9vYg=="]"#,
    r#"[1,"a",null,{"k":[[["deep"]]]},18446744073709551616,-0]"#,
];

const RULES: &[Rule] = &[
    Rule::MinLength(3),
    Rule::Pattern("^[a-z]+$"),
    Rule::Minimum("2"),
    Rule::MultipleOf("0.5"),
    Rule::MinItems(99),
    Rule::UniqueItems,
    Rule::MinProperties(99),
    Rule::OneOf(&["1", "{\"a\":1}"]),
    Rule::Items(&[Rule::MinLength(3), Rule::Values(&[Rule::UniqueItems])]),
];

/// Reads the text as many types; what decodes must encode, and decode again to the same text.
fn exercise(text: &[u8]) {
    fn one<T: Decode + Encode>(text: &[u8]) -> Result<(), Fault> {
        let value: T = from_slice(text).inspect_err(|fault| {
            assert!(fault.path.starts_with('$'));
            assert!(fault.offset <= text.len(), "{fault:?}");
            assert!(fault.to_string().len() < 2000);
        })?;
        let first = to_vec(&value);
        drop(check(&value));
        let again = to_vec(&from_slice::<T>(&first).expect("what was written reads"));
        assert_eq!(first, again);
        Ok(())
    }
    let _ = one::<Device>(text);
    let _ = one::<Page>(text);
    let _ = one::<Pet>(text);
    let _ = one::<Vec<Pet>>(text);
    let _ = one::<BTreeMap<String, Json>>(text);
    let _ = one::<(DateTime, DateTime, Date, Uuid, Base64)>(text);
    let _ = one::<(i32, String, Option<u64>)>(text);
    let json = one::<Json>(text);
    let oracle = serde_json::from_slice::<serde_json::Value>(text);
    if std::str::from_utf8(text).is_ok() && oracle.is_ok() {
        assert!(json.is_ok(), "{:?}: {json:?}", String::from_utf8_lossy(text));
    }
    if let Err(error) = oracle {
        // Halves of surrogate pairs are read here, and refused there.
        let is_half = error.to_string().contains("hex escape");
        assert!(is_half || json.is_err(), "{:?}", String::from_utf8_lossy(text));
    }
    let mut out = Vec::new();
    check_json(text, RULES, "$", &mut out);
}

/// A small generator (xorshift64*): the same mutations in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % bound
    }
}

#[test]
fn every_prefix_is_a_value_or_a_fault() {
    for document in DOCUMENTS {
        for end in 0..=document.len() {
            exercise(&document.as_bytes()[..end]);
        }
    }
}

#[test]
fn the_documents_themselves_are_read() {
    assert!(from_slice::<Device>(DOCUMENTS[0].as_bytes()).is_ok());
    assert!(from_slice::<Page>(DOCUMENTS[1].as_bytes()).is_ok());
    assert!(matches!(from_slice::<Pet>(DOCUMENTS[2].as_bytes()), Ok(Pet::Device(_))));
    assert!(
        from_slice::<(DateTime, DateTime, Date, Uuid, Base64)>(DOCUMENTS[4].as_bytes()).is_ok()
    );
}

#[test]
fn mutated_documents_are_a_value_or_a_fault() {
    const PIECES: [&[u8]; 16] = [
        b"\"",
        b"\\",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\\u",
        b"\\ud800",
        b"e9",
        b"-",
        b"\x00",
        b"\xff",
        b"\xe2\x82",
        b"null",
    ];
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..6000 {
        let mut text = DOCUMENTS[round % DOCUMENTS.len()].as_bytes().to_vec();
        for _ in 0..=random.below(3) {
            let at = random.below(text.len().max(1));
            match random.below(4) {
                0 => text[at] = u8::try_from(random.below(256)).unwrap(),
                1 => drop(text.remove(at)),
                2 => drop(text.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
                _ => {
                    let end = at + random.below(text.len() - at + 1);
                    let piece = text[at..end].to_vec();
                    text.splice(at..at, piece);
                }
            }
            if text.is_empty() {
                break;
            }
        }
        exercise(&text);
    }
}

#[test]
fn nesting_is_read_up_to_the_limit_and_refused_beyond_it() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(from_slice::<Json>(nested(MAX_DEPTH).as_bytes()).is_ok());
    for depth in [MAX_DEPTH + 1, 100_000] {
        let fault = from_slice::<Json>(nested(depth).as_bytes()).unwrap_err();
        assert_eq!(fault.expected, "at most 256 levels of nesting");
        let skipped = format!("{{\"x\":{},\"id\":1,\"owner\":null}}", nested(depth));
        assert!(from_slice::<Device>(skipped.as_bytes()).is_err());
    }
    let skipped = format!("{{\"x\":{},\"id\":1,\"owner\":null}}", nested(MAX_DEPTH - 1));
    assert!(from_slice::<Device>(skipped.as_bytes()).is_ok());
    let objects = format!("{}1{}", "{\"a\":".repeat(MAX_DEPTH + 1), "}".repeat(MAX_DEPTH + 1));
    assert!(from_slice::<Json>(objects.as_bytes()).unwrap_err().path.starts_with("$.a.a.a"));
}

#[test]
fn the_longest_numbers_are_bounded() {
    let digits = "9".repeat(1_000_000);
    assert!(from_slice::<i64>(digits.as_bytes()).is_err());
    assert!(from_slice::<i64>(b"1e999999999999999999999").is_err());
    assert!(from_slice::<i64>(b"1e-999999999999999999999").is_err());
    let mut out = Vec::new();
    check_json(
        b"1e999999999999999999999",
        &[Rule::MultipleOf("0.01"), Rule::Maximum("1")],
        "$",
        &mut out,
    );
    assert_eq!(out.len(), 1);
}

/// A struct of an ordinary size that holds itself.
macro_rules! nested {
    ($($name:ident)*) => {
        #[derive(Clone)]
        struct Nested {
            id: i64,
            next: Option<Box<Nested>>,
            $($name: Option<Option<String>>,)*
            extra: Extra,
        }
        tenon_runtime::object!(Nested {
            required id: "id", optional next: "next", $(optional $name: "name" nullable,)*
        } rest extra);
    };
}

nested!(a b c d e f g h i j k l m n o p q r s t u v w x);

#[test]
fn the_deepest_nesting_that_is_read_fits_the_stack_of_a_thread() {
    let levels = MAX_DEPTH - 1;
    let text = format!(r#"{}null{}"#, r#"{"id":1,"next":"#.repeat(levels), "}".repeat(levels));
    // What threads have that are made without saying how much.
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
    let read = thread.spawn(move || from_slice::<Nested>(text.as_bytes()).map(|it| it.id));
    assert_eq!(read.unwrap().join().unwrap(), Ok(1));
}
