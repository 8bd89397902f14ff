//! Unions: each way to tell variants apart, alone and together; open unions; tags; faults.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod codec_support;

use std::collections::{BTreeMap, HashSet};

use codec_support::{Device, Page, Pet};
use tenon_runtime::codec::{
    Decoder, Encode, Encoder, Fault, Pick, Union, check, from_slice, to_vec,
};
use tenon_runtime::{Json, json};

/// Decodes a union of ready-made arms and says which one took the text.
fn arm(table: &'static Union, arms: &[Arm], text: &str) -> Result<usize, Fault> {
    let mut decoder = Decoder::new(text.as_bytes());
    let arms: Vec<&Read> = arms.iter().map(|arm| arm as _).collect();
    let arm = decoder.union(table, &arms)?;
    decoder.finish()?;
    Ok(arm)
}

type Read = dyn Fn(&mut Decoder<'_>) -> Result<usize, Fault>;

type Arm = fn(&mut Decoder<'_>) -> Result<usize, Fault>;

/// Arms that take anything: the pick alone decides.
const ANY: [Arm; 3] = [
    |json| json.skip().map(|()| 0),
    |json| json.skip().map(|()| 1),
    |json| json.skip().map(|()| 2),
];

/// Arms of a string, an integer and a list.
const TYPED: [Arm; 3] = [
    |json| json.value::<String>().map(|_| 0),
    |json| json.value::<i64>().map(|_| 1),
    |json| json.value::<Vec<i64>>().map(|_| 2),
];

#[test]
fn the_json_type_decides() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"]).picks(&[Pick::JsonType(&[
        ("string", 0),
        ("number", 1),
        ("array", 2),
        ("null", 0),
        ("boolean", 1),
        ("object", 2),
    ])]);
    for (text, expected) in
        [("\"x\"", 0), ("-1.5", 1), (" [1]", 2), ("null", 0), ("true", 1), ("false", 1), ("{}", 2)]
    {
        assert_eq!(arm(&TABLE, &ANY, text).unwrap(), expected, "{text}");
    }
}

#[test]
fn arms_of_the_same_json_type_are_tried_in_order() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"]).picks(&[Pick::JsonType(&[
        ("number", 1),
        ("number", 2),
        ("string", 0),
    ])]);
    const ARMS: [Arm; 3] = [
        |json| json.value::<String>().map(|_| 0),
        |json| json.value::<i32>().map(|_| 1),
        |json| json.value::<i64>().map(|_| 2),
    ];
    assert_eq!(arm(&TABLE, &ARMS, "1").unwrap(), 1);
    assert_eq!(arm(&TABLE, &ARMS, "3000000000").unwrap(), 2);
    let fault = arm(&TABLE, &ARMS, "1.5").unwrap_err();
    assert!(fault.found.contains("B needs integer") && !fault.found.contains("A needs"), "{fault}");
}

#[test]
fn the_arm_that_knows_most_of_the_properties_is_tried_first() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"])
        .picks(&[Pick::Names(&[(&["name", "mail"], 0), (&["name", "number", "area"], 2)])]);
    assert_eq!(arm(&TABLE, &ANY, r#"{"number":1,"x":2}"#).unwrap(), 2);
    assert_eq!(arm(&TABLE, &ANY, r#"{"mail":1,"number":1,"area":1}"#).unwrap(), 2);
    assert_eq!(arm(&TABLE, &ANY, r#"{"name":1,"mail":1,"area":1}"#).unwrap(), 0);
    for tie in [r#"{"name":1}"#, "{}", r#"{"x":1}"#, "[]"] {
        assert_eq!(arm(&TABLE, &ANY, tie).unwrap(), 0, "{tie}");
    }
    const REFUSED: [Arm; 3] = [
        |json| json.skip().map(|()| 0),
        |json| json.skip().map(|()| 1),
        |json| json.value::<i64>().map(|_| 2),
    ];
    // An arm that isn't listed keeps its place.
    assert_eq!(arm(&TABLE, &REFUSED, r#"{"number":1}"#).unwrap(), 1);
}

#[test]
fn a_later_pick_chooses_among_the_arms_that_an_earlier_one_left() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"]).picks(&[
        Pick::JsonType(&[("string", 0), ("object", 1), ("object", 2)]),
        Pick::Property(&[("x", 0), ("y", 2), ("z", 1)]),
    ]);
    assert_eq!(arm(&TABLE, &ANY, r#"{"x":1,"z":1}"#).unwrap(), 1);
    assert_eq!(arm(&TABLE, &ANY, r#"{"x":1,"y":1,"z":1}"#).unwrap(), 2);
    assert_eq!(arm(&TABLE, &ANY, "{}").unwrap(), 1);
}

#[test]
fn a_property_decides_by_being_there() {
    static TABLE: Union =
        Union::new("T", &["A", "B", "C"]).picks(&[Pick::Property(&[("children", 1), ("leaf", 0)])]);
    assert_eq!(arm(&TABLE, &ANY, r#"{"a":{"leaf":1},"children":null}"#).unwrap(), 1);
    assert_eq!(arm(&TABLE, &ANY, r#"{"le\u0061f":[]}"#).unwrap(), 0);
}

#[test]
fn a_property_that_only_one_arm_declares_may_be_another_arms_undeclared_one() {
    static TABLE: Union =
        Union::new("T", &["A", "B"]).picks(&[Pick::Property(&[("a", 0), ("b", 1)])]);
    fn requiring(json: &mut Decoder<'_>, name: &str) -> Result<(), Fault> {
        let value: Json = json.value()?;
        match value.get(name) {
            None => Err(Fault::new("$", format!("property {name}"), "an object without", 0)),
            Some(Json::Number(_)) => Ok(()),
            Some(_) => Err(Fault::new(format!("$.{name}"), "integer", "no number", 0)),
        }
    }
    const ARMS: [Arm; 2] =
        [|json| requiring(json, "id").map(|()| 0), |json| requiring(json, "key").map(|()| 1)];

    assert_eq!(arm(&TABLE, &ARMS, r#"{"a":1,"id":1}"#).unwrap(), 0);
    assert_eq!(arm(&TABLE, &ARMS, r#"{"a":1,"key":1}"#).unwrap(), 1);
    // What the likely arm refuses may still be another.
    assert_eq!(arm(&TABLE, &ARMS, r#"{"a":1,"id":"x","key":1}"#).unwrap(), 1);
    let fault = arm(&TABLE, &ARMS, r#"{"a":1,"id":"x"}"#).unwrap_err();
    assert_eq!(fault.path, "$.id");
    let fault = arm(&TABLE, &ARMS, r#"{"b":1}"#).unwrap_err();
    assert_eq!(fault.expected, "property key");
}

#[test]
fn a_property_that_is_null_decides_only_where_no_other_is_there() {
    static TABLE: Union =
        Union::new("T", &["A", "B", "C"]).picks(&[Pick::Property(&[("a", 1), ("b", 2)])]);
    assert_eq!(arm(&TABLE, &ANY, r#"{"a":null,"b":1}"#).unwrap(), 2);
    assert_eq!(arm(&TABLE, &ANY, r#"{"a":1,"b":null}"#).unwrap(), 1);
    assert_eq!(arm(&TABLE, &ANY, r#"{"b": null }"#).unwrap(), 2);
    const REFUSED: [Arm; 3] = [
        |json| json.skip().map(|()| 0),
        |json| json.value::<String>().map(|_| 1),
        |json| json.value::<i64>().map(|_| 2),
    ];
    assert_eq!(arm(&TABLE, &REFUSED, r#"{"b":null}"#).unwrap(), 0);
}

#[test]
fn a_closed_arm_is_tried_after_those_that_admit_every_property() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"]).picks(&[
        Pick::Closed(&[(&["a"], 0), (&["a", "c"], 2)]),
        Pick::Property(&[("a", 0), ("b", 1)]),
    ]);
    for (text, expected) in [
        (r#"{"a":1}"#, 0),
        (r#"{"a":1,"b":1}"#, 1),
        (r#"{"a":1,"x":1}"#, 1),
        (r#"{"c":1}"#, 1),
        (r#"{"\u0061":1}"#, 0),
        ("[]", 0),
    ] {
        assert_eq!(arm(&TABLE, &ANY, text).unwrap(), expected, "{text}");
    }
    const REFUSED: [Arm; 3] = [
        |json| json.skip().map(|()| 0),
        |json| json.value::<i64>().map(|_| 1),
        |json| json.value::<i64>().map(|_| 2),
    ];
    // What the server has more of is no reason to refuse it.
    assert_eq!(arm(&TABLE, &REFUSED, r#"{"a":1,"x":1}"#).unwrap(), 0);
}

#[test]
fn a_constant_decides_by_its_value_however_it_is_spelled() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"]).picks(&[Pick::Constant(&[
        ("v", "1", 2),
        ("v", "\"cat\"", 1),
        ("v", "null", 0),
    ])]);
    for (text, expected) in [(r#"{"v":1.0}"#, 2), (r#"{"v":"c\u0061t"}"#, 1), (r#"{"v":null}"#, 0)]
    {
        assert_eq!(arm(&TABLE, &ANY, text).unwrap(), expected, "{text}");
    }
}

#[test]
fn a_value_that_one_arm_lists_decides_however_it_is_spelled() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"]).picks(&[Pick::Values(&[
        ("\"a\"", 0),
        ("\"b\"", 1),
        ("2", 1),
    ])]);
    for (text, expected) in [("\"a\"", 0), (r#" "\u0062""#, 1), ("2.0", 1), ("\"c\"", 0)] {
        assert_eq!(arm(&TABLE, &ANY, text).unwrap(), expected, "{text}");
    }
}

#[test]
fn without_a_deciding_pick_the_first_arm_that_decodes_wins() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"]).picks(&[Pick::Property(&[("x", 0)])]);
    assert_eq!(arm(&TABLE, &TYPED, "5").unwrap(), 1);
    assert_eq!(arm(&TABLE, &TYPED, "[1,2]").unwrap(), 2);
}

#[test]
fn only_the_arm_that_is_decided_on_is_tried_and_its_fault_is_told() {
    static TABLE: Union =
        Union::new("T", &["A", "B", "C"]).picks(&[Pick::JsonType(&[("array", 2)])]);
    let fault = arm(&TABLE, &TYPED, r#"[1,"x"]"#).unwrap_err();
    assert_eq!(fault.to_string(), r#"at $[1]: expected integer, found string "x""#);
}

#[test]
fn the_fault_of_a_union_says_what_each_arm_lacked() {
    static TABLE: Union = Union::new("Value", &["Text", "Number", "List"]);
    let fault = arm(&TABLE, &TYPED, "[[]]").unwrap_err();
    assert_eq!(
        fault.to_string(),
        "at $: expected Value (Text or Number or List), found an array: Text needs string at $ (found an array); \
         Number needs integer at $ (found an array); List needs integer at $[0] (found an array)"
    );
    assert_eq!(fault.offset, 0);
}

#[test]
fn a_closed_tag_that_is_not_listed_leaves_it_to_trial() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"])
        .picks(&[Pick::Tag { property: "type", values: &[("b", 1)] }]);
    assert_eq!(arm(&TABLE, &ANY, r#"{"type":"b"}"#).unwrap(), 1);
    assert_eq!(arm(&TABLE, &ANY, r#"{"type":"x"}"#).unwrap(), 0);
    assert_eq!(arm(&TABLE, &ANY, r#"{"type":7}"#).unwrap(), 0);
    assert_eq!(arm(&TABLE, &ANY, "[]").unwrap(), 0);
}

#[test]
fn a_tag_of_several_leaves_it_to_what_follows() {
    static TABLE: Union = Union::new("T", &["A", "B", "C"]).picks(&[
        Pick::Tag { property: "type", values: &[("b", 1), ("b", 2), ("a", 0)] },
        Pick::Constant(&[("role", "\"user\"", 0), ("role", "\"user\"", 2)]),
    ]);
    assert_eq!(arm(&TABLE, &ANY, r#"{"type":"a","role":"user"}"#).unwrap(), 0);
    assert_eq!(arm(&TABLE, &ANY, r#"{"type":"b","role":"user"}"#).unwrap(), 2);
    assert_eq!(arm(&TABLE, &ANY, r#"{"type":"b","role":"robot"}"#).unwrap(), 1);
}

#[test]
fn the_tag_decides_wherever_it_stands() {
    let pet: Pet = from_slice(br#"{"id":1,"owner":null,"type":"device"}"#).unwrap();
    assert_eq!(pet, Pet::Device(Device::new(1)));
    let fault = from_slice::<Pet>(br#"{"type":"device"}"#).unwrap_err();
    assert_eq!(fault.expected, r#"Device with the properties "id", "owner""#);
}

#[test]
fn an_open_union_keeps_what_it_does_not_know() {
    for text in [r#"{"type":"robot","x":[1]}"#, r#"{"a":1}"#, "3", "null", r#"{"type":null}"#] {
        let pet: Pet = from_slice(text.as_bytes()).unwrap();
        assert!(matches!(pet, Pet::Unknown(_)), "{text}");
        assert_eq!(to_vec(&pet), text.as_bytes());
    }
}

#[test]
fn a_tag_is_written_first_unless_the_object_has_it() {
    assert_eq!(to_vec(&Pet::Page(Page::default())), br#"{"type":"page"}"#);
    assert_eq!(to_vec(&Pet::Device(Device::new(1))), br#"{"type":"device","id":1,"owner":null}"#);
    let tagged = |value: Json| {
        let mut encoder = Encoder::new();
        encoder.variant("Quoted", r#"tag "type" "a\"b""#, &value);
        String::from_utf8(encoder.finish().0).unwrap()
    };
    assert_eq!(tagged(json!({"type": "own"})), r#"{"type":"own"}"#);
    assert_eq!(tagged(json!({"x": {"type": 1}})), r#"{"type":"a\"b","x":{"type":1}}"#);
    assert_eq!(tagged(json!([1])), "[1]");
}

#[test]
fn the_rules_of_a_tagged_variant_are_checked_with_its_tag() {
    let mut encoder = Encoder::new();
    encoder.variant("Page", r#"tag "type" "page" [MinProperties(3)]"#, &json!({"x": 1}));
    let (text, violations) = encoder.finish();
    assert_eq!(text, br#"{"type":"page","x":1}"#);
    assert_eq!(violations[0].to_string(), "at $: must have at least 3 properties, has 2");
}

#[test]
fn a_tag_put_in_front_of_a_secret_keeps_it_secret() {
    #[derive(Debug)]
    struct T(Device);
    impl Encode for T {
        fn encode(&self, json: &mut Encoder) {
            json.checked("[Values[MaxLength(0)]]", &Tagged(&self.0));
        }
    }
    #[derive(Debug)]
    struct Tagged<'a>(&'a Device);
    impl Encode for Tagged<'_> {
        fn encode(&self, json: &mut Encoder) {
            json.variant("Device", r#"tag "type" "device""#, self.0);
        }
    }
    let mut device = Device::new(1);
    device.pin = Some("hunter2".into());
    for violation in check(&T(device)) {
        assert!(!violation.to_string().contains("hunter2"), "{violation}");
    }
}

#[test]
fn trial_of_nested_unions_is_bounded() {
    static TABLE: Union = Union::new("Deep", &["A", "B"]);
    #[derive(Debug)]
    struct Deep;
    impl tenon_runtime::codec::Decode for Deep {
        fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
            json.union(
                &TABLE,
                &[&|json| json.value::<Vec<Deep>>().map(|_| Self), &|json| {
                    json.value::<Vec<Deep>>().map(|_| Self)
                }],
            )
        }
    }
    let text = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let fault = from_slice::<Deep>(text.as_bytes()).unwrap_err();
    assert!(fault.found.contains("look alike"), "{fault}");
}

#[test]
fn the_fault_of_the_likely_arm_is_told_although_trial_is_bounded() {
    static TABLE: Union = Union::new("Deep", &["A", "B"]).picks(&[Pick::Property(&[("x", 0)])]);
    #[derive(Debug)]
    struct Deep;
    impl tenon_runtime::codec::Decode for Deep {
        fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
            json.union(
                &TABLE,
                &[&|json| json.value::<BTreeMap<String, Deep>>().map(|_| Self), &|json| {
                    json.value::<BTreeMap<String, Deep>>().map(|_| Self)
                }],
            )
        }
    }
    let text = format!("{}1{}", r#"{"x":"#.repeat(100), "}".repeat(100));
    let fault = from_slice::<Deep>(text.as_bytes()).unwrap_err();
    assert_eq!(fault.path, format!("${}", ".x".repeat(100)));
}

#[test]
fn a_variant_is_shown_compared_and_hashed_as_a_derive_would() {
    #[derive(Clone)]
    enum Key {
        Number(i64),
        Name(String),
        Named(Vec<String>),
    }
    tenon_runtime::union!(Key: Hash { Number, Name, Named [MaxItems(1)], } picks [Pick::JsonType(&[
        ("number", 0), ("string", 1), ("array", 2),
    ])] from [i64 => Number]);
    assert_eq!(format!("{:?}", Key::from(5)), "Number(5)");
    assert_eq!(format!("{:#?}", Key::Name("a".to_owned())), "Name(\n    \"a\",\n)");
    assert_eq!(format!("{:?}", Pet::Page(Page::default()))[..16], *"Page(Page { next");
    let keys = [Key::Number(5), Key::Name("5".to_owned()), Key::Named(vec!["5".to_owned()])];
    for (at, key) in keys.iter().enumerate() {
        assert_eq!(keys.iter().position(|other| other == key), Some(at));
    }
    assert_eq!(HashSet::from(keys.clone()).len(), 3);
    assert!(HashSet::from(keys).contains(&Key::Number(5)));
}

#[test]
fn a_tag_is_a_text_a_number_or_a_boolean() {
    let tagged = |words| {
        let mut encoder = Encoder::new();
        encoder.variant("Any", words, &json!({}));
        String::from_utf8(encoder.finish().0).unwrap()
    };
    assert_eq!(tagged(stringify!(tag "kind" "cat")), r#"{"kind":"cat"}"#);
    assert_eq!(tagged(stringify!(tag "kind" -1)), r#"{"kind":-1}"#);
    assert_eq!(tagged(stringify!(tag "kind" true)), r#"{"kind":true}"#);
    assert_eq!(tagged(""), "{}");
}
